//! A copy that looks like someone's own: a theme that changes one template, the colours and the logo; and a finished copy
//! whose colours are changed with a text editor.

use std::fs;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, browser};
use crate::copies::{Copy, copy_folder, place};

fn branded() -> Copy {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("site.toml", "title = \"Rules\"\n"),
        (
            "rules.md",
            "+++\ntitle = \"House rules\"\nstatus = \"draft\"\n+++\n\n## First\n\n1.1 Be kind. See [[1.2]].[^1]\n\n1.2 Be brief.\n\n[^1]: So says [everyone](https://example.org/).\n",
        ),
        (
            "theme/theme.toml",
            "name = \"Anytown Rules\"\naccent = \"#8a1c1c\"\nlogo-words = \"Anytown\"\nfont = \"Georgia, serif\"\nfooter = \"Ask at the desk.\"\nhost = \"Anytown Council\"\n",
        ),
        (
            "theme/logo.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 20\"><path fill=\"#8a1c1c\" d=\"M0 0h60v20H0z\"/></svg>",
        ),
        (
            "theme/templates/not-found.html",
            "{% extends \"default/not-found.html\" %}\n{% block main %}<h1>Lost?</h1><p>Ask at the desk.</p>{% endblock %}",
        ),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    Copy::of(folder.path(), "branded", None)
}

#[test]
fn a_theme_changes_name_colours_type_logo_and_one_template() {
    let Some(browser) = browser() else { return };
    let copy = branded();
    let page = browser.page(Look::WIDE);
    page.go(&copy.file("404.html"));
    assert_eq!(page.eval::<String>("document.querySelector('h1').textContent"), "Lost?");
    page.go(&copy.file("rules.html"));
    let style = |selector: &str, property: &str| -> String {
        page.eval(&format!("getComputedStyle(document.querySelector(\"{selector}\")).{property}"))
    };
    assert_eq!(style(".ref", "color"), "rgb(138, 28, 28)");
    assert!(style("body", "fontFamily").starts_with("Georgia"));
    assert_eq!(page.eval::<String>("document.querySelector('.name').textContent"), "Anytown Rules");
    assert_eq!(page.eval::<String>("document.querySelector('.logo').alt"), "Anytown");
    assert!(page.eval::<bool>("document.querySelector('.logo').naturalWidth > 0"));
    let foot: String = page.eval("document.querySelector('.foot').textContent");
    assert!(foot.contains("Ask at the desk.") && foot.contains("This copy is hosted by Anytown Council."));
    if let Some(axe) = axe() {
        for look in [Look::WIDE, Look::WIDE.dark(), Look::NARROW] {
            page.look(look);
            assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new());
        }
    }
    // In the finished copy, with a text editor.
    let brand = copy.folder.join("brand/brand.css");
    let mine = fs::read_to_string(&brand).unwrap().replace("#8a1c1c", "#124a12");
    fs::remove_file(&brand).unwrap();
    fs::write(&brand, mine).unwrap();
    page.look(Look::WIDE);
    page.go(&copy.http("rules.html"));
    assert_eq!(style(".ref", "color"), "rgb(18, 74, 18)");
    fs::remove_dir_all(&copy.folder).unwrap();
}

/// A brand in which every colour is as near to what it stands on as clausebook lets it be.
const PALE: &str = r##"
[brand]
name = "Anytown guidance"
footer = "Ask at the desk."
paper = "#fffaf0"
surface = "#f3ead8"
mark = "#ffe7a0"
ink = "#686868"
ink-2 = "#69695a"
link = "#2e6ba9"
visited = "#8055ab"
accent = "#9a6b00"
warn = "#a75300"
edge = "#928578"
focus = "#9d76c5"
paper-dark = "#101820"
surface-dark = "#1c2733"
mark-dark = "#50420a"
ink-dark = "#afafaf"
ink-2-dark = "#a5b1bc"
link-dark = "#96b2cf"
visited-dark = "#b9a8d3"
accent-dark = "#6483a2"
warn-dark = "#be7e3e"
edge-dark = "#64717e"
focus-dark = "#73732d"
"##;

#[test]
fn whatever_colours_pass_the_check_can_be_read_on_every_page() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&place("src/starter"), folder.path());
    let settings = fs::read_to_string(folder.path().join("site.toml")).unwrap() + PALE;
    fs::write(folder.path().join("site.toml"), settings).unwrap();
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let copy = Copy::of(folder.path(), "pale", None);
    let page = browser.page(Look::WIDE);
    let pages = ["index.html", "rules.html#1.1", "handbook/1-opening.html", "packs/first-evening.html", "browse.html"];
    for name in pages.into_iter().chain(["authorities.html", "glossary.html", "about.html", "search.html?q=chair"]) {
        page.go(&copy.file(name));
        page.wait_for("!location.search || document.querySelector('mark')");
        for look in [Look::WIDE, Look::WIDE.dark()] {
            page.look(look);
            assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new(), "{name}, {}", look.scheme);
        }
    }
    fs::remove_dir_all(&copy.folder).unwrap();
}
