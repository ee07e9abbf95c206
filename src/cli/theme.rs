//! `clausebook theme`: which files a theme is made of, and one of them to start from.
//!
//! Takes a site; lists the files in force, or copies one into the site's own `theme`. Never writes
//! over a file.

use std::path::Path;

use serde_json::json;

use super::arguments::ThemeCommand;
use super::{Stop, could_not_run, print, print_json, say_result, site_folder};
use crate::diagnostic;
use crate::disk;
use crate::pipeline;
use crate::render::theme::parts::{Layer, ThemePart, parts};
use crate::source::{OWN_THEME, SourceMap};

pub(super) fn theme(command: &ThemeCommand) -> Result<(), Stop> {
    match command {
        ThemeCommand::List { site, json } => list(site.as_deref(), *json),
        ThemeCommand::Eject { file, site } => eject(file, site.as_deref()),
    }
}

/// The files of a site's theme, and the theme's name.
fn read(root: &Path) -> Result<(Vec<ThemePart>, String), Stop> {
    let read = disk::read_whole(root, SourceMap::new(), pipeline::settings)?;
    let (theme, _) = &read.config().theme;
    Ok((parts(&read.site, theme), theme.clone()))
}

/// Describes the layer that a file comes from.
fn origin(part: &ThemePart, theme: &str) -> String {
    match part.layer {
        Layer::Site => format!("this site, {}", part.own),
        Layer::Extended => format!("the site that this one extends, {}", part.own),
        Layer::Theme => format!("the theme {theme}"),
        Layer::Default => "the default theme".to_owned(),
    }
}

fn list(site: Option<&Path>, json: bool) -> Result<(), Stop> {
    let (parts, theme) = read(&site_folder(site)?)?;
    if json {
        let row = |part: &ThemePart| {
            let layer = match part.layer {
                Layer::Site => "site",
                Layer::Extended => "extended",
                Layer::Theme => "theme",
                Layer::Default => "default",
            };
            json!({ "file": part.name, "from": layer, "own": part.own })
        };
        return print_json(&parts.iter().map(row).collect::<Vec<_>>());
    }
    let width = parts.iter().map(|part| part.name.chars().count()).max().unwrap_or_default();
    let lines = parts.iter().map(|part| format!("{:<width$}  {}\n", part.name, origin(part, &theme)));
    print(&lines.collect::<String>());
    Ok(())
}

fn eject(file: &str, site: Option<&Path>) -> Result<(), Stop> {
    let root = site_folder(site)?;
    let lock = disk::lock(&root)?;
    let (parts, theme) = read(&root)?;
    let Some(part) = parts.iter().find(|part| part.name == file || part.own == format!("{OWN_THEME}{file}")) else {
        let near = diagnostic::nearest(file, parts.iter().map(|part| part.name.as_str()));
        let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let help = format!("{near}`clausebook theme list` names all files");
        return Err(could_not_run(format!("no theme of this site has a file `{file}`"), &help));
    };
    if part.layer == Layer::Site {
        let message = format!("the site has its own `{file}` already: {}", part.own);
        return Err(could_not_run(message, "change that, or delete it first to start anew"));
    }
    let Some(text) = &part.text else {
        let message = format!("`{file}` of {} is no template, and is copied by hand", origin(part, &theme));
        return Err(could_not_run(message, &format!("put a copy of it at {}", part.own)));
    };
    disk::add(&lock, &part.own, text)?;
    say_result(&format!("Wrote {} as it is in {}.", root.join(&part.own).display(), origin(part, &theme)));
    if let Some(prefix) = part.prefix() {
        let name = &part.name;
        say_result(&format!(
            "To change a part of it and keep up with the rest, begin it with {{% extends \"{prefix}{name}\" %}}"
        ));
        say_result("and leave in it only the blocks that differ.");
    }
    say_result("To go back, delete the file.");
    Ok(())
}
