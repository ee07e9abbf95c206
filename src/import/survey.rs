//! A text as it is before its folder is a site.
//!
//! Takes the text of a file; gives the numbering that it shows, its clauses, and the links that
//! will need help. `init` prints it.

use super::{PaperFormat, import, markdown};
use crate::config::Config;
use crate::document::Numbering;
use crate::law::Register;
use crate::parse::{self, metadata};
use crate::source::SourceMap;

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
    let (numbering, clauses) = as_written(text).unwrap_or_else(|| {
        let report = import(PaperFormat::Markdown, "text", text.as_bytes()).unwrap_or_default().report;
        (report.numbering, report.clauses)
    });
    let leads = |link: &str| {
        let path = link.split(['#', '?']).next().unwrap_or_default();
        link.contains("://") || link.starts_with("mailto:") || path.is_empty() || has_file(path)
    };
    let links = markdown::links(text).iter().filter(|link| !leads(link)).count();
    Seen { numbering, clauses, links, has_front_matter }
}

/// The numbering that a text names itself, and the clauses that a build will find by it. None if it
/// names none, or is too large to be read.
fn as_written(text: &str) -> Option<(String, usize)> {
    let config = Config::default();
    if u64::try_from(text.len()).is_ok_and(|length| length > config.limits.file) {
        return None;
    }
    let mut sources = SourceMap::default();
    sources.insert("text.md", text);
    let file = sources.iter().next()?;
    let (range, _) = metadata::fences(&file.text)?;
    let (front, ..) = metadata::front_matter(file, range, &config, &mut Vec::new());
    let numbering = front.numbering?;
    let (name, _) = Numbering::ALL.into_iter().find(|(_, known)| *known == numbering)?;
    let (document, _) = parse::document(file, None, &config, &Register::default());
    Some((name.to_owned(), document?.whole_clauses().count()))
}
