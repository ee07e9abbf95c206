//! Bounds of a page that has many lists of places, so that a browser can open it however large the
//! site is.
//!
//! Takes lists; says how much of each the page shows, and how the rest is found. Knows nothing of
//! what is listed.

use crate::output::SEARCH_PAGE;
use crate::percent::encoded;
use crate::render::context::RenderContext;
use crate::render::view::Link;

/// Number of places that all the lists of a page name.
const PLACES: usize = 2_400;
/// Number of places that each list names in any case.
const LEAST: usize = 12;

/// Returns how many places each list of a page may name, for lists of these lengths: any number,
/// unless the page would have too many. A short list leaves its share to the others.
pub fn share(cx: &RenderContext<'_>, lengths: impl Iterator<Item = usize> + Clone) -> usize {
    let named = |most: usize| lengths.clone().map(|length| length.min(most)).sum::<usize>();
    // Without search, nobody could find the rest.
    if cx.index.is_none() || named(usize::MAX) <= PLACES {
        return usize::MAX;
    }
    let mut most = lengths.clone().max().unwrap_or_default();
    while most > LEAST && named(most) > PLACES {
        most = (most * 3 / 4).max(LEAST);
    }
    most
}

/// Cuts a list down to a page's share of it. Returns how many places are left out.
pub fn cut(links: &mut Vec<Link>, share: usize) -> usize {
    let more = links.len().saturating_sub(share);
    links.truncate(share);
    more
}

/// Returns the address of a search for words.
pub fn search_for(cx: &RenderContext<'_>, words: &str) -> String {
    format!("{}?q={}", cx.page.link_to(&SEARCH_PAGE.path()), encoded(words))
}
