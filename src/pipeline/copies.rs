//! Copies that are handed out of a site beside its pages.
//!
//! Takes a resolved site; gives what a copy of it is a copy of, a book, and one page of a document,
//! a pack or the whole site. Reads files only by the function that it is given.

use std::collections::BTreeSet;

use super::render::{comparisons, inputs};
use super::{Caches, Hooks, Loaded, Resolved, SiteTheme, limits, load_theme, or_report};
use crate::book::Book;
use crate::bundle::Identity;
use crate::cache::Cache;
use crate::corpus::EntryId;
use crate::corpus::fingerprint::Fingerprints;
use crate::diagnostic::Diagnostic;
use crate::output::{Artefact, HOME_PAGE, OutPath};
use crate::render::epub;
use crate::render::single::{Materials, single};
use crate::source::SETTINGS;
use crate::underway::{Task, TaskKind};

/// Returns the identity of a copy of the site: the site's name, and the edition that its pages show
/// at their foot. The day is that of the ledger's edition of this name.
pub fn identity(Loaded { config, ledger, .. }: &Loaded<'_>) -> Identity {
    let edition = config.edition.clone().or_else(|| Some(ledger.name_of(ledger.editions.ids().next_back()?)));
    let published = ledger.editions.ids().find(|at| Some(ledger.name_of(*at)) == edition);
    let date = published.and_then(|at| ledger.editions[at].date);
    Identity { name: config.title.clone(), date, edition }
}

/// Makes something of a site and its theme, if nothing in them is an error. Returns it with what is
/// wrong in the theme and with what it could not make.
pub fn make<T>(
    resolved: &Resolved<'_>,
    hooks: Hooks<'_>,
    make: impl FnOnce(&Resolved<'_>, &SiteTheme) -> Result<T, Vec<Diagnostic>>,
) -> (Option<T>, Vec<Diagnostic>) {
    let (theme, mut faults) = load_theme(resolved, &mut Caches::default(), hooks);
    let settings = resolved.site.sources.find(SETTINGS);
    let Some((theme, settings)) = theme.zip(settings) else { return (None, faults) };
    let (made, wrong) = or_report(settings.start(), || match make(resolved, &theme) {
        Ok(made) => (Some(made), Vec::new()),
        Err(faults) => (None, faults),
    });
    faults.extend(wrong);
    (made, faults)
}

/// Makes a book of a document or pack, or of the site. `unfit` are pictures that no book can hold.
/// Returns nothing if there is no text to make a book of.
///
/// # Errors
///
/// Returns the faults of the book's templates.
pub fn book(
    resolved: &Resolved<'_>,
    theme: &SiteTheme,
    of: Option<EntryId>,
    unfit: &BTreeSet<OutPath>,
    hooks: Hooks<'_>,
) -> Result<Option<Book>, Vec<Diagnostic>> {
    let fingerprints = Fingerprints::default();
    let comparisons = comparisons(resolved, &fingerprints, &Cache::default(), hooks);
    epub::book(inputs(resolved, theme, (&comparisons, &fingerprints), hooks), of, unfit)
}

/// Makes one page of a document or pack, or of the whole site. `read` returns the bytes of a file
/// by its path below the site's folder.
///
/// # Errors
///
/// Returns the fault of the page's template.
pub fn page(
    resolved: &Resolved<'_>,
    theme: &SiteTheme,
    of: Option<EntryId>,
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
    hooks: Hooks<'_>,
) -> Result<String, Vec<Diagnostic>> {
    let site = resolved.site;
    // What is in the site that this one extends was read with it.
    let read = |path: &str| match site.borrowed.get(path) {
        Some(bytes) => Some(bytes.to_vec()),
        None => read(path),
    };
    let file = |path: &str| match theme.files.get(path)? {
        Artefact::Made(bytes) => Some(bytes.to_vec()),
        Artefact::Copied { from, .. } => read(from),
        Artefact::Kept { .. } => None,
    };
    let text = |path: &str| file(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let shares = limits::shares(&site.sources, &resolved.corpus.config.limits);
    let piece = Task::new(TaskKind::Words(HOME_PAGE.path()), theme.templates.fallback()).with_shares(shares);
    let materials = Materials {
        style: text("brand/brand.css") + "\n" + &text("static/style.css"),
        logo: file("brand/logo.svg").filter(|logo| !logo.is_empty()),
        read: &read,
        begun: hooks.under_way.map(|under_way| under_way.begin(piece)),
    };
    // No comparison is in the page, nor a link to one.
    let fingerprints = Fingerprints::default();
    single(inputs(resolved, theme, (&[], &fingerprints), hooks), of, materials).map_err(|fault| vec![*fault])
}
