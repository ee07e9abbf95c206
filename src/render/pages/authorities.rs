//! The page of authorities.

use crate::render::components::works::works_by_kind;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::AuthoritiesPage;
use crate::strings::phrase;

/// Returns the view of the page.
pub fn view(cx: &RenderContext<'_>) -> AuthoritiesPage {
    AuthoritiesPage { shell: shell(cx, &[&cx.text(phrase::SiteLaw)]), kinds: works_by_kind(cx) }
}
