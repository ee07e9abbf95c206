//! A site of any size for measurements: the same for the same numbers, on every machine.
//!
//! Takes a number of documents and of clauses; gives the texts of a site with about 640 words a document, made of words
//! that are spread as those of English are (`words`), with headings, notes, lists, tables, quotations, code, the law
//! cited in ordinary words, terms, a glossary, and references within and across documents. A document is the same in
//! every site in which its number of clauses is, but for what it refers to.

mod words;

use std::fmt::Write as _;
use std::path::Path;

use clausebook::source::{Site, SourceMap};
pub use words::Dice;

/// Size of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Number of documents, without the home page and the glossary.
    pub documents: usize,
    /// Number of clauses, divided evenly among the documents; sub-clauses are not counted.
    pub clauses: usize,
}

impl Size {
    /// Five documents.
    pub const S: Size = Size { documents: 5, clauses: 300 };
    /// A library.
    pub const M: Size = Size { documents: 1_000, clauses: 12_000 };
    /// An archive.
    pub const L: Size = Size { documents: 10_000, clauses: 120_000 };
}

/// About how many words a document has.
const WORDS: usize = 640;
/// Number of clauses under each heading.
const UNDER_A_HEADING: usize = 5;
/// About how many clauses refer to the one clause that is referred to most.
const REFERRERS: usize = 100;

/// Settings of the site.
const SETTINGS: &str = include_str!("site.toml");
/// The register: laws that the sentences cite.
pub const REGISTER: &str = include_str!("authorities.toml");

/// Sentences that cite the law, some of them with a word of the glossary.
const LAW: [&str; 8] = [
    "Section 10(1) of the Children Act 2004 requires each children's services authority in England to make arrangements \
     to promote cooperation.",
    "Under regulation 4 of the Children and Young People's Plan (England) Regulations 2005 (SI 2005/2149), the authority \
     publishes a plan, and reviews it each year.",
    "Strategic Health Authorities, Primary Care Trusts, Youth Offending Teams and the Probation Board are relevant \
     partners (see ss 10-12 of the Children Act 2004 and Schedule 1 to that Act).",
    "The Information Commissioner gives advice on the Data Protection Act 1998 and the Freedom of Information Act 2000.",
    "In part 3 of this guidance and in chapter 2 of the plan, the role of schools and colleges is set out in more detail; \
     section 4 of the form asks for examples.",
    "A trustee answers for the funds under section 177 of the Charities Act 2011, and keeps the accounts that ss 130 to \
     132 of that Act ask for.",
    "Section 149(1)(a) of the Equality Act 2010 applies to each relevant partner and to the lead member of the authority.",
    "The notice is served under the Licensing Act 2003, s 100, at least ten working days before the event begins.",
];

/// Words of the glossary, each with its abbreviation, in the middle of a sentence.
const GLOSSARY: [(&str, &str); 12] = [
    ("Accountable body", ""),
    ("Annual general meeting", "AGM"),
    ("Children's services authority", ""),
    ("Lead member", ""),
    ("Local Safeguarding Children Board", "LSCB"),
    ("Needs assessment", ""),
    ("Pooled budget", ""),
    ("Primary Care Trust", "PCT"),
    ("Relevant partner", ""),
    ("Strategic Health Authority", "SHA"),
    ("Third sector", ""),
    ("Youth Offending Team", "YOT"),
];

/// The terms of the site's taxonomies.
const TERMS: [&str; 8] =
    ["be-healthy", "stay-safe", "enjoy", "contribute", "well-being", "health", "schools", "third-sector"];

/// Blocks of code, each with its language.
const CODE: [(&str, &str); 4] = [
    ("toml", "title = \"Guidance\"\npublished = 2008-04-03\nstatus = \"current\""),
    ("json", "{ \"document\": \"paper\", \"number\": \"1.2\", \"notes\": [\"1\", \"2\"] }"),
    ("sh", "clausebook build content --output public && echo done"),
    ("", "Name of the partner: ______\nAmount in the pool:  ______"),
];

/// The file of a document.
pub fn path(document: usize) -> String {
    format!("paper-{document:05}.md")
}

/// The clause that about [`REFERRERS`] others refer to, by its id: the last of the first document.
pub const KEYSTONE: &str = "paper-00000#keystone";

/// Number of clauses in a document.
fn clauses(size: Size, document: usize) -> usize {
    let before = |document: usize| document * size.clauses / size.documents.max(1);
    before(document + 1) - before(document)
}

/// The number of the clause at a place in its document.
fn number(clause: usize) -> String {
    format!("{}.{}", clause / UNDER_A_HEADING + 1, clause % UNDER_A_HEADING + 1)
}

/// The words of one clause, without its number, its lists and its notes.
fn paragraph(size: Size, document: usize, clause: usize) -> String {
    let mut dice = Dice::new(document, clause);
    let most = (WORDS / clauses(size, document).max(1)).saturating_sub(22).clamp(8, 400);
    let mut text = String::new();
    let mut count = 0;
    if dice.one_in(4) {
        text.push_str(dice.pick(&LAW));
        count += 22;
    }
    while count < most {
        let (sentence, words) = words::sentence(&mut dice);
        let gap = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{gap}{sentence}");
        count += words;
        if dice.one_in(9) {
            let (word, short) = dice.pick(&GLOSSARY);
            let word = if short.is_empty() || dice.one_in(2) { word } else { short };
            let _ = write!(text, " The {word} agrees to it.");
            count += 6;
        }
    }
    text
}

/// The words of every clause.
pub fn paragraphs(size: Size) -> impl Iterator<Item = String> {
    (0..size.documents).flat_map(move |at| (0..clauses(size, at)).map(move |clause| paragraph(size, at, clause)))
}

/// Returns a reference to an earlier clause or another document; early documents get most of them.
fn reference(size: Size, document: usize, clause: usize, dice: &mut Dice) -> String {
    if clause > 0 && dice.one_in(2) {
        return format!("[[{}]]", number(dice.below(clause)));
    }
    let other = dice.early(size.documents);
    if other == document || dice.one_in(5) {
        return format!("[[paper-{other:05}]]");
    }
    // The keystone is referred to by its id alone, so that it can get another number.
    match clauses(size, other).saturating_sub(usize::from(other == 0)) {
        0 => format!("[[paper-{other:05}]]"),
        count => format!("[[paper-{other:05}#{}]]", number(dice.below(count))),
    }
}

/// Appends blocks to a clause: list, table, quote, code.
fn blocks(text: &mut String, dice: &mut Dice) {
    if dice.one_in(9) {
        text.push('\n');
        for label in ["a", "b", "c"] {
            let _ = writeln!(text, "- ({label}) {}", words::phrase(dice, 7));
        }
    }
    if dice.one_in(20) {
        text.push_str("\n| Partner | Share |\n| :--- | ---: |\n");
        for _ in 0..3 {
            let _ = writeln!(text, "| {} | {}% |", words::phrase(dice, 3), dice.below(100));
        }
    }
    if dice.one_in(40) {
        let _ = writeln!(text, "\n> {}", words::sentence(dice).0);
    }
    if dice.one_in(32) {
        let (language, code) = dice.pick(&CODE);
        let _ = writeln!(text, "\n```{language}\n{code}\n```");
    }
}

/// The Markdown of one document.
pub fn document(size: Size, document: usize) -> String {
    let count = clauses(size, document);
    let mut dice = Dice::new(document, usize::MAX);
    let kind = dice.pick(&["guidance", "report", "minutes", "letter"]);
    let status = dice.pick(&["current", "current", "current", "superseded", "draft"]);
    let mut text = format!("+++\ntitle = \"{}\"\nshort = \"Paper {document}\"\n", words::title(&mut dice));
    let _ = writeln!(text, "kind = \"{kind}\"\nissuer = \"Department {}\"", dice.below(40) + 1);
    let _ = writeln!(text, "published = {}-0{}-1{}", 1990 + dice.below(30), dice.below(9) + 1, dice.below(10));
    let _ = writeln!(text, "status = \"{status}\"\nsubjects = [\"{}\"]", dice.pick(&TERMS));
    if document > 0 && dice.one_in(10) {
        let _ = writeln!(text, "summarises = [\"paper-{:05}\"]", dice.early(document));
    }
    let _ = writeln!(text, "+++\n\n{}", words::sentence(&mut dice).0);
    let mut notes = Vec::new();
    for clause in 0..count {
        if clause % UNDER_A_HEADING == 0 {
            let _ = writeln!(text, "\n## {}: {}", clause / UNDER_A_HEADING + 1, words::title(&mut dice));
        }
        let _ = write!(text, "\n{} {}", number(clause), paragraph(size, document, clause));
        if dice.one_in(3) {
            let _ = write!(text, " See {}.", reference(size, document, clause, &mut dice));
        }
        if clause == 0 && document % (size.documents / REFERRERS).max(1) == 1 % size.documents.max(1) {
            let _ = write!(text, " This rests on [[{KEYSTONE}]].");
        }
        if dice.one_in(6) {
            notes.push(words::sentence(&mut dice).0);
            let _ = write!(text, "[^{}]", notes.len());
        }
        if document == 0 && clause + 1 == count {
            text.push_str(" {#keystone}");
        } else if dice.one_in(8) {
            let _ = write!(text, " {{.{}}}", dice.pick(&TERMS));
        }
        text.push('\n');
        blocks(&mut text, &mut dice);
    }
    for (at, note) in notes.iter().enumerate() {
        let _ = writeln!(text, "\n[^{}]: {note}", at + 1);
    }
    text
}

/// The settings, the register, the home page and the glossary.
fn frame() -> Vec<(String, String)> {
    let mut glossary = String::from("+++\ntitle = \"Words\"\n+++\n");
    for (word, short) in GLOSSARY {
        let short = if short.is_empty() { String::new() } else { format!(" ({short})") };
        let _ = write!(glossary, "\n{word}{short}\n: {}\n", words::sentence(&mut Dice::new(word.len(), 0)).0);
    }
    vec![
        ("site.toml".to_owned(), SETTINGS.to_owned()),
        ("authorities.toml".to_owned(), REGISTER.to_owned()),
        ("glossary.md".to_owned(), glossary),
        ("index.md".to_owned(), "+++\ntitle = \"Home\"\n+++\n\nPapers made by a machine, to be measured.\n".to_owned()),
    ]
}

/// Every file of a site, with its path.
pub fn files(size: Size) -> impl Iterator<Item = (String, String)> {
    frame().into_iter().chain((0..size.documents).map(move |at| (path(at), document(size, at))))
}

/// A site in memory.
pub fn site(size: Size) -> Site {
    let mut sources = SourceMap::new();
    for (path, text) in files(size) {
        sources.insert(&path, &text);
    }
    Site { sources, ..Site::default() }
}

/// Writes a site into a folder.
#[expect(clippy::disallowed_methods, reason = "a benchmark makes what it measures")]
pub fn write(size: Size, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    files(size).try_for_each(|(path, text)| std::fs::write(folder.join(path), text))
}

/// Writes a site whose code has no language, and so is not highlighted.
#[expect(clippy::disallowed_methods, reason = "a benchmark makes what it measures")]
pub fn write_plain(size: Size, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let languages = CODE.map(|(language, _)| format!("```{language}\n"));
    files(size).try_for_each(|(path, text)| {
        let plain = languages.iter().fold(text, |text, fence| text.replace(fence.as_str(), "```\n"));
        std::fs::write(folder.join(path), plain)
    })
}
