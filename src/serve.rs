//! The preview: a site in memory, built again whenever a file of it changes, and sent to browsers
//! that reload by themselves.
//!
//! Takes a site's folder; tells what it built, and goes on until it is ended. The pages are those
//! that `build` writes, but for one script that keeps them up to date, added on the way out. A
//! build that fails changes no page: the last good ones stay, under a panel that says what is
//! wrong.

mod faults;
mod http;
mod page;
mod seats;
mod watch;

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::cache;
use crate::config::Extends;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, DiskError};
use crate::output::{Artefact, Output};
use crate::pipeline::{self, Build, Caches, Hooks, Options};
use crate::site::ReadSite;
use crate::source::{Key, Site, SourceMap};
use crate::underway::UnderWay;
use crate::watchdog::watched;
use faults::{FaultLine, Faults, faults_of};
pub use http::{HttpRefusal, Request, request};
use seats::{Seat, Seats};
use watch::{Changes, Watch};

/// Settings of the preview.
#[derive(Clone, Debug)]
pub struct PreviewSettings {
    /// The site's folder.
    pub root: PathBuf,
    /// Build options from the command line.
    pub options: Options,
    /// Address to listen at; with the port 0, any port that is free.
    pub address: SocketAddr,
    /// Whether to look at every file twice a second, for disks that do not report changes.
    pub poll: bool,
}

/// Event that the preview reports.
pub enum PreviewEvent<'a> {
    /// It listens at an address. The first build is done.
    Ready(&'a str),
    /// It has built.
    Built {
        /// Result of the build.
        build: &'a Build,
        /// For the places of what is wrong.
        sources: &'a SourceMap,
        /// The names of the files that had changed; none for the first build, and if they are many
        /// or not known.
        changed: &'a [String],
        /// Number of pages that were made for it.
        pages: usize,
        /// Time since the first of the changes was seen.
        took: Duration,
    },
    /// The site cannot be read any more. The last good pages stay, and it is looked for again and
    /// again.
    Lost(&'a DiskError),
    /// The system does not report changes, so that every file is looked at instead.
    Polling(&'a str),
}

/// Channel and callbacks for the end of the preview. Each of the two functions ends the process.
pub struct EndSignals<'a> {
    /// Receives the request to stop.
    pub asked: Receiver<()>,
    /// It has stopped as it was told to.
    pub stopped: fn(),
    /// Something in the site had no end, and no thread can be stopped from outside.
    pub overrun: &'a (dyn Fn(Diagnostic, &SourceMap) + Sync),
}

/// The site as browsers see it.
#[derive(Debug, Default)]
struct ServedSite {
    output: Arc<Output>,
    faults: Faults,
    /// The key of all style sheets, and that of whatever else is no page.
    style: Option<Key>,
    rest: Option<Key>,
    /// Counts the builds, so that a listener knows whether it has seen this one.
    turn: u64,
}

/// Time that answers under way may take once the preview is told to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(1);
/// Time for browsers to hear why the preview ends by itself.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Time that a file may be missing while it is saved.
const REPLACING: Duration = Duration::from_millis(40);

/// Times that everything is read while the settings go on naming other places.
const MOST_READS: usize = 3;

/// Time without a change before everything that is made from the whole site is made again.
const LISTS_WAIT: Duration = Duration::from_millis(300);

/// The site, shared between the one thread that builds it and those that send it.
struct PreviewServer {
    root: PathBuf,
    shown: Mutex<Arc<ServedSite>>,
    turned: Condvar,
    /// Whether it is about to end.
    closing: AtomicBool,
    seats: Seats,
}

impl PreviewServer {
    fn new(root: PathBuf) -> Self {
        PreviewServer {
            root,
            shown: Mutex::default(),
            turned: Condvar::new(),
            closing: AtomicBool::new(false),
            seats: Seats::default(),
        }
    }

    fn shown(&self) -> Arc<ServedSite> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn show(&self, next: ServedSite) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        *shown = Arc::new(ServedSite { turn: shown.turn + 1, ..next });
        self.turned.notify_all();
    }

    fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    /// Lets listeners go, and waits for answers that are under way.
    fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
        self.wake();
        let end = Instant::now() + LAST_ANSWERS;
        while self.seats.count() > 0 && Instant::now() < end {
            thread::sleep(LAST_ANSWERS / 200);
        }
    }

    /// Lets each listener see whether it is to end.
    fn wake(&self) {
        let _shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        self.turned.notify_all();
    }

    /// Waits for another turn than this, for the end of the preview or of the seat, or some
    /// seconds.
    fn after(&self, turn: u64, most: Duration, seat: &Seat) -> Arc<ServedSite> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |shown: &mut Arc<ServedSite>| shown.turn == turn && !self.is_closing() && !seat.is_closed();
        let waited = self.turned.wait_timeout_while(shown, most, waits);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}

/// Builds the site, listens, and builds it again after each change, until it is told to stop.
/// Returns only if it cannot begin.
///
/// # Errors
///
/// If the folder holds no site, if the port is taken, or if the folder cannot be watched.
pub fn run(
    settings: &PreviewSettings,
    tell: &mut dyn FnMut(PreviewEvent<'_>),
    ends: EndSignals<'_>,
) -> Result<(), DiskError> {
    let EndSignals { asked, stopped, overrun } = ends;
    let listener = TcpListener::bind(settings.address).map_err(|error| cannot_listen(settings.address, &error))?;
    let address = listener.local_addr().unwrap_or(settings.address);
    // By its whole path: the folder in which the command was given may be replaced too.
    let root = std::path::absolute(&settings.root).unwrap_or_else(|_| settings.root.clone());
    let mut watch = Watch::new(&root, settings.poll);
    let mut workshop = SiteBuilder::new(settings, root.clone(), overrun);
    workshop.read(&mut watch)?;
    let preview = Arc::new(PreviewServer::new(root));
    let closing = preview.clone();
    let stop = move || {
        if asked.recv().is_ok() {
            closing.close();
            stopped();
        }
    };
    let waits = thread::Builder::new().name("stop".to_owned()).spawn(stop);
    waits.map_err(|error| DiskError {
        message: format!("the system starts no thread for the preview: {error}"),
        help: Some("close other programs, or raise your limit on processes (`ulimit -u`)".to_owned()),
    })?;
    workshop.build(&preview, &[], Instant::now(), tell);
    http::listen(listener, preview.clone()).map_err(|error| cannot_listen(address, &error))?;
    // Who listens at every address is reached at this machine's own.
    let shown =
        if address.ip().is_unspecified() { SocketAddr::from((Ipv4Addr::LOCALHOST, address.port())) } else { address };
    tell(PreviewEvent::Ready(&format!("http://{shown}/")));
    // Pages come first: the index of search, lists and data follow once nothing has changed for a
    // moment.
    let mut lists_wait = false;
    let mut lost: Option<DiskError> = None;
    loop {
        if let Some(refused) = watch.refused() {
            tell(PreviewEvent::Polling(&refused));
        }
        let Some(changes) = watch.wait(lists_wait.then_some(LISTS_WAIT)) else {
            if std::mem::take(&mut lists_wait) {
                workshop.lists(&preview);
            }
            continue;
        };
        let since = Instant::now();
        match workshop.take(&changes, &mut watch) {
            Ok(None) => {}
            Ok(Some(changed)) => {
                lost = None;
                workshop.build(&preview, &changed, since, tell);
                lists_wait = true;
            }
            Err(error) if lost.as_ref() == Some(&error) => {}
            Err(error) => {
                let stale = FaultLine {
                    place: settings.root.display().to_string(),
                    severity: "error",
                    code: String::new(),
                    message: format!(
                        "the preview has lost sight of the site, and keeps looking for it: {}",
                        error.message
                    ),
                    help: error.help.clone(),
                };
                let shown = preview.shown();
                preview.show(ServedSite {
                    output: shown.output.clone(),
                    faults: Faults { faults: vec![stale], stale: true },
                    ..*shown
                });
                tell(PreviewEvent::Lost(&error));
                lost = Some(error);
            }
        }
    }
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> DiskError {
    let port = address.port();
    let (message, help) = match error.kind() {
        io::ErrorKind::AddrInUse => (
            format!("port {port} is taken: another program listens there, perhaps another preview"),
            format!("choose another with `--port {}`, or any that is free with `--port 0`", port.wrapping_add(1)),
        ),
        io::ErrorKind::AddrNotAvailable => (
            format!("this machine has no address {}", address.ip()),
            "choose one of its own with `--host`, or 0.0.0.0 for all of them".to_owned(),
        ),
        _ => (format!("cannot listen on port {port}: {error}"), "choose another with `--port`".to_owned()),
    };
    DiskError { message, help: Some(help) }
}

/// The site as it was last read, and what its builds left.
struct SiteBuilder<'a> {
    settings: &'a PreviewSettings,
    /// Whole path of the site's folder.
    root: PathBuf,
    /// See [`EndSignals`].
    overrun: &'a (dyn Fn(Diagnostic, &SourceMap) + Sync),
    read: ReadSite,
    /// Whether the last try to read all of it failed.
    lost: bool,
    caches: Caches,
    /// Key of the inputs of the last build.
    inputs: Option<Key>,
}

impl<'a> SiteBuilder<'a> {
    fn new(settings: &'a PreviewSettings, root: PathBuf, overrun: &'a (dyn Fn(Diagnostic, &SourceMap) + Sync)) -> Self {
        SiteBuilder {
            settings,
            root,
            overrun,
            read: ReadSite::default(),
            lost: false,
            caches: Caches::keeping(),
            inputs: None,
        }
    }

    /// Returns the places outside the site's folder that the settings name: the site that it
    /// extends, and the theme.
    fn places_outside(&self) -> (Option<Extends>, String) {
        let config = self.read.config();
        (config.extends.clone(), config.theme.0.clone())
    }

    /// Returns the site's folder, that of its theme, and the folder or bundle that it extends,
    /// there or not.
    fn places(&self) -> Vec<PathBuf> {
        let (extends, theme) = self.places_outside();
        let root = disk::canonical(&self.root).unwrap_or_else(|_| self.root.clone());
        let theme = root.parent().map(|above| above.join("themes").join(theme));
        let upstream = extends.map(|extends| root.join(&extends.site.value));
        [self.root.clone()].into_iter().chain(theme).chain(upstream).collect()
    }

    /// Reads everything. It is watched before it is read, so that what changes in between is not
    /// missed.
    fn read(&mut self, watch: &mut Watch) -> Result<(), DiskError> {
        for _ in 0..MOST_READS {
            watch.renew();
            self.read_once()?;
            // Another theme or site may be named by now, which was not watched.
            if !watch.follow(self.places()) {
                break;
            }
        }
        Ok(())
    }

    fn read_once(&mut self) -> Result<(), DiskError> {
        let previous = std::mem::take(&mut self.read.site.sources);
        let ids = previous.clone();
        match disk::read_whole(&self.root, previous, pipeline::settings) {
            Ok(read) => {
                (self.read, self.lost) = (read, false);
                Ok(())
            }
            Err(error) => {
                self.read.site.sources = ids;
                // Whatever is read next is another site than the one that was shown.
                (self.inputs, self.lost) = (None, true);
                Err(error)
            }
        }
    }

    /// Reads what has changed; gives the names of the files, or nothing if they hold what they
    /// held.
    fn take(&mut self, changes: &Changes, watch: &mut Watch) -> Result<Option<Vec<String>>, DiskError> {
        let names = |changes: &Changes, root: &Path, site: &Site| -> BTreeSet<String> {
            let Changes::Files(paths) = changes else { return BTreeSet::new() };
            let names = paths.iter().filter_map(|path| disk::name_in_site(root, path));
            names.filter(|name| site.sources.find(name).is_some()).collect()
        };
        let mut changed = names(changes, &self.root, &self.read.site);
        if changed.iter().any(|name| !disk::is_there(&self.root.join(name))) {
            // An editor may be about to put it back.
            thread::sleep(REPLACING);
        }
        let beyond = self.places_outside();
        let is_enough = match changes {
            // What could not be read is looked for anew.
            Changes::Files(paths) if !self.lost => match beyond.0 {
                None => {
                    let ReadSite { site, faults, settings, .. } = &mut self.read;
                    let is_enough = disk::reread(&self.root, site, faults, paths, &settings.0.ignore).unwrap_or(false);
                    *settings = pipeline::settings(site);
                    is_enough
                }
                // What is added to another site is put together anew. No folder has changed, so all
                // is watched.
                Some(_) => paths.iter().all(|path| disk::is_file(path)) && self.read_once().is_ok(),
            },
            Changes::Files(_) | Changes::Unknown => false,
        };
        // Another theme or site may be named, of which nothing was reported.
        if !is_enough || self.places_outside() != beyond {
            self.read(watch)?;
        }
        let inputs = pipeline::inputs(&self.read, &self.settings.options);
        let inputs = cache::key((inputs, self.read.faults.len()));
        if self.inputs == Some(inputs) {
            return Ok(None);
        }
        changed.extend(names(changes, &self.root, &self.read.site));
        Ok(Some(changed.into_iter().collect()))
    }

    /// Builds what is shown, with the index of search, lists and data as they were.
    fn build(
        &mut self,
        preview: &PreviewServer,
        changed: &[String],
        since: Instant,
        tell: &mut dyn FnMut(PreviewEvent<'_>),
    ) {
        self.caches.lists_can_wait = true;
        self.show(preview, &mut |build, sources, pages| {
            tell(PreviewEvent::Built { build, sources, changed, pages, took: since.elapsed() });
        });
    }

    /// Makes the index of search, lists and data for what is shown.
    fn lists(&mut self, preview: &PreviewServer) {
        self.caches.lists_can_wait = false;
        self.show(preview, &mut |_, _, _| {});
    }

    fn show(&mut self, preview: &PreviewServer, tell: &mut dyn FnMut(&Build, &SourceMap, usize)) {
        let pages = AtomicUsize::new(0);
        let keep = |path: &crate::output::OutPath, artefact| {
            let page = usize::from(path.as_str().ends_with(".html"));
            pages.fetch_add(page, Ordering::Relaxed);
            artefact
        };
        let under_way = UnderWay::default();
        let hooks = Hooks { keep: &keep, under_way: Some(&under_way), ..Hooks::default() };
        let PreviewSettings { options, root, .. } = self.settings;
        let sources = &self.read.site.sources;
        let end = |fault: Diagnostic| {
            let mut said = faults_of(std::slice::from_ref(&fault), sources, root, true);
            let ended = "the preview has ended: start it again when this is fixed";
            said.faults.iter_mut().for_each(|line| line.message = format!("{}; {ended}", line.message));
            let shown = preview.shown();
            preview.show(ServedSite { output: shown.output.clone(), faults: said, ..*shown });
            thread::sleep(LAST_WORDS);
            (self.overrun)(fault, sources);
        };
        let limits = &self.read.config().limits;
        let mut build =
            watched(&under_way, limits, &end, || pipeline::rebuild(&self.read, options, &mut self.caches, hooks));
        let inputs = pipeline::inputs(&self.read, options);
        self.inputs = Some(cache::key((inputs, self.read.faults.len())));
        let faults = faults_of(&build.diagnostics, &self.read.site.sources, root, build.output.is_none());
        let (output, style, rest) = match build.output.take() {
            Some(output) => {
                let (style, rest) = (key_of(&output, is_style), key_of(&output, is_rest));
                (Arc::new(output), style, rest)
            }
            None => {
                let shown = preview.shown();
                (shown.output.clone(), shown.style, shown.rest)
            }
        };
        preview.show(ServedSite { output, faults, style, rest, turn: 0 });
        tell(&build, &self.read.site.sources, pages.into_inner());
    }
}

fn is_style(path: &str, _: &Artefact) -> bool {
    path.ends_with(".css")
}

/// Reports whether pages may show a file whose changes leave their own bytes as they are: a
/// picture, a font, the logo or a script of the theme. Style sheets have a key of their own.
fn is_rest(path: &str, file: &Artefact) -> bool {
    let of_theme = ["static/", "brand/"].iter().any(|folder| path.starts_with(folder));
    (of_theme || matches!(file, Artefact::Copied { .. })) && !is_style(path, file)
}

fn key_of(output: &Output, wanted: fn(&str, &Artefact) -> bool) -> Option<Key> {
    let files = output.iter().filter(|(path, file)| wanted(path.as_str(), file));
    let files: Vec<(&str, Key)> = files.map(|(path, file)| (path.as_str(), key_of_file(file))).collect();
    Some(cache::key(files))
}

fn key_of_file(file: &Artefact) -> Key {
    match file {
        Artefact::Made(bytes) => Key::of(bytes),
        Artefact::Copied { hash, .. } | Artefact::Kept { hash, .. } => Key::of(hash.bytes()),
    }
}
