//! One parsed file.
//!
//! Holds what an author wrote, as typed values with their places: front matter, headings, clauses, notes, mentions. Takes
//! nothing from outside its file and knows nothing outside it; `resolve` adds what other documents lend it.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::output::is_reserved_name;
use crate::source::{FileId, Hash, Span, Written};

/// The name of a document: `[a-z0-9-]`, 1 to 64 characters, not a name that clausebook or Windows keeps for itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(Arc<str>);

/// Pages that clausebook makes by itself, whose names no document may take.
pub const OWN_PAGES: [&str; 6] = ["404", "authorities", "browse", "data", "search", "static"];

impl DocId {
    /// Takes `text` if it is a name that a document may have.
    pub fn new(text: &str) -> Option<Self> {
        let fits = is_slug(text) && !OWN_PAGES.contains(&text) && !is_reserved_name(text);
        fits.then(|| DocId(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of a document that draws clauses of others in.
pub const PACK: &str = "pack";

/// Whether `text` can be a document, a term or a key: `[a-z0-9-]`, 1 to 64 characters, a hyphen at neither end.
pub fn is_slug(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether `text` can be an id that an author gives: a slug that begins with a letter and is not of a form that
/// clausebook gives by itself (`note-4`, `para-7`).
pub fn is_author_id(text: &str) -> bool {
    is_slug(text)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !["note-", "noteref-", "para-"].iter().any(|own| text.starts_with(own))
}

/// The longest id made from words.
const MAX_SLUG: usize = 64;

/// An id made from words: letters without their accents, in lower case, with hyphens between the words.
pub fn slug_of(words: &str) -> String {
    let mut slug = String::new();
    for c in words.nfkd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’')) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == MAX_SLUG {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if is_author_id(slug) { slug.to_owned() } else { format!("about-{slug}").trim_end_matches('-').to_owned() }
}

/// One part of a clause's number: `37`, `37A`, or a letter that leads, as in `A.1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    digits: Option<u32>,
    letters: String,
}

impl Part {
    fn parse(text: &str) -> Option<Self> {
        let digits_end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, letters) = text.split_at_checked(digits_end)?;
        if letters.len() > 4 || digits.len() > 6 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        if digits.is_empty() && letters.is_empty() || digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        Some(Part { digits: digits.parse().ok(), letters: letters.to_owned() })
    }

    /// Letters as a drafter orders inserted provisions: 37A, 37AA, 37B; and 37ZA stands before 37A (Office of the
    /// Parliamentary Counsel, Drafting Guidance, "Numbering of inserted provisions").
    fn letter_ranks(&self) -> Vec<u8> {
        let bytes = self.letters.as_bytes();
        let rank = |(at, b): (usize, &u8)| if *b == b'Z' && at + 1 < bytes.len() { 0 } else { b - b'A' + 1 };
        bytes.iter().enumerate().map(rank).collect()
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |part: &Part| (part.digits.unwrap_or(u32::MAX), part.letter_ranks());
        key(self).cmp(&key(other))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(digits) = self.digits {
            write!(f, "{digits}")?;
        }
        f.write_str(&self.letters)
    }
}

/// The number of a clause or sub-clause: `3.37`, `3.37A`, `A.1`, `17`, `3.37(a)(ii)`; ordered as a lawyer would order them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    parts: Vec<Part>,
    labels: Vec<String>,
}

/// The most parts, and the most labels, that a number has.
const MAX_PARTS: usize = 8;

impl Number {
    /// Reads a number that fills `text`.
    pub fn parse(text: &str) -> Option<Self> {
        let labels_at = text.find('(').unwrap_or(text.len());
        let (main, rest) = text.split_at_checked(labels_at)?;
        let parts: Vec<Part> = main.split('.').map(Part::parse).collect::<Option<_>>()?;
        if parts.len() > MAX_PARTS || parts.iter().skip(1).any(|part| part.digits.is_none()) {
            return None;
        }
        if parts.len() == 1 && parts.first().is_some_and(|part| part.digits.is_none()) {
            return None;
        }
        let mut labels = Vec::new();
        let mut rest = rest;
        while let Some(inner) = rest.strip_prefix('(') {
            let (label, after) = inner.split_once(')')?;
            if !is_label(label) || labels.len() == MAX_PARTS {
                return None;
            }
            labels.push(label.to_owned());
            rest = after;
        }
        rest.is_empty().then_some(Number { parts, labels })
    }

    /// The `n`th clause of a document that prints no numbers.
    pub fn nth(n: u32) -> Self {
        Number { parts: vec![Part { digits: Some(n), letters: String::new() }], labels: Vec::new() }
    }

    /// The number of the item labelled `(label)` under this one.
    #[must_use]
    pub fn child(&self, label: &str) -> Self {
        let mut child = self.clone();
        child.labels.push(label.to_owned());
        child
    }

    /// How many parts it has: two for 3.37.
    pub fn depth(&self) -> usize {
        self.parts.len()
    }

    /// The labels of a sub-clause, outermost first: `a`, `ii`.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Whether `next` may come straight after this number with nothing left out between them.
    pub fn is_followed_by(&self, next: &Number) -> bool {
        let same = self.parts.iter().zip(&next.parts).take_while(|(a, b)| a == b).count();
        let opens = |parts: &[Part]| parts.iter().all(|part| part.digits == Some(1) && part.letters.len() <= 1);
        let (before, after) = (self.parts.get(same), next.parts.get(same));
        let rest = next.parts.get(same + 1..).unwrap_or_default();
        match (before, after) {
            (None, Some(_)) => opens(next.parts.get(same..).unwrap_or_default()),
            (Some(a), Some(b)) if a.digits == b.digits => is_next_letter(&a.letters, &b.letters) && opens(rest),
            (Some(a), Some(b)) => match (a.digits, b.digits) {
                (Some(m), Some(n)) => m.checked_add(1) == Some(n) && opens(rest),
                // From the numbered part of a paper to its annexes.
                (Some(_), None) => b.letters == "A" && opens(rest),
                _ => false,
            },
            (_, None) => false,
        }
    }

    /// The fragment under which the clause is found on its page: `3.37`, `3.37-a-ii`.
    pub fn anchor(&self) -> String {
        let mut anchor = self.main();
        for label in &self.labels {
            anchor.push('-');
            anchor.push_str(label);
        }
        anchor
    }

    fn main(&self) -> String {
        self.parts.iter().map(Part::to_string).collect::<Vec<_>>().join(".")
    }
}

fn is_next_letter(before: &str, after: &str) -> bool {
    match (before.as_bytes(), after.as_bytes()) {
        ([], [b'A']) => true,
        ([a], [b]) => a + 1 == *b,
        // Letters inserted among letters follow no fixed step.
        _ => true,
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.main())?;
        self.labels.iter().try_for_each(|label| write!(f, "({label})"))
    }
}

/// Whether `text` can label an item: a letter (once or doubled), a Roman numeral or a figure.
pub fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letters = |case: fn(&u8) -> bool| match bytes {
        [a] => case(a),
        [a, b] => a == b && case(a),
        _ => false,
    };
    let figure = (1..=3).contains(&text.len()) && bytes.iter().all(u8::is_ascii_digit) && !text.starts_with('0');
    figure || letters(u8::is_ascii_lowercase) || letters(u8::is_ascii_uppercase) || is_roman(text)
}

/// Whether `text` is a small Roman numeral below 40, which is as far as lists of sub-clauses go.
fn is_roman(text: &str) -> bool {
    let tens = text.trim_start_matches('x');
    text.len() - tens.len() <= 3
        && !text.is_empty()
        && ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"].contains(&tens)
}

/// A date as precise as the paper prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12, if it is known.
    pub month: Option<u8>,
    /// The day of the month, if it is known.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Reads `2008`, `2008-04` or `2008-04-03` (ISO 8601).
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let number = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
        };
        let small = |part: Option<&str>| part.map(|p| number(p, 2).and_then(|n| u8::try_from(n).ok()));
        let year = number(parts.next()?, 4)?;
        let (month, day) = (small(parts.next()), small(parts.next()));
        if parts.next().is_some() || month == Some(None) || day == Some(None) {
            return None;
        }
        let date = PartialDate { year, month: month.flatten(), day: day.flatten() };
        let valid = date.month.is_none_or(|m| (1..=12).contains(&m))
            && date.day.is_none_or(|d| (1..=date.days_in_month()).contains(&d));
        valid.then_some(date)
    }

    fn days_in_month(&self) -> u8 {
        let leap = self.year % 4 == 0 && self.year % 100 != 0 || self.year % 400 == 0;
        match self.month {
            Some(4 | 6 | 9 | 11) => 30,
            Some(2) if leap => 29,
            Some(2) => 28,
            _ => 31,
        }
    }

    /// As people write it: 3 April 2008, April 2008, 2008.
    pub fn in_words(&self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = self.month.and_then(|m| MONTHS.get(usize::from(m).checked_sub(1)?));
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// How a document numbers its clauses (authoring.md, section 2; the manual, "Numbers").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// A paragraph that opens with 3.37.
    #[default]
    Decimal,
    /// A top-level list item `17.`
    Simple,
    /// Every top-level paragraph, counted from 1.
    Auto,
    /// No clauses.
    None,
}

/// Where a document stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not yet in force.
    Draft,
    /// In force.
    Current,
    /// Replaced by another.
    Superseded,
    /// Taken back.
    Withdrawn,
}

impl Status {
    /// Every status with the word for it in front matter.
    pub const ALL: [(&'static str, Status); 4] = [
        ("draft", Status::Draft),
        ("current", Status::Current),
        ("superseded", Status::Superseded),
        ("withdrawn", Status::Withdrawn),
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Status::ALL.iter().find(|(_, status)| *status == self).map_or("", |(word, _)| word)
    }
}

/// What one document is to another; each has an inverse, shown at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// A later edition of it.
    Replaces,
    /// An earlier edition of it.
    ReplacedBy,
    /// To be read with it.
    Supplements,
    /// The other is to be read with this.
    SupplementedBy,
    /// A shorter account of it.
    Summarises,
    /// The other is a shorter account of this.
    SummarisedBy,
}

impl Relation {
    /// Every relation that front matter can state, by its key.
    pub const KEYS: [(&'static str, Relation); 4] = [
        ("replaces", Relation::Replaces),
        ("replaced-by", Relation::ReplacedBy),
        ("supplements", Relation::Supplements),
        ("summarises", Relation::Summarises),
    ];

    /// The same relation seen from the other end.
    pub fn inverse(self) -> Self {
        match self {
            Relation::Replaces => Relation::ReplacedBy,
            Relation::ReplacedBy => Relation::Replaces,
            Relation::Supplements => Relation::SupplementedBy,
            Relation::SupplementedBy => Relation::Supplements,
            Relation::Summarises => Relation::SummarisedBy,
            Relation::SummarisedBy => Relation::Summarises,
        }
    }

    /// The words before the other document's title.
    pub fn words(self) -> &'static str {
        match self {
            Relation::Replaces => "Replaces",
            Relation::ReplacedBy => "Replaced by",
            Relation::Supplements => "Supplements",
            Relation::SupplementedBy => "Supplemented by",
            Relation::Summarises => "Summarises",
            Relation::SummarisedBy => "Summarised by",
        }
    }
}

/// The official text that a page restates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialSource {
    /// Its title.
    pub title: String,
    /// Its address, if it has one.
    pub url: Option<String>,
}

/// What stands between the `+++` lines.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// The title.
    pub title: String,
    /// How the document is cited; the title if nothing shorter is given.
    pub short: String,
    /// A key of `[kinds]` in the settings.
    pub kind: Option<Written<String>>,
    /// Who published it.
    pub issuer: Option<String>,
    /// When.
    pub published: Option<PartialDate>,
    /// Where it stands in its life.
    pub status: Option<Status>,
    /// What it is to other documents: ids, or titles of works that the site does not hold.
    pub relations: Vec<(Relation, Written<String>)>,
    /// The official text it restates.
    pub source: Option<OfficialSource>,
    /// How its clauses are numbered, if it says so.
    pub numbering: Option<Numbering>,
    /// Whether its folder is a publication that shares one numbering.
    pub publication: bool,
    /// Terms that hold for the whole document.
    pub terms: Vec<Written<String>>,
}

/// What a body is made of, in order: a flat sequence, so that no depth of nesting needs recursion.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Something begins.
    Open(Element),
    /// The innermost open thing ends.
    Close,
    /// Words.
    Text(String),
    /// Code in a line.
    Code(String),
    /// A block of code with the language the author named.
    CodeBlock(String, String),
    /// A line break that is only the author's.
    SoftBreak,
    /// A line break that is meant.
    HardBreak,
    /// A rule between paragraphs.
    Rule,
    /// A box that is ticked or not.
    TaskMark(bool),
    /// The mark of a note: index into [`Document::notes`].
    NoteMark(usize),
    /// A mention that prints its own words: index into [`Document::references`].
    Reference(usize),
    /// A picture: index into [`Document::pictures`].
    Picture(usize),
}

/// What can begin and end.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// A paragraph.
    Paragraph,
    /// Stress.
    Emphasis,
    /// Strong stress.
    Strong,
    /// Struck out.
    Strikethrough,
    /// A list; numbered from the figure, if any.
    List(Option<u64>),
    /// An item; a sub-clause if it has a label: index into [`Document::clauses`].
    Item(Option<usize>),
    /// A quotation.
    Quotation,
    /// A quotation of one of the five kinds that GitHub draws as a box.
    Alert(Alert),
    /// A table.
    Table,
    /// The row of a table's heads.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A cell, with its alignment.
    TableCell(Align),
    /// A list of words and their meanings.
    DefinitionList,
    /// A word.
    DefinitionTerm,
    /// Its meaning.
    Definition,
    /// A link to another site: a checked http, https or mailto address.
    Link(String),
    /// A mention with the author's own words: index into [`Document::references`].
    Reference(usize),
}

/// Whether an element stands in a line of text.
pub fn is_inline(element: &Element) -> bool {
    matches!(
        element,
        Element::Emphasis | Element::Strong | Element::Strikethrough | Element::Link(_) | Element::Reference(_)
    )
}

/// The five kinds of box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

/// How a table's column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As the page is.
    Plain,
    /// To the left.
    Left,
    /// In the middle.
    Centre,
    /// To the right.
    Right,
}

/// One thing in a document's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A heading: index into [`Document::sections`].
    Heading(usize),
    /// A clause: index into [`Document::clauses`].
    Clause(usize),
    /// Words that belong to no clause.
    Block(Range<usize>),
    /// A clause of another document, drawn in: index into [`Document::references`].
    DrawIn(usize),
}

/// A heading and what stands under it.
#[derive(Clone, Debug)]
pub struct Section {
    /// 2 to 6, as in Markdown and HTML.
    pub level: u8,
    /// Its words, as pieces.
    pub heading: Range<usize>,
    /// Its words, as plain text.
    pub title: String,
    /// Its fragment: the author's id, or one made from its words.
    pub anchor: String,
    /// The section it stands in.
    pub parent: Option<usize>,
    /// Terms that hold for every clause under it.
    pub terms: Vec<Written<String>>,
    /// Where the heading stands.
    pub span: Span,
}

/// A numbered paragraph with everything that belongs to it, or an item with a label inside one.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its number.
    pub number: Number,
    /// The author's id.
    pub label: Option<String>,
    /// The section it stands in.
    pub section: Option<usize>,
    /// For a sub-clause, the clause it belongs to.
    pub parent: Option<usize>,
    /// The author's terms on it.
    pub terms: Vec<Written<String>>,
    /// Its pieces; those of a sub-clause lie within its parent's.
    pub body: Range<usize>,
    /// Where its number stands.
    pub span: Span,
}

/// A footnote.
#[derive(Clone, Debug)]
pub struct Note {
    /// What the author called it: `4`.
    pub label: String,
    /// Its pieces, if it is defined.
    pub body: Option<Range<usize>>,
    /// Where it is defined, or else first cited.
    pub span: Span,
}

/// A mention of something, as the author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `[[3.37]]`, `[[#third-sector]]`, `[[guidance-2008#3.37]]`: a place, in this document if none is named.
    Place(Option<String>, Fragment),
    /// `[[guidance-2008]]` or `[[ca2004]]`: a document or an authority.
    Name(String),
    /// `[[ca2004 s 10(1)(b)]]`: an authority and a pinpoint in it.
    Work(String, Pinpoint),
    /// `[words](packs/first-day.md#aims)`: a file of the site, below its root, and a fragment.
    File(String, Option<Fragment>),
}

/// The part of a mention after `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// A clause by its number.
    Number(Number),
    /// All clauses between two numbers, both among them.
    Range(Number, Number),
    /// An id, the author's or clausebook's own.
    Id(String),
}

/// A mention, where it stands.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What it names.
    pub target: Target,
    /// As it was written, for messages.
    pub written: String,
    /// Where it stands.
    pub span: Span,
    /// What it stands in.
    pub within: Within,
}

/// What a mention, a mark or a picture stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Within {
    /// A clause or sub-clause.
    Clause(usize),
    /// A heading, or words under it that belong to no clause.
    Section(usize),
    /// A note.
    Note(usize),
    /// The document, before its first heading.
    Document,
}

/// The mark of a note, where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Index into [`Document::notes`].
    pub note: usize,
    /// Where it stands.
    pub span: Span,
    /// What it stands in.
    pub within: Within,
}

/// A word that a definition list defines.
#[derive(Clone, Debug)]
pub struct DefinedWord {
    /// The word, as pieces.
    pub title: Range<usize>,
    /// Its meaning, as pieces; the meanings, if it has several.
    pub meaning: Range<usize>,
    /// Where the word stands.
    pub span: Span,
}

/// A picture, where it stands.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its path below the site's folder.
    pub path: String,
    /// Its words for those who do not see it.
    pub words: String,
    /// Where it stands.
    pub span: Span,
}

/// One Markdown file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its id.
    pub id: DocId,
    /// The file it was read from.
    pub file: FileId,
    /// The path of that file below the site's folder.
    pub path: Arc<str>,
    /// The hash of that file.
    pub hash: Hash,
    /// What stands between its `+++` lines.
    pub front: FrontMatter,
    /// What it is made of: first the text, then the notes.
    pub pieces: Vec<Piece>,
    /// Its order.
    pub items: Vec<Item>,
    /// Its headings.
    pub sections: Vec<Section>,
    /// Its clauses and sub-clauses, in order.
    pub clauses: Vec<Clause>,
    /// Its notes, in the order in which the file first names them.
    pub notes: Vec<Note>,
    /// The marks of its notes, in order.
    pub marks: Vec<Mark>,
    /// Its mentions of clauses, documents and authorities, in order.
    pub references: Vec<Reference>,
    /// Its pictures, in order.
    pub pictures: Vec<Picture>,
    /// The words that its definition lists define, in order.
    pub words: Vec<DefinedWord>,
}

impl Document {
    /// The pieces in a range; none if the range is not of this document.
    pub fn pieces(&self, range: &Range<usize>) -> &[Piece] {
        self.pieces.get(range.clone()).unwrap_or_default()
    }

    /// The folder of the file below the site's folder, without a slash at its end; empty at the top.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// How its clauses are numbered.
    pub fn numbering(&self) -> Numbering {
        self.front.numbering.unwrap_or_default()
    }

    /// The headings a section stands under, outermost first, itself last.
    pub fn trail(&self, section: Option<usize>) -> Vec<usize> {
        let mut trail = Vec::new();
        let mut next = section;
        while let Some(at) = next {
            trail.push(at);
            // A parent always comes before its child, which bounds this loop.
            next = self.sections.get(at).and_then(|s| s.parent).filter(|parent| *parent < at);
        }
        trail.reverse();
        trail
    }

    /// The clause that a clause or sub-clause belongs to in the end: itself, unless it is a sub-clause.
    pub fn whole_clause(&self, clause: usize) -> usize {
        let mut at = clause;
        while let Some(parent) = self.clauses.get(at).and_then(|c| c.parent).filter(|parent| *parent < at) {
            at = parent;
        }
        at
    }

    /// The fragment of a clause: `3.37`, `3.37-a`; `para-7` where the paper prints no numbers.
    pub fn clause_anchor(&self, clause: &Clause) -> String {
        match self.numbering() {
            Numbering::Auto => format!("para-{}", clause.number.anchor()),
            _ => clause.number.anchor(),
        }
    }

    /// The number of a clause as readers see it: `3.37`; `¶7` where the paper prints no numbers.
    pub fn shown_number(&self, number: &Number) -> String {
        match self.numbering() {
            Numbering::Auto => format!("¶{number}"),
            _ => number.to_string(),
        }
    }
}

/// A place in an authority, or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pinpoint {
    /// In the order written; at least one.
    pub provisions: Vec<Provision>,
}

/// One provision, or all from one to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provision {
    /// From the outermost division to the innermost: schedule 2, paragraph 3.
    pub divisions: Vec<Division>,
    /// The number of the last one of a range.
    pub to: Option<String>,
    /// Whether "et seq" follows.
    pub onwards: bool,
}

/// A division of a work and its levels: section 10, (1), (b).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Division {
    /// What it is.
    pub unit: Unit,
    /// `10A`
    pub number: String,
    /// `1`, `b`
    pub levels: Vec<String>,
}

/// What works are divided into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Of an Act.
    Section,
    /// Of a Bill.
    Clause,
    /// Of Regulations.
    Regulation,
    /// Of an Order, a Treaty or a Directive.
    Article,
    /// Of Rules.
    Rule,
    /// Of an Act or an instrument.
    Part,
    /// Of a Part, or of a report.
    Chapter,
    /// After the sections.
    Schedule,
    /// Of a Schedule, or of guidance.
    Paragraph,
    /// Of a publication.
    Page,
}

impl Unit {
    /// The word in paths and data.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Section => "section",
            Unit::Clause => "clause",
            Unit::Regulation => "regulation",
            Unit::Article => "article",
            Unit::Rule => "rule",
            Unit::Part => "part",
            Unit::Chapter => "chapter",
            Unit::Schedule => "schedule",
            Unit::Paragraph => "paragraph",
            Unit::Page => "page",
        }
    }

    /// The abbreviation for one and for several (OSCOLA, 4th edition, section 2.4 and the appendix).
    pub fn abbreviation(self) -> (&'static str, &'static str) {
        match self {
            Unit::Section => ("s", "ss"),
            Unit::Clause => ("cl", "cls"),
            Unit::Regulation => ("reg", "regs"),
            Unit::Article => ("art", "arts"),
            Unit::Rule => ("r", "rr"),
            Unit::Part => ("pt", "pts"),
            Unit::Chapter => ("ch", "chs"),
            Unit::Schedule => ("sch", "schs"),
            Unit::Paragraph => ("para", "paras"),
            Unit::Page => ("p", "pp"),
        }
    }
}

impl Provision {
    /// `section/10/1/b`; of a range, its first.
    pub fn path(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for division in &self.divisions {
            parts.extend([division.unit.word(), &division.number]);
            parts.extend(division.levels.iter().map(String::as_str));
        }
        parts.join("/")
    }

    /// The end of its fragment on the page of authorities: `s-10-1-b`.
    pub fn slug(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for division in &self.divisions {
            parts.extend([division.unit.abbreviation().0.to_owned(), division.number.to_lowercase()]);
            parts.extend(division.levels.iter().map(|level| level.to_lowercase()));
        }
        parts.extend(self.to.iter().map(|to| format!("to-{}", to.to_lowercase())));
        parts.extend(self.onwards.then(|| "onwards".to_owned()));
        parts.join("-").replace('.', "-")
    }

    /// As OSCOLA prints it: `s 10(1)(b)`, `ss 10–12`, `sch 2 para 3`.
    pub fn shown(&self) -> String {
        let several = self.to.is_some();
        let last = self.divisions.len().saturating_sub(1);
        let mut parts: Vec<String> = Vec::new();
        for (at, division) in self.divisions.iter().enumerate() {
            let (one, more) = division.unit.abbreviation();
            let unit = if several && at == last { more } else { one };
            let levels: String = division.levels.iter().map(|level| format!("({level})")).collect();
            // The number never parts from its unit at the end of a line.
            parts.push(format!("{unit}\u{a0}{}{levels}", division.number));
        }
        let mut shown = parts.join("\u{a0}");
        if let Some(to) = &self.to {
            shown.push('–');
            shown.push_str(to);
        }
        if self.onwards {
            shown.push_str(" et seq");
        }
        shown
    }
}

impl Pinpoint {
    /// As OSCOLA prints it: `s 10(1)(b), (c) and (2)`.
    pub fn shown(&self) -> String {
        let parts = self.shown_parts();
        match parts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => String::new(),
        }
    }

    /// Each provision as OSCOLA prints it in a list, where what follows repeats only what differs: `s 10(1)(b)`, `(c)`, `(2)`.
    pub fn shown_parts(&self) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        let mut before: Option<&Provision> = None;
        let units: Vec<Vec<Unit>> =
            self.provisions.iter().map(|p| p.divisions.iter().map(|d| d.unit).collect()).collect();
        let one_unit = units.windows(2).all(|pair| pair.first() == pair.last());
        let plural = one_unit && self.numbers_differ();
        for provision in &self.provisions {
            parts.push(match before.and_then(|before| provision.shown_after(before)) {
                Some(shown) => shown,
                None if plural && before.is_none() => provision.shown_plural(),
                None => provision.shown(),
            });
            before = Some(provision);
        }
        parts
    }

    fn numbers_differ(&self) -> bool {
        let number = |p: &Provision| p.divisions.last().map(|d| d.number.clone());
        self.provisions.windows(2).any(|pair| pair.first().map(number) != pair.last().map(number))
    }
}

impl Provision {
    fn shown_plural(&self) -> String {
        let shown = self.shown();
        match self.divisions.as_slice() {
            [only] if self.to.is_none() => {
                let (one, more) = only.unit.abbreviation();
                shown.strip_prefix(one).map_or(shown.clone(), |rest| format!("{more}{rest}"))
            }
            _ => shown,
        }
    }

    /// What to print after `before` in a list, if both lie in divisions of the same kind.
    fn shown_after(&self, before: &Provision) -> Option<String> {
        let (mine, theirs) = (self.divisions.last()?, before.divisions.last()?);
        let rest_is_same = self.divisions.len() == before.divisions.len()
            && self.divisions.iter().rev().skip(1).eq(before.divisions.iter().rev().skip(1));
        if !rest_is_same || mine.unit != theirs.unit {
            return None;
        }
        let end =
            self.to.as_ref().map(|to| format!("–{to}")).unwrap_or_default() + if self.onwards { " et seq" } else { "" };
        if mine.number != theirs.number {
            let levels: String = mine.levels.iter().map(|level| format!("({level})")).collect();
            return Some(format!("{}{levels}{end}", mine.number));
        }
        let same = mine.levels.iter().zip(&theirs.levels).take_while(|(a, b)| a == b).count();
        let differing = mine.levels.get(same..).unwrap_or_default();
        (!differing.is_empty()).then(|| differing.iter().map(|level| format!("({level})")).collect::<String>() + &end)
    }
}

impl Authority {
    /// The address of the work, if it has one.
    pub fn address(&self) -> Option<String> {
        match &self.work {
            Some(work) => Some(format!("https://www.legislation.gov.uk/{work}")),
            None => self.url.clone().or_else(|| self.archived.clone()),
        }
    }

    /// The address of a provision: the page of the outermost division that has one, with a fragment for the levels
    /// within it, as legislation.gov.uk builds them. Of a work that lies elsewhere, the address of the work.
    pub fn provision_address(&self, provision: &Provision) -> Option<String> {
        let address = self.address()?;
        if self.work.is_none() {
            return Some(address);
        }
        // A section is numbered through its Act: the Part it stands in is no step of its path.
        let last = provision.divisions.len().checked_sub(1)?;
        let own = provision.divisions.iter().position(|d| Some(d.unit) == self.unit);
        let divisions = provision.divisions.get(own.unwrap_or(0)..=last)?;
        let mut path = String::new();
        let mut fragment = String::new();
        for division in divisions {
            let number = self.path_number(division);
            path.push_str(&format!("/{}/{number}", division.unit.word()));
            let hyphen = if fragment.is_empty() { "" } else { "-" };
            fragment.push_str(&format!("{hyphen}{}-{number}", division.unit.word()));
        }
        let levels = &provision.divisions.last()?.levels;
        if levels.is_empty() {
            return Some(address + &path);
        }
        Some(format!("{address}{path}#{fragment}-{}", levels.join("-")))
    }

    fn path_number(&self, division: &Division) -> String {
        if division.unit != Unit::Part {
            return division.number.clone();
        }
        if let Some(mapped) = self.part_map.get(&division.number) {
            return mapped.clone();
        }
        let end = division.number.find(|c: char| !c.is_ascii_digit()).unwrap_or(division.number.len());
        match (self.roman_parts, division.number.split_at_checked(end)) {
            (true, Some((digits, letters))) => match digits.parse() {
                Ok(n) => roman(n) + letters,
                Err(_) => division.number.clone(),
            },
            _ => division.number.clone(),
        }
    }
}

/// A number in Roman numerals, as some instruments count their Parts.
fn roman(mut n: u32) -> String {
    const STEPS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut text = String::new();
    for (value, numeral) in STEPS {
        while n >= value && text.len() < 32 {
            text.push_str(numeral);
            n -= value;
        }
    }
    text
}

/// What kind of work an authority is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthorityKind {
    /// An Act of a parliament or assembly.
    Act,
    /// A statutory instrument.
    Instrument,
    /// A Bill.
    Bill,
    /// A treaty, regulation, directive or decision of the European Union.
    Eu,
    /// A judgment.
    Case,
    /// Guidance.
    Guidance,
    /// A report, White Paper, Green Paper, plan or strategy.
    Report,
    /// Anything else.
    Other,
}

impl AuthorityKind {
    /// Every kind: its word in the register, and its heading on the page of authorities.
    pub const ALL: [(&'static str, &'static str, AuthorityKind); 8] = [
        ("act", "Acts", AuthorityKind::Act),
        ("instrument", "Statutory instruments", AuthorityKind::Instrument),
        ("bill", "Bills", AuthorityKind::Bill),
        ("eu", "European Union law", AuthorityKind::Eu),
        ("case", "Cases", AuthorityKind::Case),
        ("guidance", "Guidance", AuthorityKind::Guidance),
        ("report", "Reports and plans", AuthorityKind::Report),
        ("other", "Other works", AuthorityKind::Other),
    ];

    /// The word in the register and in data.
    pub fn word(self) -> &'static str {
        AuthorityKind::ALL.iter().find(|(_, _, kind)| *kind == self).map_or("", |(word, _, _)| word)
    }
}

/// A row of the register, `authorities.toml`.
#[derive(Clone, Debug)]
pub struct Authority {
    /// The name by which authors cite it.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: AuthorityKind,
    /// Its path at legislation.gov.uk: `ukpga/2004/31`.
    pub work: Option<String>,
    /// The address of a work that is not legislation.
    pub url: Option<String>,
    /// `c. 31`, or the number of an instrument.
    pub chapter: Option<String>,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// What it is divided into.
    pub unit: Option<Unit>,
    /// How its Parts are counted in paths where that is not as they are printed: `10A` → `XA`.
    pub part_map: BTreeMap<String, String>,
    /// Whether its Parts are counted in Roman numerals.
    pub roman_parts: bool,
    /// When it was made or published.
    pub made: Option<PartialDate>,
    /// The key of the Act that a Bill became.
    pub became: Option<Written<String>>,
    /// Where a copy is kept of an address that no longer answers.
    pub archived: Option<String>,
    /// Where its row stands.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::{Number, PartialDate};

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn numbers_are_read_and_printed_alike() {
        for text in ["3.37", "3.37A", "3.37.1", "A.1", "17", "17A", "3.37(a)(ii)", "7(1)"] {
            assert_eq!(n(text).to_string(), text);
        }
        for text in ["", "A", "3.", ".3", "3..7", "3.37a", "3.a", "03.1", "3.37()", "3.37(a", "3.37(see)", "3.37 "] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(n("3.37(a)(ii)").anchor(), "3.37-a-ii");
    }

    #[test]
    fn numbers_are_ordered_as_a_lawyer_orders_them() {
        let sorted = ["2.18", "3.1", "3.2", "3.10", "3.37", "3.37ZA", "3.37A", "3.37AA", "3.37B", "3.38", "4.1", "A.1"];
        for pair in sorted.windows(2) {
            assert!(n(pair[0]) < n(pair[1]), "{} < {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn a_gap_is_told_from_a_step() {
        for (a, b) in [
            ("3.1", "3.2"),
            ("3.52", "4.1"),
            ("3.37", "3.37A"),
            ("3.37A", "3.38"),
            ("3.37", "3.37.1"),
            ("9", "10"),
            ("5.2", "A.1"),
        ] {
            assert!(n(a).is_followed_by(&n(b)), "{a} then {b}");
        }
        for (a, b) in [("3.1", "3.3"), ("17", "19"), ("3.9", "5.1"), ("3.37A", "3.37C"), ("3.1", "4.2")] {
            assert!(!n(a).is_followed_by(&n(b)), "{a} then {b}");
        }
    }

    #[test]
    fn dates_are_as_precise_as_they_are_written() {
        let words = |text| PartialDate::parse(text).map(|date| date.in_words());
        assert_eq!(words("2008-04-03").as_deref(), Some("3 April 2008"));
        assert_eq!(words("2008-04").as_deref(), Some("April 2008"));
        assert_eq!(words("2008").as_deref(), Some("2008"));
        assert_eq!(words("2008-02-29").as_deref(), Some("29 February 2008"));
        for text in ["2007-02-29", "2008-13", "2008-4", "08", "2008-04-03-01", "2008--"] {
            assert_eq!(words(text), None, "{text}");
        }
    }
}
