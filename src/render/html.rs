//! The words of clauses, notes and headings as HTML; code highlighting.
//!
//! Takes pieces of a document and the page they will be on; gives markup. The one writer of
//! markup in clausebook: tags are constants, and what an author wrote passes through
//! [`HtmlWriter::text`] or [`HtmlWriter::attribute`]. Never reads HTML.

mod among;
mod code;
mod headed;
mod said;
mod state;
mod tables;
mod writer;

use std::ops::Range;

use crate::corpus::{Entry, EntryId, Goal, Place, PlacePart};
use crate::document::{Align, ClauseId, Element, MarkId, PictureId, Piece, ReferenceId, SectionId, Within};
use crate::output::AUTHORITIES_PAGE;
use crate::render::context::RenderContext;
use crate::strings::phrase;
pub use headed::clause_words;
use headed::heading_tags;
use state::BackLink;
pub use state::PageState;
use tables::{has_words, length_to_close, words_within};
pub use writer::HtmlWriter;

/// Returns words without hints that, if `facilitator`, are left out where a pack is printed for
/// participants.
pub fn words_for(state: &mut PageState<'_>, facilitator: bool, entry: EntryId, range: &Range<usize>) -> String {
    state.facilitator = facilitator;
    let words = words(state, entry, range, false);
    state.facilitator = false;
    words
}

/// Returns the words in a range of a document's pieces. With `hints`, words of the glossary lead
/// there at their first use in a section.
pub fn words(state: &mut PageState<'_>, entry: EntryId, range: &Range<usize>, hints: bool) -> String {
    let cx = state.cx;
    let source = cx.corpus.entry(entry);
    let mut body = BodyWriter {
        cx,
        state,
        source,
        entry,
        out: HtmlWriter::default(),
        closers: Vec::new(),
        head: false,
        linked: 0,
        hints,
        after: Vec::new(),
    };
    let mut pieces = source.document.pieces(range);
    while let [piece, rest @ ..] = pieces {
        pieces = rest;
        // A head without words heads nothing: the table begins with its first row.
        if *piece == Piece::Open(Element::TableHead) && !has_words(rest) {
            body.out.tag("<tbody>\n");
            pieces = rest.split_at_checked(length_to_close(rest)).map_or(&[], |(_, after)| after);
            continue;
        }
        body.piece(piece, rest);
    }
    body.out.finish()
}

struct BodyWriter<'s, 'a> {
    cx: RenderContext<'a>,
    state: &'s mut PageState<'a>,
    source: &'a Entry,
    entry: EntryId,
    out: HtmlWriter,
    closers: Vec<&'static str>,
    /// Whether the row that is open is a table's head.
    head: bool,
    /// Number of links that are open: none may be within another.
    linked: usize,
    /// Whether words of the glossary lead there.
    hints: bool,
    /// Words after a mention that leads nowhere from here, each with the number of elements that
    /// are open around it.
    after: Vec<(usize, String)>,
}

impl BodyWriter<'_, '_> {
    /// Writes a piece; `rest` is what comes after it.
    fn piece(&mut self, piece: &Piece, rest: &[Piece]) {
        match piece {
            Piece::Open(element) => self.open(element, rest),
            Piece::Close => self.close(),
            Piece::Text(text) => self.text(text),
            Piece::Code(code) => {
                self.out.tag("<code>");
                self.out.text(code);
                self.out.tag("</code>");
            }
            Piece::CodeBlock(language, code) => self.code_block(language, code),
            Piece::HardBreak => self.out.tag("<br/>\n"),
            Piece::Rule => self.out.tag("<hr/>\n"),
            Piece::TaskMark(done) => self.out.tag(if *done { "☑ " } else { "☐ " }),
            Piece::NoteMark(note) => self.mark(*note),
            Piece::Reference(at) => self.reference(*at),
            Piece::Picture(at) => self.picture(*at),
        }
    }

    fn open(&mut self, element: &Element, rest: &[Piece]) {
        let next = rest.first();
        let (open, close) = match element {
            Element::Paragraph => ("<p>", "</p>\n"),
            Element::Emphasis => ("<em>", "</em>"),
            Element::Strong => ("<strong>", "</strong>"),
            Element::Strikethrough => ("<del>", "</del>"),
            Element::Superscript => ("<sup>", "</sup>"),
            Element::Subscript => ("<sub>", "</sub>"),
            Element::Abbreviation(title) => among::open_abbreviation(&mut self.out, title),
            Element::List(None) => {
                let labelled = matches!(next, Some(Piece::Open(Element::Item(Some(_)))));
                (if labelled { "<ul class=\"labelled\">\n" } else { "<ul>\n" }, "</ul>\n")
            }
            Element::List(Some(first)) => {
                self.out.tag("<ol");
                if *first != 1 {
                    self.out.attribute("start", &first.to_string());
                }
                (">\n", "</ol>\n")
            }
            Element::Item(None) => {
                let task = matches!(next, Some(Piece::TaskMark(_)));
                (if task { "<li class=\"task\">" } else { "<li>" }, "</li>\n")
            }
            Element::Item(Some(sub)) => {
                self.sub_clause(*sub);
                ("", "</li>\n")
            }
            Element::Heading(section) => self.inner_heading(*section),
            Element::Quotation => ("<blockquote>\n", "</blockquote>\n"),
            Element::Alert(alert) => {
                among::open_alert(&self.cx, self.source, &mut self.out, *alert, rest);
                ("", "</div>\n")
            }
            Element::Table => {
                self.open_table(rest);
                (">\n<table>\n", "</tbody>\n</table>\n</div>\n")
            }
            Element::TableHead => {
                self.head = true;
                ("<thead>\n<tr>", "</tr>\n</thead>\n<tbody>\n")
            }
            Element::TableRow => {
                self.head = false;
                ("<tr>", "</tr>\n")
            }
            Element::TableCell(align) => {
                // A cell without words is no header: nothing could be read out for its column.
                let is_header = self.head && has_words(rest);
                self.out.tag(if is_header { "<th scope=\"col\"" } else { "<td" });
                let class = match align {
                    Align::Plain => None,
                    Align::Left => Some("left"),
                    Align::Centre => Some("centre"),
                    Align::Right => Some("right"),
                };
                class.into_iter().for_each(|class| self.out.attribute("class", class));
                (">", if is_header { "</th>" } else { "</td>" })
            }
            Element::DefinitionList => ("<dl>\n", "</dl>\n"),
            Element::DefinitionTerm => ("<dt>", "</dt>\n"),
            Element::Definition => ("<dd>", "</dd>\n"),
            Element::Link(url) => self.open_link(Some(url), None, rest),
            Element::Reference(at) => match self.destination(*at) {
                Some((Some(url), class)) => self.open_link(Some(&url), Some(class), rest),
                Some((None, _)) => {
                    self.after.extend(self.citation_of(*at).map(|words| (self.closers.len(), format!(" ({words})"))));
                    ("", "")
                }
                None => ("", ""),
            },
        };
        self.out.tag(open);
        self.closers.push(close);
    }

    /// Opens what holds a table, which may be wider than the page.
    fn open_table(&mut self, rest: &[Piece]) {
        self.state.tables += 1;
        self.out.tag("<div");
        self.out.attribute("class", tables::classes(self.source, rest));
        self.out.tag(" role=\"region\" tabindex=\"0\"");
        among::table_label(&self.cx, &mut self.out, self.state.tables);
    }

    /// Opens a link, unless one is open already or it leads nowhere.
    fn open_link(
        &mut self,
        url: Option<&str>,
        class: Option<&'static str>,
        rest: &[Piece],
    ) -> (&'static str, &'static str) {
        // An address within has no scheme.
        let outward = url.filter(|url| url.contains(':'));
        let address = match outward {
            Some(url) => self.cx.links.elsewhere(url),
            None => url.map(str::to_owned),
        };
        match address {
            Some(address) if self.linked == 0 && !address.is_empty() => {
                // Paper has the address of a work in the table of law.
                let class =
                    class.or_else(|| outward.and_then(|_| self.state.address_class(&address, &words_within(rest))));
                self.linked += 1;
                self.out.tag("<a");
                class.into_iter().for_each(|class| self.out.attribute("class", class));
                self.out.attribute("href", &address);
                (">", "</a>")
            }
            _ => ("", ""),
        }
    }

    fn close(&mut self) {
        let closer = self.closers.pop().unwrap_or_default();
        if closer == "</a>" {
            self.linked = self.linked.saturating_sub(1);
        }
        self.out.tag(closer);
        if let Some((_, words)) = self.after.pop_if(|(depth, _)| *depth == self.closers.len()) {
            self.out.text(&words);
        }
    }

    /// Citation of the place that a mention leads to, for a medium where it cannot be followed.
    fn citation_of(&self, reference: ReferenceId) -> Option<String> {
        let place = match self.source.resolution.targets[reference].to {
            Goal::Place(place) => place,
            Goal::Clauses(entry, first, _) => Place { entry, part: PlacePart::Clause(first) },
            _ => return None,
        };
        Some(self.cx.corpus.citation_from(self.entry, place))
    }

    /// Opens a heading among the words of a clause; its address is on the page of the whole
    /// document.
    fn inner_heading(&mut self, section: SectionId) -> (&'static str, &'static str) {
        let section = &self.source.document.sections[section];
        let (tag, close) = heading_tags(section.level);
        self.out.tag(tag);
        let among = self.state.id_among(self.source, &section.anchor);
        let id = self.cx.id(&among);
        if self.state.ids.insert(id.clone()) {
            self.out.attribute("id", &id);
        }
        (">", close)
    }

    fn sub_clause(&mut self, sub: ClauseId) {
        let clause = &self.source.document.clauses[sub];
        self.out.tag("<li class=\"sub\"");
        let anchor = self.source.document.clause_anchor(clause);
        let among = self.state.id_among(self.source, &anchor);
        let id = self.cx.id(&among);
        // A clause may be drawn in twice; its address is where it is first.
        if self.state.ids.insert(id.clone()) {
            self.out.attribute("id", &id);
        }
        self.out.tag(">");
        // Where clauses of several documents are on one page, an author's id might be there
        // twice.
        if let Some(label) = clause.label.as_ref().filter(|_| among == anchor) {
            self.out.tag("<span");
            self.out.attribute("id", &self.cx.id(label));
            self.out.tag("></span>");
        }
        self.out.tag("<span class=\"label\">(");
        self.out.text(clause.number.labels().last().map_or("", String::as_str));
        self.out.tag(")</span> ");
    }

    fn text(&mut self, text: &str) {
        if !self.hints || self.linked > 0 {
            return self.out.text(text);
        }
        let corpus = self.cx.corpus;
        let mut written = 0;
        for found in corpus.glossary.matches(text) {
            let word = &corpus.glossary.words[found.word];
            let page = &corpus.entry(word.entry).page;
            if !self.state.hinted.insert(found.word) {
                continue;
            }
            self.out.text(text.get(written..found.range.start).unwrap_or_default());
            let shown = text.get(found.range.clone()).unwrap_or_default();
            let url = self.cx.address_on(page, &word.anchor);
            if let Some(url) = &url {
                self.out.tag("<a class=\"word\"");
                self.out.attribute("href", url);
                self.out.tag(">");
            }
            if found.abbreviated {
                self.out.tag("<abbr");
                self.out.attribute("title", &word.term);
                self.out.tag(">");
                self.out.text(shown);
                self.out.tag("</abbr>");
            } else {
                self.out.text(shown);
            }
            self.out.tag(if url.is_some() { "</a>" } else { "" });
            written = found.range.end;
        }
        self.out.text(text.get(written..).unwrap_or_default());
    }

    fn mark(&mut self, mark: MarkId) {
        let mark = &self.source.document.marks[mark];
        let Some(number) = self.source.resolution.note_numbers[mark.note] else { return };
        let key = self.state.note_key(self.entry, mark.note);
        let words = self.place_words(mark.within);
        let marked = self.state.marks.get(&(self.entry, mark.note)).map_or(0, Vec::len);
        let id = self.cx.id(&format!("noteref-{key}-{}", marked + 1));
        let facilitator = self.state.facilitator;
        let backs = self.state.marks.entry((self.entry, mark.note)).or_default();
        backs.push(BackLink { id: id.clone(), words, facilitator });
        self.out.tag("<a class=\"mark\"");
        self.out.attribute("id", &id);
        self.out.attribute("href", &format!("#{}", self.state.note_id(self.entry, mark.note)));
        if let Some(kind) = self.cx.links.note_mark_type() {
            self.out.attribute("epub:type", kind);
        }
        self.out.attribute("role", "doc-noteref");
        among::mark_label(&self.cx, self.source, &mut self.out, number);
        self.out.tag("><sup>");
        self.out.text(&number.to_string());
        self.out.tag("</sup></a>");
    }

    /// Words for the place of a mark.
    fn place_words(&self, within: Within) -> String {
        let part = match within {
            Within::Clause(clause) => PlacePart::Clause(clause),
            Within::Section(section) => PlacePart::Section(section),
            Within::Note(_) | Within::Document => return self.cx.text(phrase::CitationText),
        };
        self.cx.corpus.short_citation(Place { entry: self.entry, part })
    }

    /// The address of what a mention leads to, if that can be reached from here, and the class of
    /// its link.
    fn destination(&self, reference: ReferenceId) -> Option<(Option<String>, &'static str)> {
        let target = &self.source.resolution.targets[reference];
        Some(match &target.to {
            Goal::Place(place) => (self.cx.address_of(*place), "ref"),
            Goal::Clauses(entry, first, _) => {
                let place = Place { entry: *entry, part: PlacePart::Clause(*first) };
                (self.cx.address_of(place), "ref")
            }
            Goal::Note(entry, note) => (self.cx.address_of_note(self.cx.corpus.entry(*entry), *note), "ref"),
            Goal::Asset(path, fragment) => (self.cx.links.address(self.cx.page, path, fragment.as_deref()), "file"),
            Goal::Authority(at, provisions) => {
                let authority = &self.cx.corpus.authorities[*at].authority;
                let address = authority.cited_address(provisions.first(), self.source.law_as_at());
                // A work without an address of its own has its place in the table of authorities.
                (address.or_else(|| self.cx.address_on(&AUTHORITIES_PAGE.path(), &authority.key)), "law")
            }
            Goal::Nowhere => return None,
        })
    }

    fn reference(&mut self, at: ReferenceId) {
        let target = &self.source.resolution.targets[at];
        if let Goal::Authority(authority, provisions) = &target.to
            && (provisions.len() > 1 || provisions.iter().any(|provision| provision.to.is_some()))
            && self.linked == 0
        {
            let cited = &self.cx.corpus.authorities[*authority];
            // Each provision of a list, and each end of a range, is a link of its own.
            let (authority, day) = (&cited.authority, self.source.law_as_at());
            self.link(authority.address_at(day), "law", &authority.title);
            let parts = authority.shown_parts(provisions);
            for (provision, (mark, shown)) in provisions.iter().zip(&parts) {
                self.out.tag(mark);
                match (provision.other_end(), shown.split_once('–')) {
                    (Some(end), Some((first, last))) => {
                        self.link(authority.provision_address_at(provision, day), "law", first);
                        self.out.tag("–");
                        self.link(authority.provision_address_at(&end, day), "law", last);
                    }
                    _ => self.link(authority.provision_address_at(provision, day), "law", shown),
                }
            }
            return;
        }
        // Away from its own document a bare number would name nothing.
        let words = match &target.to {
            Goal::Place(place) if self.state.mixed && self.source.page != *self.cx.page => {
                self.cx.corpus.citation_from(self.entry, *place)
            }
            _ => target.words.clone(),
        };
        match self.destination(at) {
            Some((url, class)) => {
                let leads = url.is_some();
                self.link(url, class, &words);
                if !leads
                    && let Some(citation) = self.citation_of(at).filter(|citation| !words.contains(citation.as_str()))
                {
                    self.out.text(&format!(" ({citation})"));
                }
            }
            None => self.out.text(&words),
        }
    }

    fn link(&mut self, url: Option<String>, class: &'static str, words: &str) {
        let (open, close) = self.open_link(url.as_deref(), Some(class), &[]);
        self.out.tag(open);
        self.out.text(words);
        self.out.tag(close);
        if close == "</a>" {
            self.linked = self.linked.saturating_sub(1);
        }
    }

    fn picture(&mut self, at: PictureId) {
        let picture = &self.source.document.pictures[at];
        let Some((path, _)) = self.cx.corpus.assets.get(&picture.path) else { return self.out.text(&picture.words) };
        let address = self.cx.links.picture(self.cx.page, path);
        let Some(address) = address else { return self.out.text(&format!("[{}]", picture.words)) };
        self.out.tag("<img");
        self.out.attribute("src", &address);
        self.out.attribute("alt", &picture.words);
        self.out.tag("/>");
    }

    fn code_block(&mut self, language: &str, code: &str) {
        self.out.tag("<pre class=\"code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.attribute("class", &format!("language-{language}"));
        }
        self.out.tag(">");
        code::write(&mut self.out, language, code);
        self.out.tag("</code></pre>\n");
    }
}
