//! How much memory the program takes, and how much there is, where the system has a file that says so.
//!
//! Takes nothing; gives bytes. Asks nothing of any file but those of the kernel.

use std::fs;

/// How much memory the program takes.
pub fn memory_taken() -> Option<u64> {
    kibibytes("/proc/self/status", "VmRSS:")
}

/// How much the program may hope to have: that of the computer, or of the container that it runs in.
pub fn memory_there() -> Option<u64> {
    let of_container = fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    [kibibytes("/proc/meminfo", "MemTotal:"), of_container].into_iter().flatten().min()
}

/// The figure on the line of a file that begins with a name.
fn kibibytes(path: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(path).ok()?;
    let figure = text.lines().find_map(|line| line.strip_prefix(name))?;
    figure.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.checked_mul(1024)
}
