//! Maps of pages that are no longer where they were, for hosts that can answer with a redirect.
//!
//! Takes the history of the site; gives a file for each server that the settings name. None is
//! needed: the pages that lead on are there without a server. A page that became several, or was
//! withdrawn, is in no map, for its readers must be told.

use crate::config::RedirectMap;
use crate::corpus::Corpus;
use crate::corpus::history::{History, WithdrawnPage};

/// The maps that the settings ask for, by path.
pub(super) fn maps(corpus: &Corpus, history: &History) -> Vec<(&'static str, String)> {
    let moved: Vec<(&str, String)> = history.gone.iter().filter_map(moved).collect();
    // Addresses on a host begin with the path of the site on it.
    let base = corpus.config.base_url.as_deref().unwrap_or_default();
    let host = base.split_once("://").map_or(base, |(_, rest)| rest);
    let root = host.split_once('/').map_or("/".to_owned(), |(_, path)| format!("/{path}"));
    let lines =
        |line: &dyn Fn(&str, &str) -> String| -> String { moved.iter().map(|(from, to)| line(from, to)).collect() };
    let maps = corpus.config.redirects.iter().map(|map| match map {
        RedirectMap::Netlify => ("_redirects", lines(&|from, to| format!("{root}{from} {root}{to} 301\n"))),
        RedirectMap::Apache => (
            "redirects.apache.conf",
            "RewriteEngine On\n".to_owned()
                + &lines(&|from, to| {
                    format!("RewriteRule \"^{}$\" \"{root}{to}\" [R=301,NE,L]\n", from.replace('.', "\\."))
                }),
        ),
        RedirectMap::Nginx => (
            "redirects.nginx.conf",
            "map $uri $moved_to {\n".to_owned()
                + &lines(&|from, to| format!("    \"{root}{from}\" \"{root}{to}\";\n"))
                + "}\n",
        ),
    });
    maps.collect()
}

/// Returns the old and the new address of a page that moved, if one address replaces it and
/// whatever was on it has kept its fragment: a server never sees a fragment, so that it cannot send
/// each to another place.
fn moved(gone: &WithdrawnPage) -> Option<(&str, String)> {
    let heir = gone.forward()?;
    let page = match &heir.alone {
        Some(alone) if gone.formers.is_empty() => alone.to_string(),
        _ => match &heir.fragment {
            Some(fragment) => format!("{}#{fragment}", heir.page),
            None => heir.page.to_string(),
        },
    };
    let keeps = gone.formers.iter().all(|former| {
        former.heirs.iter().any(|to| to.page == heir.page && to.fragment.as_deref() == Some(&former.anchor))
    });
    keeps.then_some((gone.path.as_str(), page))
}
