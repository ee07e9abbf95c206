//! The files of a theme: their names, the layers they are looked for in, and those that are
//! embedded in the program.

/// The texts and pictures of the default theme.
mod default_theme {
    include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));
}

pub use default_theme::FILES as EMBEDDED;
use default_theme::PUBLISHED;

/// Prefixes of the names of templates in Tera, one for each layer in the order that they are looked
/// for.
pub const LAYERS: [&str; 3] = ["site/", "theme/", "default/"];

/// The colours and the type of a copy: in a theme, and below `brand/` in the output.
pub const BRAND: &str = "brand.css";

/// The logo of a copy: in a theme, and below `brand/` in the output.
pub const LOGO: &str = "logo.svg";

/// The style of books: in a theme, and in each book.
pub const BOOK_STYLE: &str = "epub.css";

/// Returns a script, a style or a template of the default theme as it is published or run, by its
/// path in that.
pub fn published(path: &str) -> Option<&'static str> {
    PUBLISHED.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// Returns a text of the default theme, by its path in that.
pub fn embedded(path: &str) -> Option<&'static str> {
    let (_, bytes) = EMBEDDED.iter().find(|(known, _)| *known == path)?;
    std::str::from_utf8(bytes).ok()
}
