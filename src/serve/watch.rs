//! What has changed in a site's folder, as the system tells it.
//!
//! Takes folders; waits, and gives the files of which the system spoke, once it is silent for a moment. Reads none of them:
//! whether they differ is for others to see. Where the system loses count, it says that anything may have changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::config::Beyond;
use crate::disk::{self, DiskError};
use crate::source::Hash;

/// How long it must be silent before what was told is passed on: an editor's save is several events.
const SILENCE: Duration = Duration::from_millis(12);
/// How long the first of many changes may have to wait for the last.
const PATIENCE: Duration = Duration::from_millis(300);
/// How often every file is looked at where the system tells nothing.
const ROUND: Duration = Duration::from_millis(500);
/// How long after a change of folders everything is looked at once more.
const AGAIN: Duration = Duration::from_millis(150);
/// From how many files on all are read anew.
const MANY: usize = 200;

/// What has changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Changes {
    /// Files, or folders, by their whole paths.
    Files(BTreeSet<PathBuf>),
    /// Anything.
    Unknown,
    /// Perhaps nothing: it is time for the second look that was asked for.
    SecondLook,
}

/// What is watched.
pub(super) struct Watch {
    root: PathBuf,
    /// The folders of the theme, and of the site that this one extends.
    beyond: Vec<PathBuf>,
    by: By,
    again: Option<Instant>,
}

/// How changes are noticed.
enum By {
    /// The system tells of them.
    System(RecommendedWatcher, Receiver<notify::Result<Event>>),
    /// Every file is looked at, and this is how they were.
    Looking(Hash),
}

impl Watch {
    /// Watches the folder `root`, whose path has no link in it.
    pub(super) fn new(root: &Path, poll: bool) -> Result<Self, DiskError> {
        let mut watch =
            Watch { root: root.to_owned(), beyond: Vec::new(), by: By::Looking(disk::glance([root])), again: None };
        if poll {
            return Ok(watch);
        }
        let (tell, told) = mpsc::channel();
        let failed = |error: notify::Error| DiskError {
            message: format!("cannot watch `{}`: {error}", root.display()),
            help: Some("try `--poll`, which looks at every file twice a second".to_owned()),
        };
        let mut watcher = RecommendedWatcher::new(tell, Config::default()).map_err(failed)?;
        watcher.watch(root, RecursiveMode::Recursive).map_err(failed)?;
        watch.by = By::System(watcher, told);
        Ok(watch)
    }

    /// Watches, too, the folders that the settings name, those that are there.
    pub(super) fn beyond(&mut self, beyond: &Beyond) {
        let theme = self.root.parent().map(|above| above.join("themes").join(&beyond.theme));
        let upstream = beyond.extends.as_ref().map(|extends| self.root.join(&extends.site.value));
        let mut folders: Vec<PathBuf> = theme.into_iter().chain(upstream).collect();
        folders.retain(|folder| disk::is_folder(folder));
        if folders == self.beyond {
            return;
        }
        let old = std::mem::replace(&mut self.beyond, folders);
        if let By::System(watcher, _) = &mut self.by {
            for old in old {
                // It may be gone.
                let _ = watcher.unwatch(&old);
            }
            self.beyond.retain(|folder| watcher.watch(folder, RecursiveMode::Recursive).is_ok());
        }
    }

    /// Asks for everything to be looked at once more, in a moment.
    pub(super) fn look_again(&mut self) {
        self.again = Some(Instant::now() + AGAIN);
    }

    /// Watches the folder anew, which may have been put there again.
    pub(super) fn renew(&mut self) {
        if let By::System(watcher, _) = &mut self.by {
            let _ = watcher.unwatch(&self.root);
            // If it is still not there, it is looked for again.
            let _ = watcher.watch(&self.root, RecursiveMode::Recursive);
        }
        self.look_again();
    }

    /// Waits for changes, for so long at most if a time is given.
    pub(super) fn wait(&mut self, most: Option<Duration>) -> Option<Changes> {
        let end = most.map(|most| Instant::now() + most);
        let told = match &mut self.by {
            By::System(_, told) => told,
            By::Looking(seen) => loop {
                thread::sleep(ROUND);
                let now = disk::glance(std::iter::once(&self.root).chain(&self.beyond).map(PathBuf::as_path));
                if std::mem::replace(seen, now) != now {
                    return Some(Changes::Unknown);
                }
                if self.again.take().is_some() {
                    return Some(Changes::SecondLook);
                }
                if end.is_some_and(|end| Instant::now() >= end) {
                    return None;
                }
            },
        };
        let mut files = BTreeSet::new();
        let mut known = true;
        let mut until: Option<Instant> = None;
        loop {
            let now = Instant::now();
            let silence = until.map(|until| SILENCE.min(until.saturating_duration_since(now)));
            let left = |at: Instant| at.saturating_duration_since(now);
            let pause = silence.or_else(|| self.again.into_iter().chain(end).map(left).min());
            let news = match pause {
                Some(most) => told.recv_timeout(most),
                None => told.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match news {
                Ok(Ok(event)) if matches!(event.kind, EventKind::Access(_)) => continue,
                Ok(Ok(event)) => {
                    known &= !event.need_rescan();
                    files.extend(event.paths);
                }
                Ok(Err(_)) => known = false,
                Err(RecvTimeoutError::Timeout) if until.is_some() => break,
                // A second look, or the end of all news: then it is looked now and then.
                Err(RecvTimeoutError::Timeout) => {
                    if self.again.is_none_or(|again| again > Instant::now()) {
                        return None;
                    }
                    self.again = None;
                    return Some(Changes::SecondLook);
                }
                Err(RecvTimeoutError::Disconnected) => {
                    thread::sleep(ROUND);
                    return Some(Changes::Unknown);
                }
            }
            until.get_or_insert(now + PATIENCE);
        }
        Some(if known && files.len() < MANY { Changes::Files(files) } else { Changes::Unknown })
    }
}
