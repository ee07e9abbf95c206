//! What a site says in tables: settings, register, relations, ledger, the brand of its theme.
//!
//! Takes the texts of a site; gives what each table holds and what is wrong in it. Also which texts are not to be parsed at
//! all, which the settings have a say in.

use std::collections::BTreeSet;

use super::{REGISTER, RELATIONS, SETTINGS, has_errors, limits};
use crate::config::{Brand, Config, Limits};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::ledger::Ledger;
use crate::document::{Authority, ClauseRelation, Register};
use crate::parse;
use crate::parse::metadata::ledger::PERMALINKS;
use crate::source::{FileId, Site, SourceFile};

/// The settings, read by themselves: a command needs the theme's name before it can read the theme.
pub fn settings(site: &Site) -> (Config, Vec<Diagnostic>) {
    match site.sources.find(SETTINGS) {
        // No setting says how large the settings may be.
        Some(file) => match limits::text_too_large(file, &Limits::default()) {
            Some(fault) => (Config::default(), vec![fault]),
            None => parse::metadata::config(file),
        },
        None => (Config::default(), Vec::new()),
    }
}

/// The register of a site, read by itself.
pub fn register_of(site: &Site) -> Register {
    let mut faults = Vec::new();
    let (_, unread) = before_parsing(site, &mut faults);
    Register::new(register(site, &unread, &mut faults))
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

/// The works that may be cited.
pub(super) fn register(site: &Site, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Vec<Authority> {
    let Some(file) = site.sources.find(REGISTER).filter(|file| !unread.contains(&file.id)) else { return Vec::new() };
    let (authorities, more) = parse::metadata::authorities(file);
    faults.extend(more);
    authorities
}

/// What clauses are to one another.
pub(super) fn relations(site: &Site, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Vec<ClauseRelation> {
    let Some(file) = site.sources.find(RELATIONS).filter(|file| !unread.contains(&file.id)) else { return Vec::new() };
    let (relations, more) = parse::metadata::relations(file);
    faults.extend(more);
    relations
}

/// The ledger of what was published. One that could not be read whole is not compared with: all it lacks would be lost.
pub(super) fn ledger(site: &Site, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Ledger {
    let files: Vec<&SourceFile> = site.sources.iter().filter(|file| file.path.starts_with(PERMALINKS)).collect();
    if files.iter().any(|file| unread.contains(&file.id)) {
        return Ledger::default();
    }
    let (ledger, more) = parse::metadata::ledger::ledger(&files);
    let broken = has_errors(&more);
    faults.extend(more);
    if broken { Ledger::default() } else { ledger }
}
