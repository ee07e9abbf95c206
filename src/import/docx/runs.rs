//! The words of one paragraph of Word, with fields, notes, links and tracked changes.
//!
//! Takes a paragraph; gives its runs. Inserted words are taken and deleted ones left out, and both
//! are reported. A field that spans paragraphs, and the notes and pictures that are mentioned, are
//! remembered from one to the next.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::fields::{Field, Fields};
use super::listnum::ListField;
use super::mentioned::Mentioned;
use super::xml;
use super::{WordReader, picture_name};
use crate::import::blocks::{self, RunStyle, TextRun};
use crate::import::report::{About, first_words};

/// The fields that are open, and what was met within paragraphs.
#[derive(Default)]
pub struct InRuns {
    fields: Fields,
    bookmarks: Vec<String>,
    /// The notes: whether it is an endnote, and its id.
    notes: Mentioned<(bool, String)>,
    /// The pictures by their paths.
    pictures: Mentioned<String>,
}

impl InRuns {
    /// Takes the bookmark that begins at a node.
    pub fn bookmark(&mut self, node: Node<'_, '_>) {
        self.bookmarks.extend(xml::attribute(node, "name").map(str::to_owned));
    }

    /// Returns the bookmarks that began since they were last asked for.
    pub fn take_bookmarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.bookmarks)
    }

    /// Takes bookmarks back, so that they begin in what comes next.
    pub fn carry_bookmarks(&mut self, mut bookmarks: Vec<String>) {
        bookmarks.append(&mut self.bookmarks);
        self.bookmarks = bookmarks;
    }

    /// Returns the paths of the pictures that are shown, in order.
    pub fn into_pictures(self) -> Vec<String> {
        self.pictures.into_order()
    }
}

/// Elements around a run.
#[derive(Default)]
struct Surroundings {
    deleted: bool,
    inserted: bool,
    /// In a text box or in the older form of what has been read already.
    elsewhere: bool,
    link: Option<String>,
    field: Option<String>,
}

impl WordReader<'_> {
    /// Reads the runs of a paragraph.
    pub(super) fn runs(&mut self, paragraph: Node<'_, '_>) -> Vec<TextRun> {
        let mut runs = Vec::new();
        let (mut inserted, mut deleted) = (String::new(), String::new());
        for node in paragraph.descendants() {
            if xml::is(node, "bookmarkStart") {
                self.within.bookmark(node);
            }
            if xml::is(node, "oMath") {
                let says = "a formula is its letters in a row: write it again beside the paper";
                self.remarks.add(About::Left, says, &xml::words(node));
            }
            if xml::is(node, "showingPlcHdr") {
                self.remarks.add(About::Left, "a field to fill in shows what to fill in, and is words", "");
            }
            if !xml::is(node, "r") {
                continue;
            }
            let around = self.around(node, paragraph);
            if around.elsewhere {
                continue;
            }
            if around.deleted {
                deleted.push_str(&xml::words(node));
                continue;
            }
            let from = runs.len();
            self.run(node, &around, &mut runs);
            if around.inserted {
                inserted.push_str(&blocks::plain(runs.get(from..).unwrap_or_default()));
            }
        }
        if !inserted.trim().is_empty() {
            self.remarks.add(About::Inserted, "tracked words that were put in are taken", &inserted);
        }
        if !deleted.trim().is_empty() {
            self.remarks.leave_out(About::Deleted, "tracked words that were deleted are left out", &deleted);
        }
        runs
    }

    fn around(&self, run: Node<'_, '_>, paragraph: Node<'_, '_>) -> Surroundings {
        let mut around = Surroundings::default();
        for node in run.ancestors().skip(1).take_while(|node| *node != paragraph) {
            match node.tag_name().name() {
                "del" | "moveFrom" => around.deleted = true,
                "ins" | "moveTo" => around.inserted = true,
                "txbxContent" | "Fallback" | "rt" => around.elsewhere = true,
                "hyperlink" => {
                    let relation = xml::attribute(node, "id").and_then(|id| self.parts.relations.get(id));
                    let outside = relation.filter(|relation| relation.external).map(|relation| relation.target.clone());
                    around.link = outside.or_else(|| xml::attribute(node, "anchor").map(|anchor| format!("#{anchor}")));
                }
                "fldSimple" => {
                    let field = Field::of(xml::attribute(node, "instr").unwrap_or_default());
                    around.field = field.bookmark().map(str::to_owned);
                    around.link = field.link().or(around.link);
                }
                _ => {}
            }
        }
        around
    }

    fn run(&mut self, run: Node<'_, '_>, around: &Surroundings, runs: &mut Vec<TextRun>) {
        let properties = xml::child(run, "rPr");
        if xml::is_on(properties, "vanish") == Some(true) {
            let words = xml::words(run);
            if !words.is_empty() {
                self.remarks.leave_out(About::Left, "hidden words are left out", &words);
            }
            return;
        }
        let style = self.style(properties);
        for node in run.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "t" => self.push(node.text().unwrap_or_default(), style, around, runs),
                "tab" | "ptab" => self.push("\t", style, around, runs),
                "noBreakHyphen" => self.push("-", style, around, runs),
                "sym" => {
                    let code = xml::attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let sign = code.and_then(char::from_u32).map_or('•', sign_of_font);
                    let says = format!("a sign of a symbol font is \u{201c}{sign}\u{201d} here: compare it");
                    self.remarks.add(About::Left, says, "");
                    self.push(&sign.to_string(), style, around, runs);
                }
                "br" | "cr" => {
                    if xml::attribute(node, "type") == Some("page") {
                        self.remarks.turn_page();
                    } else {
                        runs.push(TextRun::Break);
                    }
                }
                "lastRenderedPageBreak" => self.remarks.turn_page(),
                "instrText" => self.within.fields.instruct(node.text().unwrap_or_default()),
                "fldChar" => self.field(xml::attribute(node, "fldCharType").unwrap_or_default(), runs),
                "footnoteReference" | "endnoteReference" => {
                    let end = node.tag_name().name() == "endnoteReference";
                    let id = xml::attribute(node, "id").unwrap_or_default();
                    runs.push(TextRun::Note(note_label(self.within.notes.mention((end, id.to_owned())))));
                }
                "commentReference" => self.comment(xml::attribute(node, "id").unwrap_or_default()),
                "drawing" | "pict" | "object" | "AlternateContent" => self.drawing(node, runs),
                _ => {}
            }
        }
    }

    fn style(&self, properties: Option<Node<'_, '_>>) -> RunStyle {
        let (strong, emphasis) = properties
            .and_then(|properties| xml::value(properties, "rStyle"))
            .map_or((false, false), |id| self.parts.styles.letters(id));
        RunStyle {
            strong: xml::is_on(properties, "b").unwrap_or(strong),
            emphasis: xml::is_on(properties, "i").unwrap_or(emphasis),
            struck: xml::is_on(properties, "strike").unwrap_or(false),
            raised: properties.and_then(|properties| xml::value(properties, "vertAlign")) == Some("superscript"),
            code: false,
        }
    }

    /// Takes words: of a reference, of a link, or plain ones. What a field says to do is no words.
    fn push(&mut self, text: &str, style: RunStyle, around: &Surroundings, runs: &mut Vec<TextRun>) {
        if !self.within.fields.pass(text) {
            return;
        }
        if let Some(to) = &around.field {
            runs.push(TextRun::Field { words: text.to_owned(), to: to.clone() });
            return;
        }
        let link = around.link.clone().or_else(|| self.within.fields.link());
        runs.push(TextRun::Words { text: text.to_owned(), style, link });
    }

    fn field(&mut self, kind: &str, runs: &mut Vec<TextRun>) {
        match kind {
            "begin" => self.within.fields.begin(),
            "separate" => self.within.fields.separate(),
            "end" => {
                let Some(field) = self.within.fields.end() else { return };
                if let Some(to) = field.bookmark() {
                    runs.push(TextRun::Field { words: field.words().to_owned(), to: to.to_owned() });
                } else if let Some(list) = ListField::of(field.instruction()) {
                    let number = self.counting.field(&list);
                    self.remarks.add(About::Number, "a number within a paragraph is counted by a field", &number);
                    runs.push(TextRun::words(number));
                }
            }
            _ => {}
        }
    }

    /// Returns the words of the notes that were mentioned, by label.
    pub(super) fn notes(&mut self, feet: &str, ends: &str) -> BTreeMap<String, Vec<Vec<TextRun>>> {
        let mut bodies = BTreeMap::new();
        // A mark within a note is not one of the body.
        let known = self.within.notes.len();
        for (end, name, tree) in [(false, "footnote", xml::parse(feet)), (true, "endnote", xml::parse(ends))] {
            let Some(tree) = tree else { continue };
            for node in tree.root_element().children().filter(|node| xml::is(*node, name)) {
                let id = xml::attribute(node, "id").unwrap_or_default();
                let at = self.within.notes.place(&(end, id.to_owned())).filter(|at| *at < known);
                let Some(at) = at else { continue };
                let paragraphs = node.descendants().filter(|node| xml::is(*node, "p"));
                let paragraphs: Vec<Vec<TextRun>> = paragraphs.map(|paragraph| self.runs(paragraph)).collect();
                let body = paragraphs.into_iter().map(blocks::tidy).filter(|runs| !runs.is_empty()).collect();
                bodies.insert(note_label(at), body);
            }
        }
        bodies
    }

    fn comment(&mut self, id: &str) {
        if let Some((author, words)) = self.parts.comments.get(id) {
            let says = format!("a comment of {} is left out", first_words(author));
            self.remarks.leave_out(About::Comment, says, words);
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
            let relation = id.and_then(|id| self.parts.relations.get(id)).filter(|relation| !relation.external);
            let Some(path) = relation.map(|relation| relation.target.clone()) else { continue };
            let file = picture_name(&self.parts.name, self.within.pictures.mention(path.clone()), &path);
            self.remarks.picture(&words);
            runs.push(TextRun::words(" "));
            runs.push(TextRun::Picture { file, words: words.clone() });
        }
    }
}

/// The label of the note that is mentioned at a place among all.
fn note_label(place: usize) -> String {
    (place + 1).to_string()
}

/// Returns the comments by their ids: who made each, and its words.
pub fn comments_of(tree: &Document<'_>) -> BTreeMap<String, (String, String)> {
    let nodes = tree.root_element().children().filter(|node| xml::is(*node, "comment"));
    let comment = |node: Node<'_, '_>| {
        let author = xml::attribute(node, "author").unwrap_or("somebody").to_owned();
        Some((xml::attribute(node, "id")?.to_owned(), (author, xml::words(node))))
    };
    nodes.filter_map(comment).collect()
}

/// The letter of Unicode that is like a sign of a symbol font, whose codes are private. A bullet is
/// in the place of one that is not known.
fn sign_of_font(code: char) -> char {
    const LIKE: [(u32, char); 12] = [
        (0x6c, '●'),
        (0x6e, '■'),
        (0x6f, '☐'),
        (0x71, '❑'),
        (0xa7, '▪'),
        (0xa8, '☐'),
        (0xb7, '•'),
        (0xd8, '➢'),
        (0xe0, '→'),
        (0xfb, '✗'),
        (0xfc, '✓'),
        (0xfe, '☑'),
    ];
    if !matches!(code, '\u{e000}'..='\u{f8ff}') {
        return code;
    }
    let low = u32::from(code) & 0xff;
    LIKE.iter().find(|(own, _)| *own == low).map_or('•', |(_, like)| *like)
}
