//! What is handed out of a site beside what a build gives.
//!
//! Takes a site; gives what a copy of it is a copy of, and the edition in one page of a document, a pack or the whole site.
//! Reads files only by the function that it is given.

use super::{limits, settings, upstream};
use crate::bundle::Identity;
use crate::diagnostic::Diagnostic;
use crate::output::{Artefact, OutPath};
use crate::parse::metadata::ledger::{EDITIONS, ledger};
use crate::render::single::{Materials, single};
use crate::render::{Ground, theme};
use crate::source::Site;
use crate::underway::{Piece, Work};

/// What a copy of the site is a copy of: its name, and the edition that its pages show at their foot. The day is that of the
/// ledger's edition of this name.
pub fn identity(site: &Site) -> Identity {
    let (config, _) = settings(site);
    let of = |path: &str| site.sources.find(path).map(|file| ledger(&[file]).0).unwrap_or_default();
    let ledger = of(EDITIONS).over(of(&upstream(EDITIONS)));
    let edition = config.edition.or_else(|| ledger.name_of(ledger.editions.len().checked_sub(1)?));
    let published = (0..ledger.editions.len()).find(|at| ledger.name_of(*at) == edition);
    let date = published.and_then(|at| ledger.editions.get(at)?.date);
    Identity { name: config.title, date, edition }
}

/// Why there is no page.
#[derive(Debug)]
pub enum NotMade {
    /// The site has no such document; with the nearest id that it has.
    Unknown(Option<String>),
    /// The template of the page is at fault.
    Template(Box<Diagnostic>),
}

/// Makes the page: of the document or pack with this id, or of the whole site if it is empty. `read` gives the bytes of a
/// file by its path below the site's folder.
///
/// # Errors
///
/// If there is no such document, or if the theme cannot make it.
pub fn page(
    Ground { corpus, theme, under_way, .. }: Ground<'_>,
    site: &Site,
    id: &str,
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<String, NotMade> {
    let of = match id {
        "" => None,
        id => Some(corpus.paper(id).map_err(|near| NotMade::Unknown(near.map(str::to_owned)))?),
    };
    // What lies in the site that this one extends was read with it.
    let read = |path: &str| match site.borrowed.get(path) {
        Some(bytes) => Some(bytes.to_vec()),
        None => read(path),
    };
    let files = theme::files(site, &corpus.config.theme.0, &corpus.config.brand, &mut Vec::new());
    let file = |path: &str| match files.get(path)? {
        Artefact::Made(bytes) => Some(bytes.to_vec()),
        Artefact::Copied { from, .. } => read(from),
        Artefact::Kept { .. } => None,
    };
    let text = |path: &str| file(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let shares = limits::shares(&site.sources, &corpus.config.limits);
    let piece = |page| Piece::new(Work::Words(page), theme.fallback()).with_shares(shares);
    let piece = OutPath::new("index.html").map(piece);
    let materials = Materials {
        theme,
        style: text("brand/brand.css") + "\n" + &text("static/style.css"),
        logo: file("brand/logo.svg").filter(|logo| !logo.is_empty()),
        read: &read,
        sources: &site.sources,
        begun: under_way.zip(piece).map(|(under_way, piece)| under_way.begin(piece)),
    };
    single(corpus, of, materials).map_err(NotMade::Template)
}
