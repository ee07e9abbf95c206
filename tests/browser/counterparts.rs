//! Official and plain words on one page: accessible whichever way readers choose to see them.

use std::fs;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, browser};
use crate::copies::Copy;

fn pair() -> Copy {
    let folder = tempfile::tempdir().unwrap();
    let official = "## Keys\n\n1.1 A deposit is payable upon booking.[^1]\n\n1.2 Keys are to be returned:\n\n\
        - (a) forthwith; and\n- (b) in person (see [[1.1]]).\n\n| Key | Fee |\n| --- | --- |\n| Hall | 5 |\n\n\
        1.3 The pertinent regulations are superintended.\n\n[^1]: Twenty pounds.\n";
    let plain = "## Keys\n\n1.1 You pay a deposit when you book.[^1]\n\n1.2 Bring the key back:\n\n- (a) at once;\n\
        - (b) yourself.\n\n| Key | Fee |\n| --- | --- |\n| Hall | 5 |\n\n\
        1.3 We watch the rules.\n\n[^1]: See the list of fees.\n";
    for (path, text) in [
        ("site.toml", "title = \"Rules\"\n".to_owned()),
        ("official.md", format!("+++\ntitle = \"The official rules\"\n+++\n\n{official}")),
        ("plain.md", format!("+++\ntitle = \"The rules in plain words\"\nrestates = \"official\"\n+++\n\n{plain}")),
    ] {
        fs::write(folder.path().join(path), text).unwrap();
    }
    Copy::of(folder.path(), "counterparts", None)
}

#[test]
fn both_texts_are_accessible_beside_below_and_hidden() {
    let Some(browser) = browser() else { return };
    let copy = pair();
    let page = browser.page(Look::WIDE);
    for (path, choices) in [
        ("plain.html", ["beside", "below", "hide"].as_slice()),
        ("official.html", &["beside"]),
        ("plain/1.2.html", &[""]),
    ] {
        page.look(Look::WIDE);
        page.go(&copy.file(path));
        for choice in choices.iter().filter(|choice| !choice.is_empty()) {
            page.eval::<()>(&format!("document.querySelector('[name=counterpart][value={choice}]').click()"));
            let shown: bool = page.eval("document.querySelector('.counterpart').getBoundingClientRect().height > 0");
            assert_eq!(shown, *choice != "hide", "{path} {choice}");
            // Beside its clause, or below it.
            let beside: bool = page.eval(
                "document.querySelector('.counterpart').getBoundingClientRect().top < \
                 document.querySelector('.clause > .text').getBoundingClientRect().bottom",
            );
            assert!(*choice == "hide" || beside == (*choice == "beside"), "{path} {choice}");
            check(&page, &format!("{path} {choice}"));
            page.look(Look::WIDE);
        }
        if choices == [""] {
            check(&page, path);
        }
    }
}

/// Fails unless a page as it is shown is accessible in every look, and no wider than its window.
fn check(page: &crate::browser::Page, name: &str) {
    for look in [Look::WIDE, Look::WIDE.dark(), Look::NARROW.dark(), Look::NARROW] {
        page.look(look);
        if let Some(axe) = axe() {
            assert_eq!(violations(page, axe, Ask::All), Vec::<String>::new(), "{name}");
        }
    }
    let wider: i32 = page.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(wider, 0, "{name}");
}
