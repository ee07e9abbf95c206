//! Processor time that the program has taken, where the system has a file that says so.
//!
//! Takes a thread; returns the time for which a processor worked for it. Time in which it slept,
//! waited or had to leave the processor to others is not in it. Asks nothing of any file but those
//! of the kernel.

use std::fs;
use std::time::Duration;

/// The unit in which Linux tells it to every program.
const TICK: Duration = Duration::from_millis(10);

/// Returns the processor time of a thread, or of all of them together.
pub fn processor_time(thread: Option<i32>) -> Option<Duration> {
    let path = thread.map_or("/proc/self/stat".to_owned(), |thread| format!("/proc/self/task/{thread}/stat"));
    let text = fs::read_to_string(path).ok()?;
    // The name of the program is in brackets, and may hold some. User and system time are the
    // 14th and 15th field.
    let (_, fields) = text.rsplit_once(')')?;
    let mut times = fields.split_ascii_whitespace().skip(11).map_while(|field| field.parse::<u32>().ok());
    Some(TICK * times.next()?.checked_add(times.next()?)?)
}
