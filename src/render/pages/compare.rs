//! The page of two editions compared.
//!
//! Takes comparisons; gives changes in the order of the new edition, with runs of clauses in which
//! no word changed folded, and the numbers of both. What went and what came is said in words beside
//! its form.

use crate::corpus::first_words;
use crate::editions::{
    AccountLine, Class, ClauseChange, ClausePosition, Compared, FlagKind, Gap, RunStatus, WordRun, flag_words,
    quiet_words,
};
use crate::render::components::cards::card;
use crate::render::components::editions::{Side, class_word, class_words, number_links, sides};
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::html::HtmlWriter;
use crate::render::view::{self, Html, Link};
use crate::strings::phrase;

/// Number of words that are shown of a clause that only moved.
const MOVED_WORDS: usize = 30;

/// Returns the view of the page of a comparison.
pub fn view(cx: &RenderContext<'_>, compared: &Compared) -> view::ComparePage {
    let comparison = &compared.comparison;
    let (old, new) = sides(cx.corpus, compared);
    let title = cx.say(phrase::CompareTitle { old: &old.name, new: &new.name });
    let (old_card, new_card) = (cx.corpus.entry(compared.old), cx.corpus.entry(compared.new));
    let counts = comparison.counts().filter(|(_, count)| *count > 0);
    let kinds = [
        (FlagKind::Duty, cx.say(phrase::CompareFlaggedDuty)),
        (FlagKind::Citation, cx.say(phrase::CompareFlaggedCitation)),
        (FlagKind::Mention, cx.say(phrase::CompareFlaggedMention)),
    ];
    let flagged = kinds.map(|(kind, words)| view::ClauseRelations {
        words,
        links: comparison.flagged(kind).map(change_link).collect(),
    });
    let file = |ending| cx.address(&compared.file(ending)?);
    view::ComparePage {
        shell: shell(cx, &[title.text()]),
        title,
        old: card(cx, old_card),
        new: card(cx, new_card),
        counts: counts.map(|(class, count)| view::Count { words: class_word(cx, class), count }).collect(),
        flagged: flagged.into_iter().filter(|flagged| !flagged.links.is_empty()).collect(),
        changes: changes(cx, compared, &old, &new),
        concordance: comparison.changes.iter().map(|change| row(cx, &old, &new, change)).collect(),
        csv: file("csv"),
        json: file("json"),
    }
}

/// The changes, each under the heading of the new edition; what is folded needs none.
fn changes(cx: &RenderContext<'_>, compared: &Compared, old: &Side<'_>, new: &Side<'_>) -> Vec<view::CompareItem> {
    let mut items = Vec::new();
    let mut heading = None;
    let unit = cx.corpus.entry(compared.new).document.front.unit.clone().unwrap_or_else(|| cx.strings.unit());
    for line in compared.comparison.lines() {
        let change = match line {
            AccountLine::Change(change) => change,
            AccountLine::Quiet(run) => {
                let rows = run.iter().map(|change| row(cx, old, new, change)).collect();
                items.push(view::CompareItem::Quiet { words: quiet_words(cx.strings, &run, &unit), rows });
                continue;
            }
        };
        // A clause that is gone is where it was, which may be under no heading of the new
        // edition.
        let side = if change.new.is_empty() { old } else { new };
        let title = change.new.first().or(change.old.first()).and_then(|clause| heading_of(side, clause.at));
        if let Some(title) = title.filter(|title| heading.as_ref() != Some(title)) {
            items.push(view::CompareItem::Heading { title: title.clone() });
            heading = Some(title);
        }
        items.push(view::CompareItem::Change(view::ChangeView {
            id: change.anchor(),
            words: class_words(cx, change).capital(),
            class: change.classes.first().map(|class| class.as_str().to_owned()).unwrap_or_default(),
            old: number_links(cx, old, &change.old),
            new: number_links(cx, new, &change.new),
            flags: change.flags.iter().map(|flag| flag_words(cx.strings, flag).capital()).collect(),
            texts: texts(cx, change),
        }));
    }
    items
}

fn row(cx: &RenderContext<'_>, old: &Side<'_>, new: &Side<'_>, change: &ClauseChange) -> view::ConcordanceRow {
    view::ConcordanceRow {
        old: number_links(cx, old, &change.old),
        new: number_links(cx, new, &change.new),
        words: class_words(cx, change),
        url: Some(format!("#{}", change.anchor())).filter(|_| !change.is_quiet()),
    }
}

/// A change on the page of the comparison, by its new number.
fn change_link(change: &ClauseChange) -> Link {
    let clause = change.new.first().or(change.old.first());
    Link {
        words: clause.map(|clause| clause.number.clone()).unwrap_or_default(),
        url: Some(format!("#{}", change.anchor())),
    }
}

fn heading_of(side: &Side<'_>, at: ClausePosition) -> Option<String> {
    let document = &side.edition.entry(at.file).document;
    let section = document.clauses[at.clause].section?;
    Some(document.sections[section].title.clone())
}

/// The words of a change: of a clause that only moved, its first.
fn texts(cx: &RenderContext<'_>, change: &ClauseChange) -> Vec<view::ChangeText> {
    let is_whole = change.rewritten || change.is(Class::New) || change.is(Class::Removed);
    if is_whole {
        let text = |run: &WordRun| {
            let title =
                if run.is == RunStatus::Removed { cx.say(phrase::CompareBefore) } else { cx.say(phrase::CompareNow) };
            let title = Some(title).filter(|_| change.rewritten);
            view::ChangeText { title, html: markup(cx, std::slice::from_ref(run), false) }
        };
        return change.words.iter().map(text).collect();
    }
    if change.classes == [Class::Moved] {
        let parts = change.words.iter().flat_map(|run| &run.parts).map(|part| part.text.as_str());
        let mut writer = HtmlWriter::default();
        writer.tag("<p>");
        writer.text(&first_words(&parts.collect::<Vec<_>>().join(" "), MOVED_WORDS));
        writer.tag("</p>\n");
        return vec![view::ChangeText { title: None, html: Html::new(&writer.finish()) }];
    }
    vec![view::ChangeText { title: None, html: markup(cx, &change.words, true) }]
}

/// Runs of words as paragraphs; with `marked`, what went and what came is marked as such.
fn markup(cx: &RenderContext<'_>, runs: &[WordRun], marked: bool) -> Html {
    let [removed, added] = [cx.say(phrase::CompareRemoved), cx.say(phrase::CompareAdded)];
    let note = cx.say(phrase::CompareNote);
    let mut writer = HtmlWriter::default();
    let mut open = false;
    let mut last: Option<&WordRun> = None;
    for run in runs {
        let (opening, words, closing) = match run.is {
            RunStatus::Removed if marked => ("<del>", Some(&removed), "</del>"),
            RunStatus::Added if marked => ("<ins>", Some(&added), "</ins>"),
            _ => ("", None, ""),
        };
        // What came is beside what went in its place, in one paragraph, and is parted from it
        // by a space.
        let gone = last.filter(|last| last.is == RunStatus::Removed && run.is == RunStatus::Added);
        let beside = gone.is_some_and(|gone| {
            let gap = |run: &WordRun| run.parts.first().map(|part| part.gap.clone());
            gap(run) == Some(Gap::None) || gone.parts.len() == 1 && gap(gone) == gap(run)
        });
        for (at, part) in run.parts.iter().enumerate() {
            match &part.gap {
                _ if open && at == 0 && beside => writer.tag(" "),
                Gap::Space if open => writer.tag(" "),
                Gap::None if open => {}
                gap => {
                    writer.tag(if open { "</p>\n" } else { "" });
                    writer.tag(match gap {
                        Gap::Item => "<p class=\"item\">",
                        Gap::SubClause => "<p class=\"part\">",
                        _ => "<p>",
                    });
                    match gap {
                        Gap::Note => {
                            writer.tag("<b>");
                            note.write(&mut writer);
                            writer.tag("</b> ");
                        }
                        Gap::Clause(number) => {
                            writer.tag("<b>");
                            writer.text(number);
                            writer.tag("</b> ");
                        }
                        _ => {}
                    }
                    open = true;
                }
            }
            writer.tag(opening);
            if let Some(words) = words.filter(|_| at == 0) {
                writer.tag("<span class=\"said\">");
                words.write(&mut writer);
                writer.tag("</span>");
            }
            writer.text(&part.text);
            writer.tag(closing);
        }
        last = Some(run);
    }
    writer.tag(if open { "</p>\n" } else { "" });
    Html::new(&writer.finish())
}
