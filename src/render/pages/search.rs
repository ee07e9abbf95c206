//! The page of search, and the page for what is not found: both list every list of the site.

use crate::output::OutPath;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::{ListLink, NotFoundPage, SearchPage, Shell};
use crate::strings::{Words, phrase};

/// Returns the view of the page of search.
pub fn view(cx: &RenderContext<'_>) -> SearchPage {
    // The page's own field is in the text.
    let shell = Shell { search: None, ..shell(cx, &[&cx.text(phrase::SearchTitle)]) };
    let lists = lists(cx, &shell);
    SearchPage { shell, index: cx.index.map(OutPath::to_string), lists }
}

/// Returns the view of the page that a host shows for an address that it does not find.
pub fn not_found(cx: &RenderContext<'_>) -> NotFoundPage {
    let shell = shell(cx, &[&cx.text(phrase::NotFoundTitle)]);
    let lists = lists(cx, &shell);
    NotFoundPage { shell, lists }
}

fn lists(cx: &RenderContext<'_>, shell: &Shell) -> Vec<ListLink> {
    let lists = shell.navigation.iter().map(|link| ListLink { words: link.words.clone(), url: link.url.clone() });
    let taxonomies = cx.corpus.config.taxonomies.pairs().filter_map(|(at, taxonomy)| {
        let url = format!("{}{}", shell.root, cx.corpus.taxonomy_page(at)?);
        Some(ListLink { words: Words::own(&taxonomy.title), url })
    });
    lists.chain(taxonomies).collect()
}
