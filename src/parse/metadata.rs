//! TOML to typed values with their places: front matter, settings, the register of authorities.
//!
//! Takes one file or a part of it; gives values and every fault found in one pass. Never stops at
//! the first fault, and never takes a key it does not know.

mod brand;
mod front;
mod ignored;
pub mod ledger;
mod limits;
mod register;
mod relations;
mod table;
mod yaml;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::arena::Arena;
use crate::config::{Compression, Config, Extends, Navigation, RedirectMap, Taxonomy, Term, Upstream};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{FrontMatter, ItemLabels, Numbering, Status};
use crate::output::OutPath;
use crate::source::{LOCAL_GLOSSARY, Origin, SiteText, SourceFile, Span, Written};
pub use brand::brand;
use front::{official_source, relations_of, unit};
pub use register::authorities;
pub use relations::relations;
use table::{TomlTable, all_of, lists, one_of, slug, titles, with_table, with_yaml};

/// Reads `site.toml`. Of a site that extends another, `upstream` are the settings of that one: what
/// the site does not say itself is as it is there, and what may have many is added to what is
/// there.
pub fn config(file: &SourceFile, upstream: Option<&Config>) -> (Config, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let config = with_table(file, 0..file.text.len(), "the settings", &mut faults, |table, faults| {
        let default = upstream.cloned().unwrap_or_default();
        let extends = table.table("extends", "what the site extends", faults).and_then(|table| extends(&table, faults));
        let title = table.required_words("title", faults);
        let description = table.words("description", faults);
        let host = table.words("host", faults);
        let edition = table.words("edition", faults);
        let licence = table.words("licence", faults);
        let contact = table.text("contact", faults).and_then(|written| contact(&written, faults));
        let base_url = table.text("base-url", faults).and_then(|url| base_url(&url, faults));
        let language = table.text("language", faults).and_then(|tag| language(&tag, faults));
        let theme = slug(table, "theme", faults);
        let clause_pages = table.flag("clause-pages", faults);
        let unit = unit(table, faults);
        let has_editions = table.flag("has-editions", faults).unwrap_or(false);
        let has_editions = has_editions.then(|| table.place("has-editions")).flatten();
        let kinds = kinds(table, default.kinds, faults);
        let taxonomies = taxonomies(table, default.taxonomies, faults);
        let navigation = navigation(table, faults).into_iter().chain(default.navigation).collect();
        let [mut quiet_kinds, mut on_request_kinds] = kinds_in_search(table, &kinds, faults);
        quiet_kinds.extend(default.quiet_kinds);
        on_request_kinds.extend(default.on_request_kinds);
        let redirects = all_of(table, "redirects", &RedirectMap::NAMES, faults);
        let brand = table.table("brand", "the brand", faults).map(|table| {
            let brand = brand::values(&table, faults);
            table.finish(faults);
            brand
        });
        let compress = all_of(table, "compress", &Compression::NAMES, faults);
        let html_denied = one_of(table, "html", &[("show", false), ("deny", true)], faults);
        let dead_links_denied = one_of(table, "links", &[("warn", false), ("deny", true)], faults);
        let limits = limits::limits(table, faults);
        let ignore = ignored::patterns(table, faults);
        let own_theme = Config::default().theme;
        let asks = extends.as_ref().and_then(|extends| extends.theme);
        if let Some(extends) =
            extends.as_ref().filter(|_| asks.is_none() && theme.is_none() && default.theme.0 != own_theme.0)
        {
            faults.push(extends.unused_theme(&format!("names the theme `{}`", default.theme.0)));
        }
        let default_theme = if asks == Some(true) { default.theme } else { own_theme };
        Config {
            title,
            extends,
            upstream: upstream.map(|upstream| Upstream {
                title: upstream.title.clone(),
                edition: upstream.edition.clone(),
                language: upstream.language.clone(),
            }),
            description: description.or(default.description),
            host,
            edition,
            licence: licence.or(default.licence),
            contact,
            // A name and a foot are its own; a look it may borrow.
            brand: brand.unwrap_or_default().over(default.brand.look()),
            base_url,
            language: language.unwrap_or(default.language),
            theme: theme.map_or(default_theme, |theme| (theme.value, Some(theme.span))),
            clause_pages: clause_pages.unwrap_or(default.clause_pages),
            unit: unit.unwrap_or(default.unit),
            has_editions,
            kinds,
            taxonomies,
            navigation,
            quiet_kinds,
            on_request_kinds,
            redirects,
            compress,
            html_denied: html_denied.unwrap_or(default.html_denied),
            dead_links_denied: dead_links_denied.unwrap_or(default.dead_links_denied),
            ignore,
            limits,
        }
    });
    (config.unwrap_or_default(), faults)
}

/// `[extends]`: the site that this one extends.
fn extends(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Option<Extends> {
    let site = table.required_text("site", faults);
    let [key, name, edition] = ["key", "name", "edition"].map(|key| table.text(key, faults));
    let theme = table.flag("theme", faults);
    table.finish(faults);
    site.map(|site| Extends { site, key, name, edition, theme })
}

/// `[kinds]`, over those of the site that is extended.
fn kinds(
    table: &TomlTable<'_>,
    mut kinds: Vec<(String, String)>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    for (key, title) in titles(table, "kinds", faults) {
        kinds.retain(|(known, _)| *known != key);
        kinds.push((key, title));
    }
    kinds
}

/// `[[navigation]]`: groups of the navigation, in order.
fn navigation(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Vec<Navigation> {
    let groups = table.tables("navigation", "a group of the navigation", faults);
    let group = |group: &TomlTable<'_>| {
        let title = group.required_words("title", faults);
        let items = group.texts("items", faults);
        let folded = group.flag("folded", faults).unwrap_or(false);
        group.finish(faults);
        Navigation { title, items, folded }
    };
    groups.iter().map(group).collect()
}

/// `[search] quiet` and `on-request`: kinds that are declared.
fn kinds_in_search(
    settings: &TomlTable<'_>,
    kinds: &[(String, String)],
    faults: &mut Vec<Diagnostic>,
) -> [Vec<String>; 2] {
    let Some(search) = settings.table("search", "the settings of search", faults) else { return Default::default() };
    let named = ["quiet", "on-request"].map(|key| search.texts(key, faults));
    search.finish(faults);
    named.map(|mut named| {
        named.retain(|kind| known_kind(kind, kinds, faults));
        named.into_iter().map(|kind| kind.value).collect()
    })
}

/// Whether a kind is declared; reports it if not.
fn known_kind(kind: &Written<String>, kinds: &[(String, String)], faults: &mut Vec<Diagnostic>) -> bool {
    let known = kinds.iter().any(|(key, _)| *key == kind.value);
    if !known {
        let message = format!("no kind `{}` is declared in site.toml", kind.value);
        faults.push(
            Diagnostic::new(Code::UnknownKind, kind.span, message)
                .help("declare it under [kinds]")
                .nearest(&kind.value, kinds.iter().map(|(key, _)| key.as_str())),
        );
    }
    known
}

/// The base address with one slash at its end, if it is absolute and nothing but an address of a
/// folder.
pub fn base_url(written: &Written<String>, faults: &mut Vec<Diagnostic>) -> Option<String> {
    let rest = written.value.strip_prefix("https://").or_else(|| written.value.strip_prefix("http://"));
    let sound = rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(|c: char| c.is_whitespace() || "?#\"<>\\".contains(c))
    });
    if !sound {
        let message = format!("`{}` is not the address of a folder on the web", written.value);
        faults.push(
            Diagnostic::new(Code::InvalidValue, written.span, message)
                .help("write an address such as \"https://example.org/trusts/\""),
        );
        return None;
    }
    Some(format!("{}/", written.value.trim_end_matches('/')))
}

/// An e-mail address, or an address on the web.
fn contact(written: &Written<String>, faults: &mut Vec<Diagnostic>) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
    let mail = written.value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if mail && written.value.chars().all(plain) && written.value.matches('@').count() == 1 {
        return Some(written.value.clone());
    }
    web_address(written, faults)
}

fn language(tag: &Written<String>, faults: &mut Vec<Diagnostic>) -> Option<String> {
    let mut parts = tag.value.split('-');
    let first = parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if first && rest {
        return Some(tag.value.clone());
    }
    let message = format!("`{}` does not name a language", tag.value);
    faults.push(Diagnostic::new(Code::InvalidValue, tag.span, message).help("write a tag such as \"en-GB\" (BCP 47)"));
    None
}

/// The taxonomies, after those that are known.
fn taxonomies(settings: &TomlTable<'_>, known: Arena<Taxonomy>, faults: &mut Vec<Diagnostic>) -> Arena<Taxonomy> {
    let terms = known.iter().flat_map(|taxonomy| &taxonomy.terms);
    let mut seen: BTreeMap<String, Span> = terms.map(|term| (term.slug.clone(), term.span)).collect();
    let mut found = known;
    for (key, table) in settings.named_tables("taxonomies", "a taxonomy", faults) {
        let title = table.required_words("title", faults);
        let mut terms = Arena::default();
        for (slug, term) in table.named_tables("terms", "a term", faults) {
            let title = term.required_words("title", faults);
            let description = term.words("description", faults);
            term.finish(faults);
            if let Some(first) = seen.get(&slug.value) {
                let message = format!("the term `{}` is declared twice", slug.value);
                faults.push(
                    Diagnostic::new(Code::DuplicateTerm, slug.span, message)
                        .label(*first, "first declared here")
                        .help("terms are unique across taxonomies: give one another name"),
                );
                continue;
            }
            check_page(&format!("{}/{}.html", key.value, slug.value), "term", &slug, faults);
            seen.insert(slug.value.clone(), slug.span);
            terms.push(Term { slug: slug.value, title, description, span: slug.span });
        }
        table.finish(faults);
        check_page(&format!("{}/index.html", key.value), "taxonomy", &key, faults);
        if FRONT_MATTER_KEYS.contains(&key.value.as_str()) {
            let message = format!("`{}` is a key of front matter and cannot name a taxonomy", key.value);
            faults.push(Diagnostic::new(Code::InvalidId, key.span, message).help("choose another name"));
        }
        if let Some(first) = found.iter().find(|known| known.slug == key.value) {
            let message = format!("the taxonomy `{}` is declared twice", key.value);
            let fault =
                Diagnostic::new(Code::DuplicateTerm, key.span, message).label(first.span, "first declared here");
            faults.push(fault.help("give it another name: the terms of the site that is extended stay as they are"));
            continue;
        }
        found.push(Taxonomy { slug: key.value, title, terms, span: key.span });
    }
    found
}

/// Reports a name that gives its page a path which not every system can hold.
fn check_page(path: &str, what: &str, name: &Written<String>, faults: &mut Vec<Diagnostic>) {
    if OutPath::new(path).is_none() {
        let why = OutPath::refusal(path);
        let message = format!("the {what} `{}` cannot have the page `{path}`: {why}", name.value);
        faults.push(Diagnostic::new(Code::InvalidId, name.span, message).help("choose another name"));
    }
}

/// The keys that front matter has whatever the taxonomies.
const FRONT_MATTER_KEYS: [&str; 23] = [
    "language",
    "title",
    "short",
    "id",
    "kind",
    "issuer",
    "published",
    "status",
    "source",
    "numbering",
    "unit",
    "series",
    "items",
    "publication",
    "default-authority",
    "cited",
    "replaces",
    "replaced-by",
    "supplements",
    "summarises",
    "restates",
    "published-with",
    "status-note",
];

/// The range of the front matter at a file's start, between `+++` lines or `---` lines, and the
/// offset of what follows them.
pub fn fences(text: &str) -> Option<(Range<usize>, usize)> {
    let first = text.lines().next().filter(|line| matches!(line.trim_end(), "+++" | "---"))?;
    let fence = first.trim_end();
    let start = (first.len() + 1).min(text.len());
    // A rule at the head of a text is no front matter.
    if fence == "---" && text.get(start..)?.lines().next().is_none_or(|line| line.trim().is_empty()) {
        return None;
    }
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return Some((start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Returns the name of the document that a file of local notes, such as `notes/guidance-2008.md`,
/// is about.
pub fn annotated(file: &SourceFile) -> Option<&str> {
    file.path.strip_prefix("notes/")?.strip_suffix(".md").filter(|name| !name.contains('/'))
}

/// Reads the front matter of a document: TOML, or YAML between `---` lines. Also gives the id, if
/// the author chose one, and the place where a title is missing.
pub fn front_matter(
    file: &SourceFile,
    range: Range<usize>,
    config: &Config,
    faults: &mut Vec<Diagnostic>,
) -> (FrontMatter, Option<Written<String>>, Option<Span>) {
    let read = |table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>| {
        let notes = config.upstream.is_some() && file.origin == Origin::Own && annotated(file).is_some();
        let title = if notes { String::new() } else { table.words("title", faults).unwrap_or_default() };
        let reviewed = if notes { table.text("reviewed", faults) } else { None };
        let short = table.words("short", faults).unwrap_or_else(|| title.clone());
        let id = table.text("id", faults);
        let kind = table.text("kind", faults);
        if let Some(kind) = &kind {
            known_kind(kind, &config.kinds, faults);
        }
        let issuer = table.words("issuer", faults);
        let published = table.date("published", faults);
        let status = one_of(table, "status", &Status::ALL, faults);
        let status_note = table.words("status-note", faults);
        let numbering = one_of(table, "numbering", &Numbering::ALL, faults);
        let unit = unit(table, faults);
        let series = table.place("series").map(|_| table.texts("series", faults));
        let series = series.map(|words| words.into_iter().map(|word| word.value).collect());
        let items = one_of(table, "items", &ItemLabels::ALL, faults);
        let publication = table.flag("publication", faults).unwrap_or(false);
        let default_authority = table.text("default-authority", faults);
        let cited = table.flag("cited", faults);
        let language = table.text("language", faults).and_then(|tag| language(&tag, faults));
        let source = official_source(table, faults);
        let relations = relations_of(table, faults);
        let terms = terms(table, config, faults);
        // Elsewhere the key is unknown.
        let synonyms = if SiteText::of(&file.path) == Some(SiteText::Glossary) || *file.path == *LOCAL_GLOSSARY {
            lists(table, "synonyms", faults)
        } else {
            Vec::new()
        };
        let front = FrontMatter {
            title,
            short,
            kind,
            issuer,
            published,
            status,
            status_note,
            relations,
            source,
            default_authority,
            cited,
            numbering,
            unit,
            series,
            items,
            publication,
            terms,
            synonyms,
            language,
            reviewed,
        };
        let untitled = (!notes && table.place("title").is_none()).then_some(table.header);
        (front, id, untitled)
    };
    let is_yaml = file.slice(0..range.start).starts_with('-');
    let front = if is_yaml {
        with_yaml(file, range, "front matter", faults, read)
    } else {
        with_table(file, range, "front matter", faults, read)
    };
    front.unwrap_or_default()
}

/// Terms of a document that its site declares.
fn terms(table: &TomlTable<'_>, config: &Config, faults: &mut Vec<Diagnostic>) -> Vec<Written<String>> {
    let mut terms = Vec::new();
    for taxonomy in &config.taxonomies {
        for term in table.texts(&taxonomy.slug, faults) {
            if taxonomy.terms.iter().any(|t| t.slug == term.value) {
                terms.push(term);
                continue;
            }
            let message = format!("the taxonomy `{}` has no term `{}`", taxonomy.slug, term.value);
            let known = taxonomy.terms.iter().map(|t| t.slug.as_str());
            let fault = Diagnostic::new(Code::UnknownTerm, term.span, message);
            let fault = fault.nearest_after(faults, &term.value, known);
            faults.push(fault);
        }
    }
    terms
}

/// A web address that may be linked: http or https.
fn web_address(written: &Written<String>, faults: &mut Vec<Diagnostic>) -> Option<String> {
    let sound = (written.value.starts_with("https://") || written.value.starts_with("http://"))
        && !written.value.contains(|c: char| c.is_whitespace() || c.is_control());
    if sound {
        return Some(written.value.clone());
    }
    let message = format!("`{}` is not an address on the web", written.value);
    faults.push(
        Diagnostic::new(Code::UnsafeUrl, written.span, message).help("write one that begins with https:// or http://"),
    );
    None
}
