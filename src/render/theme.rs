//! Templates: embedded, overridden file by file, checked when they are loaded.
//!
//! Takes the texts and files of a site; gives a theme that turns views into pages. A name is looked
//! for in the site's own `theme/`, then in the theme that the settings name, then in the default
//! theme. A template has no function that reaches a file, the network or the environment. What Tera
//! says is wrong becomes a diagnostic at the template's own line.

mod files;
mod filters;
mod lineage;
#[cfg(test)]
mod minify;
#[cfg(test)]
mod names;
pub mod parts;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::brand;
use crate::cache;
use crate::config::Brand;
use crate::diagnostic::{Code, Diagnostic};
use crate::output::{Artefact, OutPath};
use crate::source::{Hash, Key, OWN_THEME, SETTINGS, Site, SourceFile, SourceMap, Span, THEMES};
use crate::strings::{PageScript, Strings};
use crate::underway::{Task, TaskGuard, TaskKind};
use files::{BOOK_STYLE, BRAND, LAYERS};
pub use files::{LOGO, embedded, published};

/// The theme that is embedded in the program.
pub const DEFAULT: &str = "default";

/// The most bytes in a logo, for it is loaded on every page.
const MAX_LOGO: usize = 20 * 1024;

/// The script that holds the words of all scripts.
const WORDS: &str = "static/words.js";
/// The scripts of every page and of search, with whose words they begin.
const SITE_SCRIPT: &str = "static/site.js";
const SEARCH_SCRIPT: &str = "static/search.js";
/// The scripts of a reader's own list and of reading aloud, each with the words that it names.
const READER_SCRIPTS: [&str; 4] = ["static/aloud.js", "static/gather.js", "static/list.js", "static/more.js"];

/// The most that a template may write into one page. The largest document and the longest list have
/// a third of it.
const MAX_PAGE: usize = 256 << 20;

/// Cost to a template of each piece that it writes, besides its bytes: a loop that writes next to
/// nothing must end, too.
const PIECE: usize = 16;

/// Templates ready to run.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// For what is wrong with an embedded template, or with no template at all.
    fallback: Span,
    /// The places of the templates that the site brings, by their name in Tera; and all of these,
    /// for when it is not known which is meant.
    places: BTreeMap<String, Span>,
    brought: Arc<[Span]>,
    strings: Arc<Strings>,
    key: Key,
}

/// The page that a template makes, and what it needs besides its view.
#[derive(Debug)]
pub struct PageTemplate<'a> {
    /// The page.
    pub page: &'a OutPath,
    /// For the places of what is wrong in a template.
    pub sources: &'a SourceMap,
    /// The words of the page, as they are listed while they are written: then the template is.
    pub begun: Option<TaskGuard<'a>>,
}

/// The key of all that [`load`] reads.
pub fn key(site: &Site, name: &str, asked: Option<Span>, known: bool, strings: &Strings) -> Key {
    let folders = [format!("{OWN_THEME}templates/"), format!("{THEMES}{name}/templates/")];
    let texts = site.sources.iter().filter(|file| folders.iter().any(|folder| file.path.starts_with(folder)));
    let texts: Vec<_> = texts.map(|file| (file.id, &file.path, file.key)).collect();
    let settings = site.sources.find(SETTINGS).map(|file| file.id);
    cache::key((texts, name, asked, settings, known, strings.key()))
}

/// Puts the layers of a theme together. `name` is the one that the settings ask for; `asked` is
/// where they do.
pub fn load(
    site: &Site,
    name: &str,
    asked: Option<Span>,
    known: bool,
    strings: &Arc<Strings>,
) -> (Option<Theme>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let Some(fallback) = asked.or_else(|| site.sources.find(SETTINGS).map(|file| file.start())) else {
        return (None, faults);
    };
    if name != DEFAULT && !known {
        let message = format!("there is no theme `{name}`");
        let help = format!("put it into the folder themes/{name} beside the site's folder, or use \"{DEFAULT}\"");
        faults.push(Diagnostic::new(Code::UnknownTheme, fallback, message).help(help));
        return (None, faults);
    }
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xhtml"]);
    filters::register(&mut tera, strings);
    if let Err(error) = tera.set_fallback_prefixes(LAYERS) {
        faults.push(Diagnostic::new(Code::InternalError, fallback, error.to_string()));
        return (None, faults);
    }
    let mut places = BTreeMap::new();
    let mut templates: Vec<(String, String)> = Vec::new();
    for (path, _) in files::EMBEDDED {
        if let (Some(name), Some(text)) = (path.strip_prefix("templates/"), published(path)) {
            templates.push((format!("default/{name}"), text.to_owned()));
        }
    }
    for file in site.sources.iter() {
        let own = file.path.strip_prefix("theme/templates/").map(|name| format!("site/{name}"));
        let themes = || {
            let path = file.path.strip_prefix(THEMES)?.strip_prefix(name)?;
            Some(format!("theme/{}", path.strip_prefix("/templates/")?))
        };
        if let Some(name) = own.or_else(themes).filter(|name| name.ends_with(".html") || name.ends_with(".xhtml")) {
            places.insert(name.clone(), file.span());
            // A copy of a default template does what that does, to the byte.
            let default = name.split_once('/').map(|(_, name)| format!("templates/{name}"));
            let copied = default.filter(|path| embedded(path) == Some(&*file.text));
            let text = copied.and_then(|path| published(&path)).unwrap_or(&file.text);
            templates.push((name, text.to_owned()));
        }
    }
    faults.extend(lineage::unused(site, &templates, &places));
    let brought = places.values().map(|place| place.with(0..0)).collect();
    let key = key(site, name, asked, known, strings);
    let theme = Theme { tera, fallback, places, brought, strings: strings.clone(), key };
    (theme.with_templates(templates, &site.sources, &mut faults), faults)
}

/// The files that are published beside the pages, by their path: the default theme's, the chosen
/// theme's over them, the site's own over those.
pub fn files(
    site: &Site,
    name: &str,
    brand: &Brand,
    strings: &Strings,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Artefact> {
    let mut files = BTreeMap::new();
    let of_default: BTreeMap<&str, &[u8]> =
        files::EMBEDDED.iter().copied().filter(|(path, _)| path.starts_with("static/")).collect();
    for (path, bytes) in &of_default {
        let text = published(path).map_or_else(|| String::from_utf8_lossy(bytes), Cow::from);
        files.insert((*path).to_owned(), Artefact::text(with_words_of(path, &text, strings)));
    }
    for folder in [format!("{THEMES}{name}/static/"), format!("{OWN_THEME}static/")] {
        let copied = |(path, hash): (&String, &Hash)| {
            let published = format!("static/{}", path.strip_prefix(&folder)?);
            // A file that is just the embedded one is published as that is.
            let same = of_default.get(&*published).is_some_and(|bytes| Hash::of(bytes) == *hash);
            (!same).then(|| (published, Artefact::copied(site, path, *hash)))
        };
        files.extend(site.assets.iter().filter_map(copied));
    }
    // A script of another theme may ask for the words by themselves.
    if !matches!(files.get(SITE_SCRIPT), Some(Artefact::Copied { .. })) {
        files.remove(WORDS);
    }
    files.extend(brand_files(site, name, brand, faults));
    files
}

/// A file of the default theme as it is published: scripts with the words that they say.
fn with_words_of(path: &str, text: &str, strings: &Strings) -> String {
    match path {
        SITE_SCRIPT => words(PageScript::Site, strings) + text,
        SEARCH_SCRIPT => with_words(text, &strings.for_script(PageScript::Search)),
        WORDS => words(PageScript::Site, strings),
        _ if READER_SCRIPTS.contains(&path) => with_words(text, &strings.for_script(PageScript::Reader(text))),
        _ => text.to_owned(),
    }
}

/// Returns the script that holds the words of one or more scripts.
fn words(of: PageScript<'_>, strings: &Strings) -> String {
    with_words(published(WORDS).unwrap_or_default(), &strings.for_script(of))
}

/// A script with words in the place that it has for them.
fn with_words(script: &str, words: &str) -> String {
    script.replacen("CATALOGUE", words, 1)
}

/// Returns the script of an edition in one page, with its words.
pub(super) fn single_script(strings: &Strings) -> String {
    words(PageScript::Single, strings) + published("single/single.js").unwrap_or_default()
}

/// A file from the first layer that has it, if the site brings it.
fn layered<'a>(sources: &'a SourceMap, name: &str, file: &str) -> Option<&'a SourceFile> {
    let own = sources.find(&format!("{OWN_THEME}{file}"));
    own.or_else(|| sources.find(&format!("{THEMES}{name}/{file}")))
}

fn layered_text(sources: &SourceMap, name: &str, file: &str) -> String {
    match layered(sources, name, file) {
        Some(found) => found.text.to_string(),
        None => embedded(file).unwrap_or_default().to_owned(),
    }
}

/// The style sheet of books.
pub fn book_style(sources: &SourceMap, name: &str) -> String {
    layered_text(sources, name, BOOK_STYLE)
}

/// The files by which a copy is made to look like someone's own: each from the first layer that has
/// it, with what `theme.toml` sets after the tokens.
fn brand_files(site: &Site, name: &str, brand: &Brand, faults: &mut Vec<Diagnostic>) -> Vec<(String, Artefact)> {
    let css = layered_text(&site.sources, name, BRAND);
    let place = layered(&site.sources, name, BRAND).map(SourceFile::start);
    let (rule, unreadable) = brand::rule(brand, embedded(BRAND).unwrap_or_default(), &css, place);
    faults.extend(unreadable);
    if let Some(logo) = layered(&site.sources, name, LOGO).filter(|logo| logo.text.len() > MAX_LOGO) {
        let message = format!("the logo has {} KiB, and every page loads it", logo.text.len().div_ceil(1024));
        faults
            .push(Diagnostic::new(Code::LargeLogo, logo.start(), message).help("make it simpler: 20 KiB is the most"));
    }
    let logo = layered_text(&site.sources, name, LOGO);
    vec![(format!("brand/{BRAND}"), Artefact::text(css + &rule)), (format!("brand/{LOGO}"), Artefact::text(logo))]
}

impl Theme {
    fn with_templates(
        mut self,
        templates: Vec<(String, String)>,
        sources: &SourceMap,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Theme> {
        match self.tera.add_raw_templates(templates) {
            Ok(()) => Some(self),
            Err(error) => {
                faults.extend(self.faults(&error, None, sources));
                None
            }
        }
    }

    /// The words of pages.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The key of what it was loaded from.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The place that is named where no template of the site's own is.
    pub fn fallback(&self) -> Span {
        self.fallback
    }

    /// Runs a template over its view.
    pub fn page(
        &self,
        template: &'static str,
        view: &impl Serialize,
        PageTemplate { page, sources, begun }: PageTemplate<'_>,
    ) -> Result<String, Box<Diagnostic>> {
        let _begun = begun.map(|words| words.then(self.at_work(template, page)));
        let mut written = Bounded { bytes: Vec::with_capacity(4 << 10), left: MAX_PAGE };
        let rendered = Context::from_serialize(view)
            .and_then(|context| self.tera.render_to(template, &context, &mut written))
            .and_then(|()| Ok(String::from_utf8(written.bytes)?));
        rendered.map_err(|error| {
            if written.left == 0 {
                return Box::new(self.endless(template, page));
            }
            let first = self.faults(&error, Some((template, page)), sources).into_iter().next();
            let fault = first.unwrap_or_else(|| Diagnostic::new(Code::TemplateError, self.fallback, error.to_string()));
            let unplaced = fault.span == self.fallback;
            Box::new(if unplaced { Diagnostic { span: self.place(template), ..fault } } else { fault })
        })
    }

    /// Start of a template, if the site brings it.
    fn place(&self, template: &str) -> Span {
        self.own(template).unwrap_or(self.fallback)
    }

    fn own(&self, template: &str) -> Option<Span> {
        let own = LAYERS.iter().find_map(|layer| self.places.get(&format!("{layer}{template}")));
        own.map(|file| file.with(0..0))
    }

    /// Returns the start of the site's template to which a fault in an embedded one is due. By
    /// itself an embedded one is sound, so it is one that this extends or includes, or the one that
    /// is run; else one with parts that all share.
    fn cause(&self, embedded: &str, run: Option<&str>) -> Option<Span> {
        let mut seen = BTreeSet::new();
        let mut next = vec![lineage::bare(embedded)];
        while let Some(name) = next.pop() {
            for called in lineage::default_text(name).map(lineage::names).unwrap_or_default() {
                // One that is called for by its layer is no other.
                if let Some(own) = self.own(called) {
                    return Some(own);
                }
                if seen.insert(called) {
                    next.push(lineage::bare(called));
                }
            }
        }
        let shared = || self.brought.first().copied();
        run.and_then(|run| self.own(run))
            .or_else(|| self.own("components.html"))
            .or_else(|| self.own("epub-components.xhtml"))
            .or_else(shared)
    }

    /// A template at work, with the templates of the site that may hold it up: itself, or any that
    /// it extends or includes.
    fn at_work(&self, template: &'static str, page: &OutPath) -> Task {
        let own = self.place(template);
        let work = TaskKind::Template(template, page.clone());
        match self.brought.split_first() {
            Some((first, others)) if own == self.fallback && others.is_empty() => Task::new(work, *first),
            Some((first, _)) if own == self.fallback => {
                Task { perhaps: self.brought.clone(), ..Task::new(work, *first) }
            }
            _ => Task::new(work, own),
        }
    }

    /// Reports a template that would write without end.
    fn endless(&self, template: &str, page: &OutPath) -> Diagnostic {
        let message = format!("{template} writes more into {page} than any page can hold");
        let fault = Diagnostic::new(Code::TemplateError, self.place(template), message);
        fault.help("look for a loop in it, or in what it includes, that goes round too often")
    }

    /// Diagnostics of an error of Tera. `run` is the template that ran, with the page that it was
    /// to make.
    fn faults(&self, error: &tera::Error, run: Option<(&str, &OutPath)>, sources: &SourceMap) -> Vec<Diagnostic> {
        let making = run.map(|(_, page)| format!(" (while making {page})")).unwrap_or_default();
        let run = run.map(|(template, _)| template);
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let one_line = report.message().lines().next().unwrap_or_default().trim_end_matches('.');
                let message = format!("{one_line}{making}");
                vec![match self.places.get(report.filename()) {
                    Some(file) => {
                        let length = sources.file(file.file).text.len();
                        let range = report.span().range.clone();
                        let range = range.start.min(length)..range.end.min(length).max(range.start.min(length));
                        Diagnostic::new(Code::TemplateError, file.with(range), message)
                    }
                    None => {
                        let message = format!("in the embedded template {}: {message}", report.filename());
                        self.in_embedded(report.filename(), message, run)
                    }
                }]
            }
            other => {
                // What is missing is reported by Tera as finished texts: `error: ` and the message,
                // then a line `--> NAME:LINE:COLUMN`.
                let text = other.to_string();
                let reports = text.split("error: ").map(str::trim).filter(|report| !report.is_empty());
                reports.map(|report| self.missing(report, &making, run, sources)).collect()
            }
        }
    }

    fn missing(&self, report: &str, making: &str, run: Option<&str>, sources: &SourceMap) -> Diagnostic {
        let mut lines = report.lines().map(str::trim).filter(|line| !line.is_empty());
        let message = lines.next().unwrap_or_default().trim_end_matches('.');
        let written = lines.find_map(|line| line.strip_prefix("--> "));
        let place = written.and_then(|written| self.place_of(written, sources));
        if let (Some(written), None) = (written, place) {
            let name = written.split(':').next().unwrap_or_default();
            return self.in_embedded(name, format!("{message} (in {written}){making}"), run);
        }
        let named =
            || self.places.iter().find(|(name, _)| report.contains(name.as_str())).map(|(_, span)| span.with(0..0));
        let place = place.or_else(named).unwrap_or(self.fallback);
        Diagnostic::new(Code::TemplateError, place, format!("{message}{making}"))
    }

    /// A fault that Tera finds in an embedded template.
    fn in_embedded(&self, name: &str, message: String, run: Option<&str>) -> Diagnostic {
        match self.cause(name, run) {
            Some(place) => Diagnostic::new(Code::TemplateError, place, message).help(
                "templates of clausebook build on this one, and miss something in it: \
                 compare it with the one that `clausebook theme eject` copies",
            ),
            None => Diagnostic::new(Code::TemplateError, self.fallback, message),
        }
    }

    /// The place that Tera writes as `site/page.html:2:5`.
    fn place_of(&self, written: &str, sources: &SourceMap) -> Option<Span> {
        let (rest, column) = written.trim().rsplit_once(':')?;
        let (name, line) = rest.rsplit_once(':')?;
        let span = self.places.get(name)?;
        let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
        let text = &sources.file(span.file).text;
        let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let in_line = text.get(before..)?.char_indices().nth(column.checked_sub(1)?).map_or(0, |(at, _)| at);
        Some(span.with(before + in_line..before + in_line))
    }
}

/// Takes a page as it is written, up to a bound.
struct Bounded {
    bytes: Vec<u8>,
    /// Bytes that may still be written; none once something was refused.
    left: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.left = self.left.saturating_sub(bytes.len() + PIECE);
        if self.left == 0 {
            return Err(io::Error::other("a page without end"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
