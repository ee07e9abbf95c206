//! Facts about a document for machines: JSON-LD in the words of schema.org.
//!
//! Takes a document and what it cites; gives JSON that can be in a page. The law is a
//! `Legislation`, each work once; other works are in the data files alone.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::corpus::{AuthorityId, Corpus, Entry};
use crate::law::Authority;
use crate::render::view::Html;

/// Returns a document as a `Report` with what it is based on and what it cites.
pub fn report(corpus: &Corpus, entry: &Entry) -> Html {
    let front = &entry.document.front;
    let mut report = Map::new();
    let mut say = |key: &str, value: Option<Value>| {
        report.extend(value.map(|value| (key.to_owned(), value)));
    };
    say("@context", Some(json!("https://schema.org")));
    say("@type", Some(json!("Report")));
    say("name", Some(json!(front.title)));
    say("alternateName", (front.short != front.title).then(|| json!(front.short)));
    say("inLanguage", Some(json!(front.language.as_ref().unwrap_or(&corpus.config.language))));
    say("datePublished", front.published.map(|date| json!(date.to_string())));
    say("creativeWorkStatus", front.status.map(|status| json!(status.as_str())));
    say("publisher", front.issuer.as_ref().map(|issuer| json!({ "@type": "Organization", "name": issuer })));
    say("url", corpus.config.base_url.as_ref().map(|base| json!(format!("{base}{}", entry.page))));
    let based_on = front.source.as_ref().map(|source| {
        let mut work = json!({ "@type": "CreativeWork", "name": source.title });
        add(&mut work, "url", source.url.clone());
        work
    });
    say("isBasedOn", based_on);
    let cited: BTreeSet<AuthorityId> =
        entry.citations().filter(|_| front.counts_citations()).map(|citation| citation.authority).collect();
    // The data files have every work; pages are read far more often than parsed.
    let works = cited.into_iter().map(|at| &corpus.authorities[at].authority);
    let works: Vec<Value> = works.filter(|authority| authority.kind.is_law()).map(legislation).collect();
    say("citation", (!works.is_empty()).then_some(Value::Array(works)));
    Html::new(&in_markup(&Value::Object(report)))
}

/// Returns a clause as a part of its document.
pub fn clause(entry: &Entry, citation: &str) -> Html {
    let front = &entry.document.front;
    let mut report = json!({ "@type": "Report", "name": front.title });
    add(&mut report, "datePublished", front.published.map(|date| date.to_string()));
    let clause =
        json!({ "@context": "https://schema.org", "@type": "CreativeWork", "name": citation, "isPartOf": report });
    Html::new(&in_markup(&clause))
}

fn legislation(authority: &Authority) -> Value {
    // "A legal document such as an act, decree, bill" (schema.org/Legislation).
    let mut work = json!({ "@type": "Legislation", "name": authority.title });
    add(&mut work, "legislationIdentifier", authority.work.clone());
    add(&mut work, "url", authority.address());
    add(&mut work, "datePublished", authority.made.map(|date| date.to_string()));
    work
}

fn add(work: &mut Value, key: &str, value: Option<String>) {
    if let (Some(work), Some(value)) = (work.as_object_mut(), value) {
        work.insert(key.to_owned(), Value::String(value));
    }
}

/// JSON that ends no element and begins none, whatever its texts say.
fn in_markup(value: &Value) -> String {
    let mut text = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => text.push(c),
        }
    }
    text
}
