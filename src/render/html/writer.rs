//! The one writer of markup in clausebook.
//!
//! Takes tags, which are constants, and what an author wrote, which is escaped; gives markup.
//! Whatever is not a constant of the program passes through [`HtmlWriter::text`] or
//! [`HtmlWriter::attribute`].

/// Markup in the making.
#[derive(Default)]
pub struct HtmlWriter(String);

impl HtmlWriter {
    /// Returns the finished markup.
    pub fn finish(self) -> String {
        self.0
    }

    /// Writes a tag, which is a constant of the program.
    pub fn tag(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Writes text so that it is nothing but text.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.0);
    }

    /// Writes an attribute in a tag that is open: ` name="value"`.
    pub fn attribute(&mut self, name: &'static str, value: &str) {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        escape(value, &mut self.0);
        self.0.push('"');
    }
}

/// Writes text so that it is nothing but text, in an element and in a quoted attribute alike.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        let (plain, special) = rest.split_at(at);
        let mut special = special.chars();
        out.push_str(plain);
        out.push_str(match special.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "&quot;",
        });
        rest = special.as_str();
    }
    out.push_str(rest);
}
