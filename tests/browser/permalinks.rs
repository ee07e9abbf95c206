//! An old link, as a reader has kept it: from a folder and over HTTP, with scripts and without.

use std::fs;
use std::process::Command;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, browser};
use crate::copies::Copy;

const FIRST: &str = "+++\ntitle = \"Rules of the hall\"\n+++\n\n## Meetings {#meetings}\n\n\
    1.1 The board meets four times a year in the town hall, and everyone may listen.\n\n\
    1.2 Members declare what interests they have before anything is decided about them.\n\n\
    1.3 Minutes are kept of every meeting and can be read at the desk.\n";

/// A site in its second edition: one clause withdrawn, one renumbered with its number used again, and a document renamed.
fn moved(name: &str) -> Copy {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    write("site.toml", "title = \"Rules\"\n");
    write("rules.md", FIRST);
    write("old.md", &FIRST.replace("Rules of the hall", "Standing orders"));
    let publish = Command::new(env!("CARGO_BIN_EXE_clausebook")).arg("publish").arg(folder.path()).output().unwrap();
    assert!(publish.status.success(), "{}", String::from_utf8_lossy(&publish.stderr));
    let second = FIRST
        .replace("1.3 Minutes", "1.4 Minutes")
        .replace("1.2 Members declare what interests they have before anything is decided about them.\n\n", "");
    let second =
        second.replace("1.4 Minutes", "1.2 [Not used]\n\n1.3 A quorum is five members who may vote.\n\n1.4 Minutes");
    write("rules.md", &second);
    fs::rename(folder.path().join("old.md"), folder.path().join("new.md")).unwrap();
    write(
        "permalinks/moves.toml",
        "[[withdrawn]]\nfrom = \"rules#1.2\"\nreason = \"The law says so already.\"\n\n\
         [[renumbered]]\nfrom = \"rules#1.3\"\nto = \"rules#1.4\"\nreason = \"A quorum was put in.\"\n\n\
         [[moved]]\nfrom = \"old\"\nto = \"new\"\nreason = \"It has its proper name.\"\n",
    );
    Copy::of(folder.path(), name, None)
}

#[test]
fn an_old_link_leads_on_with_and_without_scripts() {
    let Some(browser) = browser() else { return };
    let copy = moved("moved-links");
    let page = browser.page(Look::WIDE);
    for at in [|copy: &Copy, path: &str| copy.file(path), |copy: &Copy, path: &str| copy.http(path)] {
        page.look(Look::WIDE);
        for (old, new) in [
            ("old.html", "new.html"),
            ("old.html#1.2", "new.html#1.2"),
            ("old.html#meetings", "new.html#meetings"),
            ("old/1.3.html", "new/1.3.html"),
        ] {
            page.go(&at(&copy, "index.html"));
            // What it leads to is loaded before the page itself is.
            page.eval::<bool>(&format!("(location.href = {:?}, true)", at(&copy, old)));
            page.wait_for(&format!("location.href === {:?}", at(&copy, new)));
        }
        page.look(Look::NO_SCRIPT);
        page.go(&at(&copy, "index.html"));
        page.eval::<bool>(&format!("(location.href = {:?}, true)", at(&copy, "old/1.3.html")));
        page.wait_for(&format!("location.href === {:?}", at(&copy, "new/1.3.html")));
        page.go(&at(&copy, "old.html#1.2"));
        let target = |what: &str| page.eval::<String>(&format!("document.querySelector(':target {what}').href"));
        assert_eq!(target("a"), at(&copy, "new.html#1.2"));
    }
    page.forget();
}

#[test]
fn a_page_says_what_became_of_its_addresses_and_every_reader_can_read_it() {
    let Some(browser) = browser() else { return };
    let copy = moved("moved-words");
    let page = browser.page(Look::WIDE);
    let words = |page: &crate::browser::Page| {
        page.eval::<String>("document.querySelector(':target').textContent.replace(/\\s+/g, ' ').trim()")
    };
    page.go(&copy.file("rules.html#1.3"));
    assert!(words(&page).contains("Before, 1.3 was what is now 1.4. A quorum was put in."), "{}", words(&page));
    page.go(&copy.file("rules/1.3.html"));
    let alone = page.eval::<String>("document.querySelector('main').textContent.replace(/\\s+/g, ' ')");
    assert!(alone.contains("1.3 was what is now"), "{alone}");
    if let Some(axe) = axe() {
        for look in [Look::WIDE, Look::WIDE.dark(), Look::NARROW] {
            page.look(look);
            for path in ["rules.html", "rules/1.2.html", "changes.html"] {
                page.go(&copy.file(path));
                assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new(), "{path}");
            }
        }
        page.look(Look::NO_SCRIPT);
        page.go(&copy.file("old.html"));
        assert_eq!(page.eval::<usize>("document.querySelectorAll('.forwards li').length"), 4);
    }
}
