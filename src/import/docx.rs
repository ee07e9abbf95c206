//! The reader of documents of Word.
//!
//! Takes the bytes of a `.docx`; gives blocks whose numbers are counted as Word counts them, its
//! notes, its pictures, and remarks on tracked changes and comments. Nothing outside the file is
//! asked for.

mod body;
mod counting;
mod fields;
mod listnum;
mod mentioned;
mod numbering;
mod package;
mod remarks;
mod runs;
mod styles;
mod tables;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use super::blocks::{Block, Paper, PaperPicture, PaperPlace, TextRun};
use super::pictures::ending_of;
use super::report::{About, Report};
use body::WordBody;
use counting::WordCounting;
use numbering::WordLists;
use package::{Package, PackageRelation};
use remarks::Remarks;
use runs::InRuns;
use styles::Styles;

/// Facts of the parts beside the body, which reading the body does not change.
struct WordParts {
    styles: Styles,
    relations: BTreeMap<String, PackageRelation>,
    /// The comments by their ids: who made them and the words.
    comments: BTreeMap<String, (String, String)>,
    /// The name of the file without its ending.
    name: String,
}

/// State of the reading of a document, each part of it with the functions that change it.
struct WordReader<'r> {
    parts: WordParts,
    remarks: Remarks<'r>,
    counting: WordCounting,
    within: InRuns,
    body: WordBody,
}

/// Reads a document.
pub fn read(bytes: &[u8], name: &str, report: &mut Report) -> Result<Paper, Refusal> {
    let mut package = Package::open(bytes)?;
    let top = package.relations("");
    let is_main = |relation: &&PackageRelation| relation.kind == "officeDocument" && !relation.external;
    let main = top.values().find(is_main).map_or("word/document.xml".to_owned(), |relation| relation.target.clone());
    let unsound =
        || Refusal::new("its words cannot be read", "open it in Word or LibreOffice and save it again as .docx");
    let text = package.text(&main).ok_or_else(unsound)?;
    let tree = xml::parse(&text).ok_or_else(unsound)?;
    let body = xml::child(tree.root_element(), "body").ok_or_else(unsound)?;
    let relations = package.relations(&main);
    let part = |package: &mut Package<'_>, kind: &str| {
        let relation = relations.values().find(|relation| relation.kind == kind && !relation.external)?;
        package.text(&relation.target)
    };
    let styles = part(&mut package, "styles").unwrap_or_default();
    let styles = xml::parse(&styles).map(|tree| Styles::of(&tree)).unwrap_or_default();
    let numbers = part(&mut package, "numbering").unwrap_or_default();
    let mut numbering = xml::parse(&numbers).map(|tree| WordLists::of(&tree)).unwrap_or_default();
    numbering.follow(&|style| styles.list(style).map(|(list, _, _)| list.to_owned()));
    let comments = part(&mut package, "comments").unwrap_or_default();
    let comments = xml::parse(&comments).map(|tree| runs::comments_of(&tree)).unwrap_or_default();
    let feet = part(&mut package, "footnotes").unwrap_or_default();
    let ends = part(&mut package, "endnotes").unwrap_or_default();
    let pages = body.descendants().any(|node| xml::is(node, "lastRenderedPageBreak"));
    let mut reader = WordReader {
        parts: WordParts { styles, relations, comments, name: name.to_owned() },
        remarks: Remarks::new(report, pages),
        counting: WordCounting::new(numbering),
        within: InRuns::default(),
        body: WordBody::default(),
    };
    reader.read_body(body);
    let notes = reader.notes(&feet, &ends);
    let WordReader { parts: WordParts { relations, .. }, within, body, .. } = reader;
    let (blocks, title) = body.into_blocks();
    let mut paper = Paper { blocks, marks_are_known: !notes.is_empty(), notes, ..Paper::default() };
    let shown = within.into_pictures();
    paper.title = chosen_title(title_property(&mut package, &top), title, report);
    for relation in relations.values().filter(|relation| matches!(relation.kind.as_str(), "header" | "footer")) {
        let words = package.text(&relation.target).and_then(|text| Some(xml::words(xml::parse(&text)?.root_element())));
        let words = words.unwrap_or_default();
        if !words.is_empty() {
            report.leave_out(About::Furniture, PaperPlace::default(), "the head or foot of pages is left out", &words);
        }
    }
    paper.pictures = pictures(&mut package, &shown, &mut paper.blocks, name, report);
    Ok(paper)
}

/// The title in the properties of a document.
fn title_property(package: &mut Package<'_>, top: &BTreeMap<String, PackageRelation>) -> Option<String> {
    let core = top.values().find(|relation| relation.kind == "core-properties")?;
    let text = package.text(&core.target)?;
    let tree = xml::parse(&text)?;
    let words = xml::child(tree.root_element(), "title")?.text()?.trim().to_owned();
    (!words.is_empty()).then_some(words)
}

/// The title of the properties, unless a program made it of a file's name; else that in Word's
/// style.
fn chosen_title(property: Option<String>, styled: Option<String>, report: &mut Report) -> Option<String> {
    let place = PaperPlace { page: 0, line: 1 };
    let Some(property) = property else { return styled };
    let lower = property.to_lowercase();
    let endings = [".doc", ".docx", ".dot", ".dotx", ".rtf", ".odt"];
    if lower.starts_with("microsoft word - ") || endings.iter().any(|ending| lower.ends_with(ending)) {
        report.leave_out(About::Heading, place, "the title in the properties is the name of a file", &property);
        return styled;
    }
    if let Some(styled) = styled.filter(|styled| *styled != property) {
        let says = format!("the title of the properties is taken: {property:?}; the paper itself has another");
        report.add(About::Heading, place, says, &styled);
    }
    Some(property)
}

/// The name of the file of the `n`th picture beside the text.
fn picture_name(name: &str, n: usize, path: &str) -> String {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    format!("{name}-{}.{}", n + 1, if ending == "jpeg" { "jpg" } else { ending.as_str() })
}

/// The bytes of the pictures that browsers show. The others are removed from the blocks, and
/// reported.
fn pictures(
    package: &mut Package<'_>,
    shown: &[String],
    blocks: &mut [Block],
    name: &str,
    report: &mut Report,
) -> Vec<PaperPicture> {
    let mut pictures = Vec::new();
    let mut lost = BTreeSet::new();
    for (n, path) in shown.iter().enumerate() {
        let file = picture_name(name, n, path);
        match package.picture(path).filter(|bytes| ending_of(bytes).is_some_and(|ending| file.ends_with(ending))) {
            Some(bytes) => pictures.push(PaperPicture { name: file, bytes }),
            None => drop(lost.insert(file)),
        }
    }
    for block in blocks {
        let is_lost = |run: &TextRun| matches!(run, TextRun::Picture { file, .. } if lost.contains(file));
        if block.runs.iter().any(is_lost) {
            let place = block.place;
            report.add(
                About::Picture,
                place,
                "a picture in a form that browsers do not show is left out",
                &block.plain(),
            );
            block.runs.retain(|run| !is_lost(run));
        }
    }
    pictures
}
