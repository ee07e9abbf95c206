//! The square that a telephone reads: an address as a QR code, for paper.
//!
//! Takes an absolute address; gives an SVG of level M with the four clear modules around it that
//! readers need. One path draws it, a stroke for each run of dark modules, so that it stays small
//! in the page.

use fast_qr::{ECL, QRBuilder};

use crate::render::context::RenderContext;
use crate::render::html::HtmlWriter;
use crate::render::view::Html;

/// Number of modules that must be clear on each side (ISO/IEC 18004, "quiet zone").
const CLEAR: usize = 4;

/// Returns the page's own address as a QR code, if it has one that leads here from anywhere.
pub fn qr_code_of_page(cx: &RenderContext<'_>) -> Option<Html> {
    qr_code(&format!("{}{}", cx.corpus.config.base_url.as_deref()?, cx.page))
}

/// An address as a picture; none if it is too long for one.
fn qr_code(address: &str) -> Option<Html> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * CLEAR;
    let mut out = HtmlWriter::default();
    // Its address is beside it in print.
    out.tag("<svg class=\"square\" aria-hidden=\"true\"");
    out.attribute("viewBox", &format!("0 0 {side} {side}"));
    out.tag("><path fill=\"#fff\"");
    out.attribute("d", &format!("M0 0h{side}v{side}H0z"));
    out.tag("/><path stroke=\"#000\"");
    let rows = (0..code.size).map(|row| {
        let mut path = format!("M{CLEAR} {}.5", row + CLEAR);
        let modules: Vec<bool> = code[row].iter().map(|module| module.value()).collect();
        let mut clear = 0;
        for run in modules.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let gap = if clear == 0 { String::new() } else { format!("m{clear} 0") };
                path.push_str(&format!("{gap}h{}", run.len()));
                clear = 0;
            } else {
                clear = run.len();
            }
        }
        path
    });
    out.attribute("d", &rows.collect::<String>());
    out.tag("/></svg>");
    Some(Html::new(&out.finish()))
}
