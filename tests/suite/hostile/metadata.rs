//! Front matter, settings, register, relations, the theme's own: what is no TOML, of the wrong type, or means harm.

use super::Case;
use crate::site::{REGISTER, SETTINGS};

/// Words that would be active wherever a page took them for markup.
const WORDS: &str = "</title></script><script>alert(1)</script>\\\" onload=\\\"alert(1)";

pub fn cases() -> Vec<Case> {
    let mut cases = front_matter();
    cases.extend(settings());
    cases.extend(register());
    cases.extend(beside());
    cases
}

fn front_matter() -> Vec<Case> {
    let bad = [
        ("an id that climbs", "id = \"../evil\"", "invalid-id"),
        ("an id that is a whole path", "id = \"/etc/passwd\"", "invalid-id"),
        ("an id with a drive", "id = \"c:evil\"", "invalid-id"),
        ("an id with a backslash", "id = 'a\\b'", "invalid-id"),
        ("an id that Windows keeps", "id = \"con\"", "invalid-id"),
        ("an id that Windows keeps for a port", "id = \"com1\"", "invalid-id"),
        ("an id of a page of ours", "id = \"search\"", "invalid-id"),
        ("an id in capitals", "id = \"A\"", "invalid-id"),
        ("an id in another script", "id = \"аbc\"", "invalid-id"),
        ("an id with markup", "id = \"<script>\"", "invalid-id"),
        ("an id of one dot", "id = \".\"", "invalid-id"),
        (
            "an id without end",
            "id = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
            "invalid-id",
        ),
        ("an empty id", "id = \"\"", "invalid-value"),
        ("a number for a text", "short = 7", "invalid-value"),
        ("a list for a text", "short = [\"a\"]", "invalid-value"),
        ("a text for a date", "published = \"yesterday\"", "invalid-value"),
        ("a date that is none", "published = \"2026-02-31\"", "invalid-value"),
        ("a date past all dates", "published = \"999999-01-01\"", "invalid-value"),
        ("a status that is none", "status = \"<b>\"", "invalid-value"),
        ("a numbering that is none", "numbering = \"roman\"", "invalid-value"),
        ("a source that is a script", "source = { title = \"x\", url = \"javascript:alert(1)\" }", "unsafe-url"),
        ("a source with data", "source = { title = \"x\", url = \"data:text/html,x\" }", "unsafe-url"),
        ("a control character by escape", "short = \"a\\u0007b\"", "invalid-value"),
        ("a NUL by escape", "short = \"a\\u0000b\"", "invalid-value"),
        ("a bidi override by escape", "short = \"a\\u202eb\"", "invalid-value"),
        ("a text of two lines", "short = \"\"\"a\nb\"\"\"", "invalid-value"),
        ("a key that is none", "html = true", "unknown-key"),
        ("a key of a prototype", "__proto__ = { x = 1 }", "unknown-key"),
        ("a key twice", "short = \"a\"\nshort = \"b\"", "invalid-toml"),
        ("a text that does not end", "short = \"a", "invalid-toml"),
        ("a kind that is none", "kind = \"../evil\"", "unknown-kind"),
        ("a term that is none", "outcomes = [\"../evil\"]", "unknown-term"),
        ("a document that replaces itself", "replaces = \"a\"", "unknown-document"),
    ];
    let mut cases: Vec<Case> = bad
        .into_iter()
        .map(|(name, line, code)| {
            Case::fault(name, code, if name == "a key twice" { "a.md:4" } else { "a.md:3" }).front(line)
        })
        .collect();
    cases.push(
        Case::fault("front matter nested deep", "invalid-toml", "a.md:3")
            .front(&format!("short = {}", "[".repeat(100_000))),
    );
    cases.push(
        Case::fault("front matter of dotted keys", "invalid-toml", "a.md:2")
            .front(&format!("a{} = 1", ".a".repeat(100_000))),
    );
    for key in ["short", "issuer"] {
        let line = format!("{key} = \"{WORDS}\"");
        cases.push(Case::inert(format!("markup in `{key}`")).front(&line).shows("a.html", "<script>alert(1)</script>"));
    }
    let title = format!("+++\ntitle = \"{WORDS}\"\npublished = \"2008-04-03\"\n+++\n\n1.1 Text.\n");
    cases.push(
        Case::inert("markup in a title, and so in the feed").file("a.md", &title).shows("a.html", "</title></script>"),
    );
    cases.push(Case::inert("markup in a title of the glossary").file(
        "glossary.md",
        format!("+++\ntitle = \"{WORDS}\"\n+++\n\nT\\<script>alert(1)\\</script>rust (\\<b>)\n: \\<img src=x onerror=alert(1)>\n"),
    ));
    cases
}

fn settings() -> Vec<Case> {
    let bad = [
        ("settings that are no TOML", "title = \n", "invalid-toml", 1),
        ("settings without a title", "description = \"x\"\n", "missing-key", 1),
        ("a title that is a table", "[title]\nx = 1\n", "invalid-value", 1),
        ("a theme above the site", "title = \"x\"\ntheme = \"../evil\"\n", "invalid-id", 2),
        ("a theme by its whole path", "title = \"x\"\ntheme = \"/tmp\"\n", "invalid-id", 2),
        ("a theme that is not there", "title = \"x\"\ntheme = \"nope\"\n", "unknown-theme", 2),
        ("a base address that is a script", "title = \"x\"\nbase-url = \"javascript:alert(1)\"\n", "invalid-value", 2),
        (
            "a base address with markup",
            "title = \"x\"\nbase-url = \"https://e.org/\\\"><script>\"\n",
            "invalid-value",
            2,
        ),
        ("a contact that is a script", "title = \"x\"\ncontact = \"javascript:alert(1)\"\n", "unsafe-url", 2),
        ("a language with markup", "title = \"x\"\nlanguage = \"en\\\"onload=\\\"x\"\n", "invalid-value", 2),
        ("a taxonomy that climbs", "title = \"x\"\n[taxonomies.\"../x\"]\ntitle = \"X\"\n", "invalid-id", 2),
        (
            "a term that climbs",
            "title = \"x\"\n[taxonomies.t]\ntitle = \"X\"\n[taxonomies.t.terms.\"../y\"]\ntitle = \"Y\"\n",
            "invalid-id",
            4,
        ),
        ("a taxonomy named as a key", "title = \"x\"\n[taxonomies.issuer]\ntitle = \"X\"\n", "invalid-id", 2),
        ("a flag that is a text", "title = \"x\"\nclause-pages = \"yes\"\n", "invalid-value", 2),
        ("a server that is none", "title = \"x\"\nredirects = [\"iis\"]\n", "invalid-value", 2),
        (
            "a navigation to nowhere",
            "title = \"x\"\n[[navigation]]\ntitle = \"N\"\nitems = [\"../evil\"]\n",
            "unknown-document",
            4,
        ),
        ("kinds that are a list", "title = \"x\"\nkinds = [1]\n", "invalid-value", 2),
    ];
    let mut cases: Vec<Case> = bad
        .into_iter()
        .map(|(name, text, code, line)| Case::fault(name, code, format!("site.toml:{line}")).file("site.toml", text))
        .collect();
    for key in ["host", "description", "edition", "licence"] {
        let text = format!("{key} = \"{WORDS}\"\n{SETTINGS}");
        cases.push(Case::inert(format!("markup in the site's `{key}`")).file("site.toml", text));
    }
    cases.push(
        Case::inert("markup in a term")
            .front("outcomes = [\"be-healthy\"]")
            .file("site.toml", SETTINGS.replace("\"Be healthy\"", &format!("\"{WORDS}\"\ndescription = \"{WORDS}\""))),
    );
    cases
}

fn register() -> Vec<Case> {
    let bad = [
        ("a work without a title", "[x]\nkind = \"act\"\n", "missing-key", 1),
        ("a work of no kind", "[x]\ntitle = \"X\"\nkind = \"<b>\"\n", "invalid-value", 3),
        ("a work that climbs", "[\"../x\"]\ntitle = \"X\"\nkind = \"report\"\n", "invalid-id", 1),
        (
            "a work whose address is a script",
            "[x]\ntitle = \"X\"\nkind = \"report\"\nurl = \"javascript:alert(1)\"\n",
            "unsafe-url",
            4,
        ),
        (
            "a work whose place is a path",
            "[x]\ntitle = \"X\"\nkind = \"act\"\nwork = \"../../evil\"\n",
            "invalid-value",
            4,
        ),
        (
            "a work that became nothing known",
            "[x]\ntitle = \"X\"\nkind = \"report\"\nbecame = \"nope\"\n",
            "unknown-authority",
            4,
        ),
        ("a work that is a text", "x = \"X\"\n", "invalid-value", 1),
    ];
    let mut cases: Vec<Case> = bad
        .into_iter()
        .map(|(name, text, code, line)| {
            Case::fault(name, code, format!("authorities.toml:{line}")).file("authorities.toml", text)
        })
        .collect();
    cases.push(Case::inert("a work with markup for a title").body("1.1 See [[x]].").file(
        "authorities.toml",
        format!("{REGISTER}\n[x]\ntitle = \"{WORDS}\"\nkind = \"report\"\naliases = [\"<script>\"]\n"),
    ));
    cases.push(Case::inert("works that became one another").file(
        "authorities.toml",
        "[x]\ntitle = \"X\"\nkind = \"report\"\nbecame = \"y\"\n[y]\ntitle = \"Y\"\nkind = \"report\"\nbecame = \"x\"\n",
    ));
    cases
}

fn beside() -> Vec<Case> {
    let relations = [
        ("a relation of a document that climbs", "[\"../a\".\"1.1\"]\nupdates = [\"b#1.1\"]\n", "invalid-id", 1),
        ("a relation of no kind", "[a.\"1.1\"]\nloves = [\"b#1.1\"]\n", "unknown-key", 2),
        ("a relation to markup", "[a.\"1.1\"]\nupdates = [\"b#<script>\"]\n", "malformed-reference", 2),
        ("a relation to nothing", "[a.\"1.1\"]\nupdates = [\"b#9.9\"]\n", "unresolved-reference", 2),
        ("a relation of the wrong type", "[a.\"1.1\"]\nupdates = 7\n", "invalid-value", 2),
        ("a relation that is no TOML", "[a.\"1.1\"\n", "invalid-toml", 1),
    ];
    let mut cases: Vec<Case> = relations
        .into_iter()
        .map(|(name, text, code, line)| {
            Case::fault(name, code, format!("relations.toml:{line}")).file("relations.toml", text)
        })
        .collect();
    let brand = [
        ("an accent that ends the rule", "accent = \"#000;} body{display:none\"\n", "invalid-value"),
        ("a typeface that ends the rule", "font = \"x;} body{display:none\"\n", "invalid-value"),
        ("a theme's key that is none", "script = \"x.js\"\n", "unknown-key"),
    ];
    for (name, text, code) in brand {
        cases.push(Case::fault(name, code, "theme/theme.toml:1").file("theme/theme.toml", text));
        let settings = format!("title = \"A site\"\n[brand]\n{text}");
        cases.push(Case::fault(format!("{name}, in the settings"), code, "site.toml:3").file("site.toml", &settings));
    }
    cases.push(
        Case::fault("a colour that loads something", "invalid-value", "site.toml:3")
            .file("site.toml", "title = \"A site\"\n[brand]\nmark-dark = \"url(https://example.org/x)\"\n"),
    );
    cases
}
