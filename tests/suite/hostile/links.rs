//! Paths and mentions that an author writes.

use super::Case;

pub fn cases() -> Vec<Case> {
    let missing = [
        ("a file above the site", "../secret.md", "broken-link"),
        ("… far above", "../../../../../../etc/passwd", "broken-link"),
        ("… with an escape", "%2e%2e/secret.md", "broken-link"),
        ("… with an escaped slash", "..%2fsecret.md", "broken-link"),
        ("… escaped twice", "%252e%252e/secret.md", "missing-file"),
        ("… with backslashes", "..\\secret.md", "broken-link"),
        ("… after a folder", "packs/../../secret.md", "broken-link"),
        ("… by its whole path", "/etc/passwd", "missing-file"),
        ("a drive", "C:\\Windows\\win.ini", "unsafe-url"),
        ("a drive with a slash", "C:/Windows/win.ini", "unsafe-url"),
        ("a share", "\\\\\\\\host\\share\\x.md", "broken-link"),
        ("a device of Windows", "con.md", "missing-file"),
        ("a stream of a file", "a.md:$DATA", "unsafe-url"),
        ("a NUL by escape", "a.md%00.png", "broken-link"),
        ("a hidden file", ".git/config", "missing-file"),
        ("the settings", "site.toml", "missing-file"),
        ("a template", "theme/templates/base.html", "missing-file"),
        ("the ledger", "permalinks/a.txt", "missing-file"),
        ("another case of a name", "B.md", "missing-file"),
        ("a folder", "packs/", "missing-file"),
        ("a place that is not there", "b.md#9.9", "unresolved-reference"),
        ("a place with markup", "b.md#%22%3E%3Cscript%3E", "broken-link"),
        ("a file twice dotted", "....//secret.md", "missing-file"),
    ];
    let mut cases: Vec<Case> = missing
        .into_iter()
        .map(|(name, path, code)| {
            Case::fault(format!("a link to {name}"), code, "a.md:5").body(&format!("1.1 [x](<{path}>)"))
        })
        .collect();
    let mentions = [
        ("a mention of a path", "[[../b#1.1]]", "unresolved-reference"),
        ("a mention with markup", "[[b#\"onclick=\"x]]", "malformed-reference"),
        ("a mention of nothing", "[[]]", "malformed-reference"),
        ("a mention of a document that is not there", "[[nope#1.1]]", "unresolved-reference"),
        ("a mention of another case", "[[B#1.1]]", "unresolved-reference"),
        ("a mention of a work with markup", "[[ca2004 s \"><script>]]", "malformed-pinpoint"),
        ("a mention of a work's endless section", "[[ca2004 s 10(((((((((((((((]]", "malformed-pinpoint"),
        ("a mention that goes backwards", "[[b#1.2-1.1]]", "unresolved-reference"),
        ("a range from a clause to itself", "[[1.1-1.1]]", "unresolved-reference"),
    ];
    cases
        .extend(mentions.map(|(name, text, code)| Case::fault(name, code, "a.md:5").body(&format!("1.1 See {text}."))));
    cases.push(
        Case::inert("a mention whose words are markup")
            .body("1.1 See [[b#1.1|\\<script>alert(1)\\</script>]].")
            .shows("a.html", "<script>alert(1)</script>"),
    );
    cases.push(
        Case::fault("a pack that draws itself in", "unresolved-reference", "p.md:6")
            .file("p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n![[p#1.1]]\n"),
    );
    cases.push(
        Case::fault("a pack that draws in a path", "unresolved-reference", "p.md:6")
            .file("p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n![[../../etc/passwd]]\n"),
    );
    cases
}
