//! Memory that the program takes, and memory that there is, where the system has a file that says
//! so.
//!
//! Takes nothing; gives bytes. Asks nothing of any file but those of the kernel.

use std::fs;

/// Returns the memory that the program takes, in bytes; nothing where the system does not say.
pub fn memory_taken() -> Option<u64> {
    kibibytes("/proc/self/status", "VmRSS:")
}

/// Returns the memory that the program can have, in bytes: that of the computer, or of its
/// container if that is less.
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
