//! The report of a document of Word while it is read, with the place that is reached.
//!
//! Takes remarks; adds each at the page and the paragraph that are read. Nothing else moves on.

use crate::import::blocks::PaperPlace;
use crate::import::pictures;
use crate::import::report::{About, Report};

/// A report, and the place that its next remark is about.
pub struct Remarks<'r> {
    report: &'r mut Report,
    place: PaperPlace,
}

impl<'r> Remarks<'r> {
    /// Begins before the first paragraph. `pages` says whether the document tells where pages end.
    pub fn new(report: &'r mut Report, pages: bool) -> Self {
        Remarks { report, place: PaperPlace { page: u32::from(pages), line: 0 } }
    }

    /// Returns the place that is reached.
    pub fn place(&self) -> PaperPlace {
        self.place
    }

    /// Counts the next paragraph.
    pub fn next_paragraph(&mut self) {
        self.place.line += 1;
    }

    /// Counts the next page, if the document tells where pages end.
    pub fn turn_page(&mut self) {
        if self.place.page > 0 {
            self.place.page += 1;
        }
    }

    /// Adds a remark about some words here.
    pub fn add(&mut self, about: About, says: impl Into<String>, words: &str) {
        self.report.add(about, self.place, says, words);
    }

    /// Reports a picture here.
    pub fn picture(&mut self, words: &str) {
        pictures::tell(self.report, self.place, words);
    }

    /// Adds a remark about words here that are left out.
    pub fn leave_out(&mut self, about: About, says: impl Into<String>, words: &str) {
        self.report.leave_out(about, self.place, says, words);
    }

    /// Adds a remark about some words of a place that was passed.
    pub fn add_at(&mut self, place: PaperPlace, about: About, says: impl Into<String>, words: &str) {
        self.report.add(about, place, says, words);
    }

    /// Adds a remark about words of a place that was passed, which are left out.
    pub fn leave_out_at(&mut self, place: PaperPlace, about: About, says: impl Into<String>, words: &str) {
        self.report.leave_out(about, place, says, words);
    }
}
