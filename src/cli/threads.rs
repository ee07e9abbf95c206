//! The threads on which a command works.
//!
//! Takes a command; starts as many threads as it asks for, or says that the system starts too few.

use std::thread;

use super::arguments::Command;
use super::{Stop, could_not_run};

/// The most threads that `--jobs` starts: more than there are processors only wait for one another.
const MOST_THREADS: usize = 64;

/// Starts the threads on which a command works.
pub(super) fn start(command: &Command) -> Result<(), Stop> {
    let is_short = matches!(
        command,
        Command::New { .. }
            | Command::Init { .. }
            | Command::Import(_)
            | Command::Explain { .. }
            | Command::Completions { .. }
            | Command::Man { .. }
    );
    if is_short {
        return Ok(());
    }
    let jobs = command.check().and_then(|check| check.jobs);
    // Zero is as many as there are processors.
    let threads = jobs.map_or(0, |jobs| jobs.clamp(1, MOST_THREADS));
    let started =
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().map_err(|error| error.to_string());
    // One more, as the watchdog will need: without it, work without end would not be noticed.
    let one_more =
        || thread::Builder::new().spawn(|| ()).map(|thread| drop(thread.join())).map_err(|error| error.to_string());
    started.and_then(|()| one_more()).map_err(|error| {
        could_not_run(
            format!("the system starts too few threads for this command: {error}"),
            "close other programs, raise your limit on processes (`ulimit -u`), or try `--jobs 1`",
        )
    })
}
