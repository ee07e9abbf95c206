//! Addresses that an author writes: none leads a browser to run something, or out of the site by a path.

use super::Case;

pub fn cases() -> Vec<Case> {
    let refused = [
        ("a script", "javascript:alert(1)"),
        ("… in capitals", "JaVaScRiPt:alert(1)"),
        ("… with an entity for the colon", "javascript&colon;alert(1)"),
        ("… with a numbered entity", "javascript&#58;alert(1)"),
        ("… with an entity in the scheme", "java&#115;cript:alert(1)"),
        ("… with a tab by entity", "java&Tab;script:alert(1)"),
        ("… with a line break by entity", "java&NewLine;script:alert(1)"),
        ("… after a control by entity", "&#1;javascript:alert(1)"),
        ("… after a blank", "<\tjavascript:alert(1)>"),
        ("… after an entity of a blank", "&#32;javascript:alert(1)"),
        ("… with an escape", "javascript\\:alert(1)"),
        ("… in brackets", "<javascript:alert(1)>"),
        ("data", "data:text/html,<script>alert(1)</script>"),
        ("data in base64", "data:text/html;base64,PHNjcmlwdD4="),
        ("a Visual Basic script", "vbscript:msgbox(1)"),
        ("a file of the reader's", "file:///etc/passwd"),
        ("a blob", "blob:https://example.org/x"),
        ("an application's scheme", "ms-msdt:/id"),
        ("the source of a page", "view-source:https://example.org/"),
        ("a scheme with no slashes", "https:evil.example"),
        ("no scheme", "//evil.example/x"),
        ("no scheme, with backslashes", "\\\\\\\\evil.example\\x"),
        ("no scheme, one of each", "/\\evil.example"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, address) in refused {
        let code = if address.starts_with(['/', '\\']) { "broken-link" } else { "unsafe-url" };
        cases.push(Case::fault(format!("a link to {name}"), code, "a.md:5").body(&format!("1.1 [x]({address})")));
    }
    let definition = "1.1 [x].\n\n[x]: javascript:alert(1)";
    cases.push(Case::fault("a script in a link's definition", "unsafe-url", "a.md:5").body(definition));
    cases.push(Case::fault("a script in angle brackets", "unsafe-url", "a.md:5").body("1.1 <javascript:alert(1)>"));
    cases.push(Case::fault("a script as a picture", "unsafe-url", "a.md:5").body("1.1 ![x](javascript:alert(1))"));
    cases.push(
        Case::fault("data as a picture", "unsafe-url", "a.md:5")
            .body("1.1 ![x](data:image/svg+xml,<svg/onload=alert(1)>)"),
    );
    cases.push(
        Case::fault("a picture from elsewhere", "remote-picture", "a.md:5")
            .body("1.1 ![x](https://evil.example/x.png)"),
    );
    let inert = [
        ("a quotation mark in an address", "[x](https://example.org/\"onmouseover=\"alert(1))"),
        ("a tag in an address", "[x](<https://example.org/><script>alert(1)</script>>)"),
        ("a title with a handler", "[x](https://example.org/ '\" onmouseover=\"alert(1)')"),
        ("an address with a user", "[x](https://example.org@evil.example/)"),
        ("letters of another script in a host", "[x](https://exаmple.org/)"),
        ("mail with headers", "[x](mailto:a@example.org?bcc=b@example.org&body=%0d%0a)"),
        ("words that pretend to be an address", "[https://example.org/](https://evil.example/)"),
    ];
    cases.extend(inert.map(|(name, link)| Case::inert(name).body(&format!("1.1 {link} Text."))));
    cases
}
