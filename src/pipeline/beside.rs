//! What a site has beside its documents: settings, brand, register, relations, ledger.
//!
//! Takes a site as it was read; gives each as typed values, with what is wrong in it, and which texts are not to be parsed at all,
//! in which the settings have a say. Of a site that extends another, what the
//! other has lies below what the site has itself. Reads nothing that could not be read whole.

use std::collections::BTreeSet;

use super::{REGISTER, RELATIONS, SETTINGS, has_errors, limits};
use crate::config::{Beyond, Brand, Config, Limits};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::ledger::Ledger;
use crate::document::{ClauseRelation, Declared};
use crate::law::Register;
use crate::parse;
use crate::parse::metadata::ledger::PERMALINKS;
use crate::source::{FileId, Origin, Site, SourceFile, UPSTREAM};

/// The settings, read by themselves: a command needs the theme's name before it can read the theme.
///
/// Of a site that extends another, those of that one lie below its own, once it is read.
pub fn settings(site: &Site) -> (Config, Vec<Diagnostic>) {
    // No setting says how large the settings may be.
    let read = |file: &SourceFile, below: Option<&Config>| match limits::text_too_large(file, &Limits::default()) {
        Some(fault) => (Config::default(), vec![fault]),
        None => parse::metadata::config(file, below),
    };
    let upstream = site.sources.find(&upstream(SETTINGS)).map(|file| read(file, None));
    let (upstream, mut faults) = upstream.map_or((None, Vec::new()), |(upstream, faults)| (Some(upstream), faults));
    let Some(file) = site.sources.find(SETTINGS) else { return (Config::default(), faults) };
    let (config, more) = read(file, upstream.as_ref());
    faults.extend(more);
    if let (Some(extends), Some(_)) = (&config.extends, upstream.and_then(|upstream| upstream.extends)) {
        let message = format!("the site at `{}` itself extends another", extends.site.value);
        let fault = Diagnostic::new(Code::InvalidUpstream, extends.site.span, message);
        faults.push(fault.help("extend the site that it extends"));
    }
    (config, faults)
}

/// What the settings name that lies outside the site's folder.
pub fn beyond(site: &Site) -> Beyond {
    let (config, _) = settings(site);
    Beyond { extends: config.extends, theme: config.theme.0 }
}

/// The path of a file of the site that is extended of which the site may have its own.
pub(super) fn upstream(path: &str) -> String {
    format!("{UPSTREAM}{path}")
}

/// The register of a site, read by itself.
pub fn register_of(site: &Site) -> Register {
    let mut faults = Vec::new();
    let (_, unread) = before_parsing(site, &mut faults);
    registered(&register(site, &unread, &mut faults))
}

/// Returns the register of the works that a site declares.
pub(super) fn registered(declared: &[Declared]) -> Register {
    Register::new(declared.iter().map(|row| row.authority.clone()).collect())
}

/// What must be known before a text is parsed: the settings, and which texts cannot be read further. What could not be read
/// whole is not: what it lacks would be reported as its author's fault. `faults` holds what reading found wrong.
pub(super) fn before_parsing(site: &Site, faults: &mut Vec<Diagnostic>) -> (Config, BTreeSet<FileId>) {
    let (config, of_settings) = settings(site);
    faults.extend(limits::too_large(&site.sources, &config.limits));
    let errors = faults.iter().filter(|fault| fault.severity() == Severity::Error);
    let unread = errors.map(|fault| fault.span.file).collect();
    faults.extend(of_settings);
    (config, unread)
}

/// What the site's own theme says of the look of the copy, and below it the theme that the settings name.
pub(super) fn brand(site: &Site, theme: &str, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Brand {
    let mut read = |path: &str| {
        let Some(file) = site.sources.find(path).filter(|file| !unread.contains(&file.id)) else {
            return Brand::default();
        };
        let (brand, more) = parse::metadata::brand(file);
        faults.extend(more);
        brand
    };
    read("theme/theme.toml").over(read(&format!("../themes/{theme}/theme.toml")))
}

pub(super) fn register(site: &Site, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Vec<Declared> {
    let files = both(site, REGISTER).filter(|file| !unread.contains(&file.id));
    let (authorities, more) = parse::metadata::authorities(files);
    faults.extend(more);
    authorities
}

/// The file of this path of the site that is extended, if there is one, and the site's own.
fn both<'a>(site: &'a Site, path: &str) -> impl Iterator<Item = &'a SourceFile> {
    [upstream(path), path.to_owned()].into_iter().filter_map(|path| site.sources.find(&path))
}

pub(super) fn relations(site: &Site, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Vec<ClauseRelation> {
    let files = both(site, RELATIONS).filter(|file| !unread.contains(&file.id));
    let mut found = Vec::new();
    for (relations, more) in files.map(parse::metadata::relations) {
        found.extend(relations);
        faults.extend(more);
    }
    found
}

/// The ledger of what was published. One that could not be read whole is not compared with: all it lacks would be lost.
pub(super) fn ledger(site: &Site, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Ledger {
    let mut read = |folder: &str| {
        let files: Vec<&SourceFile> = site.sources.iter().filter(|file| file.path.starts_with(folder)).collect();
        if files.iter().any(|file| unread.contains(&file.id)) {
            return None;
        }
        let (ledger, more) = parse::metadata::ledger::ledger(&files);
        let broken = has_errors(&more);
        faults.extend(more);
        (!broken).then_some(ledger)
    };
    let (own, borrowed) = (read(PERMALINKS), read(&upstream(PERMALINKS)));
    // All of the ledger may be gone: nothing in it can say so.
    if let (Some(Ledger { editions, .. }), Some(place)) = (&own, settings(site).0.has_editions)
        && editions.is_empty()
    {
        let message = "this site has published editions, and `permalinks/editions.toml` is missing or lists none";
        let fault = Diagnostic::new(Code::DamagedLedger, place, message);
        faults.push(fault.help("take `permalinks/` back from your version control; to start anew, delete this line"));
        return Ledger::default();
    }
    match (own, borrowed) {
        (Some(own), Some(mut borrowed)) => {
            // Rows of a page that this site has replaced with its own are no concern of this site.
            let is_replaced = |document: &str| {
                let file = site.sources.find(&format!("{document}.md"));
                file.is_some_and(|file| file.origin == Origin::Own)
            };
            borrowed.documents.retain(|document, _| !is_replaced(document));
            own.over(borrowed)
        }
        _ => Ledger::default(),
    }
}
