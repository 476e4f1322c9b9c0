//! How much memory a cell may use: so that a runaway cell ends itself and not the machine.

use bytesize::ByteSize;
use std::fs;

/// What a notebook server in a container may use, where the system says so.
const CGROUP_LIMIT: &str = "/sys/fs/cgroup/memory.max";

/// Three quarters of the memory of the machine, or of the container around it; `None`
/// where that is not known.
pub(super) fn default_limit() -> Option<u64> {
    let machine = fs::read_to_string("/proc/meminfo").ok();
    let machine = machine.as_deref().and_then(total);
    let container = fs::read_to_string(CGROUP_LIMIT).ok();
    let container = container.and_then(|text| text.trim().parse().ok());
    let all = machine.into_iter().chain(container).min()?;
    Some(all / 4 * 3)
}

/// The bytes in `/proc/meminfo`'s first line.
fn total(meminfo: &str) -> Option<u64> {
    let rest = meminfo.strip_prefix("MemTotal:")?;
    let kibibytes: u64 = rest.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// What `:memory_limit` says.
pub(super) fn describe(limit: Option<u64>) -> String {
    match limit {
        Some(bytes) => format!("a cell may use {}\n", ByteSize::b(bytes).display().iec()),
        None => "a cell may use all memory there is\n".to_owned(),
    }
}

/// What comes after `:memory_limit`: a size, `off`, or `default`.
///
/// # Errors
///
/// If it is neither; the message says what would be.
pub(super) fn parse(argument: &str) -> Result<Option<u64>, String> {
    match argument {
        "off" => Ok(None),
        "default" => Ok(default_limit()),
        size => match size.parse::<ByteSize>() {
            // Less than the worker itself needs would kill it before the cell runs.
            Ok(size) if size < ByteSize::mib(16) => Err(format!(
                "`{argument}` is too little to run anything; give at least 16 MiB"
            )),
            Ok(size) => Ok(Some(size.as_u64())),
            Err(_) => Err(format!(
                "`{argument}` is no amount of memory; write `:memory_limit 2 GiB`, \
                 `:memory_limit off` or `:memory_limit default`"
            )),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_words_are_understood() {
        assert_eq!(parse("2 GiB"), Ok(Some(2 << 30)));
        assert_eq!(parse("500MB"), Ok(Some(500_000_000)));
        assert_eq!(parse("off"), Ok(None));
        assert_eq!(parse("default"), Ok(default_limit()));
    }

    #[test]
    fn what_is_no_size_or_too_little_is_refused_with_a_way_out() {
        assert!(parse("lots").unwrap_err().contains("`:memory_limit 2 GiB`"));
        assert!(parse("1 kB").unwrap_err().contains("at least 16 MiB"));
    }

    #[test]
    fn the_machines_memory_is_read_in_bytes() {
        assert_eq!(
            total("MemTotal:  24576 kB\nMemFree: 1 kB\n"),
            Some(24 << 20)
        );
        assert_eq!(total("nonsense"), None);
    }
}
