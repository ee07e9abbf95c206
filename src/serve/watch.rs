//! Watches what a site is read from, and returns what has changed.
//!
//! Takes folders and files; waits for the system to report changes, and returns the paths once it
//! is silent for a moment. Reads none of them: whether they differ is for others to see. A system's
//! report follows a folder that is moved away, and says nothing of the one put in its place, so it
//! only makes the preview quick. Now and then everything is surveyed: what changed without a report
//! is found then, and everything is watched anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::disk::{self, Survey};

/// Silence to wait for before changes are passed on: an editor's save is several events.
const SILENCE: Duration = Duration::from_millis(12);
/// Longest time that the first of many changes waits for the last.
const PATIENCE: Duration = Duration::from_millis(300);
/// Pause between two surveys where the system reports nothing.
const POLL: Duration = Duration::from_millis(500);
/// Pause between two surveys where it does.
const CHECK: Duration = Duration::from_secs(1);
/// Share of the time that surveys of a large site may take, as its inverse.
const SHARE: u32 = 40;
/// Pause before the survey that follows a change of folders.
const AGAIN: Duration = Duration::from_millis(150);
/// Times that folders are listed anew while they go on changing.
const TRIES: usize = 3;
/// From how many files on all are read anew.
const MANY: usize = 200;

/// Whether the system is asked to watch each folder by itself. Elsewhere it watches a whole tree as
/// easily as one folder.
const ONE_BY_ONE: bool = !cfg!(any(target_os = "macos", target_os = "windows"));

/// Changes to the places that a site is read from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Changes {
    /// Files, or folders, by their whole paths.
    Files(BTreeSet<PathBuf>),
    /// Anything.
    Unknown,
}

/// A watch on everything that a site is read from.
pub(super) struct Watch {
    /// The site's folder, that of its theme, and the folder or bundle that it extends.
    places: Vec<PathBuf>,
    /// Whether the system is not to be asked at all.
    poll: bool,
    system: Option<System>,
    seen: Survey,
    /// Paths of which the system spoke since the last survey.
    reported: BTreeSet<PathBuf>,
    next: Instant,
    /// Why the system is of no help, until somebody has been told.
    refused: Option<String>,
    was_refused: bool,
}

/// The system's reports of changes.
struct System {
    /// Reports end when it is dropped.
    _watcher: RecommendedWatcher,
    /// Paths that it was asked about. A report on one of them may mean that it is no longer what it
    /// was.
    watched: BTreeSet<PathBuf>,
    reports: Receiver<notify::Result<Event>>,
}

impl Watch {
    /// Watches nothing before [`Watch::renew`] is called.
    pub(super) fn new(root: &Path, poll: bool) -> Self {
        Watch {
            places: vec![root.to_owned()],
            poll,
            system: None,
            seen: Survey::default(),
            reported: BTreeSet::new(),
            next: Instant::now(),
            refused: None,
            was_refused: false,
        }
    }

    /// Changes the places to watch from the next [`Watch::renew`] on; returns whether there is
    /// something new at one of them.
    pub(super) fn follow(&mut self, places: Vec<PathBuf>) -> bool {
        let is_new = places.iter().any(|place| !self.places.contains(place) && disk::is_there(place));
        self.places = places;
        is_new
    }

    /// Watches everything anew. What changes from here on is seen, so what is read after this is
    /// never older than what is shown.
    pub(super) fn renew(&mut self) {
        // Its watches are given back before others are asked for.
        self.system = None;
        self.reported.clear();
        let start = Instant::now();
        self.seen = disk::survey(&self.places);
        let took = start.elapsed();
        for _ in 0..TRIES {
            if self.poll {
                break;
            }
            match System::new(&self.places, &self.seen) {
                Ok(system) => self.system = Some(system),
                Err(refused) => {
                    self.refused = Some(refused).filter(|_| !self.was_refused);
                    self.was_refused = true;
                    self.poll = true;
                }
            }
            let listed = std::mem::replace(&mut self.seen, disk::survey(&self.places));
            if self.seen.has_folders_of(&listed) {
                break;
            }
        }
        self.next = Instant::now() + self.pause(took).min(AGAIN.max(took * SHARE));
    }

    /// Returns why the system is of no help, once.
    pub(super) fn refused(&mut self) -> Option<String> {
        self.refused.take()
    }

    /// Waits for changes, for so long at most if a time is given.
    pub(super) fn wait(&mut self, most: Option<Duration>) -> Option<Changes> {
        let end = most.map(|most| Instant::now() + most);
        loop {
            let until = end.map_or(self.next, |end| end.min(self.next));
            if let Some(changes) = self.listen(until) {
                return Some(changes);
            }
            if Instant::now() >= self.next
                && let Some(changes) = self.look()
            {
                return Some(changes);
            }
            if end.is_some_and(|end| Instant::now() >= end) {
                return None;
            }
        }
    }

    /// Waits for reports of the system until a moment.
    fn listen(&mut self, end: Instant) -> Option<Changes> {
        let left = |at: Instant| at.saturating_duration_since(Instant::now());
        let Some(System { reports, watched, .. }) = &self.system else {
            thread::sleep(left(end));
            return None;
        };
        let mut files = BTreeSet::new();
        let mut known = true;
        let mut patience: Option<Instant> = None;
        loop {
            let pause = patience.map_or_else(|| left(end), |until| SILENCE.min(left(until)));
            match reports.recv_timeout(pause) {
                Ok(Ok(event)) if matches!(event.kind, EventKind::Access(_)) => {
                    if patience.is_none() && left(end).is_zero() {
                        return None;
                    }
                    continue;
                }
                Ok(Ok(event)) => {
                    known &= !event.need_rescan() && !event.paths.iter().any(|path| watched.contains(path));
                    files.extend(event.paths);
                }
                Ok(Err(_)) => known = false,
                Err(RecvTimeoutError::Timeout) if patience.is_none() => return None,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    // Surveys see the rest.
                    self.system = None;
                    return Some(Changes::Unknown);
                }
            }
            patience.get_or_insert(Instant::now() + PATIENCE);
        }
        if !known {
            return Some(Changes::Unknown);
        }
        self.reported.extend(files.iter().cloned());
        Some(changes_of(files))
    }

    /// Surveys everything, and returns what has changed since the last survey, reported or not.
    fn look(&mut self) -> Option<Changes> {
        let start = Instant::now();
        let now = disk::survey(&self.places);
        self.next = Instant::now() + self.pause(start.elapsed());
        let reported = std::mem::take(&mut self.reported);
        let changed = now.differences(&self.seen);
        self.seen = now;
        if changed.is_empty() {
            return None;
        }
        // Whatever the system does not report is not watched as it should be.
        let is_blind = self.system.is_some() && !changed.is_subset(&reported);
        Some(if is_blind { Changes::Unknown } else { changes_of(changed) })
    }

    /// Returns the pause after a survey that took so long.
    fn pause(&self, took: Duration) -> Duration {
        let least = if self.system.is_some() { CHECK } else { POLL };
        least.max(took * SHARE)
    }
}

fn changes_of(files: BTreeSet<PathBuf>) -> Changes {
    if files.len() < MANY { Changes::Files(files) } else { Changes::Unknown }
}

impl System {
    /// Asks the system to report changes; returns a sentence on why it cannot.
    fn new(places: &[PathBuf], seen: &Survey) -> Result<Self, String> {
        let (report, reports) = mpsc::channel();
        let mut watcher = RecommendedWatcher::new(report, Config::default()).map_err(|error| refusal(&error))?;
        let mut watch = |path: &Path, mode| match watcher.watch(path, mode) {
            // What is gone by now, or may not be watched, is left to surveys.
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => Err(refusal(&error)),
            _ => Ok(()),
        };
        let (watched, mode): (BTreeSet<PathBuf>, _) = if ONE_BY_ONE {
            (seen.watched(places).map(Path::to_owned).collect(), RecursiveMode::NonRecursive)
        } else {
            (places.iter().cloned().collect(), RecursiveMode::Recursive)
        };
        watched.iter().try_for_each(|path| watch(path, mode))?;
        Ok(System { _watcher: watcher, watched, reports })
    }
}

fn refusal(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system has no watch left for each folder (Linux counts them in \
             `fs.inotify.max_user_watches`, which root can raise with `sysctl`)"
            .to_owned(),
        ErrorKind::Io(error) => format!(
            "the system does not report changes: {error} (Linux counts those who ask in `fs.inotify.max_user_instances`)"
        ),
        _ => format!("the system does not report changes: {error}"),
    }
}
