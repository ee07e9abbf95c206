//! Hostile words in a browser that runs scripts: on every page, in previews and in what search finds, they are words.

use std::fs;

use crate::browser::{Look, browser};
use crate::copies::Copy;

/// Each would leave `window.ran`, ask for something elsewhere or become an element, if it were taken for markup.
const WORDS: &str = "</title></script><script>window.ran=1</script><img src=x onerror=window.ran=1>\
    <svg onload=window.ran=1><a href=javascript:window.ran=1>x</a><iframe src=//evil.example></iframe>\" onfocus=\"window.ran=1";

/// Escapes the marks of Markdown in `WORDS`, so that the words stay as they are.
fn escaped() -> String {
    WORDS.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

fn hostile() -> Copy {
    let folder = tempfile::tempdir().unwrap();
    let toml = format!("'''{WORDS}'''");
    let words = escaped();
    let paper = |rest: &str, body: &str| format!("+++\ntitle = {toml}\n{rest}\n+++\n\n{body}\n");
    for (path, text) in [
        (
            "site.toml",
            format!(
                "title = {toml}\nhost = {toml}\nlicence = {toml}\n[kinds]\nguidance = {toml}\npack = \"Pack\"\n\
                [taxonomies.outcomes]\ntitle = {toml}\n[taxonomies.outcomes.terms.safe]\ntitle = {toml}\ndescription = {toml}\n"
            ),
        ),
        ("authorities.toml", format!("[x]\ntitle = {toml}\nkind = \"report\"\n")),
        ("index.md", paper("", &words)),
        ("glossary.md", paper("", &format!("Word {words} (LSCB)\n: Meaning {words}."))),
        (
            "a.md",
            paper(
                &format!(
                    "short = {toml}\nissuer = {toml}\nkind = \"guidance\"\noutcomes = [\"safe\"]\nstatus = \"superseded\""
                ),
                &format!(
                    "## {words}\n\n1.1 LSCB {words}\n\n1.2 {words}[^1] [[b#1.1|{words}]] [[x]] `{WORDS}` {{#two}}\n\n- (a) {words}\n\n\
                    [^1]: Note {words} [[1.1]]"
                ),
            ),
        ),
        ("b.md", paper("replaces = \"a\"", &format!("1.1 See [[a#1.2]], {words}.\n\n1.2 {words}"))),
        ("p.md", paper("kind = \"pack\"", &format!("{words}\n\n![[a#1.2]]"))),
    ] {
        fs::write(folder.path().join(path), text).unwrap();
    }
    Copy::of(folder.path(), "hostile-words", None)
}

#[test]
fn no_words_of_an_author_run_on_any_page() {
    let Some(browser) = browser() else { return };
    let copy = hostile();
    let page = browser.page(Look::WIDE);
    let pages = copy.pages();
    assert!(pages.len() > 12, "{pages:?}");
    let foreign = "Array.from(document.querySelectorAll('script:not([src]):not([type=\"application/ld+json\"]), iframe, object, \
        embed, base, style, img:not([src$=\"brand/logo.svg\"]), [onload], [onerror], [onfocus], \
        a[href^=\"javascript\"]'), e => e.outerHTML.slice(0, 100))";
    let check = |what: &str| {
        assert_eq!(page.eval::<Vec<String>>(foreign), Vec::<String>::new(), "{what}");
        assert!(page.eval::<bool>("window.ran === undefined"), "{what}: something ran");
        assert_eq!(page.console(), Vec::<String>::new(), "{what}");
        let elsewhere: Vec<String> = page.requests().into_iter().filter(|url| !url.starts_with("file://")).collect();
        assert_eq!(elsewhere, Vec::<String>::new(), "{what}");
    };
    for path in &pages {
        page.forget();
        page.go(&copy.file(path));
        check(path);
    }
    // What a link previews is put into the page by a script.
    page.go(&copy.file("b.html"));
    page.hover("main a[href*='a.html#1.2']");
    page.wait_for("document.querySelector('.preview')");
    check("a preview");
    // So is what search finds.
    page.go(&copy.file("search.html"));
    page.eval::<()>("document.querySelector('input[type=search]').value = 'iframe window.ran'; document.querySelector('form.find').requestSubmit(); null");
    page.wait_for("document.querySelector('ol[data-search-results]').getAttribute('data-search-state') === 'done'");
    assert!(page.eval::<i32>("document.querySelectorAll('ol[data-search-results] > li').length") > 0);
    check("results of a search");
    // The check itself sees what runs.
    page.eval::<()>("window.ran = 1; null");
    assert!(!page.eval::<bool>("window.ran === undefined"));
}
