//! A text as it is before its folder is a site.
//!
//! Takes the text of a file; gives the numbering that it shows, its clauses, and the links that
//! will need help. `init` prints it.

use super::{PaperFormat, import, markdown};

/// Findings about one text.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The numbering that fits it.
    pub numbering: String,
    /// The number of clauses under that numbering.
    pub clauses: usize,
    /// The number of links that lead to neither the web nor a file beside it.
    pub links: usize,
    /// Whether the text has front matter.
    pub has_front_matter: bool,
}

/// Looks at one Markdown text. `has_file` says whether a path from its folder leads to a file.
pub fn survey(text: &str, has_file: &dyn Fn(&str) -> bool) -> Seen {
    let has_front_matter = text.starts_with("+++") || text.starts_with("---");
    let imported = import(PaperFormat::Markdown, "text", text.as_bytes()).unwrap_or_default();
    let leads = |link: &str| {
        let path = link.split(['#', '?']).next().unwrap_or_default();
        link.contains("://") || link.starts_with("mailto:") || path.is_empty() || has_file(path)
    };
    let links = markdown::links(text).iter().filter(|link| !leads(link)).count();
    Seen { numbering: imported.report.numbering, clauses: imported.report.clauses, links, has_front_matter }
}
