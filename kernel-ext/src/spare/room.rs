//! Whether there is memory for a spare.

use std::fs::read_to_string;

/// What has to be free, in bytes. A spare takes less than a fifth of it.
const LEAST: u64 = 2 << 30;

/// Where the system says what a container around this process may use, and uses.
const CONTAINER: [&str; 2] = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"];

/// Whether enough is free on the machine, and in the container if there is one.
pub(super) fn is_there() -> bool {
    let machine = read_to_string("/proc/meminfo").ok();
    let machine = machine.as_deref().and_then(available);
    let [limit, used] = CONTAINER.map(|file| {
        let text = read_to_string(file).ok()?;
        text.trim().parse::<u64>().ok()
    });
    let container = limit
        .zip(used)
        .map(|(limit, used)| limit.saturating_sub(used));
    // Where nothing is known, there may be none.
    machine.is_some_and(|free| free.min(container.unwrap_or(free)) >= LEAST)
}

/// In bytes, of `/proc/meminfo`.
fn available(meminfo: &str) -> Option<u64> {
    let mut lines = meminfo.lines();
    let rest = lines.find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = rest.split_whitespace().next()?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_free_is_read() {
        let text = "MemTotal:       4000 kB\nMemFree:  10 kB\nMemAvailable:    3000 kB\n";
        assert_eq!(available(text), Some(3000 * 1024));
        assert_eq!(available("MemTotal: 4000 kB\n"), None);
        let here = read_to_string("/proc/meminfo").expect("the system has it");
        assert!(available(&here).is_some());
    }
}
