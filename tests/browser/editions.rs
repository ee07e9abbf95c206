//! Two editions compared: accessible in every look, and what came and went told in words too.

use std::fs;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, browser};
use crate::copies::Copy;

fn editions() -> Copy {
    let folder = tempfile::tempdir().unwrap();
    let old = "## One\n\n1.1 The hall is open to all who live in the village.\n\n1.2 Hirers should leave the hall as they found it.\n\n\
        1.3 The charge for an hour is set once a year by those who keep the accounts.\n\n## Two\n\n2.1 Bring:\n\n- cups\n- plates\n";
    let new = "## One\n\n1.1 The hall is open to all who live in the village.\n\n1.2 Hirers must leave the hall as they found it.\n\n\
        ## Two\n\n2.1 Bring:\n\n- cups\n- forks\n- plates\n\n2.2 Stoves burn from October to March, and the steward tends them.\n";
    for (path, text) in [
        ("site.toml", "title = \"Rules\"\n".to_owned()),
        ("old.md", format!("+++\ntitle = \"Rules of 1998\"\nstatus = \"superseded\"\n+++\n\n{old}")),
        ("new.md", format!("+++\ntitle = \"Rules of 2008\"\nreplaces = \"old\"\n+++\n\n{new}")),
    ] {
        fs::write(folder.path().join(path), text).unwrap();
    }
    Copy::of(folder.path(), "editions", None)
}

#[test]
fn a_comparison_is_accessible_and_told_in_words() {
    let Some(browser) = browser() else { return };
    let copy = editions();
    let page = browser.page(Look::WIDE);
    page.go(&copy.file("compare/old--new.html#1.2"));
    // On a desk it is in the middle, and no line is as long as the window.
    assert!(page.eval::<bool>(
        "(m => m.offsetWidth <= 800 && m.getBoundingClientRect().left > 200)(document.querySelector('main'))"
    ));
    // Marks between facts are in no sentence.
    assert!(page.eval::<bool>("Array.from(document.querySelectorAll('.facts *'), e => getComputedStyle(e, '::before').content).every(c => !c.includes('·'))"));
    // What a screen reader says of a change.
    let said: String = page.eval("document.getElementById('1.2').querySelector('.text').textContent.trim()");
    assert_eq!(said, "Hirers removed: should added: must leave the hall as they found it.");
    // Form tells it beside colour.
    let line = |element: &str| -> String {
        page.eval(&format!("getComputedStyle(document.querySelector('.change {element}')).textDecorationLine"))
    };
    assert_eq!((line("del"), line("ins")), ("line-through".to_owned(), "underline".to_owned()));
    if let Some(axe) = axe() {
        for look in [Look::WIDE, Look::WIDE.dark(), Look::NARROW, Look::NARROW.dark()] {
            page.look(look);
            assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new());
        }
    }
    page.look(Look::NARROW);
    let wider: i32 = page.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(wider, 0);
}
