//! Embeds the default theme, in name order, and a hash of what the program is made from: what an older program built is
//! built anew. Reads no network, clock or version control.

#![allow(clippy::disallowed_methods, reason = "a build script reads the theme that it embeds")]

use std::error::Error;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

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
    let mut code = String::from(
        "/// The files of the default theme, by their path in it.\npub static FILES: &[(&str, &[u8])] = &[\n",
    );
    for file in files {
        let name = file.strip_prefix(&root)?.to_str().ok_or("a theme's file has a name that is not UTF-8")?;
        writeln!(code, "    ({:?}, include_bytes!({:?})),", name.replace('\\', "/"), file.display().to_string())?;
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("default_theme.rs"), code)?;
    Ok(())
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
