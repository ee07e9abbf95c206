//! What it costs to recognise the law: a full build of 1,000 documents, in memory and on one thread.
//!
//! Prints the time of the build, of the same build with an empty register, and of recognition alone over the same
//! paragraphs; fails if recognition takes 15% of the build or more. The first two differ by more than recognition: what is
//! recognised is resolved, listed and drawn as well.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark may stop where it stands"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use clausebook::document::Register;
use clausebook::parse::law::recognise;
use clausebook::pipeline::{self, Options};
use clausebook::source::{Site, SourceMap};

const DOCUMENTS: usize = 1_000;
const CLAUSES: usize = 25;
const ROUNDS: usize = 5;
/// The largest share of a build that recognition may have.
const LIMIT: f64 = 0.15;

const REGISTER: &str = include_str!("../content/authorities.toml");

/// Sentences as guidance has them; in about a third of them the law is cited.
const SENTENCES: [&str; 12] = [
    "The local authority and its relevant partners should agree how each of them will contribute to the priorities that \
     the board has set, and publish what they have agreed.",
    "Section 10(1) of the Children Act 2004 requires each children's services authority in England to make arrangements \
     to promote cooperation.",
    "Budgets may be pooled where that helps to improve the well-being of children, and the partners should keep a \
     record of what each has paid into the pool.",
    "Partners should consult children, young people and their parents, and show what has changed as a result.",
    "Under regulation 4 of the Children and Young People's Plan (England) Regulations 2005 (SI 2005/2149), the authority \
     publishes a plan, and reviews it each year.",
    "The Chair of the board should not be a person who is employed by one of the partners, so that the Board can hold \
     each of them to account in Public.",
    "In part 3 of this guidance and in chapter 2 of the plan, the role that schools, colleges and the third sector \
     play is set out in more detail; section 4 of the form asks for examples.",
    "Strategic Health Authorities, Primary Care Trusts, Youth Offending Teams and the Probation Board are relevant \
     partners (see ss 10-12 of the Children Act 2004 and Schedule 1 to that Act).",
    "A needs assessment should draw on what local people say, on data about outcomes, and on the experience of the \
     people who work with children and families every day.",
    "Where a partner cannot agree, the Director of Children's Services should try to resolve the matter, and report to \
     the Lead Member if this does not succeed within a month.",
    "The Information Commissioner gives advice on the Data Protection Act 1998 and the Freedom of Information Act 2000.",
    "Governance should be proportionate: the partners decide together how often they meet, who takes the minutes, and \
     which of their decisions need the consent of each body.",
];

/// The paragraphs of a document, each with its own order of sentences.
fn paragraphs(document: usize) -> Vec<String> {
    let paragraph = |clause: usize| {
        let sentences = (0..3).map(|n| SENTENCES[(document * 7 + clause * 5 + n * 4 + clause / 3) % SENTENCES.len()]);
        sentences.collect::<Vec<_>>().join(" ")
    };
    (1..=CLAUSES).map(paragraph).collect()
}

fn site(register: &str) -> Site {
    let mut sources = SourceMap::new();
    sources.insert("site.toml", "title = \"A thousand papers\"\n");
    sources.insert("authorities.toml", register);
    sources.insert("index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n");
    for document in 0..DOCUMENTS {
        let mut text = format!("+++\ntitle = \"Paper {document}\"\npublished = 2008-04-03\n+++\n");
        for (n, paragraph) in paragraphs(document).iter().enumerate() {
            text.push_str(&format!("\n1.{} {paragraph}\n", n + 1));
        }
        sources.insert(&format!("paper-{document}.md"), &text);
    }
    Site { sources, assets: BTreeMap::new() }
}

/// The median of some rounds.
fn timed(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        work();
        times.push(start.elapsed());
    }
    times.sort();
    times[ROUNDS / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn build(site: &Site) -> Duration {
    timed(|| {
        let built = pipeline::build(site, Vec::new(), false, &Options::default());
        assert!(built.output.is_some(), "{:?}", built.diagnostics.first());
    })
}

fn run() {
    let (full, empty) = (site(REGISTER), site(""));
    let with = build(&full);
    let without = build(&empty);
    let register: Register = pipeline::register_of(&full);
    let texts: Vec<String> = (0..DOCUMENTS).flat_map(paragraphs).collect();
    let mut citations = 0;
    let alone = timed(|| {
        citations = texts.iter().map(|text| recognise(text, &register, None).citations.len()).sum();
    });
    let share = alone.as_secs_f64() / with.as_secs_f64();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{DOCUMENTS} documents, {} clauses, {} MB, {citations} citations", texts.len(), bytes / 1_000_000);
    println!("full build                  {:8.0} ms", ms(with));
    println!("with an empty register      {:8.0} ms", ms(without));
    println!("recognition alone           {:8.0} ms", ms(alone));
    println!("recognition's share         {:7.1}%", share * 100.0);
    assert!(share < LIMIT, "recognition takes {:.0}% of a build, and may take {:.0}%", share * 100.0, LIMIT * 100.0);
}

fn main() {
    // On one thread, so that the time of the parts can be compared with that of the whole.
    rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(run);
}
