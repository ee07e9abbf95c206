//! Links to terms and to taxonomies, with how many clauses carry each.

use crate::config::{TaxonomyId, TermRef};
use crate::render::context::RenderContext;
use crate::render::view::{Link, TaxonomyList, TermLink};

/// Returns a term with its page.
pub fn term(cx: &RenderContext<'_>, term: TermRef) -> Option<TermLink> {
    let declared = cx.corpus.config.term(term);
    Some(TermLink {
        slug: declared.slug.clone(),
        title: declared.title.clone(),
        description: declared.description.clone(),
        url: cx.address(&cx.corpus.term_page(term)?),
        count: cx.corpus.members.get(&term).map_or(0, Vec::len),
    })
}

/// Returns the links of some terms.
pub fn terms<'t>(cx: &RenderContext<'_>, terms: impl IntoIterator<Item = &'t TermRef>) -> Vec<TermLink> {
    terms.into_iter().filter_map(|at| term(cx, *at)).collect()
}

/// Returns a link to the page of a taxonomy, by its title.
pub fn taxonomy_link(cx: &RenderContext<'_>, at: TaxonomyId) -> Option<Link> {
    let words = cx.corpus.config.taxonomies[at].title.clone();
    Some(Link { words, url: cx.address(&cx.corpus.taxonomy_page(at)?) })
}

/// Returns a taxonomy with its terms.
pub fn taxonomy(cx: &RenderContext<'_>, at: TaxonomyId) -> Option<TaxonomyList> {
    let declared = &cx.corpus.config.taxonomies[at];
    let own = cx.corpus.config.terms_of(at).filter_map(|own| term(cx, own));
    Some(TaxonomyList {
        slug: declared.slug.clone(),
        title: declared.title.clone(),
        url: taxonomy_link(cx, at)?.url,
        terms: own.collect(),
    })
}

/// Returns every taxonomy with its terms.
pub fn taxonomies(cx: &RenderContext<'_>) -> Vec<TaxonomyList> {
    cx.corpus.config.taxonomies.ids().filter_map(|at| taxonomy(cx, at)).collect()
}
