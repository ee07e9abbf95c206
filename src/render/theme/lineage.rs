//! Names by which templates call for one another.
//!
//! Takes the texts of templates; returns those that a template extends and includes, and warns of
//! templates that no page comes to. Renders nothing.

use std::collections::BTreeMap;

use super::files::{EMBEDDED, LAYERS, embedded};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{OWN_THEME, Site, Span};

/// Returns the names of the templates that a text extends or includes, in order.
pub(super) fn names(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
    let calls = tags.filter(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        ["extends", "include"].iter().any(|word| tag.starts_with(word))
    });
    calls.flat_map(|tag| tag.split(['"', '\'', '`']).skip(1).step_by(2)).collect()
}

/// Returns a name without its layer.
pub(super) fn bare(name: &str) -> &str {
    LAYERS.iter().find_map(|layer| name.strip_prefix(layer)).unwrap_or(name)
}

/// Returns the text of a template of the default theme, if it has one of this name.
pub(super) fn default_text(name: &str) -> Option<&'static str> {
    embedded(&format!("templates/{name}"))
}

/// Warns of templates that no page uses, and that no template extends or includes. `templates` are
/// all texts by their names in Tera, `places` are those that the site brings.
pub(super) fn unused(site: &Site, templates: &[(String, String)], places: &BTreeMap<String, Span>) -> Vec<Diagnostic> {
    let known = || EMBEDDED.iter().filter_map(|(path, _)| path.strip_prefix("templates/"));
    let is_used = |name: &str| {
        let short = bare(name);
        let called = |(other, text): &(String, String)| {
            // Parts that pages share are known to all templates, wherever they are written.
            other == name && text.contains("component ")
                || other != name && names(text).into_iter().any(|called| called == name || called == short)
        };
        default_text(short).is_some() || templates.iter().any(called)
    };
    let unused = places.iter().filter(|(name, _)| !is_used(name)).map(|(name, place)| {
        let message =
            format!("no page uses the template `{}`, and no other template extends or includes it", bare(name));
        let fault = Diagnostic::new(Code::UnusedTemplate, place.with(0..0), message);
        fault.help("give it a name that `clausebook theme list` shows, or delete it").nearest(bare(name), known())
    });
    // Beside the folder of templates, or with another ending, a file is none.
    let endings = [".html", ".xhtml", ".htm", ".tera", ".j2"];
    let stray = site.assets.keys().filter(|path| {
        path.strip_prefix(OWN_THEME)
            .is_some_and(|path| !path.starts_with("static/") && endings.iter().any(|ending| path.ends_with(ending)))
    });
    let stray = stray.filter_map(|path| site.sources.find(path)).map(|file| {
        let message = "no page uses this file: it is not a template by its folder and its ending";
        let fault = Diagnostic::new(Code::UnusedTemplate, file.start(), message);
        fault.help("put it into `theme/templates/`, with a name that `clausebook theme list` shows")
    });
    unused.chain(stray).collect()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn the_names_in_a_template_are_found() {
        let text = "{% extends \"default/a.html\" %}{%- include 'b.html' -%}{% if x == \"c.html\" %}{% endif %}";
        assert_eq!(names(text), ["default/a.html", "b.html"]);
        assert_eq!(names("{% extends "), Vec::<&str>::new());
    }
}
