//! A page on its way to a browser.
//!
//! Takes a finished page; gives it with the script that keeps it up to date, and with leave for
//! that script in its content security policy. Reads no more of the markup than the places where
//! these belong.

use std::fmt::Write as _;

/// The address of what only the preview has: no page of a site can have it, since none begins with
/// a full stop.
pub(super) const OWN: &str = "/.clausebook/";

/// The page with the script of the preview. `page` is its path, `hash` what it is made of, `style`
/// that of the styles.
pub(super) fn with_script(markup: &str, page: &str, hash: &str, style: &str) -> String {
    // The three are of letters, figures and `._-/`: nothing in them needs to be escaped.
    let mut script = String::new();
    let written = write!(
        script,
        "<script src=\"{OWN}live.js\" data-page=\"{page}\" data-hash=\"{hash}\" data-style=\"{style}\"></script>"
    );
    debug_assert!(written.is_ok(), "a String takes every write");
    let markup = with_script_permission(markup);
    let place = markup.find("</head>").or_else(|| markup.find("</body>")).unwrap_or(markup.len());
    let (before, after) = markup.split_at(place);
    format!("{before}{script}{after}")
}

/// The page for a site that was never built without errors.
pub(super) fn without_site() -> String {
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Not built yet</title>\n</head>\n<body>\n\
     <main>\n<h1>Not built yet</h1>\n<p>The site has errors. This page shows it as soon as they are fixed.</p>\n</main>\n\
     </body>\n</html>\n"
        .to_owned()
}

/// The page with leave for scripts and connections of its own host in its policy, if it has one.
fn with_script_permission(markup: &str) -> String {
    const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    let Some((before, rest)) = markup.split_once(POLICY) else { return markup.to_owned() };
    let Some((policy, after)) = rest.split_once('"') else { return markup.to_owned() };
    let mut directives: Vec<Vec<&str>> = policy
        .split(';')
        .map(|directive| directive.split_whitespace().collect())
        .filter(|d: &Vec<_>| !d.is_empty())
        .collect();
    let others: Vec<&str> =
        directives.iter().find(|d| d.first() == Some(&"default-src")).into_iter().flatten().skip(1).copied().collect();
    for name in ["script-src", "connect-src"] {
        if !directives.iter().any(|directive| directive.first() == Some(&name)) {
            directives.push([name].into_iter().chain(others.iter().copied()).collect());
        }
        for directive in directives.iter_mut().filter(|directive| directive.first() == Some(&name)) {
            directive.retain(|source| !["'none'", "'self'"].contains(source));
            directive.push("'self'");
        }
    }
    let policy: Vec<String> = directives.iter().map(|directive| directive.join(" ")).collect();
    format!("{before}{POLICY}{}\"{after}", policy.join("; "))
}

#[cfg(test)]
mod tests {
    use super::with_script_permission;

    #[test]
    fn a_policy_gives_leave_to_the_script_and_no_more() {
        let page = |policy: &str| format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        for (policy, expected) in [
            (
                "default-src 'none'; style-src 'self'",
                "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'",
            ),
            ("script-src 'none'; connect-src x", "script-src 'self'; connect-src x 'self'"),
            ("default-src 'self' data:", "default-src 'self' data:; script-src data: 'self'; connect-src data: 'self'"),
        ] {
            assert_eq!(with_script_permission(&page(policy)), page(expected));
        }
        assert_eq!(with_script_permission("<p>"), "<p>");
    }
}
