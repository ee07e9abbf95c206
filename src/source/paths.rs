//! Names of the files and folders that a site is made from.
//!
//! Holds each name once. Takes a path below the site's folder; says what the file is by its name.

/// The file that makes a folder a site.
pub const SETTINGS: &str = "site.toml";
/// The register of authorities.
pub const REGISTER: &str = "authorities.toml";
/// File of relations between clauses.
pub const RELATIONS: &str = "relations.toml";
/// Folder of the ledger.
pub const PERMALINKS: &str = "permalinks/";
/// Record of what became of addresses, which people write.
pub const MOVES: &str = "permalinks/moves.toml";
/// The list of editions.
pub const EDITIONS: &str = "permalinks/editions.toml";
/// Folder of the site's own theme.
pub const OWN_THEME: &str = "theme/";
/// Folder of the themes that settings may name, beside the site's folder.
pub const THEMES: &str = "../themes/";
/// Prefix for the path of a file of the extended site to which the site may add its own file of the
/// same path.
pub const UPSTREAM: &str = "../upstream/";
/// The glossary that a site adds to that of the site which it extends.
pub const LOCAL_GLOSSARY: &str = "local-words.md";

/// Returns the path of a document's text without its ending: `.md` or `.markdown`, in letters of
/// either case.
pub fn text_stem(path: &str) -> Option<&str> {
    [".md", ".markdown"].into_iter().find_map(|ending| {
        let (stem, last) = path.split_at_checked(path.len().checked_sub(ending.len())?)?;
        last.eq_ignore_ascii_case(ending).then_some(stem)
    })
}

/// Returns the folder of a path, without a slash at its end; empty at the top.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns whether a text is the first of its folder, or of the site: `index.md`, or in a folder
/// `README.md`.
pub fn is_index(path: &str) -> bool {
    let stem = text_stem(path).unwrap_or_default();
    match stem.rsplit_once('/') {
        Some((_, name)) => name == "index" || name == "README",
        None => stem == "index",
    }
}

/// A text that its name gives a place of its own in a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteText {
    /// The home page: `index.md`.
    Home,
    /// The page about the copy: `about.md`.
    About,
    /// The words that the site explains: `glossary.md`.
    Glossary,
}

impl SiteText {
    /// Returns the place that a text has by its path.
    pub fn of(path: &str) -> Option<Self> {
        match text_stem(path)? {
            "index" => Some(SiteText::Home),
            "about" => Some(SiteText::About),
            "glossary" => Some(SiteText::Glossary),
            _ => None,
        }
    }
}
