//! Aborts work that takes too long or too much memory.
//!
//! Takes a list of what is under way and the limits of the site; while some work is done, looks
//! every few milliseconds whether one piece of it has taken too much time of the processor, or the
//! program has grown too far since it began. A busy machine makes no piece too slow: only where the
//! system does not count the time of the processor, or if a piece does next to nothing for very
//! long, is the clock asked. No thread can be stopped from outside: so whoever hears about it must
//! end the process. Until then nothing of a site has been written.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::config::{Limits, size};
use crate::diagnostic::{Code, Diagnostic};
use crate::disk;
use crate::source::Span;
use crate::underway::{RunningTask, Task, TaskKind, UnderWay};

/// Interval between two checks. Even memory use that doubles takes longer than this to grow by a
/// gibibyte.
const BEAT: Duration = Duration::from_millis(20);

/// The most that one look adds to the time of a piece: a program that was stopped, or a computer
/// that slept, did no work.
const MOST_OF_A_BEAT: Duration = Duration::from_millis(200);

/// Bytes by which the program may grow during one piece, unless the settings or the computer set
/// less.
const MEMORY: u64 = 1 << 30;

/// Divisor of the computer's memory: unless a setting says otherwise, the result caps `MEMORY`.
const SHARE: u64 = 2;

/// Multiple of the limit on processor time that a piece may take by the clock. The piece may have
/// to share the processor with dozens of others, but one that sleeps must end, too.
const PATIENCE: u32 = 60;

/// Does some work under watch. If a piece of it passes a limit, `end` is told, once; what it does
/// is up to it.
pub fn watched<T>(
    under_way: &UnderWay,
    limits: &Limits,
    end: &(dyn Fn(Diagnostic) + Sync),
    work: impl FnOnce() -> T,
) -> T {
    let (working, ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let watch = move || {
            if let Some(fault) = overrun(under_way, limits, &ended) {
                end(fault);
            }
        };
        // A system that has no thread to give fails elsewhere, and says so.
        let _ = thread::Builder::new().name("watchdog".to_owned()).spawn_scoped(scope, watch);
        // Dropped when the work is done, or has failed.
        let _working = working;
        work()
    })
}

/// Record of a piece, begun when it was first seen.
struct TaskUsage {
    /// Clock time since it was first seen.
    clock: Duration,
    /// The time of the processor that its thread, or the program, had taken then.
    processor: Option<Duration>,
    /// The memory that the program took then.
    memory: u64,
}

/// Returns the processor time of the thread that does a piece, or of all that work together on the
/// whole site.
fn processor_time(listed: &RunningTask) -> Option<Duration> {
    match (&listed.piece.work, listed.thread) {
        (TaskKind::Whole(_), _) => disk::processor_time(None),
        (_, Some(thread)) => disk::processor_time(Some(thread)),
        (_, None) => None,
    }
}

/// Waits until the work has ended or a piece of it has passed a limit; gives what is to be said of
/// that.
fn overrun(under_way: &UnderWay, limits: &Limits, ended: &Receiver<()>) -> Option<Diagnostic> {
    let most_memory = limits.memory.unwrap_or_else(|| {
        let share = disk::memory_there().map_or(MEMORY, |there| there / SHARE);
        MEMORY.min(share >> 20 << 20)
    });
    let mut seen: BTreeMap<u64, TaskUsage> = BTreeMap::new();
    let mut last = Instant::now();
    while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(BEAT) {
        let passed = last.elapsed().min(MOST_OF_A_BEAT);
        last = Instant::now();
        let mut pieces = under_way.pieces();
        pieces.sort_by_key(|listed| listed.number);
        seen.retain(|number, _| pieces.iter().any(|listed| listed.number == *number));
        let memory = disk::memory_taken().filter(|_| !pieces.is_empty()).unwrap_or_default();
        for listed @ RunningTask { number, piece, .. } in &pieces {
            let Some(seen) = seen.get_mut(number) else {
                seen.insert(*number, TaskUsage { clock: Duration::ZERO, processor: processor_time(listed), memory });
                continue;
            };
            seen.clock += passed;
            let most_time = Duration::from_secs(limits.seconds.saturating_mul(piece.shares));
            let by_the_clock = seen.clock > most_time.saturating_mul(PATIENCE);
            // Most pieces end long before their time of the processor could be up.
            let is_over =
                |before: Duration| processor_time(listed).is_some_and(|now| now.saturating_sub(before) > most_time);
            let is_slow = match seen.processor {
                None => seen.clock > most_time,
                Some(before) if seen.clock > most_time || piece.is_whole() => by_the_clock || is_over(before),
                Some(_) => false,
            };
            if is_slow {
                let spent = if by_the_clock { seen.clock } else { most_time };
                return Some(too_slow(piece, spent.as_secs()));
            }
            let most_memory = most_memory.saturating_mul(piece.shares);
            if memory.saturating_sub(seen.memory) > most_memory {
                // Of what is done at one time nobody knows which it was.
                let beside = pieces.iter().filter(|other| other.number != *number).map(|other| other.piece.place);
                return Some(too_much_memory(piece, most_memory, beside));
            }
        }
    }
    None
}

fn too_slow(piece: &Task, seconds: u64) -> Diagnostic {
    let seconds = format!("{seconds} second{}", if seconds == 1 { "" } else { "s" });
    let message = match &piece.work {
        TaskKind::Document => format!("after {seconds}, this document was still being read"),
        TaskKind::Templates => format!("after {seconds}, the templates were still being read"),
        TaskKind::Words(page) => format!("after {seconds}, the words of {page} were still being written"),
        TaskKind::Template(template, page) => format!("after {seconds}, {template} was still at work on {page}"),
        TaskKind::Whole(doing) => format!("after {seconds}, clausebook was still {doing}"),
    };
    let help = match &piece.work {
        TaskKind::Whole(_) => "look in the texts of the site for one thing that is repeated very often",
        TaskKind::Document | TaskKind::Words(_) => {
            "look in it for one thing that is repeated very often, or for long blocks of code"
        }
        TaskKind::Templates | TaskKind::Template(..) => "look for a loop in a template that goes round too often",
    };
    with_other_files(Diagnostic::new(Code::TooSlow, piece.place, message), piece).help(limit_help(help, "seconds"))
}

fn too_much_memory(piece: &Task, most: u64, beside: impl Iterator<Item = Span>) -> Diagnostic {
    let most = size(most);
    let message = match &piece.work {
        TaskKind::Document => format!("to read this document took more than {most} of memory"),
        TaskKind::Templates => format!("to read the templates took more than {most} of memory"),
        TaskKind::Words(page) => format!("to write the words of {page} took more than {most} of memory"),
        TaskKind::Template(template, page) => format!("{template} took more than {most} of memory for {page}"),
        TaskKind::Whole(doing) => format!("clausebook took more than {most} of memory for {doing}"),
    };
    let help = match &piece.work {
        TaskKind::Whole(_) => "look in the texts of the site for one thing that is repeated very often",
        TaskKind::Document | TaskKind::Words(_) => "look in it for one thing that is repeated very often",
        TaskKind::Templates | TaskKind::Template(..) => {
            "look for a value in a template that a loop makes longer each time"
        }
    };
    let mut fault = with_other_files(Diagnostic::new(Code::TooMuchMemory, piece.place, message), piece);
    for place in beside.filter(|place| place.file != piece.place.file) {
        if !fault.labels.iter().any(|(known, _)| *known == place) {
            fault = fault.label(place, "this was at work beside it");
        }
    }
    fault.help(limit_help(help, "memory"))
}

/// Names the other files in which it may be.
fn with_other_files(fault: Diagnostic, piece: &Task) -> Diagnostic {
    let others = piece.perhaps.iter().filter(|place| **place != piece.place);
    others.fold(fault, |fault, place| fault.label(*place, "or it is this one"))
}

fn limit_help(help: &str, setting: &str) -> String {
    format!("{help}; if all is as it should be, raise `{setting}` under [limits] in site.toml")
}
