//! How much memory a kernel keeps, with all processes under it.

use std::fs::read_to_string;

/// The memory of these processes together, in bytes.
///
/// Of a page that several processes share each counts its part (*PSS*), so that a kernel is
/// not blamed for having many processes. Where the system does not tell that, what each has in
/// memory (*RSS*) is added up, which is more. A process that has ended keeps nothing.
pub(super) fn of(processes: &[u32]) -> f64 {
    let kibibytes = processes.iter().filter_map(|pid| {
        let file = |name| read_to_string(format!("/proc/{pid}/{name}")).ok();
        let shared = file("smaps_rollup").and_then(|text| kibibytes(&text, "Pss:"));
        shared.or_else(|| kibibytes(&file("status")?, "VmRSS:"))
    });
    kibibytes.sum::<f64>() * 1024.0
}

/// The number behind this key.
fn kibibytes(text: &str, key: &str) -> Option<f64> {
    let number = text.lines().find_map(|line| line.strip_prefix(key))?;
    number.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_tables_are_read() {
        let text = "Rss:    2000 kB\nPss:    1500 kB\nPss_Dirty:   10 kB\n";
        assert_eq!(kibibytes(text, "Pss:"), Some(1500.0));
        assert_eq!(
            kibibytes("VmPeak: 9 kB\nVmRSS:\t 12 kB\n", "VmRSS:"),
            Some(12.0)
        );
        assert_eq!(kibibytes(text, "Swap:"), None);
    }

    #[test]
    fn this_process_has_some_and_one_that_has_ended_none() {
        assert!(of(&[std::process::id()]) > 0.0);
        assert_eq!(of(&[u32::MAX]), 0.0);
    }
}
