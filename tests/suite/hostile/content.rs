//! Hostile bodies of documents.

use super::Case;

pub fn cases() -> Vec<Case> {
    let mut cases = markup();
    cases.extend(characters());
    cases.extend(sizes());
    cases
}

/// Markup of an author's, which is shown and not obeyed.
fn markup() -> Vec<Case> {
    let bodies = [
        ("a script in a clause", "1.1 Text <script>alert(1)</script>.", "<script>alert(1)</script>"),
        ("a script over two lines", "1.1 Text <script\n>alert(1)</script\n>.", "alert(1)"),
        ("a picture with a handler", "1.1 <img src=x onerror=alert(1)>", "onerror=alert(1)"),
        ("a block of HTML", "1.1 Text.\n\n<div onclick=\"alert(1)\">\n\nMore.\n\n</div>", "onclick="),
        ("an SVG with a handler", "1.1 Text.\n\n<svg/onload=alert(1)>", "<svg/onload=alert(1)>"),
        ("MathML that breaks out", "1.1 <math><mtext><table><mglyph><style><img src onerror=alert(1)>", "<mglyph>"),
        ("a style sheet", "1.1 Text.\n\n<style>body{display:none}</style>", "display:none"),
        ("a frame", "1.1 Text.\n\n<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "srcdoc="),
        ("a base", "1.1 Text <base href=\"//evil.example/\">.", "<base href="),
        ("a refresh", "1.1 <meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "http-equiv=refresh"),
        ("a form", "1.1 <form action=//evil.example><input name=q></form>", "<input name=q>"),
        ("an object", "1.1 <object data=//evil.example/x.swf></object>", "<object data="),
        ("an end tag of the page", "1.1 Text </main></body></html><script>alert(1)</script>.", "</main>"),
        ("a comment that does not end", "1.1 Text.\n\n<!-- <script>alert(1)</script>", "Text."),
        ("a CDATA section", "1.1 Text <![CDATA[<script>alert(1)</script>]]>.", "alert(1)"),
        ("a processing instruction", "1.1 Text <?php system('id'); ?>.", "system("),
        ("a doctype", "1.1 Text.\n\n<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "ENTITY"),
        ("a script in a heading", "## H \\<script>alert(1)\\</script>\n\n1.1 Text.", "<script>alert(1)</script>"),
        ("a script in a cell", "1.1 T:\n\n| a | b |\n|---|---|\n| \\<script>alert(1)\\</script> | c |", "alert(1)"),
        ("a script in a note", "1.1 Text.[^1]\n\n[^1]: \\<script>alert(1)\\</script>", "<script>alert(1)</script>"),
        ("a script in code", "1.1 Text `</code><script>alert(1)</script>`.", "</code><script>alert(1)</script>"),
        ("a script in a fence", "1.1 T:\n\n```\n</pre><script>alert(1)</script>\n```", "</pre><script>"),
        ("a fence whose language is markup", "1.1 T:\n\n```\"><script>alert(1)</script>\nx\n```", "x"),
        ("a fence whose language is a handler", "1.1 T:\n\n```x\"onmouseover=\"alert(1)\nx\n```", "x"),
        ("entities that spell a tag", "1.1 &lt;script&gt;alert(1)&#60;/script&#x3e;", "<script>alert(1)</script>"),
        ("an entity with no end", "1.1 &lt &#60 &#x3c &#0; &#xd800; &#1114112;", "&lt"),
        ("templates' own marks", "1.1 {{ shell.title }} {% include \"x\" %}", "{{ shell.title }}"),
        ("names of the page's script", "1.1 Text. {#constructor}\n\n1.2 Text. {#location}", "Text."),
        ("an alert with markup", "1.1 T:\n\n> [!WARNING]\n> \\<script>alert(1)\\</script>", "<script>"),
        ("a label with markup", "1.1 T:\n\n- (a) \\<b onclick=alert(1)>x\\</b>", "<b onclick=alert(1)>"),
    ];
    bodies.map(|(name, body, words)| Case::inert(name).body(body).shows("a.html", words)).into()
}

/// Characters that are not what they seem.
fn characters() -> Vec<Case> {
    vec![
        Case::fault("a NUL", "control-character", "a.md:5").body("1.1 Te\0xt."),
        Case::fault("a bell", "control-character", "a.md:7").body("1.1 Text.\n\n1.2 Ring\u{7}."),
        Case::fault("an escape for terminals", "control-character", "a.md:5").body("1.1 \u{1b}[2J\u{1b}]0;x\u{7}"),
        Case::fault("a C1 control", "control-character", "a.md:5").body("1.1 Te\u{9b}31mxt."),
        Case::fault("a delete", "control-character", "a.md:5").body("1.1 Te\u{7f}xt."),
        Case::inert("a bidi override").body("1.1 Text \u{202e}evil\u{202c}.").shows("a.html", "Text"),
        Case::inert("bidi isolates that are not closed").body("1.1 \u{2066}\u{2067}\u{2068}Text."),
        Case::fault("a bidi override in an id", "invalid-id", "a.md:5").body("1.1 Text. {#a\u{202e}b}"),
        Case::fault("a letter of another script in an id", "invalid-id", "a.md:5").body("1.1 Text. {#аbc}"),
        Case::inert("a letter of another script in the text").body("1.1 The bоard meets.").shows("a.html", "The bоard"),
        Case::inert("letters with no width").body("1.1 T\u{200b}e\u{200d}x\u{2060}t\u{feff}."),
        Case::inert("noncharacters").body("1.1 \u{fffe}\u{ffff}\u{1ffff}\u{10ffff} Text."),
        Case::inert("line separators").body("1.1 A\u{2028}B\u{2029}C <script>\u{2028}</script>."),
        Case::inert("a thousand accents").body(&format!("1.1 Z{}.", "\u{300}".repeat(1000))),
        Case::inert("figures of another script").body("1.1 Text.\n\n１.２ Text.\n\n١.٣ Text."),
    ]
}

/// Much of one thing.
fn sizes() -> Vec<Case> {
    let times = |text: &str, times: usize| text.repeat(times);
    let cells = times("|", 5_000);
    let notes: String = (0..10_000).map(|n| format!("[^{n}]: n\n\n")).collect();
    let marks: String = (0..10_000).map(|n| format!("[^{n}]")).collect();
    vec![
        Case::fault("quotations too deep", "too-deep", "a.md:5").body(&format!("{}x", times("> ", 65))),
        Case::fault("lists too deep", "too-deep", "a.md:5").body(&format!("{}x", times("* + ", 500))),
        Case::fault("a hundred thousand quotations", "too-deep", "a.md:7")
            .body(&format!("1.1 T.\n\n{}", times(">", 100_000))),
        Case::inert("nested emphasis").body(&format!("1.1 {}x{}", times("*_", 5_000), times("_*", 5_000))),
        Case::inert("nested brackets").body(&format!("1.1 {}x{}", times("(", 50_000), times(")", 50_000))),
        Case::inert("brackets that do not close")
            .body(&format!("1.1 T:\n\n| a | b |\n|---|---|\n| {} |", times("[", 240_000))),
        Case::inert("brackets in a row of cells")
            .body(&format!("1.1 T:\n\n| a | b |\n|---|---|\n{}", times("| [[", 60_000))),
        Case::fault("mentions in mentions", "malformed-reference", "a.md:5")
            .body(&format!("1.1 {}", times("[[", 20_000))),
        Case::inert("links in links").body(&format!("1.1 {}", times("[a](", 20_000))),
        Case::inert("pictures in pictures").body(&format!("1.1 {}", times("![", 50_000))),
        Case::inert("backticks of every length")
            .body(&format!("1.1 {}", (1..600).map(|n| times("`", n) + " ").collect::<String>())),
        Case::inert("a row of many cells").body(&format!("1.1 T:\n\n{cells}\n{}\n{cells}", times("|-", 5_000))),
        Case::inert("many rows").body(&format!("1.1 T:\n\n| a | b |\n|---|---|\n{}", times("| c | d |\n", 20_000))),
        Case::inert("a wide table of short rows").body(&format!(
            "1.1 T:\n\n{}|\n{}|\n{}",
            times("|a", 1_000),
            times("|-", 1_000),
            times("|x|\n", 1_000)
        )),
        Case::inert("many notes").body(&format!("1.1 T{marks}\n\n{notes}")),
        Case::inert("one note marked often").body(&format!("1.1 T{}\n\n[^1]: n", times("[^1] ", 10_000))),
        Case::inert("a note that marks itself").body("1.1 T[^1]\n\n[^1]: n [^1] [^2]\n\n[^2]: m [^1]"),
        Case::inert("many headings of the same words").body(&format!("1.1 T.\n\n{}", times("## Same\n\n", 5_000))),
        Case::inert("many definitions of links")
            .body(&format!("{}1.1 T [a].", (0..20_000).map(|n| format!("[l{n}]: b.md\n")).collect::<String>())),
        Case::inert("a long word").body(&format!("1.1 {}", times("x", 500_000))),
        Case::inert("a fence of one long line").body(&format!("1.1 T:\n\n```rust\n{}\n```", times("r#\"(", 100_000))),
        Case::inert("a fence that a grammar reads slowly")
            .body(&format!("1.1 T:\n\n```javascript\n{}\n```", times("/a(", 300))),
        Case::inert("many quotation marks").body(&format!("1.1 {}", times("\"'", 100_000))),
        Case::inert("many ampersands").body(&format!("1.1 {}", times("&a", 100_000))),
        Case::fault("a line of more than a mebibyte", "too-large", "a.md:5")
            .body(&format!("1.1 {}", times("x", 1 << 20))),
        Case::fault("mentions that lead nowhere, among many clauses", "unresolved-reference|missing-file", "a.md:5")
            .body(
                &(1..2_000).map(|n| format!("1.{n} See [[9.{n}]], [[#x{n}]], [y](y{n}.md).\n\n")).collect::<String>(),
            ),
        Case::fault("a number of many parts", "malformed-number", "a.md:5")
            .body(&format!("1{} Text.", times(".1", 30))),
        Case::fault("a number past counting", "malformed-number", "a.md:5").body("1.99999999999999999999 Text."),
        Case::fault("a range past counting", "unresolved-reference", "a.md:5")
            .body("1.1 See [[1.1-1.99999999999999999999]]."),
    ]
}
