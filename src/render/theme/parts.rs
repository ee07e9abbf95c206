//! Files of a theme, each with what it does: for people who want one of them to start from.
//!
//! Takes the texts of a site and the name of its theme; gives each file in force, with the layer
//! that it comes from. Never reads one: of a file that is not a text of the site, it says where it
//! is.

use super::files::{BOOK_STYLE, BRAND, EMBEDDED, LOGO};
use crate::source::{OWN_THEME, Origin, Site, THEMES};

/// A file of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemePart {
    /// Name by which people ask for it.
    pub name: String,
    /// Path of the site's own below the site's folder, if there were one.
    pub own: String,
    /// Layer that it comes from.
    pub layer: Layer,
    /// Text of it, if that was read with the site.
    pub text: Option<String>,
}

/// A layer of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The site's own folder `theme`.
    Site,
    /// The folder `theme` of the site that it extends.
    Extended,
    /// The theme that the settings name.
    Theme,
    /// The program.
    Default,
}

impl ThemePart {
    /// Returns the prefix of its name in a template that extends it, if it is a template.
    pub fn prefix(&self) -> Option<&'static str> {
        let prefix = match self.layer {
            Layer::Site => "site/",
            // The site's own takes its place.
            Layer::Extended => return None,
            Layer::Theme => "theme/",
            Layer::Default => "default/",
        };
        self.own.starts_with("theme/templates/").then_some(prefix)
    }
}

/// Every file of the theme in force, in the order of their paths.
pub fn parts(site: &Site, theme: &str) -> Vec<ThemePart> {
    let folder = format!("{THEMES}{theme}/");
    let is_part = |path: &str| {
        let folders = ["templates/", "static/", "strings/"];
        [BRAND, LOGO, BOOK_STYLE].contains(&path) || folders.iter().any(|folder| path.starts_with(folder))
    };
    let mut paths: Vec<&str> = EMBEDDED.iter().map(|(path, _)| *path).collect();
    let own = site.sources.iter().map(|file| &*file.path);
    paths.extend(own.filter_map(|path| path.strip_prefix(OWN_THEME).or_else(|| path.strip_prefix(&folder))));
    paths.retain(|path| is_part(path));
    paths.sort_unstable();
    paths.dedup();
    let part = |path: &str| {
        let own = format!("{OWN_THEME}{path}");
        let layers = [(Layer::Site, own.clone()), (Layer::Theme, format!("{folder}{path}"))];
        let found = layers.into_iter().find_map(|(layer, path)| Some((layer, path.clone(), site.sources.find(&path)?)));
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name).to_owned();
        match found {
            Some((layer, path, file)) => {
                let layer = if file.origin == Origin::Upstream { Layer::Extended } else { layer };
                let text = (!site.assets.contains_key(&path)).then(|| file.text.to_string());
                ThemePart { name, own, layer, text }
            }
            None => {
                let text = EMBEDDED.iter().find(|(embedded, _)| *embedded == path);
                let text = text.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
                ThemePart { name, own, layer: Layer::Default, text }
            }
        }
    };
    paths.into_iter().map(part).collect()
}
