//! The process: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    clausebook::cli::run(std::env::args_os())
}
