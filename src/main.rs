//! The process: arguments in, exit status out.

use std::process::ExitCode;

/// A build is made of small texts: what the system's own allocator does for them is a tenth of it
/// or more.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    clausebook::cli::run(std::env::args_os())
}
