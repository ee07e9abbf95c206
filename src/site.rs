//! A site as it was read, with its settings.
//!
//! Holds what every command begins with: the texts and files of a site, what reading them found
//! wrong, and the settings, which say what else is to be read. Reads nothing itself.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::Site;

/// The settings of a site, and what is wrong in them.
pub type Settings = (Config, Vec<Diagnostic>);

/// A site as it was read.
#[derive(Clone, Debug, Default)]
pub struct ReadSite {
    /// The texts and files.
    pub site: Site,
    /// Diagnostics from reading the texts and files.
    pub faults: Vec<Diagnostic>,
    /// The settings, and what is wrong in them.
    pub settings: Settings,
    /// Whether the theme that the settings name has a folder.
    pub theme_found: bool,
}

impl ReadSite {
    /// The settings.
    pub fn config(&self) -> &Config {
        &self.settings.0
    }
}
