//! Checks the crates that clausebook ships: from one registry, with checksums, under licences that
//! allow it, each for a reason that is written down, and no more of them than somebody knows of.
//!
//! Needs no network and no advisory database; `deny.toml` is for those who have them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

/// The most crates that the program is made of on this system, and that are locked for all systems and for tests. Whoever
/// raises one has looked at what came with a dependency.
const MOST_SHIPPED: usize = 185;
const MOST_LOCKED: usize = 259;

/// Licences under which code may be handed on in a program under MIT.
const PERMISSIVE: [&str; 10] =
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "Unicode-3.0", "Unlicense", "Zlib"];

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn table(path: &str) -> toml::Table {
    text(path).parse().unwrap()
}

/// Output of `cargo metadata` for this system.
static METADATA: LazyLock<Value> = LazyLock::new(|| {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let system = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", system];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
});

/// The crates that the program is made of or built by, without those of tests alone: name and version, with the licence.
fn shipped() -> BTreeMap<(&'static str, &'static str), &'static str> {
    let nodes = METADATA["resolve"]["nodes"].as_array().unwrap();
    let mut ids = BTreeSet::new();
    let mut next = vec![METADATA["resolve"]["root"].as_str().unwrap()];
    while let Some(id) = next.pop() {
        if ids.insert(id) {
            let node = nodes.iter().find(|node| node["id"] == id).unwrap();
            let is_used = |dependency: &&Value| {
                dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev")
            };
            let used = node["deps"].as_array().unwrap().iter().filter(is_used);
            next.extend(used.map(|dependency| dependency["pkg"].as_str().unwrap()));
        }
    }
    let packages = METADATA["packages"].as_array().unwrap().iter();
    let of = |package: &'static Value, key: &str| package[key].as_str().unwrap_or_default();
    let packages = packages.filter(|package| ids.contains(package["id"].as_str().unwrap()));
    packages.map(|package| ((of(package, "name"), of(package, "version")), of(package, "license"))).collect()
}

/// Whether a licence expression leaves a way that is permissive: one of the alternatives, and all that it joins.
fn is_permissive(expression: &str) -> bool {
    // `(A OR B) AND C` is all that the field writes besides plain rows.
    if let Some((first, rest)) = expression.strip_prefix('(').and_then(|inner| inner.split_once(") AND ")) {
        return is_permissive(first) && is_permissive(rest);
    }
    let expression = expression.replace('/', " OR ");
    let known = |licence: &str| PERMISSIVE.contains(&licence.trim().trim_end_matches(" WITH LLVM-exception"));
    expression.split(" OR ").any(|way| way.split(" AND ").all(known))
}

#[test]
fn every_crate_comes_from_one_registry_with_a_checksum() {
    let lock = table("Cargo.lock");
    let packages = lock["package"].as_array().unwrap();
    let mut sources = BTreeSet::new();
    for package in packages.iter().filter(|package| package["name"].as_str() != Some("clausebook")) {
        let of = |key: &str| package.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        assert!(of("source").starts_with("registry+"), "{} comes from {:?}", of("name"), of("source"));
        let checksum = of("checksum");
        assert!(checksum.len() == 64 && checksum.bytes().all(|b| b.is_ascii_hexdigit()), "{}", of("name"));
        sources.insert(of("source"));
    }
    assert_eq!(sources.len(), 1, "{sources:?}");
}

#[test]
fn every_licence_lets_it_be_handed_on() {
    let shipped = shipped();
    assert!(shipped.len() > 50);
    let other: Vec<_> = shipped.iter().filter(|(_, licence)| !is_permissive(licence)).collect();
    assert!(other.is_empty(), "{other:?}");
    for (expression, expected) in [
        ("MIT", true),
        ("Unlicense/MIT", true),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT AND MPL-2.0", false),
        ("GPL-3.0-only", false),
        ("(MIT OR Apache-2.0) AND GPL-2.0", false),
        ("", false),
    ] {
        assert_eq!(is_permissive(expression), expected, "{expression}");
    }
}

/// The names of the tables of `Cargo.toml` that list what clausebook asks for itself.
const TABLES: [&str; 4] =
    ["[dependencies]", "[target.'cfg(unix)'.dependencies]", "[build-dependencies]", "[dev-dependencies]"];

/// The lines of those tables, each with its table.
fn asked_for(manifest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut table = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            table = line;
        } else if TABLES.contains(&table) && line.contains(" = ") && !line.starts_with('#') {
            found.push((table, line));
        }
    }
    found
}

#[test]
fn each_dependency_has_a_reason() {
    let manifest = text("Cargo.toml");
    let lines = asked_for(&manifest);
    assert!(lines.len() > 20);
    let tables = manifest.lines().filter(|line| line.starts_with('[') && line.contains("dependencies"));
    assert_eq!(tables.collect::<Vec<_>>(), TABLES, "a table that nobody looks at");
    // The security chapter names those that are part of the program.
    let chapter = text("content/manual/security.md");
    for (table, line) in lines {
        let reason = line.split_once(" # ").map_or("", |(_, reason)| reason);
        assert!(reason.split(' ').count() >= 2, "no reason: {line}");
        let name = line.split(' ').next().unwrap();
        assert!(!line.contains("git = ") && !line.contains("path = "), "{line}");
        assert!(table == "[dev-dependencies]" || chapter.contains(&format!("`{name}`")), "security.md lacks {name}");
    }
}

#[test]
fn crates_do_not_grow_unnoticed() {
    let shipped = shipped();
    let names: Vec<_> = shipped.keys().map(|(name, version)| format!("{name} {version}")).collect();
    assert!(names.len() <= MOST_SHIPPED, "{} crates: {names:?}", names.len());
    let locked = table("Cargo.lock")["package"].as_array().unwrap().len();
    assert!(locked <= MOST_LOCKED, "{locked} crates");
    let manifest = text("Cargo.toml");
    for (table, line) in asked_for(&manifest) {
        let name = line.split(' ').next().unwrap();
        let versions: Vec<_> = shipped.keys().filter(|(other, _)| *other == name).collect();
        assert!(versions.len() <= 1, "{versions:?}");
        assert!(table == "[dev-dependencies]" || !versions.is_empty(), "{name} is not part of the program");
    }
}

/// Exceptions of `cargo deny` have a reason, and each is needed: one that is not needed any more is taken back.
#[test]
fn each_exception_has_a_reason_and_is_needed() {
    let deny = table("deny.toml");
    let entries = |of: &str, list: &str| deny[of][list].as_array().unwrap().clone();
    for entry in entries("advisories", "ignore").iter().chain(&entries("bans", "skip")) {
        let reason = entry.get("reason").and_then(toml::Value::as_str).unwrap_or_default();
        assert!(reason.split(' ').count() >= 4, "no reason: {entry}");
    }
    let shipped = shipped();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    shipped.keys().for_each(|(name, version)| versions.entry(name).or_default().push(version));
    versions.retain(|_, versions| versions.len() > 1);
    let skipped: Vec<_> =
        entries("bans", "skip").iter().map(|entry| entry["crate"].as_str().unwrap().to_owned()).collect();
    for crate_name in &skipped {
        let (name, version) = crate_name.split_once('@').unwrap();
        let has = |found: &&str| found.starts_with(&format!("{version}."));
        assert!(versions.get(name).is_some_and(|found| found.iter().any(has)), "idle: {crate_name}");
    }
    let known = |name: &&&str| !skipped.iter().any(|entry| entry.split('@').next() == Some(name));
    let unknown: Vec<_> = versions.keys().filter(known).collect();
    assert!(unknown.is_empty(), "there twice, and deny.toml does not say why: {unknown:?}");
    // The one advisory is of a crate that is still there.
    assert!(shipped.keys().any(|(name, _)| *name == "bincode"), "bincode is gone: deny.toml need not name it");
}
