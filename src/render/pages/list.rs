//! The page of a reader's own list, which a script fills.

use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::ListPage;
use crate::strings::phrase;

/// Returns the view of the page.
pub fn view(cx: &RenderContext<'_>) -> ListPage {
    ListPage { shell: shell(cx, &[&cx.text(phrase::OwnTitle)]) }
}
