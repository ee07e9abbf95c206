//! The words of one paragraph of Word, with fields, notes, links and tracked changes.
//!
//! Takes a paragraph; gives its runs. Inserted words are taken and deleted ones left out, and both
//! are reported. A field that spans paragraphs is remembered from one to the next.

use roxmltree::Node;

use super::listnum::ListField;
use super::xml;
use super::{WordReader, number_within};
use crate::import::blocks::{RunStyle, TextRun};
use crate::import::report::About;

/// A field that has begun.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Instruction: `REF _Ref1 \r \h`.
    instruction: String,
    /// Whether its result has begun.
    result: bool,
    /// The words of the result, if it is a reference.
    words: String,
}

impl Field {
    /// The bookmark that a reference names.
    fn bookmark(&self) -> Option<&str> {
        let mut words = self.instruction.split_whitespace();
        let kind = words.next()?;
        let name = words.next()?.trim_matches('"');
        kind.eq_ignore_ascii_case("REF").then_some(name)
    }

    /// The place that a link leads to.
    fn link(&self) -> Option<String> {
        let (kind, rest) = self.instruction.trim_start().split_once(char::is_whitespace)?;
        if !kind.eq_ignore_ascii_case("HYPERLINK") {
            return None;
        }
        let inside = rest.contains("\\l");
        let target = rest.split('"').nth(1)?;
        Some(if inside { format!("#{target}") } else { target.to_owned() })
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
                self.bookmarks.extend(xml::attribute(node, "name").map(str::to_owned));
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
                inserted.push_str(&crate::import::blocks::plain(runs.get(from..).unwrap_or_default()));
            }
        }
        let place = self.place();
        if !inserted.trim().is_empty() {
            self.report.add(About::Inserted, place, "tracked words that were put in are taken", &inserted);
        }
        if !deleted.trim().is_empty() {
            self.report.leave_out(About::Deleted, place, "tracked words that were deleted are left out", &deleted);
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
                    let relation = xml::attribute(node, "id").and_then(|id| self.relations.get(id));
                    let outside = relation.filter(|relation| relation.external).map(|relation| relation.target.clone());
                    around.link = outside.or_else(|| xml::attribute(node, "anchor").map(|anchor| format!("#{anchor}")));
                }
                "fldSimple" => {
                    let instruction = xml::attribute(node, "instr").unwrap_or_default().to_owned();
                    let field = Field { instruction, ..Field::default() };
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
                let place = self.place();
                self.report.leave_out(About::Left, place, "hidden words are left out", &words);
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
                    let sign =
                        code.and_then(char::from_u32).map_or('•', |sign| if sign == '\u{f0b7}' { '•' } else { sign });
                    let place = self.place();
                    self.report.add(About::Left, place, format!("a sign of a symbol font is {sign:?} here"), "");
                    self.push(&sign.to_string(), style, around, runs);
                }
                "br" | "cr" => {
                    if xml::attribute(node, "type") == Some("page") {
                        self.turn_page();
                    } else {
                        runs.push(TextRun::Break);
                    }
                }
                "lastRenderedPageBreak" => self.turn_page(),
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.result) {
                        field.instruction.push_str(node.text().unwrap_or_default());
                    }
                }
                "fldChar" => self.field(xml::attribute(node, "fldCharType").unwrap_or_default(), runs),
                "footnoteReference" | "endnoteReference" => {
                    let end = node.tag_name().name() == "endnoteReference";
                    let id = xml::attribute(node, "id").unwrap_or_default();
                    if let Some(label) = self.note(end, id) {
                        runs.push(TextRun::Note(label));
                    }
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
            .map_or((false, false), |id| self.styles.letters(id));
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
        if self.fields.last().is_some_and(|field| !field.result) {
            return;
        }
        if let Some(field) = self.fields.iter_mut().rev().find(|field| field.bookmark().is_some()) {
            field.words.push_str(text);
            return;
        }
        if let Some(to) = &around.field {
            runs.push(TextRun::Field { words: text.to_owned(), to: to.clone() });
            return;
        }
        let link = around.link.clone().or_else(|| self.fields.iter().rev().find_map(Field::link));
        runs.push(TextRun::Words { text: text.to_owned(), style, link });
    }

    fn field(&mut self, kind: &str, runs: &mut Vec<TextRun>) {
        match kind {
            "begin" if self.fields.len() < 50 => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                }
            }
            "end" => {
                let Some(field) = self.fields.pop() else { return };
                if let Some(to) = field.bookmark() {
                    runs.push(TextRun::Field { words: field.words.clone(), to: to.to_owned() });
                } else if let Some(list) = ListField::of(&field.instruction) {
                    let number = number_within(self, &list);
                    let place = self.place();
                    self.report.add(About::Number, place, "a number within a paragraph is counted by a field", &number);
                    runs.push(TextRun::words(number));
                }
            }
            _ => {}
        }
    }
}
