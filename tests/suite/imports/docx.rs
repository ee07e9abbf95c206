//! Documents of Word, made by hand: a zip of the parts that a test names.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A document in the making.
#[derive(Clone, Default)]
pub struct Docx {
    body: String,
    definitions: String,
    lists: String,
    styles: String,
    footnotes: String,
    endnotes: String,
    comments: String,
    relations: String,
    core: String,
    more: Vec<(String, Vec<u8>)>,
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"";
const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A run of words.
pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A run with properties.
pub fn rp(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of runs with properties.
pub fn pp(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

/// A field of several runs.
pub fn field(instruction: &str, result: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{}<w:r><w:instrText>{instruction}</w:instrText></w:r>{}{}{}",
        mark("begin"),
        mark("separate"),
        r(result),
        mark("end")
    )
}

impl Docx {
    pub fn new() -> Self {
        Docx::default()
    }

    /// Adds anything to the body.
    pub fn raw(mut self, xml: &str) -> Self {
        self.body.push_str(xml);
        self
    }

    /// Adds a paragraph of words.
    pub fn p(self, text: &str) -> Self {
        self.raw(&pp("", &r(text)))
    }

    /// Adds a paragraph in a list.
    pub fn num(self, list: u32, level: u32, text: &str) -> Self {
        self.num_runs(list, level, &r(text))
    }

    /// Adds a paragraph of runs in a list.
    pub fn num_runs(self, list: u32, level: u32, runs: &str) -> Self {
        let properties = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        self.raw(&pp(&properties, runs))
    }

    /// Adds a paragraph in a style.
    pub fn styled(self, style: &str, text: &str) -> Self {
        self.raw(&pp(&format!("<w:pStyle w:val=\"{style}\"/>"), &r(text)))
    }

    /// Defines a list of levels, each of a form and a text, or more.
    pub fn list(self, id: u32, levels: &[(&str, &str)]) -> Self {
        let levels: Vec<(&str, &str, &str)> = levels.iter().map(|(form, text)| (*form, *text, "")).collect();
        self.list_with(id, &levels)
    }

    /// Defines a list whose levels have more in them.
    pub fn list_with(mut self, id: u32, levels: &[(&str, &str, &str)]) -> Self {
        let levels: String = levels
            .iter()
            .enumerate()
            .map(|(at, (form, text, more))| {
                let start = if more.contains("w:start ") { "" } else { "<w:start w:val=\"1\"/>" };
                format!("<w:lvl w:ilvl=\"{at}\">{start}<w:numFmt w:val=\"{form}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>")
            })
            .collect();
        self.definitions.push_str(&format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>"));
        self.again(id, id, "")
    }

    /// Adds a list of a definition, with what it overrides.
    pub fn again(mut self, id: u32, definition: u32, overrides: &str) -> Self {
        self.lists
            .push_str(&format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{definition}\"/>{overrides}</w:num>"));
        self
    }

    /// Defines anything beside the lists.
    pub fn define(mut self, xml: &str) -> Self {
        self.definitions.push_str(xml);
        self
    }

    /// Adds a style of paragraphs.
    pub fn style(mut self, id: &str, name: &str, more: &str) -> Self {
        self.styles.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{more}</w:style>"
        ));
        self
    }

    /// Adds the headings that Word has.
    pub fn headings(self) -> Self {
        (1..=4).fold(self, |docx, rank| docx.style(&format!("Heading{rank}"), &format!("heading {rank}"), ""))
    }

    pub fn footnote(mut self, id: u32, text: &str) -> Self {
        self.footnotes.push_str(&format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
            r(text)
        ));
        self
    }

    pub fn endnote(mut self, id: u32, text: &str) -> Self {
        self.endnotes.push_str(&format!("<w:endnote w:id=\"{id}\"><w:p>{}</w:p></w:endnote>", r(text)));
        self
    }

    pub fn comment(mut self, id: u32, text: &str) -> Self {
        self.comments
            .push_str(&format!("<w:comment w:id=\"{id}\" w:author=\"Ann\"><w:p>{}</w:p></w:comment>", r(text)));
        self
    }

    pub fn title(mut self, title: &str) -> Self {
        self.core = format!("<dc:title>{title}</dc:title>");
        self
    }

    /// Adds a file that the body has a relation to.
    pub fn part(mut self, id: &str, kind: &str, target: &str, bytes: &[u8]) -> Self {
        self.relations.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{TYPE}/{kind}\" Target=\"{target}\"/>"));
        self.more.push((format!("word/{target}"), bytes.to_vec()));
        self
    }

    /// Adds an address that the body has a relation to.
    pub fn address(mut self, id: &str, target: &str) -> Self {
        let row = format!(
            "<Relationship Id=\"{id}\" Type=\"{TYPE}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>"
        );
        self.relations.push_str(&row);
        self
    }

    /// The bytes of the document.
    pub fn bytes(&self) -> Vec<u8> {
        let part = |name: &str, inner: &str| {
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{name} {W}>{inner}</w:{name}>")
        };
        let relations = |rows: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rows}</Relationships>"
            )
        };
        let row = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{TYPE}/{kind}\" Target=\"{target}\"/>")
        };
        let top = row("rId1", "officeDocument", "word/document.xml")
            + &row("rId2", "metadata/core-properties", "docProps/core.xml");
        let own = ["styles", "numbering", "footnotes", "endnotes", "comments"]
            .map(|name| row(name, name, &format!("{name}.xml")))
            .concat();
        let core = format!(
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{}</cp:coreProperties>",
            self.core
        );
        let mut files: Vec<(String, Vec<u8>)> = vec![
            ("_rels/.rels".to_owned(), relations(&top).into_bytes()),
            ("word/_rels/document.xml.rels".to_owned(), relations(&(own + &self.relations)).into_bytes()),
            ("docProps/core.xml".to_owned(), core.into_bytes()),
            ("word/document.xml".to_owned(), part("document", &format!("<w:body>{}</w:body>", self.body)).into_bytes()),
            ("word/styles.xml".to_owned(), part("styles", &self.styles).into_bytes()),
            (
                "word/numbering.xml".to_owned(),
                part("numbering", &format!("{}{}", self.definitions, self.lists)).into_bytes(),
            ),
            ("word/footnotes.xml".to_owned(), part("footnotes", &self.footnotes).into_bytes()),
            ("word/endnotes.xml".to_owned(), part("endnotes", &self.endnotes).into_bytes()),
            ("word/comments.xml".to_owned(), part("comments", &self.comments).into_bytes()),
        ];
        files.extend(self.more.iter().cloned());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}
