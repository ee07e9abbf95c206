//! axe-core, the accessibility checker: its package is fetched at test time, in the version and with the checksum named
//! here, and kept under `target/`. It is never part of this repository.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::{env, fs};

use clausebook::source::Hash;
use serde_json::Value;

use crate::browser::{Page, must_not_be_missing};

const PACKAGE: &str = "axe-core@4.14.1";
const CHECKSUM: &str = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c";

/// Scope of a check.
#[derive(Clone, Copy, PartialEq)]
pub enum Ask {
    /// Everything.
    All,
    /// All but the contrast of colours, which takes longest, and which follows from what a page is built of.
    AllButColours,
}

/// WCAG 2.0, 2.1 and 2.2 at A and AA, and what axe calls best practice.
const RUN: &str = "axe.run(document, { preload: false, resultTypes: ['violations'], \
    rules: { 'color-contrast': { enabled: COLOURS } }, runOnly: { type: 'tag', values: \
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'] } }).then(result => \
    result.violations.flatMap(rule => rule.nodes.map(node => \
    `${rule.id}: ${node.target.join(' ')}: ${node.html.slice(0, 200)}: ${node.failureSummary.replace(/\\s+/g, ' ')}`)))";

/// The checker's script, or nothing where it cannot be had and nobody insists on it.
pub fn axe() -> Option<&'static str> {
    static AXE: LazyLock<Option<String>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(PACKAGE);
        let script = folder.join("node_modules/axe-core/axe.min.js");
        if !script.exists() {
            let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
            npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--silent", "--prefix"]);
            let _what_counts_is_the_script = npm.arg(&folder).arg(PACKAGE).output();
        }
        let Ok(script) = fs::read(&script) else {
            must_not_be_missing(&format!("{PACKAGE} could not be fetched with npm: accessibility is not checked"));
            return None;
        };
        assert_eq!(Hash::of(&script).to_string(), CHECKSUM, "{PACKAGE} is not what it was");
        Some(String::from_utf8(script).unwrap())
    });
    AXE.as_deref()
}

/// Returns the violations on a page as it looks now, a line for each place.
pub fn violations(page: &Page, axe: &str, ask: Ask) -> Vec<String> {
    page.eval::<Value>(&format!("if (!window.axe) {{ {axe} }}; null"));
    page.eval(&RUN.replace("COLOURS", if ask == Ask::All { "true" } else { "false" }))
}
