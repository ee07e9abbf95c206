//! The stages of a build in their order.
//!
//! Takes a site as it was read; gives four values, one from another: [`Loaded`] (its data files are
//! parsed), [`Resolved`] (its documents are put together), [`Rendered`] (its pages and files are
//! made) and [`Build`] (what is published). A command stops at the value that it needs. Reads
//! nothing and writes nothing.

mod caches;
pub mod cite;
pub mod copies;
mod emit;
mod limits;
mod load;
pub mod publish;
mod render;
pub mod renumber;
mod resolve;
pub mod stale;
pub mod suggest;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cache;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::output::{Artefact, OutPath};
use crate::site::ReadSite;
use crate::source::{Key, Span};
use crate::underway::{Task, TaskGuard, TaskKind, UnderWay};
pub use caches::{Caches, MadePage, Parsed};
pub use emit::{Build, emit, sorted};
pub use limits::begin_whole;
pub use load::{Loaded, load, read_site, settings};
pub use render::{Rendered, SiteTheme, load_theme, render};
pub use resolve::{Resolved, resolve};

/// Settings that a command line may override.
#[derive(Clone, Debug, Default, Hash)]
pub struct Options {
    /// The base address.
    pub base_url: Option<String>,
}

/// A part of a build, as progress names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files to texts.
    Read,
    /// Texts to documents.
    Parse,
    /// Documents to a site.
    Resolve,
    /// The site to an index for search.
    Index,
    /// The site to pages.
    Render,
    /// The site to data files.
    Export,
    /// Pages and files to a folder.
    Write,
}

/// Hooks that a command can attach to a build.
#[derive(Clone, Copy)]
pub struct Hooks<'a> {
    /// Sink for progress: each stage as it begins, with the number of documents or pages that it
    /// has before it.
    pub begins: &'a (dyn Fn(Stage, usize) + Sync),
    /// Sink for finished pages and files: takes each, and returns what is to be published in its
    /// place.
    pub keep: &'a (dyn Fn(&OutPath, Artefact) -> Artefact + Sync),
    /// Whether texts are also compressed, if the settings ask for it: for a site that a server may
    /// send.
    pub compresses: bool,
    /// List of what is under way, for a watchdog.
    pub under_way: Option<&'a UnderWay>,
}

impl Default for Hooks<'_> {
    fn default() -> Self {
        Hooks { begins: &|_, _| (), keep: &|_, file| file, compresses: false, under_way: None }
    }
}

/// Returns the key of all that a build is made from: the program, the site as it was read, and
/// what the command line says.
pub fn inputs(read: &ReadSite, options: &Options) -> Key {
    let ReadSite { site, theme_found, .. } = read;
    let texts: Vec<_> = site.sources.iter().map(|file| (&file.path, file.key)).collect();
    cache::key((env!("CLAUSEBOOK_SOURCE"), texts, &site.assets, theme_found, options))
}

/// Builds a site once.
pub fn build(read: &ReadSite, options: &Options) -> Build {
    rebuild(read, options, &mut Caches::default(), Hooks { compresses: true, ..Hooks::default() })
}

/// Builds a site with what earlier builds of it left.
pub fn rebuild(read: &ReadSite, options: &Options, caches: &mut Caches, hooks: Hooks<'_>) -> Build {
    finish(resolve(load(read, options, hooks), caches, hooks), caches, hooks)
}

/// Renders a resolved site, if nothing in it is an error, and puts it together.
pub fn finish(resolved: Resolved<'_>, caches: &mut Caches, hooks: Hooks<'_>) -> Build {
    let (theme, mut faults) = load_theme(&resolved, caches, hooks);
    let mut rendered = None;
    if let Some(theme) = theme {
        let (made, more) = render(&resolved, theme, caches, hooks);
        rendered = made;
        faults.extend(more);
    }
    emit(resolved, faults, rendered)
}

fn has_errors(faults: &[Diagnostic]) -> bool {
    faults.iter().any(|fault| fault.severity() == Severity::Error)
}

/// Lists some work as under way, if anyone is to know.
fn begin(under_way: Option<&UnderWay>, work: TaskKind, place: Span) -> Option<TaskGuard<'_>> {
    under_way.map(|under_way| under_way.begin(Task::new(work, place)))
}

/// Turns a panic into an `internal-error` at a place, so that one file cannot take down the build.
fn or_report<T>(place: Span, work: impl FnOnce() -> (Option<T>, Vec<Diagnostic>)) -> (Option<T>, Vec<Diagnostic>) {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let fault = Diagnostic::new(Code::InternalError, place, "clausebook failed here")
            .help("this is a fault of clausebook: please report it with the file");
        (None, vec![fault])
    })
}

#[cfg(test)]
mod tests {
    use super::or_report;
    use crate::diagnostic::Code;
    use crate::source::{SourceMap, Span};

    #[test]
    fn a_panic_becomes_a_fault_of_the_file() {
        let mut sources = SourceMap::new();
        let place = Span::new(sources.insert("a.md", "text"), 0..0);
        let (value, faults) = or_report::<()>(place, || panic!("a bug"));
        assert_eq!(value, None);
        assert_eq!(
            faults.iter().map(|fault| (fault.code, fault.span)).collect::<Vec<_>>(),
            [(Code::InternalError, place)]
        );
        let (value, faults) = or_report(place, || (Some(1), Vec::new()));
        assert_eq!((value, faults.len()), (Some(1), 0));
    }
}
