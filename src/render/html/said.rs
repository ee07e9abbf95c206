//! Words of the program in markup: an element of their own where they are English and the page is
//! not.

use serde::{Serialize, Serializer};

use super::HtmlWriter;
use crate::strings::Words;

impl Words {
    /// Writes the words.
    pub fn write(&self, writer: &mut HtmlWriter) {
        writer.tag(if self.is_foreign() { "<span lang=\"en\" dir=\"ltr\">" } else { "" });
        writer.text(self.text());
        writer.tag(if self.is_foreign() { "</span>" } else { "" });
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_foreign() {
            return serializer.serialize_str(self.text());
        }
        let mut writer = HtmlWriter::default();
        self.write(&mut writer);
        tera::Value::safe_string(&writer.finish()).serialize(serializer)
    }
}
