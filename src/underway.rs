//! List of the work that is being done just now.
//!
//! Holds a list of the documents that are being read, of the pages that are being made, and of work
//! on the whole site, each with the place that is named should it never end, and with the thread
//! that does it. The stages add to it and take from it; whoever has a clock looks at it. Never
//! reads one itself.

use std::sync::{Arc, Mutex, PoisonError};

use crate::output::OutPath;
use crate::source::Span;

/// One thing that is done, and may never end if an author means it or is unlucky.
#[derive(Clone, Debug)]
pub struct Task {
    /// Work that is done.
    pub work: TaskKind,
    /// The file that it is done with, or the one that most likely holds it up.
    pub place: Span,
    /// Other files that may hold it up.
    pub perhaps: Arc<[Span]>,
    /// Multiple of the limits of one document that the work may take: more than one if it is done
    /// with the whole site.
    pub shares: u64,
}

/// Work on a file, a page or the whole site.
#[derive(Clone, Debug)]
pub enum TaskKind {
    /// A document is read.
    Document,
    /// The templates are read.
    Templates,
    /// The words of a page are written.
    Words(OutPath),
    /// A template makes a page.
    Template(&'static str, OutPath),
    /// Something is done with the whole site, by all threads together: "resolving its links".
    Whole(&'static str),
}

impl Task {
    /// Work with a file.
    pub fn new(work: TaskKind, place: Span) -> Self {
        Task { work, place, perhaps: Arc::new([]), shares: 1 }
    }

    /// Whether it is done with the whole site, by all threads together.
    pub fn is_whole(&self) -> bool {
        matches!(self.work, TaskKind::Whole(_))
    }

    /// Lets the piece take `shares` times the limits of one document.
    #[must_use]
    pub fn with_shares(self, shares: u64) -> Self {
        Task { shares, ..self }
    }
}

/// A piece on the list.
#[derive(Clone, Debug)]
pub struct RunningTask {
    /// A number that no other piece ever has.
    pub number: u64,
    /// The system's number of the thread that began it, where there is one.
    pub thread: Option<i32>,
    /// The piece.
    pub piece: Task,
}

/// The list. Few things are done at one time, one by each thread.
#[derive(Debug, Default)]
pub struct UnderWay {
    list: Mutex<TaskList>,
}

#[derive(Debug, Default)]
struct TaskList {
    /// Number of pieces listed so far.
    count: u64,
    pieces: Vec<RunningTask>,
}

impl UnderWay {
    /// Lists a piece until what is given is dropped.
    pub fn begin(&self, piece: Task) -> TaskGuard<'_> {
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.count += 1;
        let (number, shares) = (list.count, piece.shares);
        list.pieces.push(RunningTask { number, thread: this_thread(), piece });
        TaskGuard { under_way: self, number, shares }
    }

    /// All that is under way, in no order.
    pub fn pieces(&self) -> Vec<RunningTask> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner).pieces.clone()
    }
}

/// A piece that is under way.
#[derive(Debug)]
pub struct TaskGuard<'a> {
    under_way: &'a UnderWay,
    number: u64,
    shares: u64,
}

impl TaskGuard<'_> {
    /// Ends the piece, and lists another in its place that may take as much.
    pub fn then(self, piece: Task) -> Self {
        let shares = self.shares;
        self.under_way.begin(piece.with_shares(shares))
    }
}

impl Drop for TaskGuard<'_> {
    fn drop(&mut self) {
        let mut list = self.under_way.list.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = list.pieces.iter().position(|listed| listed.number == self.number) {
            list.pieces.swap_remove(at);
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn this_thread() -> Option<i32> {
    Some(rustix::thread::gettid().as_raw_nonzero().get())
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn this_thread() -> Option<i32> {
    None
}
