//! The pages of a term: the clauses that carry it, by document. A term that very many carry has
//! several sheets.

use crate::config::TermRef;
use crate::corpus::{Member, Place, PlacePart, first_words};
use crate::document::Clause;
use crate::render::components::cards::card;
use crate::render::components::sheets;
use crate::render::components::terms::{taxonomy_link, term};
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::{ClauseLine, Link, TermDocument, TermPage};

/// Number of words that stand for a clause in a list.
const OPENING_WORDS: usize = 20;

/// Returns the view of one of a term's sheets.
pub fn view(cx: &RenderContext<'_>, of: TermRef, sheet: usize) -> Option<TermPage> {
    let (term, taxonomy) = (term(cx, of)?, taxonomy_link(cx, of.taxonomy)?);
    let sheets = sheets::of_term(cx.corpus, of);
    let documents = sheets.get(sheet)?.iter().filter_map(|members| {
        let entry = cx.corpus.entry(members.first()?.entry);
        let clauses = sheets::shown(cx.corpus, of, members).iter().map(|member| line(cx, member)).collect();
        Some(TermDocument { document: card(cx, entry), count: members.len(), clauses })
    });
    let link = |sheet: Option<usize>| {
        let members = sheets.get(sheet?)?;
        let ends = [members.first(), members.last()].map(|members| members.and_then(|of| of.first()));
        let [first, last] = ends.map(|member| member.map(|member| member.entry));
        Some(Link {
            words: sheets::span(cx, first?, last?),
            url: cx.address(&sheets::page_of_term(cx.corpus, of, sheet?)?),
        })
    };
    Some(TermPage {
        shell: shell(cx, &[&term.title, &taxonomy.words]),
        term,
        taxonomy,
        previous: link(sheet.checked_sub(1)),
        next: link(sheet.checked_add(1)),
        documents: documents.collect(),
    })
}

fn line(cx: &RenderContext<'_>, member: &Member) -> ClauseLine {
    let entry = cx.corpus.entry(member.entry);
    let clause = &entry.document.clauses[member.clause];
    let opening = entry.opening_words(&clause.body, OPENING_WORDS + 4);
    ClauseLine {
        number: entry.document.clause_number(clause),
        url: cx.address_of(Place { entry: member.entry, part: PlacePart::Clause(member.clause) }),
        heading: entry.trail(clause.section).last().map(|section| section.title.clone()),
        opening: first_words(&without_label(&opening, clause), OPENING_WORDS),
    }
}

/// The words of a sub-clause without the label that its number shows already.
fn without_label(text: &str, clause: &Clause) -> String {
    let label = clause.number.labels().last().map(|label| format!("({label}) "));
    label.and_then(|label| text.strip_prefix(&label)).unwrap_or(text).to_owned()
}
