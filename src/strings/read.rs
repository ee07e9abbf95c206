//! Catalogues of words, read one over the other.
//!
//! Takes the texts of a site and its language; returns its words, and every fault in its own
//! catalogues and those of its theme: a key that there is not, a word in braces too few or too
//! many. Never refuses a catalogue that lacks a key: the English words are there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{CatalogueText, ENGLISH, Strings, TextPart, key_of, language, parts};
use crate::diagnostic::{Code, Diagnostic, is_bidi_control};
use crate::source::{FileId, OWN_THEME, Site, SourceFile, THEMES, UPSTREAM};

/// Folder of catalogues: in a site, in a theme.
const FOLDER: &str = "strings/";

/// Classes that a plural may have (Unicode CLDR).
const CLASSES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The key of the names of months.
const MONTHS: &str = "months";

/// Returns a file of the theme that is embedded in the program, by its path.
pub type EmbeddedTheme = fn(&str) -> Option<&'static str>;

/// Returns the words of a site in a language. `theme` is the theme that the settings name, over
/// that of the program. Texts that could not be read whole are left out.
pub fn load(
    site: &Site,
    (theme, embedded): (&str, EmbeddedTheme),
    tag: &str,
    is_unread: impl Fn(FileId) -> bool,
) -> (Strings, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let english = Catalogue::english(embedded);
    let primary = language::primary(tag);
    let is_english = primary == ENGLISH;
    let mut words = Strings {
        language: tag.to_owned(),
        texts: BTreeMap::new(),
        months: Vec::new(),
        key: key_of("", &BTreeMap::new(), &[]),
    };
    words.merge_over(english.clone(), !is_english);
    if let Some(own) = Catalogue::embedded(embedded, &primary, &english).filter(|_| !is_english) {
        words.merge_over(own, false);
    }
    let folders = [
        format!("{THEMES}{theme}/{FOLDER}"),
        format!("{OWN_THEME}{FOLDER}"),
        format!("{UPSTREAM}{FOLDER}"),
        FOLDER.to_owned(),
    ];
    for folder in &folders {
        // What holds for the language everywhere comes before what holds for it in one country.
        let mut files: Vec<(&str, &SourceFile)> =
            site.sources.iter().filter_map(|file| Some((name_in(file, folder)?, file))).collect();
        files.retain(|(_, file)| !is_unread(file.id));
        files.sort_by_key(|(name, _)| name.len());
        for (name, file) in files {
            let catalogue = Catalogue::read(file, &english, &mut faults);
            if name.eq_ignore_ascii_case(tag) || name.eq_ignore_ascii_case(&primary) {
                words.merge_over(catalogue, false);
            } else if folder == FOLDER {
                let message = format!("no page has these words: the site's language is `{tag}`");
                let fault = Diagnostic::new(Code::UnusedFile, file.start(), message);
                faults.push(fault.help(format!("name the file `{FOLDER}{primary}.toml`, or delete it")));
            }
        }
    }
    words.key = key_of(tag, &words.texts, &words.months);
    (words, faults)
}

/// The name of a catalogue in a folder: its language.
fn name_in<'f>(file: &'f SourceFile, folder: &str) -> Option<&'f str> {
    file.path.strip_prefix(folder)?.strip_suffix(".toml")
}

impl Strings {
    fn merge_over(&mut self, catalogue: Catalogue, is_foreign: bool) {
        let text = |forms| CatalogueText { forms, is_foreign };
        self.texts.extend(catalogue.texts.into_iter().map(|(key, forms)| (key, text(forms))));
        if !catalogue.months.is_empty() {
            let forms = |month| BTreeMap::from([("other".to_owned(), month)]);
            self.months = catalogue.months.into_iter().map(|month| text(forms(month))).collect();
        }
    }
}

/// The texts of one catalogue, each with its forms.
#[derive(Clone, Debug, Default)]
struct Catalogue {
    texts: BTreeMap<String, BTreeMap<String, String>>,
    months: Vec<String>,
}

/// A value of a catalogue with its key and the place of that.
type CatalogueEntry<'a> = (String, Range<usize>, &'a DeValue<'a>);

impl Catalogue {
    /// Returns the English catalogue, which has every key.
    fn english(embedded: EmbeddedTheme) -> Self {
        let is_plural = |_: &str, inner: &DeTable<'_>| inner.contains_key("one") && inner.contains_key("other");
        Self::of_program(embedded, ENGLISH, is_plural).unwrap_or_default()
    }

    /// Returns a catalogue of the program.
    fn embedded(embedded: EmbeddedTheme, name: &str, english: &Catalogue) -> Option<Self> {
        Self::of_program(embedded, name, |key, _| english.texts.contains_key(key))
    }

    fn of_program(embedded: EmbeddedTheme, name: &str, is_text: impl Fn(&str, &DeTable<'_>) -> bool) -> Option<Self> {
        let text = embedded(&format!("{FOLDER}{name}.toml"))?;
        let (table, _) = DeTable::parse_recoverable(text);
        let mut catalogue = Catalogue::default();
        for (key, _, value) in entries(table.get_ref(), is_text) {
            if key == MONTHS {
                catalogue.months = texts_of(value);
            } else if let Some(forms) = forms_of(value) {
                catalogue.texts.insert(key, forms);
            }
        }
        Some(catalogue)
    }

    /// Reads a catalogue of a site or a theme, which has no more than the keys of the English one.
    fn read(file: &SourceFile, english: &Catalogue, faults: &mut Vec<Diagnostic>) -> Self {
        let (table, errors) = DeTable::parse_recoverable(&file.text);
        for error in &errors {
            let at = error.span().unwrap_or(0..0);
            let message =
                format!("this is not TOML: {}", error.message().trim().trim_end_matches('.').replace('\n', "; "));
            faults.push(
                Diagnostic::new(Code::InvalidToml, file.start().with(at), message).help("TOML is described at toml.io"),
            );
        }
        let mut catalogue = Catalogue::default();
        if !errors.is_empty() {
            return catalogue;
        }
        for (key, span, value) in entries(table.get_ref(), |key, _| english.texts.contains_key(key)) {
            let place = file.start().with(span);
            if key == MONTHS {
                catalogue.months = texts_of(value);
                if catalogue.months.len() != english.months.len() {
                    catalogue.months.clear();
                    let message = "`months` must be a list of twelve texts";
                    faults.push(Diagnostic::new(Code::InvalidWords, place, message));
                }
                continue;
            }
            let Some(known) = english.texts.get(&key) else {
                let message = format!("no page has words of the key `{key}`");
                let fault = Diagnostic::new(Code::InvalidWords, place, message);
                let keys = english.texts.keys().map(String::as_str);
                faults.push(
                    fault.help("`clausebook theme eject en.toml` copies all keys with their words").nearest(&key, keys),
                );
                continue;
            };
            match check(&key, known, value) {
                Ok(forms) => {
                    catalogue.texts.insert(key, forms);
                }
                Err((message, help)) => {
                    faults.push(Diagnostic::new(Code::InvalidWords, place, message).help(help));
                }
            }
        }
        catalogue
    }
}

/// The forms of a value that takes the place of a known one; else a message and how to put it
/// right.
fn check(
    key: &str,
    known: &BTreeMap<String, String>,
    value: &DeValue<'_>,
) -> Result<BTreeMap<String, String>, (String, String)> {
    let wanted =
        if known.len() > 1 { "a text, or a table of texts such as `{ one = …, other = … }`" } else { "a text" };
    let forms = forms_of(value).filter(|forms| known.len() > 1 || forms.len() == 1 && value.as_str().is_some());
    let Some(forms) = forms else {
        return Err((
            format!("`{key}` must be {wanted}"),
            "write it on one line, without control characters".to_owned(),
        ));
    };
    if let Some(class) = forms.keys().find(|class| !CLASSES.contains(&class.as_str())) {
        let classes = CLASSES.join("`, `");
        return Err((format!("`{class}` is no form of a plural"), format!("the forms are `{classes}`")));
    }
    if !forms.contains_key("other") {
        return Err((
            format!("`{key}` has no form `other`"),
            "add it: it holds for all numbers that have no form".to_owned(),
        ));
    }
    let holes = known.get("other").map(|text| placeholders(text)).unwrap_or_default();
    let shown = |holes: &BTreeSet<&str>| match holes.len() {
        0 => "the English words have none".to_owned(),
        _ => format!(
            "the English words have {}",
            holes.iter().map(|hole| format!("{{{hole}}}")).collect::<Vec<_>>().join(", ")
        ),
    };
    for (class, text) in &forms {
        let own = self::placeholders(text);
        if let Some(hole) = own.difference(&holes).next() {
            return Err((format!("nothing fills {{{hole}}} in `{key}`"), shown(&holes)));
        }
        // "One paragraph" needs no number.
        let missing = holes.difference(&own).find(|hole| known.len() == 1 || **hole != "count" || class == "other");
        if let Some(hole) = missing {
            return Err((format!("`{key}` lacks {{{hole}}}"), shown(&holes)));
        }
    }
    Ok(forms)
}

/// The words in braces of a text.
fn placeholders(text: &str) -> BTreeSet<&str> {
    parts(text).into_iter().filter_map(|part| if let TextPart::Hole(hole) = part { Some(hole) } else { None }).collect()
}

/// Every value of a table and of the tables in it, by its whole key. `is_text` says which tables
/// are the forms of a text.
fn entries<'a>(table: &'a DeTable<'a>, is_text: impl Fn(&str, &DeTable<'_>) -> bool) -> Vec<CatalogueEntry<'a>> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), table)];
    while let Some((prefix, table)) = open.pop() {
        for (key, value) in table {
            let (name, span) = (format!("{prefix}{}", key.get_ref()), key.span());
            match value.get_ref().as_table() {
                Some(inner) if !is_text(&name, inner) => open.push((format!("{name}."), inner)),
                _ => found.push((name, span, value.get_ref())),
            }
        }
    }
    found
}

/// The forms of a text; none of what is neither a text nor a table of texts.
fn forms_of(value: &DeValue<'_>) -> Option<BTreeMap<String, String>> {
    match value.as_table() {
        Some(table) => {
            table.iter().map(|(key, value)| Some((key.get_ref().to_string(), text_of(value.get_ref())?))).collect()
        }
        None => Some(BTreeMap::from([("other".to_owned(), text_of(value)?)])),
    }
}

/// The texts of a list; none if one of them is no text.
fn texts_of(value: &DeValue<'_>) -> Vec<String> {
    let texts: Option<Vec<String>> =
        value.as_array().and_then(|array| array.iter().map(|item| text_of(item.get_ref())).collect());
    texts.unwrap_or_default()
}

/// A text on one line that does not turn a page round.
fn text_of(value: &DeValue<'_>) -> Option<String> {
    let unfit = |c: char| c.is_control() || is_bidi_control(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    value.as_str().filter(|text| !text.contains(unfit)).map(str::to_owned)
}
