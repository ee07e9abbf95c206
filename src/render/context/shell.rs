//! The part of a view that every page has around its own words: titles, navigation, and whose copy
//! this is.

use super::RenderContext;
use crate::corpus::{DocumentRole, Entry};
use crate::output::{
    ABOUT_PAGE, AUTHORITIES_PAGE, BROWSE_PAGE, CHANGES_PAGE, FEED, HOME_PAGE, NOT_FOUND_PAGE, OutPath, SEARCH_PAGE,
};
use crate::render::theme::LOGO;
use crate::render::view::{Link, ListLink, NavigationLink, Shell};
use crate::source::Origin;
use crate::strings::language::direction;
use crate::strings::{Words, phrase};

/// Returns what is around a page. `titles` go from the particular to the general; the site's name
/// comes last.
pub fn shell(cx: &RenderContext<'_>, titles: &[&str]) -> Shell {
    let config = &cx.corpus.config;
    let brand = &config.brand;
    let site = config.name();
    let root = match absolute(cx) {
        Some(base) => base.to_owned(),
        None => "../".repeat(cx.page.as_str().matches('/').count()),
    };
    let contact = config.contact.as_ref().map(|contact| Link {
        words: contact.clone(),
        url: Some(if contact.contains("://") { contact.clone() } else { format!("mailto:{contact}") }),
    });
    Shell {
        title: titles.iter().copied().chain([site]).collect::<Vec<_>>().join(" – "),
        site: site.to_owned(),
        language: config.language.clone(),
        direction: direction(&config.language),
        navigation: navigation(cx),
        description: None,
        search: cx.index.map(|_| address(cx, &SEARCH_PAGE.path())),
        logo: Link { words: brand.logo_words.clone().unwrap_or_default(), url: Some(format!("{root}brand/{LOGO}")) },
        footer: brand.footer.clone(),
        about: format!("{root}{ABOUT_PAGE}"),
        root,
        canonical: config.base_url.as_ref().map(|base| match cx.page {
            page if *page == HOME_PAGE => base.clone(),
            page => format!("{base}{page}"),
        }),
        feed: config.base_url.as_ref().map(|_| address(cx, &FEED.path())),
        host: config.host().map(str::to_owned),
        edition: cx.history.edition(&cx.corpus.config, cx.strings),
        changes: (!cx.history.editions.is_empty()).then(|| address(cx, &CHANGES_PAGE.path())),
        licence: config.licence.clone(),
        contact,
        local: config.upstream.as_ref().and_then(|_| local_words(cx, own_entry(cx)?)),
        generator: concat!("clausebook ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// Returns a link to the page of authorities, if any is declared.
pub fn authorities_link(cx: &RenderContext<'_>) -> Option<ListLink> {
    Some(ListLink { words: cx.say(phrase::SiteLaw), url: address(cx, &authorities_page(cx)?) })
}

/// Returns a link to the glossary, if there is one.
pub fn glossary_link(cx: &RenderContext<'_>) -> Option<ListLink> {
    Some(ListLink { words: cx.say(phrase::SiteGlossary), url: address(cx, &glossary_page(cx)?) })
}

/// Returns the words by which a reader of a site that extends another can tell a page that is its
/// own.
pub fn local_words(cx: &RenderContext<'_>, entry: &Entry) -> Option<Words> {
    let config = &cx.corpus.config;
    let upstream = config.upstream.as_ref().filter(|_| entry.document.origin == Origin::Own)?;
    Some(cx.say(phrase::SiteLocal { body: config.local_body(), site: &upstream.title }))
}

/// Navigation, which is the same on every page.
fn navigation(cx: &RenderContext<'_>) -> Vec<NavigationLink> {
    let browse = (!cx.corpus.config.taxonomies.is_empty()).then(|| BROWSE_PAGE.path());
    let pages = [
        (cx.say(phrase::SiteHome), Some(HOME_PAGE.path())),
        (cx.say(phrase::SiteBrowse), browse),
        (cx.say(phrase::SiteLaw), authorities_page(cx)),
        (cx.say(phrase::SiteGlossary), glossary_page(cx)),
        (cx.say(phrase::SiteTimeline), cx.timeline.cloned()),
        (cx.say(phrase::SiteAbout), Some(ABOUT_PAGE.path())),
    ];
    let links = pages.into_iter().filter_map(|(words, page)| {
        let page = page?;
        Some(NavigationLink { words, url: address(cx, &page), current: page == *cx.page })
    });
    links.collect()
}

fn authorities_page(cx: &RenderContext<'_>) -> Option<OutPath> {
    (!cx.corpus.authorities.is_empty()).then(|| AUTHORITIES_PAGE.path())
}

fn glossary_page(cx: &RenderContext<'_>) -> Option<OutPath> {
    Some(cx.corpus.entry(cx.corpus.glossary.entry?).page.clone())
}

/// The address of a page of the site from this one, of which no medium has another.
fn address(cx: &RenderContext<'_>, page: &OutPath) -> String {
    match absolute(cx) {
        Some(base) => format!("{base}{page}"),
        None => cx.page.link_to(page),
    }
}

/// The site's address where only an absolute one leads home: a host shows the page for what is not
/// found at any depth.
fn absolute<'a>(cx: &RenderContext<'a>) -> Option<&'a str> {
    cx.corpus.config.base_url.as_deref().filter(|_| *cx.page == NOT_FOUND_PAGE)
}

/// The entry whose page this is.
fn own_entry<'a>(cx: &RenderContext<'a>) -> Option<&'a Entry> {
    cx.corpus.entries.iter().find(|entry| entry.page == *cx.page && entry.role != DocumentRole::Notes)
}
