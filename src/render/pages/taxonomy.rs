//! The page of a taxonomy: its terms.

use crate::config::TaxonomyId;
use crate::render::components::terms::taxonomy;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::TaxonomyPage;

/// Returns the view of a taxonomy's page.
pub fn view(cx: &RenderContext<'_>, at: TaxonomyId) -> Option<TaxonomyPage> {
    let taxonomy = taxonomy(cx, at)?;
    Some(TaxonomyPage { shell: shell(cx, &[&taxonomy.title]), taxonomy })
}
