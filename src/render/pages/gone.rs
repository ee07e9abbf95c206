//! A page that only leads on, for whoever comes by an old link.

use crate::corpus::history::{self, FormerPlace};
use crate::render::components::formers::{former_line, grouped, successor_address};
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::GonePage;

/// Returns the view of a page that the site no longer has.
pub fn view(cx: &RenderContext<'_>, gone: &history::WithdrawnPage) -> GonePage {
    let forward = gone.forward().map(|heir| match &heir.alone {
        Some(alone) if gone.formers.is_empty() => cx.address(alone),
        _ => successor_address(cx, heir),
    });
    GonePage {
        shell: shell(cx, &[&gone.title]),
        title: gone.title.clone(),
        whole: gone.whole.iter().filter_map(|former| former_line(cx, former, FormerPlace::End)).collect(),
        forward: forward.flatten(),
        formers: grouped(cx, gone.formers.iter(), FormerPlace::End),
    }
}
