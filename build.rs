//! Embeds the default theme, in name order, and a hash of what the program is made from: what an older program built is
//! built anew. Joins the modules of a script to one, for a page from a folder may load no module. Embeds scripts,
//! styles and templates a second time, as short as they are published or run. Makes a type of each key of the English catalogue, so that the
//! program can use no other, nor leave a word in braces open. Reads no network, clock or version control.

#![allow(clippy::disallowed_methods, reason = "a build script reads the theme that it embeds")]

use std::error::Error;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/render/theme/minify.rs"]
mod minify;
#[path = "src/render/theme/names.rs"]
mod names;

/// The scripts that are joined: the folder of their modules, the module that begins them, their name.
const JOINED: [(&str, &str, &str); 7] = [
    ("search", "page", "search.js"),
    ("reader", "aloud", "aloud.js"),
    ("reader", "clause", "clause.js"),
    ("reader", "gather", "gather.js"),
    ("reader", "list", "list.js"),
    ("reader", "more", "more.js"),
    ("reader", "previews", "previews.js"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let top = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = top.join("themes/default");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut sources = vec![top.join("Cargo.toml"), top.join("build.rs")];
    collect(&top.join("src"), &mut sources)?;
    sources.sort();
    let mut hasher = DefaultHasher::new();
    for file in sources.iter().chain(&files) {
        (file.strip_prefix(&top)?.to_string_lossy().replace('\\', "/"), fs::read(file)?).hash(&mut hasher);
    }
    println!("cargo::rustc-env=CLAUSEBOOK_SOURCE={:016x}", hasher.finish());
    // A release says which commit it is made from.
    println!("cargo::rerun-if-env-changed=CLAUSEBOOK_COMMIT");
    let commit = env::var("CLAUSEBOOK_COMMIT").map(|commit| format!(" ({commit})")).unwrap_or_default();
    println!("cargo::rustc-env=CLAUSEBOOK_VERSION={}{commit}", env::var("CARGO_PKG_VERSION")?);
    println!("cargo::rustc-env=CLAUSEBOOK_TARGET={}", env::var("TARGET")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut code = String::from(
        "/// The files of the default theme, by their path in it.\npub static FILES: &[(&str, &[u8])] = &[\n",
    );
    let mut scripts = Vec::new();
    for (folder, module, name) in JOINED {
        let folder = root.join(folder);
        let script = out.join(name);
        fs::write(&script, joined(&folder, module)?)?;
        files.retain(|file| !file.starts_with(&folder));
        scripts.push((root.join("static").join(name), script));
    }
    let files = files.into_iter().map(|file| (file.clone(), file)).chain(scripts);
    let mut short = String::new();
    for (name, file) in files {
        let name = name.strip_prefix(&root)?.to_str().ok_or("a theme's file has a name that is not UTF-8")?;
        let name = name.replace('\\', "/");
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", file.display().to_string())?;
        if let Some(text) = published(&name, &fs::read_to_string(&file).unwrap_or_default()) {
            writeln!(short, "    ({name:?}, {text:?}),")?;
        }
    }
    code.push_str(
        "];\n\n/// Its scripts, styles and templates, as short as they are published or run.\npub static PUBLISHED: &[(&str, &str)] = &[\n",
    );
    code.push_str(&short);
    code.push_str("];\n");
    fs::write(out.join("default_theme.rs"), code)?;
    fs::write(out.join("phrases.rs"), phrases(&fs::read_to_string(root.join("strings/en.toml"))?)?)?;
    Ok(())
}

/// A script, a style sheet or a template of the theme without what only its makers need; nothing of any other file.
fn published(name: &str, text: &str) -> Option<String> {
    match name {
        "static/search.js" | "static/aloud.js" | "static/gather.js" | "static/list.js" | "static/more.js" => {
            Some(names::shortened(text))
        }
        _ if name.ends_with(".js") => Some(minify::squeezed(text)),
        _ if name.ends_with(".css") => Some(minify::minified_style(text)),
        _ if name.starts_with("templates/") => Some(minify::minified_template(text)),
        _ => None,
    }
}

/// A script that does the same as a module of a folder and those that it imports, each after what it imports. No two of
/// them may have one name for two things at their top.
fn joined(folder: &Path, module: &str) -> Result<String, Box<dyn Error>> {
    fn add(folder: &Path, module: &str, known: &mut Vec<String>, script: &mut String) -> Result<(), Box<dyn Error>> {
        if known.iter().any(|known| known == module) {
            return Ok(());
        }
        known.push(module.to_owned());
        let mut own = String::new();
        for line in fs::read_to_string(folder.join(format!("{module}.js")))?.lines() {
            let imported = line.strip_prefix("import ").and_then(|line| line.split_once(" from './"));
            match imported.and_then(|(_, file)| file.strip_suffix(".js';")) {
                Some(imported) => add(folder, imported, known, script)?,
                None => writeln!(own, "{}", line.strip_prefix("export ").unwrap_or(line))?,
            }
        }
        script.push_str(&own);
        Ok(())
    }
    let mut script = String::from("'use strict';\n(() => {\n");
    add(folder, module, &mut Vec::new(), &mut script)?;
    Ok(script + "})();\n")
}

/// The types of all keys of a catalogue: each a structure whose fields are its words in braces.
fn phrases(catalogue: &str) -> Result<String, Box<dyn Error>> {
    let mut found = Vec::new();
    flatten("", &catalogue.parse::<toml::Table>()?, &mut found);
    let mut code = String::new();
    for (key, text, is_plural) in &found {
        let name: String = key.split(['.', '-']).map(capital).collect();
        let holes = holes(text);
        let is_count = |hole: &str| *is_plural && hole == "count";
        let lifetime = if holes.iter().any(|hole| !is_count(hole)) { "<'a>" } else { "" };
        let fields = holes.iter().map(|hole| {
            let field_type = if is_count(hole) { "usize" } else { "&'a str" };
            format!("    /// Word in braces.\n    pub {hole}: {field_type},\n")
        });
        let fields: String = fields.collect();
        let body = if holes.is_empty() { ";".to_owned() } else { format!(" {{\n{fields}}}") };
        writeln!(code, "/// {text:?}\n#[derive(Clone, Copy, Debug)]\npub struct {name}{lifetime}{body}")?;
        let implementing = if lifetime.is_empty() { "" } else { "<'_>" };
        writeln!(code, "impl Phrase for {name}{implementing} {{\n    const KEY: &'static str = {key:?};")?;
        if *is_plural {
            writeln!(code, "    fn count(&self) -> Option<usize> {{ Some(self.count) }}")?;
        }
        if !lifetime.is_empty() {
            let arms = holes.iter().filter(|hole| !is_count(hole));
            let arms: String = arms.map(|hole| format!("{hole:?} => Some(self.{hole}), ")).collect();
            writeln!(code, "    fn word(&self, hole: &str) -> Option<&str> {{ match hole {{ {arms}_ => None }} }}")?;
        }
        code.push_str("}\n");
    }
    Ok(code)
}

/// The keys of a table and of the tables in it, each with its text; a plural has that of its form `other`.
fn flatten(prefix: &str, table: &toml::Table, found: &mut Vec<(String, String, bool)>) {
    for (key, value) in table {
        let key = format!("{prefix}{key}");
        match value {
            toml::Value::String(text) => found.push((key, text.clone(), false)),
            toml::Value::Table(inner) => match inner.get("other").and_then(toml::Value::as_str) {
                Some(other) if inner.contains_key("one") => found.push((key, other.to_owned(), true)),
                _ => flatten(&format!("{key}."), inner, found),
            },
            _ => {}
        }
    }
}

/// The words in braces of a text, each once.
fn holes(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
