//! Places where a mention or a row of the register would make a link.
//!
//! Takes parsed documents, the register and what was found wrong; gives a proposal for each place
//! that is sure: a row for a title, a place of a work that its sentence names, a paragraph of the
//! document itself. Proposes only: a person decides.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use serde_json::json;
use similar::TextDiff;

mod sentence;

use self::sentence::{boundary, is_in_table, opens, sentence, speaks_of_a_paper, without_number};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::document::{Document, Number, Reference, Target, collapse_spaces, is_of_other_text};
use crate::law::{self, Authority, NewRow, Pinpoint, Register, Unit, near_title};
use crate::source::REGISTER;
use crate::source::{self, FileId, Origin, SourceFile, SourceMap, Span};

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The words that would become a link.
    pub span: Span,
    /// Advice on what to do, in a sentence.
    pub message: String,
    edit: ProposedEdit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum ProposedEdit {
    /// Words in the place of the span's.
    Replace(String),
    /// A row at the end of the register.
    Row(NewRow),
    /// Nothing: a person must look.
    Nothing,
}

impl Suggestion {
    /// Whether it is a row for a work that has none.
    pub fn is_row(&self) -> bool {
        matches!(self.edit, ProposedEdit::Row(_))
    }

    /// Whether it changes nothing, but says what may be a slip.
    pub fn is_notice(&self) -> bool {
        self.edit == ProposedEdit::Nothing
    }

    /// The path of the work that a row is for.
    fn work(&self) -> Option<String> {
        match &self.edit {
            ProposedEdit::Row(row) => row.work.clone(),
            _ => None,
        }
    }

    /// The key of a row that a person must complete, and what it lacks.
    pub fn lacking(&self) -> Option<(&str, &'static str)> {
        match &self.edit {
            ProposedEdit::Row(row) => Some((&row.key, row.lacks()?)),
            _ => None,
        }
    }
}

/// A proposal for each place that could be a link, in the order of files and places.
pub fn suggestions(
    documents: &[Arc<Document>],
    register: &Register,
    faults: &[Diagnostic],
    sources: &SourceMap,
) -> Vec<Suggestion> {
    let undeclared = faults.iter().filter(|fault| fault.code == Code::UndeclaredAuthority);
    let mut undeclared: Vec<Span> = undeclared.map(|fault| fault.span).collect();
    let mut found = rows(&undeclared, register, sources);
    undeclared.sort_unstable_by_key(|span| (span.file, span.start));
    for document in documents.iter().filter(|document| !document.loose.is_empty()) {
        let around = Around::new(document, &undeclared);
        for (span, pinpoint) in &document.loose {
            if sources.file(span.file).origin == Origin::Own {
                let place = Loose { around: &around, file: sources.file(span.file), span: *span, pinpoint };
                found.extend(place.of_this_document().or_else(|| place.of_its_sentence(register)));
            }
        }
    }
    let path = |span: &Span| sources.file(span.file).path.clone();
    found.sort_by_key(|suggestion| (path(&suggestion.span), suggestion.span.start));
    found
}

/// The bytes after a title in which its number is looked for.
const LONGEST_NUMBER: usize = 60;

/// A row for each title that has none. One row serves every place that names the work.
fn rows(undeclared: &[Span], register: &Register, sources: &SourceMap) -> Vec<Suggestion> {
    let mut keys: BTreeSet<String> = register.authorities.iter().map(|authority| authority.key.clone()).collect();
    let mut titles: BTreeSet<String> = BTreeSet::new();
    let (mut found, mut numbers) = (Vec::new(), Vec::new());
    for span in undeclared {
        let words = collapse_spaces(sources.text(*span));
        let Some(row) = NewRow::of(&words, register, |key| keys.contains(key)) else {
            if let Some(near) = near_title(&words, register)
                && titles.insert(words.clone())
            {
                let message = format!("“{words}” may be a slip: near is “{near}”. No row is written for it");
                found.push(Suggestion { span: *span, message, edit: ProposedEdit::Nothing });
            }
            continue;
        };
        if !titles.insert(row.title.clone()) {
            continue;
        }
        let file = sources.file(span.file);
        let after = boundary(&file.text, (span.end + LONGEST_NUMBER).min(file.text.len()));
        let row = row.with_work(law::instrument_after(file.text.get(span.end..after).unwrap_or_default()));
        let lacks = row.lacks().map(|field| format!("; you add its {field}")).unwrap_or_default();
        let message = format!("“{words}” would be a link with a row `[{}]` in {REGISTER}{lacks}", row.key);
        keys.insert(row.key.clone());
        let is_number = row.work.is_some() && row.lacks().is_some();
        let list = if is_number { &mut numbers } else { &mut found };
        list.push(Suggestion { span: *span, message, edit: ProposedEdit::Row(row) });
    }
    // A number beside a title is that of its row.
    let works: BTreeSet<String> = found.iter().filter_map(Suggestion::work).collect();
    found.extend(numbers.into_iter().filter(|row| row.work().is_none_or(|work| !works.contains(&work))));
    found
}

/// Gives each fault the row that is proposed for its title: the texts of a site are read apart, so
/// that two titles may have come by one key.
pub fn with_proposed_rows(faults: &mut [Diagnostic], suggestions: &[Suggestion]) {
    let rows = suggestions.iter().filter_map(|suggestion| match &suggestion.edit {
        ProposedEdit::Row(row) => Some(row.toml()),
        _ => None,
    });
    // The line of the title follows that of the key.
    let title = |row: &str| row.lines().nth(1).unwrap_or_default().to_owned();
    let rows: BTreeMap<String, String> = rows.map(|row| (title(&row), row)).collect();
    for fault in faults.iter_mut().filter(|fault| fault.code == Code::UndeclaredAuthority) {
        let Some((before, row)) = fault.help.as_deref().and_then(|help| help.split_once(":\n[")) else { continue };
        if let Some(row) = rows.get(&title(row)) {
            fault.help = Some(format!("{before}:\n{}", row.trim_end()));
        }
    }
}

/// The most works that a sentence may name.
const MOST_NAMED: usize = 50;

/// The document around its pinpoints: what it mentions, what it names in vain, and its clauses.
struct Around<'a> {
    document: &'a Document,
    /// Mentions in the order of their places.
    mentions: Vec<&'a Reference>,
    /// Titles that no row declares, in the order of files and places.
    undeclared: &'a [Span],
    /// Clauses in the order of their places, each by where it begins.
    clauses: Vec<(usize, &'a Number)>,
    /// Numbers of clauses.
    numbers: HashSet<&'a Number>,
}

impl<'a> Around<'a> {
    fn new(document: &'a Document, undeclared: &'a [Span]) -> Self {
        let mut mentions: Vec<&Reference> = document.references.iter().collect();
        mentions.sort_unstable_by_key(|reference| (reference.span.file, reference.span.start));
        let mut clauses: Vec<_> = document.clauses.iter().map(|clause| (clause.span.start, &clause.number)).collect();
        clauses.sort_unstable_by_key(|(start, _)| *start);
        let numbers = clauses.iter().map(|(_, number)| *number).collect();
        Around { document, mentions, undeclared, clauses, numbers }
    }

    /// The mentions in a range of a file.
    fn mentions_in(&self, file: FileId, range: &Range<usize>) -> impl Iterator<Item = &'a Reference> {
        let first = self
            .mentions
            .partition_point(|reference| (reference.span.file, reference.span.start) < (file, range.start));
        let end = range.end;
        let rest = self.mentions.iter().skip(first).copied();
        rest.take_while(move |reference| reference.span.file == file && reference.span.end <= end)
    }

    /// Whether a title that no row declares begins in a range of a file.
    fn names_in_vain(&self, file: FileId, range: &Range<usize>) -> bool {
        let first = self.undeclared.partition_point(|span| (span.file, span.start) < (file, range.start));
        self.undeclared.get(first).is_some_and(|span| span.file == file && span.start < range.end)
    }
}

/// A pinpoint that names no work.
struct Loose<'a> {
    around: &'a Around<'a>,
    file: &'a SourceFile,
    span: Span,
    pinpoint: &'a Pinpoint,
}

impl Loose<'_> {
    /// The mention of a paragraph that the document itself has: "paragraph 3.2".
    fn of_this_document(&self) -> Option<Suggestion> {
        let [provision] = self.pinpoint.provisions.as_slice() else { return None };
        let [division] = provision.divisions.as_slice() else { return None };
        if division.unit != Unit::Paragraph || provision.to.is_some() || provision.onwards {
            return None;
        }
        let document = self.around.document;
        let levels: String = division.levels.iter().map(|level| format!("({level})")).collect();
        let number = Number::parse(&format!("{}{levels}", division.number))?;
        let is_there = self.around.numbers.contains(&number);
        // A clause mentions others, and a sentence that names a work may mean a paragraph of that.
        let own = self.around.clauses.partition_point(|(start, _)| *start <= self.span.start);
        let own = own.checked_sub(1).and_then(|own| self.around.clauses.get(own));
        let sentence = sentence(&self.file.text, self.span)?;
        let named = self.around.names_in_vain(self.file.id, &sentence)
            || self.around.mentions_in(self.file.id, &sentence).next().is_some();
        let before = without_number(self.file.slice(sentence.start..self.span.start));
        let elsewhere = is_of_other_text(before, self.file.slice(self.span.end..sentence.end));
        if !is_there || own.is_none_or(|(_, own)| **own == number) || named || elsewhere {
            return None;
        }
        let written = collapse_spaces(self.file.slice(self.span.start..self.span.end));
        let shown = document.shown_number(&number);
        let number = number.to_string();
        // The number alone is what a mention prints, where numbers are printed at all.
        let mention = match written.strip_suffix(&number) {
            Some(before) if shown == number => format!("{before}[[{number}]]"),
            _ => self.mention(&number, &written),
        };
        let message = format!("“{written}” is a paragraph of this document: write `{mention}`");
        Some(Suggestion { span: self.span, message, edit: ProposedEdit::Replace(mention) })
    }

    /// The mention of a place in the one work that its sentence names.
    fn of_its_sentence(&self, register: &Register) -> Option<Suggestion> {
        let sentence = sentence(&self.file.text, self.span)?;
        if self.around.names_in_vain(self.file.id, &sentence) {
            return None;
        }
        let first = self.around.mentions_in(self.file.id, &sentence).next()?;
        let opened = self.file.text.get(sentence.start..first.span.start).is_some_and(opens);
        let between = self.file.text.get(first.span.end..self.span.start)?;
        if !opened || speaks_of_a_paper(between) {
            return None;
        }
        let works =
            self.around.mentions_in(self.file.id, &sentence).take(MOST_NAMED).filter_map(|reference| match &reference
                .target
            {
                Target::Work(key, _) | Target::Name(key) => register.find(key),
                _ => None,
            });
        let mut works: Vec<&Authority> = works.collect();
        works.dedup_by(|a, b| a.key == b.key);
        let [authority] = works.as_slice() else { return None };
        let fits = |provision| authority.unit.is_some() && authority.misfit(provision).is_none();
        if !self.pinpoint.provisions.iter().all(fits) {
            return None;
        }
        let written = collapse_spaces(self.file.slice(self.span.start..self.span.end));
        let shown = self.pinpoint.shown().replace(['\u{a0}', '–'], " ").replace("  ", " ");
        let mention = self.mention(&format!("{} {shown}", authority.key), &written);
        let message = format!("“{written}” names no work; if it is one of {}, write `{mention}`", authority.title);
        Some(Suggestion { span: self.span, message, edit: ProposedEdit::Replace(mention) })
    }

    /// A mention with its own words, as it is written where the span is: in a table a bar is
    /// escaped.
    fn mention(&self, target: &str, words: &str) -> String {
        let bar = if is_in_table(&self.file.text, self.span) { "\\|" } else { "|" };
        format!("[[{target}{bar}{words}]]")
    }
}

/// Returns the proposals as changes to the files of a site. The register is made if there is none.
pub fn edits(suggestions: &[Suggestion], sources: &mut SourceMap) -> Vec<source::Edit> {
    let mut edits = Vec::new();
    let mut rows = String::new();
    for suggestion in suggestions {
        match &suggestion.edit {
            ProposedEdit::Replace(words) => edits.push(source::Edit { span: suggestion.span, text: words.clone() }),
            ProposedEdit::Row(row) => rows.push_str(&format!("\n{}", row.toml())),
            ProposedEdit::Nothing => {}
        }
    }
    if rows.is_empty() {
        return edits;
    }
    let file = sources.find(REGISTER).map(|file| file.id).unwrap_or_else(|| sources.insert(REGISTER, ""));
    let file = sources.file(file);
    let text = match &*file.text {
        "" => rows.trim_start().to_owned(),
        text if text.ends_with('\n') => rows,
        _ => format!("\n{rows}"),
    };
    edits.push(source::Edit { span: Span::new(file.id, file.text.len()..file.text.len()), text });
    edits
}

/// Returns a proposal as one JSON object: its place, its message, and the words to write.
pub fn as_json(suggestion: &Suggestion, sources: &SourceMap, root: &str) -> String {
    let (line, column) = sources.file(suggestion.span.file).line_column(suggestion.span.start);
    let path = |span| diagnostic::place_of(span, sources, root).rsplitn(3, ':').last().unwrap_or_default().to_owned();
    let (row, replace) = match &suggestion.edit {
        ProposedEdit::Row(row) => (Some(row.toml()), None),
        ProposedEdit::Replace(words) => (None, Some(words)),
        ProposedEdit::Nothing => (None, None),
    };
    json!({
        "path": path(suggestion.span), "line": line, "column": column,
        "start": suggestion.span.start, "end": suggestion.span.end,
        "message": suggestion.message, "replacement": replace, "row": row,
    })
    .to_string()
}

/// Texts by their paths, as they are and as they are to be, as a unified diff. `root` is put before
/// each path.
pub fn unified<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>, root: &str) -> String {
    let mut patch = String::new();
    for (path, old, new) in texts {
        let path = if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") };
        let diff = TextDiff::from_lines(old, new);
        patch.push_str(&diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string());
    }
    patch
}
