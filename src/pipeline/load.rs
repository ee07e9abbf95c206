//! The first value of a build: a site with its data files parsed.
//!
//! Takes a site as it was read; gives settings, brand, register, relations and ledger, each parsed
//! once, with what is wrong in them, and which texts are not to be parsed at all. Of a site that
//! extends another, what the other has is below what the site has itself. Parses nothing that
//! could not be read whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Hooks, Options, has_errors, limits};
use crate::cache;
use crate::config::{Brand, ClauseUnit, Config, Limits};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::ledger::Ledger;
use crate::document::{ClauseRelation, Declared};
use crate::law::Register;
use crate::parse;
use crate::render::theme::embedded;
use crate::site::{ReadSite, Settings};
use crate::source::PERMALINKS;
use crate::source::{
    FileId, Key, OWN_THEME, Origin, REGISTER, RELATIONS, SETTINGS, Site, SourceFile, THEMES, UPSTREAM,
};
use crate::strings::{self, Strings};

/// A site with its data files parsed.
#[derive(Clone, Debug)]
pub struct Loaded<'a> {
    /// The texts and files.
    pub site: &'a Site,
    /// The settings, with what the command line sets over them and the look of the theme.
    pub config: Arc<Config>,
    /// Words of pages.
    pub strings: Arc<Strings>,
    /// The rows of the register.
    pub declared: Vec<Declared>,
    /// The works of the register.
    pub register: Register,
    /// Relations between clauses.
    pub relations: Vec<ClauseRelation>,
    /// Ledger of published addresses.
    pub ledger: Ledger,
    /// Diagnostics so far, except those of the ledger.
    pub faults: Vec<Diagnostic>,
    /// Diagnostics of the ledger.
    pub of_ledger: Vec<Diagnostic>,
    /// Whether the theme that the settings name has a folder.
    pub theme_found: bool,
    /// Texts that are not to be parsed.
    pub(super) unread: BTreeSet<FileId>,
    /// The key of settings, register, words and options, from which every document is made.
    pub(super) ground: Key,
}

/// Parses the data files of a site.
pub fn load<'a>(read: &'a ReadSite, options: &Options, hooks: Hooks<'_>) -> Loaded<'a> {
    let ReadSite { site, faults, settings: (config, of_settings), theme_found } = read;
    let (mut config, mut faults) = (config.clone(), faults.clone());
    faults.extend(limits::too_large(&site.sources, &config.limits));
    faults.extend(site.sources.iter().filter_map(parse::unfinished_merge));
    // What could not be read whole is not parsed: what it lacks would be reported as its author's
    // fault.
    let errors = faults.iter().filter(|fault| fault.severity() == Severity::Error);
    let unread: BTreeSet<FileId> = errors.map(|fault| fault.span.file).collect();
    faults.extend(of_settings.iter().cloned());
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
    }
    config.brand = config.brand.over(brand(site, &config.theme.0, &unread, &mut faults));
    let (strings, more) =
        strings::load(site, (&config.theme.0, embedded), &config.language, |file| unread.contains(&file));
    faults.extend(more);
    if config.unit == ClauseUnit::default() {
        config.unit = strings.unit();
    }
    let begun = limits::begin_whole(hooks.under_way, site, &config.limits, "reading the register of works");
    let declared = register(site, &unread, &mut faults);
    let register = Register::new(declared.iter().map(|row| row.authority.clone()).collect());
    drop(begun);
    let _begun = limits::begin_whole(hooks.under_way, site, &config.limits, "reading what was published");
    let relations = relations(site, &unread, &mut faults);
    let mut of_ledger = Vec::new();
    let ledger = ledger(site, &config, &unread, &mut of_ledger);
    let text = |path: &str| site.sources.find(path).map(|file| (file.id, file.key, unread.contains(&file.id)));
    let texts = [SETTINGS, REGISTER].map(|path| (text(path), text(&upstream(path))));
    let ground = cache::key((texts, options, strings.key()));
    let (config, theme_found) = (Arc::new(config), *theme_found);
    let strings = Arc::new(strings);
    Loaded {
        site,
        config,
        strings,
        declared,
        register,
        relations,
        ledger,
        faults,
        of_ledger,
        theme_found,
        unread,
        ground,
    }
}

/// Parses the settings of a site that was made in memory.
pub fn read_site(site: Site, faults: Vec<Diagnostic>, theme_found: bool) -> ReadSite {
    let settings = settings(&site);
    ReadSite { site, faults, settings, theme_found }
}

/// Parses the settings, which say what else is to be read.
///
/// If the site extends another, those of that one are below its own, once it is read.
pub fn settings(site: &Site) -> Settings {
    // No setting says how large the settings may be.
    let unread =
        |file: &SourceFile| limits::text_too_large(file, &Limits::default()).or_else(|| parse::unfinished_merge(file));
    let read = |file: &SourceFile, below: Option<&Config>| match unread(file) {
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

/// The path of a file of the site that is extended of which the site may have its own.
pub(super) fn upstream(path: &str) -> String {
    format!("{UPSTREAM}{path}")
}

/// Reads the brand of the copy: that of the site's own theme, with what it leaves out taken from
/// the theme that the settings name.
fn brand(site: &Site, theme: &str, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Brand {
    let mut read = |path: &str| {
        let Some(file) = site.sources.find(path).filter(|file| !unread.contains(&file.id)) else {
            return Brand::default();
        };
        let (brand, more) = parse::metadata::brand(file);
        faults.extend(more);
        brand
    };
    read(&format!("{OWN_THEME}theme.toml")).over(read(&format!("{THEMES}{theme}/theme.toml")))
}

fn register(site: &Site, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Vec<Declared> {
    let files = upstream_and_own(site, REGISTER).filter(|file| !unread.contains(&file.id));
    let (authorities, more) = parse::metadata::authorities(files);
    faults.extend(more);
    authorities
}

/// The file of this path of the site that is extended, if there is one, and the site's own.
fn upstream_and_own<'a>(site: &'a Site, path: &str) -> impl Iterator<Item = &'a SourceFile> {
    [upstream(path), path.to_owned()].into_iter().filter_map(|path| site.sources.find(&path))
}

fn relations(site: &Site, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Vec<ClauseRelation> {
    let files = upstream_and_own(site, RELATIONS).filter(|file| !unread.contains(&file.id));
    let mut found = Vec::new();
    for (relations, more) in files.map(parse::metadata::relations) {
        found.extend(relations);
        faults.extend(more);
    }
    found
}

/// The ledger of what was published. One that could not be read whole is not compared with: all it
/// lacks would be lost.
fn ledger(site: &Site, config: &Config, unread: &BTreeSet<FileId>, faults: &mut Vec<Diagnostic>) -> Ledger {
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
    if let (Some(Ledger { editions, .. }), Some(place)) = (&own, config.has_editions)
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
