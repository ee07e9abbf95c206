//! Filters by which templates have the words of pages.
//!
//! `{{ "contents.title" | text }}` prints words in an element,
//! `{{ "contents.label" | label(document=title) }}` words in an attribute. What fills words in
//! braces is escaped as any value is. Words that are not in the site's language are an element of
//! their own, which an attribute cannot hold.

use std::borrow::Cow;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::diagnostic::nearest;
use crate::strings::{Strings, TextPart, fill, parts};

/// Gives templates their filters.
pub(super) fn register(tera: &mut Tera, strings: &Arc<Strings>) {
    let words = strings.clone();
    tera.register_filter("text", move |key: &str, given: Kwargs, state: &State<'_>| text(&words, key, &given, state));
    let words = strings.clone();
    tera.register_filter("label", move |key: &str, given: Kwargs, _: &State<'_>| label(&words, key, &given));
}

fn label(strings: &Strings, key: &str, given: &Kwargs) -> TeraResult<String> {
    let (form, _) = form(strings, key, given)?;
    check(key, form, given)?;
    Ok(fill(form, |hole| Some(Cow::Owned(value(given, hole)?.to_string()))))
}

fn text(strings: &Strings, key: &str, given: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let (form, is_foreign) = form(strings, key, given)?;
    check(key, form, given)?;
    let mut written = String::new();
    for part in parts(form) {
        match part {
            TextPart::Text(text) => written.push_str(&state.escape(text)?),
            TextPart::Hole(hole) => {
                let Some(value) = value(given, hole) else { continue };
                let shown = state.escape_if_needed(value)?;
                if is_foreign && !value.is_safe() && shown.contains(char::is_alphabetic) {
                    // What an author wrote is in the language of the site.
                    let language = state.escape(strings.language())?;
                    written.push_str(&format!("<span lang=\"{language}\">{shown}</span>"));
                } else {
                    written.push_str(&shown);
                }
            }
        }
    }
    if is_foreign {
        written = format!("<span lang=\"en\" dir=\"ltr\">{written}</span>");
    }
    Ok(Value::safe_string(&written))
}

/// The text of a key in the form that its number wants, and whether it is English on a page that is
/// not.
fn form<'s>(strings: &'s Strings, key: &str, given: &Kwargs) -> TeraResult<(&'s str, bool)> {
    let count = match value(given, "count") {
        Some(_) => given.get::<usize>("count")?,
        None => None,
    };
    strings.form(key, count).ok_or_else(|| {
        let near = nearest(key, strings.keys()).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
        Error::message(format!("no catalogue has words of the key `{key}`{near}"))
    })
}

/// Refuses words in braces that the template does not fill.
fn check(key: &str, form: &str, given: &Kwargs) -> TeraResult<()> {
    let mut holes =
        parts(form).into_iter().filter_map(|part| if let TextPart::Hole(hole) = part { Some(hole) } else { None });
    match holes.find(|hole| value(given, hole).is_none()) {
        Some(hole) => Err(Error::message(format!("the words of the key `{key}` need a value `{hole}`"))),
        None => Ok(()),
    }
}

fn value<'k>(given: &'k Kwargs, hole: &str) -> Option<&'k Value> {
    given.iter().find(|(key, _)| key.as_str() == Some(hole)).map(|(_, value)| value)
}
