//! `permalinks/`: a ledger that someone changed, and rows about moves that are not true.

use super::Case;
use crate::site::TestSite;

/// A site whose first edition was published.
fn published() -> TestSite {
    super::base().published()
}

/// A change of the line of clause 1.1 in the ledger of `b`.
fn line(name: &str, from: &str, to: &str) -> Case {
    let site = published();
    let text = site.source("permalinks/b.txt");
    let (at, old) = text.lines().enumerate().find(|(_, line)| line.starts_with("1.1 ")).unwrap();
    assert!(old.contains(from), "{name}: the line is {old}");
    let changed = text.replacen(old, &old.replacen(from, to, 1), 1);
    let (code, place) = match to {
        " 9 " => ("damaged-ledger", "permalinks/editions.toml:1".to_owned()),
        _ => ("malformed-ledger", format!("permalinks/b.txt:{}", at + 1)),
    };
    Case::fault(name, code, place).with(&site).file("permalinks/b.txt", changed)
}

fn moves(name: &str, code: &'static str, at: usize, rows: &str) -> Case {
    Case::fault(name, code, format!("permalinks/moves.toml:{at}"))
        .with(&published())
        .file("permalinks/moves.toml", rows)
}

pub fn cases() -> Vec<Case> {
    let reason = "reason = \"x\"\n";
    let row = |kind: &str, from: &str, to: &str| format!("[[{kind}]]\nfrom = {from}\nto = {to}\n{reason}");
    let mut cases = vec![
        Case::inert("a ledger that nobody touched").with(&published()),
        line("an address that climbs", "1.1 ", "../../evil "),
        line("an address that is a whole path", "1.1 ", "/etc/passwd "),
        line("an address with markup", "1.1 ", "\"><script>alert(1)</script> "),
        line("an address in another script", "1.1 ", "аbc "),
        line("an edition that is none", " 1 ", " 9 "),
        line("an edition that climbs", " 1 ", " ../1 "),
        line("a kind that is none", " clause ", " evil "),
        line("a page that climbs", " b.html ", " ../../evil.html "),
        line("a page that is a whole path", " b.html ", " /evil.html "),
        line("a page on another site", " b.html ", " https://evil.example/ "),
        line("a page that is a script", " b.html ", " javascript:alert(1) "),
        line("a page that Windows keeps", " b.html ", " con.html "),
        line("a field too many", " clause ", " clause clause "),
        line("a hash that is none", " b.html ", " b.html zz "),
        moves("moves that are no TOML", "invalid-toml", 1, "[[moved]"),
        moves("a move of no kind", "unknown-key", 1, "[[stolen]]\nfrom = \"b#1.1\"\n"),
        moves("a move that is a table", "invalid-value", 1, "[moved]\nfrom = \"b#1.1\"\n"),
        moves("a move of a number", "missing-key|invalid-value", 1, &row("moved", "7", "\"a#1.1\"")),
        moves("a move from a path", "spurious-move", 2, &row("moved", "\"../b#1.1\"", "\"a#1.1\"")),
        moves("a move to a path", "spurious-move|move-not-final", 2, &row("moved", "\"b#1.1\"", "\"../../evil#1\"")),
        moves(
            "a move to another site",
            "spurious-move|move-not-final",
            2,
            &row("moved", "\"b#1.1\"", "\"https://evil.example/\""),
        ),
        moves(
            "a move to a script",
            "spurious-move|move-not-final",
            2,
            &row("moved", "\"b#1.1\"", "\"javascript:alert(1)\""),
        ),
        moves("a move to markup", "spurious-move|move-not-final", 2, &row("moved", "\"b#1.1\"", "\"b#<script>\"")),
        moves("a move without a reason", "missing-key", 2, "[[moved]]\nfrom = \"b#1.1\"\nto = \"a#1.1\"\n"),
        moves("a move of what is still there", "spurious-move", 2, &row("moved", "\"b#1.1\"", "\"a#1.1\"")),
        moves("a move of what never was", "spurious-move", 2, &row("moved", "\"b#9.9\"", "\"a#1.1\"")),
        moves("a split into one", "missing-key", 2, &row("split", "\"b#1.1\"", "[\"a#1.1\"]")),
    ];
    let gone =
        || published().edit("b.md", "1.1 One. {#one}\n\n1.2 Two.", "1.3 Other words entirely, of another matter.");
    let circle = row("renumbered", "\"b#1.1\"", "\"b#1.2\"") + &row("renumbered", "\"b#1.2\"", "\"b#1.1\"");
    cases.push(
        Case::fault("moves in a circle", "move-not-final|lost-permalink", "permalinks/b.txt:6")
            .with(&gone())
            .file("permalinks/moves.toml", circle),
    );
    cases.push(Case::fault("a clause that is gone", "lost-permalink", "permalinks/b.txt:4").with(&gone()));
    for (name, text, code, line) in [
        ("an edition that climbs, in the list", "name = \"../1\"\ndate = \"2026-11-24\"", "invalid-value", 2),
        ("an edition with markup", "name = \"<b>\"\ndate = \"2026-11-24\"", "invalid-value", 2),
        ("an edition of no day", "name = \"1\"\ndate = \"2026-99-99\"", "invalid-value", 3),
        ("an edition with a script", "name = \"1\"\ndate = \"2026-11-24\"\nscript = \"x\"", "unknown-key", 4),
        ("a sum with markup", "name = \"1\"\nrows = [\"<script> 1 AAAA\"]", "malformed-ledger", 3),
        ("a sum that climbs", "name = \"1\"\nrows = [\"../a 1 AAAA\"]", "malformed-ledger", 3),
        ("a sum of more rows than it has", "name = \"1\"\nrows = [\"a 9 AAAA\"]", "malformed-ledger", 3),
        ("a sum of a file that is not there", "name = \"1\"\nrows = [\"a 1 AAAA\"]", "damaged-ledger", 2),
    ] {
        // Without lines that name it, so that the list alone is wrong.
        let case = Case::fault(name, code, format!("permalinks/editions.toml:{line}"));
        cases.push(case.file("permalinks/editions.toml", format!("[[edition]]\n{text}\n")));
    }
    let note = "[[edition]]\nname = \"1\"\ndate = \"2026-11-24\"\nnote = \"</p><script>alert(1)</script>\"\n";
    cases.push(
        Case::inert("an edition whose note is markup")
            .with(&published().without_edition_files())
            .file("permalinks/editions.toml", note)
            .shows("changes.html", "<script>alert(1)</script>"),
    );
    let reason = "[[withdrawn]]\nfrom = \"b#1.1\"\nreason = \"</p><script>alert(1)</script>\"\n";
    let site = published().edit("b.md", "1.1 One. {#one}\n\n", "");
    cases.push(
        Case::inert("a reason that is markup")
            .with(&site)
            .file("permalinks/moves.toml", reason)
            .shows("b.html", "<script>alert(1)</script>"),
    );
    cases.push(
        Case::fault("a ledger that is not UTF-8", "not-utf8", "permalinks/b.txt:1")
            .with(&published())
            .file("permalinks/b.txt", b"\xff\n"),
    );
    cases
}
