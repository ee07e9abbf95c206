//! The reader of documents of Word.
//!
//! Takes the bytes of a `.docx`; gives blocks whose numbers are counted as Word counts them, its
//! notes, its pictures, and remarks on tracked changes and comments. Nothing outside the file is
//! asked for.

mod body;
mod listnum;
mod numbering;
mod package;
mod runs;
mod styles;
mod xml;

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::Refusal;
use super::blocks::{self, Block, BlockKind, Label, Paper, PaperPicture, PaperPlace, TextRun};
use super::pictures::{ending_of, remark};
use super::report::{About, Report};
use listnum::{BuiltInLists, ListField};
use numbering::{Counters, WordLists};
use package::{Package, PackageRelation};
use runs::Field;
use styles::Styles;

/// State of the reading of a document.
struct WordReader<'r> {
    report: &'r mut Report,
    styles: Styles,
    numbering: WordLists,
    counters: Counters,
    relations: BTreeMap<String, PackageRelation>,
    fields: Vec<Field>,
    /// The list of the paragraph that is read, and its level there.
    list: Option<(String, usize)>,
    built_in: BuiltInLists,
    bookmarks: Vec<String>,
    /// The words of a paragraph whose end was deleted.
    held: Vec<TextRun>,
    out: Vec<Block>,
    title: Option<String>,
    /// The notes that are mentioned, in order: whether it is an endnote, and its id.
    notes: Vec<(bool, String)>,
    /// The comments by their ids: who made them and the words.
    comments: BTreeMap<String, (String, String)>,
    /// The pictures that are shown, in order, by their paths.
    pictures: Vec<String>,
    name: String,
    page: u32,
    line: u32,
    in_box: bool,
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
    let comments = xml::parse(&comments).map(|tree| comments_of(&tree)).unwrap_or_default();
    let feet = part(&mut package, "footnotes").unwrap_or_default();
    let ends = part(&mut package, "endnotes").unwrap_or_default();
    let pages = body.descendants().any(|node| xml::is(node, "lastRenderedPageBreak"));
    let mut reader = WordReader {
        report,
        styles,
        numbering,
        counters: Counters::default(),
        relations: relations.clone(),
        fields: Vec::new(),
        list: None,
        built_in: BuiltInLists::default(),
        bookmarks: Vec::new(),
        held: Vec::new(),
        out: Vec::new(),
        title: None,
        notes: Vec::new(),
        comments,
        pictures: Vec::new(),
        name: name.to_owned(),
        page: u32::from(pages),
        line: 0,
        in_box: false,
    };
    reader.blocks(body);
    let held = std::mem::take(&mut reader.held);
    if !held.is_empty() {
        let place = reader.place();
        reader.out.push(Block::new(BlockKind::Paragraph, held, place));
    }
    let notes = reader.bodies(&feet, &ends);
    let mut paper = Paper { notes, ..Paper::default() };
    let title = reader.title.take();
    paper.blocks = std::mem::take(&mut reader.out);
    let shown = std::mem::take(&mut reader.pictures);
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

fn comments_of(tree: &Document<'_>) -> BTreeMap<String, (String, String)> {
    let nodes = tree.root_element().children().filter(|node| xml::is(*node, "comment"));
    let comment = |node: Node<'_, '_>| {
        let author = xml::attribute(node, "author").unwrap_or("somebody").to_owned();
        Some((xml::attribute(node, "id")?.to_owned(), (author, xml::words(node))))
    };
    nodes.filter_map(comment).collect()
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
    let mut lost: Vec<String> = Vec::new();
    for (n, path) in shown.iter().enumerate() {
        let file = picture_name(name, n, path);
        match package.picture(path).filter(|bytes| ending_of(bytes).is_some_and(|ending| file.ends_with(ending))) {
            Some(bytes) => pictures.push(PaperPicture { name: file, bytes }),
            None => lost.push(file),
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

impl WordReader<'_> {
    fn place(&self) -> PaperPlace {
        PaperPlace { page: self.page, line: self.line }
    }

    fn turn_page(&mut self) {
        if self.page > 0 {
            self.page += 1;
        }
    }

    /// The label of a note that is mentioned.
    fn note(&mut self, end: bool, id: &str) -> Option<String> {
        let note = (end, id.to_owned());
        let at = self.notes.iter().position(|other| *other == note).unwrap_or_else(|| {
            self.notes.push(note);
            self.notes.len() - 1
        });
        Some((at + 1).to_string())
    }

    /// The words of the notes that were mentioned, by label.
    fn bodies(&mut self, feet: &str, ends: &str) -> BTreeMap<String, Vec<Vec<TextRun>>> {
        let mut bodies = BTreeMap::new();
        let trees = [(false, xml::parse(feet)), (true, xml::parse(ends))];
        let mentioned = self.notes.clone();
        for (end, tree) in &trees {
            let Some(tree) = tree else { continue };
            let name = if *end { "endnote" } else { "footnote" };
            for node in tree.root_element().children().filter(|node| xml::is(*node, name)) {
                let id = xml::attribute(node, "id").unwrap_or_default();
                let Some(at) = mentioned.iter().position(|(of, other)| of == end && other == id) else { continue };
                let paragraphs = node.descendants().filter(|node| xml::is(*node, "p"));
                let paragraphs: Vec<Vec<TextRun>> = paragraphs.map(|paragraph| self.runs(paragraph)).collect();
                let body = paragraphs.into_iter().map(blocks::tidy).filter(|runs| !runs.is_empty()).collect();
                bodies.insert((at + 1).to_string(), body);
            }
        }
        self.bookmarks.clear();
        bodies
    }

    fn comment(&mut self, id: &str) {
        if let Some((author, words)) = self.comments.get(id) {
            let says = format!("a comment of {} is left out", crate::import::report::first_words(author));
            let (place, words) = (self.place(), words.clone());
            self.report.leave_out(About::Comment, place, says, &words);
        }
    }

    /// Takes the pictures of a drawing.
    fn drawing(&mut self, node: Node<'_, '_>, runs: &mut Vec<TextRun>) {
        let older = |node: &Node<'_, '_>| node.ancestors().any(|other| xml::is(other, "Fallback"));
        let words = node.descendants().find(|inner| xml::is(*inner, "docPr"));
        let words = words.and_then(|inner| xml::attribute(inner, "descr")).unwrap_or_default().to_owned();
        for inner in node.descendants().filter(|inner| !older(inner)) {
            let id = match inner.tag_name().name() {
                "blip" => xml::attribute(inner, "embed"),
                "imagedata" => xml::attribute(inner, "id"),
                _ => None,
            };
            let relation = id.and_then(|id| self.relations.get(id)).filter(|relation| !relation.external);
            let Some(path) = relation.map(|relation| relation.target.clone()) else { continue };
            let n = self.pictures.iter().position(|other| *other == path).unwrap_or_else(|| {
                self.pictures.push(path.clone());
                self.pictures.len() - 1
            });
            let place = self.place();
            self.report.add(About::Picture, place, remark(&words), &words);
            runs.push(TextRun::words(" "));
            runs.push(TextRun::Picture { file: picture_name(&self.name, n, &path), words: words.clone() });
        }
    }
}

/// The number that a field counts within a paragraph: in the list that it names, or below the
/// paragraph in its own.
fn number_within(reader: &mut WordReader<'_>, field: &ListField) -> String {
    let named = field.name.as_deref().and_then(|name| reader.numbering.list_named(name));
    let own = reader.list.clone().filter(|_| field.name.is_none());
    let list = named.map(|list| (list, 0)).or_else(|| own.map(|(list, level)| (list, level + 1)));
    match list {
        Some((list, level)) => {
            let level = field.level.unwrap_or(level).min(8);
            match reader.numbering.count(&mut reader.counters, &list, level) {
                Label::Printed(text) => text,
                Label::None | Label::Bullet => String::new(),
            }
        }
        None => reader.built_in.count(field),
    }
}
