//! When and on what was measured: enough to judge the numbers, and no name of a machine.

use crate::{Identity, rustc_version};
use std::fs::read_to_string;

/// A machine at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// The day, as in `2026-05-01`, in UTC.
    pub day: String,
    /// The system's name and version.
    pub system: String,
    /// The processor's name, or its architecture.
    pub processor: String,
    /// How many threads run at once.
    pub n_cores: usize,
    /// Processes that ran or wanted to, on average over the last minute. Above the number of
    /// cores, the times below say as much about those.
    pub load: String,
}

impl Machine {
    /// This one, now. What the system does not tell is `unknown`.
    pub fn now() -> Self {
        let unknown = || "unknown".to_owned();
        let release = read_to_string("/etc/os-release").unwrap_or_default();
        let name = release
            .lines()
            .find_map(|line| line.strip_prefix("PRETTY_NAME="));
        let name = name.map_or(std::env::consts::OS, |name| name.trim_matches('"'));
        let load = read_to_string("/proc/loadavg").unwrap_or_default();
        Self {
            day: chrono::Utc::now().date_naive().to_string(),
            system: format!("{name} ({})", std::env::consts::ARCH),
            processor: processor(&read_to_string("/proc/cpuinfo").unwrap_or_default()),
            n_cores: std::thread::available_parallelism().map_or(1, usize::from),
            load: load
                .split(' ')
                .next()
                .filter(|load| !load.is_empty())
                .map_or_else(unknown, str::to_owned),
        }
    }

    /// What stands over the table.
    pub(super) fn circumstances(
        &self,
        ours: &Identity,
        other: Option<&Identity>,
        runs: usize,
    ) -> Vec<String> {
        let Self {
            day,
            system,
            processor,
            n_cores,
            load,
        } = self;
        let name = |kernel: &Identity| format!("{} {}", kernel.name, kernel.version);
        let beside = other.map_or_else(String::new, |other| format!(" beside {}", name(other)));
        let runs = match runs {
            1 => "1 run".to_owned(),
            runs => format!("{runs} runs"),
        };
        vec![
            format!(
                "{}{beside}, rustc {}, {day}, {runs}",
                name(ours),
                rustc_version()
            ),
            format!("{processor}, {n_cores} cores, load {load} at the start, {system}"),
        ]
    }
}

/// From `/proc/cpuinfo`, which names the processor on some architectures only.
fn processor(cpuinfo: &str) -> String {
    let name = cpuinfo.lines().find_map(|line| {
        let (key, name) = line.split_once(':')?;
        (key.trim() == "model name").then(|| name.trim())
    });
    name.unwrap_or(std::env::consts::ARCH).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_processor_without_a_name_is_called_by_its_architecture() {
        let named = "processor\t: 0\nmodel name\t: Some CPU @ 2.0 GHz\n";
        assert_eq!(processor(named), "Some CPU @ 2.0 GHz");
        assert_eq!(processor("processor\t: 0\n"), std::env::consts::ARCH);
    }

    #[test]
    fn circumstances_say_what_was_compared_and_on_what() {
        let machine = Machine {
            day: "2026-05-01".to_owned(),
            system: "Some Linux 13 (x86_64)".to_owned(),
            processor: "Some CPU".to_owned(),
            n_cores: 2,
            load: "0.10".to_owned(),
        };
        let kernel = |name: &str, version: &str| Identity {
            name: name.to_owned(),
            version: version.to_owned(),
        };
        let lines = machine.circumstances(
            &kernel("kernel-ext", "0.1.0"),
            Some(&kernel("evcxr_jupyter", "0.22.0")),
            5,
        );
        let text = lines.join("\n").replace(&rustc_version(), "VERSION");
        expect![[r#"
            kernel-ext 0.1.0 beside evcxr_jupyter 0.22.0, rustc VERSION, 2026-05-01, 5 runs
            Some CPU, 2 cores, load 0.10 at the start, Some Linux 13 (x86_64)"#]]
        .assert_eq(&text);
    }
}
