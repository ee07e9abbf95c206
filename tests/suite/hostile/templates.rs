//! Templates that are wrong, or mean harm.

use super::Case;
use crate::site::SETTINGS;

/// Loops within one another that would not end before the reader's patience.
fn loops(body: &str) -> String {
    let open: String = ["a", "b", "c", "d"].map(|name| format!("{{% for {name} in range(end=9999) %}}")).concat();
    format!("{open}{body}{}", "{% endfor %}".repeat(4))
}

pub fn cases() -> Vec<Case> {
    let own = "theme/templates/not-found.html";
    let bad = [
        ("a template that reads a file", "{% include \"/etc/passwd\" %}".to_owned()),
        ("a template that reads a file above", "{% include \"../../../etc/passwd\" %}".to_owned()),
        ("a template that asks for the environment", "{{ get_env(name=\"HOME\") }}".to_owned()),
        ("a template that includes itself", "{% include \"not-found.html\" %}".to_owned()),
        ("a template that extends what is not there", "{% extends \"evil.html\" %}".to_owned()),
        ("a template whose loop does not close", "{% for a in lists %}".to_owned()),
        ("a template that divides by nothing", "{{ 1 / 0 }}".to_owned()),
        ("a template that asks for too long a range", "{{ range(end=99999999999) }}".to_owned()),
        ("a template that counts past counting", "{{ 170141183460469231731687303715884105727 + 1 }}".to_owned()),
        ("a template that asks for what is not there", "{{ shell.secret }}".to_owned()),
        (
            "a component that calls itself",
            "{% component c(a) %}{{<c a={a} />}}{% endcomponent c %}{{<c a={1} />}}".to_owned(),
        ),
        ("a template of deep brackets", format!("{{{{ {}1{} }}}}", "(".repeat(5_000), ")".repeat(5_000))),
        ("a template of deep conditions", "{% if true %}".repeat(5_000)),
    ];
    let mut cases: Vec<Case> = bad
        .into_iter()
        .map(|(name, text)| Case::fault(name, "template-error", format!("{own}:1")).file(own, text))
        .collect();
    // Whichever comes first: the most that a page may hold, or the most time.
    let endless = [
        ("a template that writes without end", loops("<p>x</p>")),
        ("a template that writes blanks without end", loops(" ")),
    ];
    cases.extend(endless.map(|(name, text)| {
        let case = Case::fault(name, "template-error|too-slow", format!("{own}:1")).file(own, text);
        case.file("site.toml", format!("{SETTINGS}\n[limits]\nseconds = 5\n"))
    }));
    cases.push(Case::fault("a template with a NUL", "control-character", format!("{own}:2")).file(own, "<p>\n\0</p>"));
    cases.push(Case::fault("a template that is not UTF-8", "not-utf8", format!("{own}:1")).file(own, b"<p>\xff</p>"));
    cases.push(
        Case::fault("a file of the theme with a name for Windows alone", "invalid-id", "site.toml:1")
            .file("theme/static/aux.js", "x"),
    );
    cases.push(
        Case::fault("a file of the theme in capitals", "invalid-id", "site.toml:1").file("theme/static/Evil.JS", "x"),
    );
    cases.push(Case::inert("a template outside the folder of templates").file("theme/evil.html", "{{ nope }}"));
    cases
}
