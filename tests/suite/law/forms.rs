//! The law in ordinary words: what is cited, and what is not.
//!
//! Each row is a text and what the recogniser must make of it.

use clausebook::date::PartialDate;
use clausebook::law::Register;
use clausebook::parse::metadata;
use clausebook::pipeline::cite::{CiteReport, cite};
use clausebook::source::SourceMap;

/// Works of every kind, some of which are easily taken for one another.
pub const WORKS: &str = include_str!("authorities.toml");

pub fn register() -> Register {
    let mut sources = SourceMap::new();
    let file = sources.insert("authorities.toml", WORKS);
    let (rows, faults) = metadata::authorities([sources.file(file)]);
    assert!(faults.is_empty(), "{faults:?}");
    Register::new(rows.into_iter().map(|row| row.authority).collect())
}

/// Rows of the tables here.
pub fn rows() -> (usize, usize) {
    let linking = CITED.len() + ALONE.len() + DOUBTS.iter().filter(|(_, works, _)| !works.is_empty()).count();
    (linking, WORDS.len() + DOUBTS.iter().filter(|(_, works, _)| works.is_empty()).count())
}

/// "ca2004 s 10(1)(b) | ca1989": each work by its key, with the pinpoint as OSCOLA prints it.
fn cited(report: &CiteReport) -> String {
    let each = report.citations.iter().map(|citation| {
        let pinpoint = citation.oscola.strip_prefix(&citation.title).expect("it begins with the title");
        format!("{} {}", citation.key, pinpoint.trim_start_matches(", ")).trim_end().to_owned()
    });
    each.collect::<Vec<_>>().join(" | ")
}

/// "section/10/1/b section/11 | regulation/4": the paths of each work that is cited with any.
fn paths(report: &CiteReport) -> String {
    let each = report.citations.iter().filter(|citation| !citation.provisions.is_empty());
    let each = each.map(|citation| citation.provisions.iter().map(|p| p.path.as_str()).collect::<Vec<_>>().join(" "));
    each.collect::<Vec<_>>().join(" | ")
}

/// "undeclared-authority «Unknown Act 2001»"
fn doubts(report: &CiteReport) -> String {
    let each = report.diagnostics.iter().map(|doubt| format!("{} «{}»", doubt.code, doubt.text));
    each.collect::<Vec<_>>().join(" | ")
}

/// Compares every row before it fails, so that one run shows all that is wrong.
fn compare(rows: impl Iterator<Item = (String, Vec<String>, Vec<String>)>) {
    let wrong: Vec<String> = rows
        .filter(|(_, found, wanted)| found != wanted)
        .map(|(text, found, wanted)| format!("{text}\n   found {found:?}\n  wanted {wanted:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_work_is_cited_with_the_pinpoint_beside_it() {
    let register = register();
    compare(CITED.iter().map(|(text, works, provisions)| {
        let report = cite(text, &register, None);
        let found = vec![cited(&report), paths(&report), doubts(&report)];
        (text.to_string(), found, vec![works.to_string(), provisions.to_string(), String::new()])
    }));
}

#[test]
fn a_work_is_cited_alone_if_what_stands_near_is_not_its_own() {
    let register = register();
    compare(ALONE.iter().map(|(text, works)| {
        let report = cite(text, &register, None);
        let found = vec![cited(&report), paths(&report), doubts(&report)];
        (text.to_string(), found, vec![works.to_string(), String::new(), String::new()])
    }));
}

#[test]
fn words_that_only_look_like_citations_stay_words() {
    let register = register();
    compare(WORDS.iter().map(|text| {
        let report = cite(text, &register, None);
        (text.to_string(), vec![cited(&report), doubts(&report)], vec![String::new(), String::new()])
    }));
}

#[test]
fn what_is_in_doubt_is_reported_and_not_linked() {
    let register = register();
    compare(DOUBTS.iter().map(|(text, works, wanted)| {
        let report = cite(text, &register, None);
        let found = vec![cited(&report), paths(&report), doubts(&report)];
        (text.to_string(), found, vec![works.to_string(), String::new(), wanted.to_string()])
    }));
}

#[test]
fn the_tables_are_as_long_as_they_were() {
    // A row that troubles somebody is mended, not taken out.
    assert!(CITED.len() >= 175 && ALONE.len() >= 33 && WORDS.len() >= 54 && DOUBTS.len() >= 47);
}

/// The address after that of legislation.gov.uk, now and on 3 April 2008.
const ADDRESSES: &[(&str, &str, &str)] = &[
    ("the Children Act 2004", "ukpga/2004/31", "ukpga/2004/31/2008-04-03"),
    ("section 10 of the Children Act 2004", "ukpga/2004/31/section/10", "ukpga/2004/31/section/10/2008-04-03"),
    (
        "section 10(1)(b) of the Children Act 2004",
        "ukpga/2004/31/section/10#section-10-1-b",
        "ukpga/2004/31/section/10/2008-04-03#section-10-1-b",
    ),
    (
        "ss 10A to 12 CA 2004",
        "ukpga/2004/31/section/10A ukpga/2004/31/section/12",
        "ukpga/2004/31/section/10A/2008-04-03 ukpga/2004/31/section/12/2008-04-03",
    ),
    (
        "s 10(1)(b), (c) and (2) CA 2004",
        "ukpga/2004/31/section/10#section-10-1-b ukpga/2004/31/section/10#section-10-1-c \
         ukpga/2004/31/section/10#section-10-2",
        "ukpga/2004/31/section/10/2008-04-03#section-10-1-b ukpga/2004/31/section/10/2008-04-03#section-10-1-c \
         ukpga/2004/31/section/10/2008-04-03#section-10-2",
    ),
    ("Schedule 2 to the Children Act 1989", "ukpga/1989/41/schedule/2", "ukpga/1989/41/schedule/2/2008-04-03"),
    (
        "paragraph 3(1) of Schedule 2 to the Children Act 1989",
        "ukpga/1989/41/schedule/2/paragraph/3#schedule-2-paragraph-3-1",
        "ukpga/1989/41/schedule/2/paragraph/3/2008-04-03#schedule-2-paragraph-3-1",
    ),
    ("Part 3 of the Children Act 1989", "ukpga/1989/41/part/III", "ukpga/1989/41/part/III/2008-04-03"),
    ("Part III of the Children Act 1989", "ukpga/1989/41/part/III", "ukpga/1989/41/part/III/2008-04-03"),
    ("Part 2 of the Children Act 2004", "ukpga/2004/31/part/2", "ukpga/2004/31/part/2/2008-04-03"),
    (
        "Chapter 1 of Part 2 of the Children Act 2004",
        "ukpga/2004/31/part/2/chapter/1",
        "ukpga/2004/31/part/2/chapter/1/2008-04-03",
    ),
    // A section is numbered through its Act.
    ("Part 2, section 10 of the Children Act 2004", "ukpga/2004/31/section/10", "ukpga/2004/31/section/10/2008-04-03"),
    ("Part 10A of the Family Proceedings Rules 1991", "uksi/1991/1247/part/XA", "uksi/1991/1247/part/XA/2008-04-03"),
    ("SI 2005/2149, reg 4", "uksi/2005/2149/regulation/4", "uksi/2005/2149/regulation/4/2008-04-03"),
    (
        "SI 2005/2149, reg 4(1)(a)",
        "uksi/2005/2149/regulation/4#regulation-4-1-a",
        "uksi/2005/2149/regulation/4/2008-04-03#regulation-4-1-a",
    ),
    ("WSI 2006/1705, reg 3", "wsi/2006/1705/regulation/3", "wsi/2006/1705/regulation/3/2008-04-03"),
    ("SSI 2009/210, reg 5", "ssi/2009/210/regulation/5", "ssi/2009/210/regulation/5/2008-04-03"),
    (
        "article 5 of the Children (Allocation of Proceedings) Order 1991",
        "uksi/1991/1677/article/5",
        "uksi/1991/1677/article/5/2008-04-03",
    ),
    ("FPR 2010, r 3.4", "uksi/2010/2955/rule/3.4", "uksi/2010/2955/rule/3.4/2008-04-03"),
    ("Article 3 of Directive 95/46/EC", "eudr/1995/46/article/3", "eudr/1995/46/article/3/2008-04-03"),
];

#[test]
fn a_pinpoint_leads_to_its_page_and_the_place_on_it() {
    let (register, day) = (register(), PartialDate { year: 2008, month: Some(4), day: Some(3) });
    let site = "https://www.legislation.gov.uk/";
    compare(ADDRESSES.iter().map(|(text, now, then)| {
        let report = cite(text, &register, Some(day));
        let [citation] = report.citations.as_slice() else { panic!("{text}: {} citations", report.citations.len()) };
        let shown = |address: &Option<String>| address.as_deref().unwrap().strip_prefix(site).unwrap().to_owned();
        let found = if citation.provisions.is_empty() {
            vec![shown(&citation.url), shown(&citation.as_at_url)]
        } else {
            let all = |of: fn(&clausebook::pipeline::cite::CitedPlace) -> &Option<String>| {
                citation.provisions.iter().map(|p| shown(of(p))).collect::<Vec<_>>().join(" ")
            };
            vec![all(|p| &p.url), all(|p| &p.as_at_url)]
        };
        (text.to_string(), found, vec![now.to_string(), then.to_string()])
    }));
}

#[test]
fn a_work_that_is_no_legislation_leads_where_the_register_says() {
    let (register, day) = (register(), PartialDate { year: 2008, month: None, day: None });
    for (text, address) in [
        ("UNCRC, art 12", Some("https://www.ohchr.org/convention-rights-child")),
        ("G v Barnet", Some("https://www.bailii.org/uk/cases/UKHL/2003/57.html")),
        ("page 3 of Working Together to Safeguard Children", Some("https://www.gov.uk/working-together")),
        // Its own address no longer answers.
        ("Every Child Matters", Some("https://webarchive.nationalarchives.gov.uk/every-child-matters")),
        ("Youth Matters, p 4", None),
        ("clause 4 of the Education and Skills Bill", None),
    ] {
        let report = cite(text, &register, Some(day));
        let citation = &report.citations[0];
        assert_eq!(citation.url.as_deref(), address, "{text}");
        assert_eq!(citation.as_at_url, None, "{text}");
        for provision in &citation.provisions {
            assert_eq!((provision.url.as_deref(), provision.as_at_url.as_deref()), (address, None), "{text}");
        }
    }
}

/// A text, each work with its pinpoint, and the paths.
const CITED: &[(&str, &str, &str)] = &[
    ("section 10 of the Children Act 2004", "ca2004 s 10", "section/10"),
    ("section 10 (1) (b) of the Children Act 2004", "ca2004 s 10(1)(b)", "section/10/1/b"),
    ("section 10(1)(b) of the Children Act 2004", "ca2004 s 10(1)(b)", "section/10/1/b"),
    ("s.17 CA 1989", "ca1989 s 17", "section/17"),
    ("s. 17 CA 1989", "ca1989 s 17", "section/17"),
    ("s17 CA 1989", "ca1989 s 17", "section/17"),
    ("s17(10)(a) CA 1989", "ca1989 s 17(10)(a)", "section/17/10/a"),
    ("ss 10-12 CA 2004", "ca2004 ss 10–12", "section/10 section/12"),
    ("ss 10–12 of the Children Act 2004", "ca2004 ss 10–12", "section/10 section/12"),
    ("sections 10 to 12 of the Children Act 2004", "ca2004 ss 10–12", "section/10 section/12"),
    ("sections 10 to section 12 of the Children Act 2004", "ca2004 ss 10–12", "section/10 section/12"),
    ("sections 10(3) and (4) of the Children Act 2004", "ca2004 s 10(3) and (4)", "section/10/3 section/10/4"),
    ("s 10(1)(b), (c) and (2) CA 2004", "ca2004 s 10(1)(b), (c) and (2)", "section/10/1/b section/10/1/c section/10/2"),
    ("sections 10, 11 and 12 of the Children Act 2004", "ca2004 ss 10, 11 and 12", "section/10 section/11 section/12"),
    ("sections 10, 11 & 12 of the Children Act 2004", "ca2004 ss 10, 11 and 12", "section/10 section/11 section/12"),
    ("section 10 and section 11 of the Children Act 2004", "ca2004 ss 10 and 11", "section/10 section/11"),
    ("section 10 or 11 of the Children Act 2004", "ca2004 ss 10 and 11", "section/10 section/11"),
    ("section 10(1)(a) to (c) of the Children Act 2004", "ca2004 s 10(1)(a)–(c)", "section/10/1/a section/10/1/c"),
    ("ss 10A and 10ZA CA 2004", "ca2004 ss 10A and 10ZA", "section/10A section/10ZA"),
    ("section 10ZA(1A)(za) of the Children Act 2004", "ca2004 s 10ZA(1A)(za)", "section/10ZA/1A/za"),
    ("section 10 et seq of the Children Act 2004", "ca2004 s 10 et seq", "section/10"),
    ("s 10 et seq. CA 2004", "ca2004 s 10 et seq", "section/10"),
    ("s 10ff CA 2004", "ca2004 s 10 et seq", "section/10"),
    ("sections 10 onwards of the Children Act 2004", "ca2004 s 10 et seq", "section/10"),
    ("paragraph (b) of subsection (2) of section 10 of the Children Act 2004", "ca2004 s 10(2)(b)", "section/10/2/b"),
    ("subsection (2) of section 10 of the Children Act 2004", "ca2004 s 10(2)", "section/10/2"),
    (
        "subsections (2) and (3) of section 10 of the Children Act 2004",
        "ca2004 s 10(2) and (3)",
        "section/10/2 section/10/3",
    ),
    (
        "paragraphs (a) and (b) of section 10(2) of the Children Act 2004",
        "ca2004 s 10(2)(a) and (b)",
        "section/10/2/a section/10/2/b",
    ),
    (
        "sub-paragraph (1) of paragraph 3 of Schedule 2 to the Children Act 1989",
        "ca1989 sch 2 para 3(1)",
        "schedule/2/paragraph/3/1",
    ),
    ("paragraph 3 of Schedule 2 to the Children Act 1989", "ca1989 sch 2 para 3", "schedule/2/paragraph/3"),
    (
        "paragraphs 3 and 4 of Schedule 2 to the Children Act 1989",
        "ca1989 sch 2 paras 3 and 4",
        "schedule/2/paragraph/3 schedule/2/paragraph/4",
    ),
    (
        "paras 3 to 5 of Sch 2 to the Children Act 1989",
        "ca1989 sch 2 paras 3–5",
        "schedule/2/paragraph/3 schedule/2/paragraph/5",
    ),
    ("Schedule 2, paragraph 3 of the Children Act 1989", "ca1989 sch 2 para 3", "schedule/2/paragraph/3"),
    ("para 3, Sch 2, CA 1989", "ca1989 sch 2 para 3", "schedule/2/paragraph/3"),
    ("Sch. 2 para. 3(1) CA 1989", "ca1989 sch 2 para 3(1)", "schedule/2/paragraph/3/1"),
    ("Schedule 2 to the Children Act 1989", "ca1989 sch 2", "schedule/2"),
    ("Schedules 1 and 2 to the Children Act 1989", "ca1989 schs 1 and 2", "schedule/1 schedule/2"),
    ("Schedule A1 to the Children Act 1989", "ca1989 sch A1", "schedule/A1"),
    ("Part III of the Children Act 1989", "ca1989 pt III", "part/III"),
    ("Part 3 of the Children Act 1989", "ca1989 pt 3", "part/III"),
    ("Part IVA of the Children Act 1989", "ca1989 pt IVA", "part/IVA"),
    ("Parts III and IV of the Children Act 1989", "ca1989 pts III and IV", "part/III part/IV"),
    ("Part 2 of the Children Act 2004", "ca2004 pt 2", "part/2"),
    ("Part 10A of the Family Proceedings Rules 1991", "fpr1991 pt 10A", "part/XA"),
    ("Part X of the Family Proceedings Rules 1991", "fpr1991 pt X", "part/X"),
    ("Part 10 of the Family Proceedings Rules 1991", "fpr1991 pt 10", "part/X"),
    ("Chapter 1 of Part 2 of the Children Act 2004", "ca2004 pt 2 ch 1", "part/2/chapter/1"),
    ("Part 2, section 10 of the Children Act 2004", "ca2004 pt 2 s 10", "part/2/section/10"),
    (
        "regulation 4 of the Children and Young People's Plan (England) Regulations 2005",
        "cypp-regs-2005 reg 4",
        "regulation/4",
    ),
    (
        "regulation 4 of the Children and Young People’s Plan (England) Regulations 2005",
        "cypp-regs-2005 reg 4",
        "regulation/4",
    ),
    (
        "regs 4 and 5 of the Children and Young People's Plan (England) Regulations 2005",
        "cypp-regs-2005 regs 4 and 5",
        "regulation/4 regulation/5",
    ),
    ("regulation 4(1)(a) of the 2005 Regulations", "cypp-regs-2005 reg 4(1)(a)", "regulation/4/1/a"),
    ("the Plan Regulations, reg 4", "cypp-regs-2005 reg 4", "regulation/4"),
    ("SI 2005/2149", "cypp-regs-2005", ""),
    ("SI 2005/2149, reg 4", "cypp-regs-2005 reg 4", "regulation/4"),
    ("S.I. 2005/2149, reg 4", "cypp-regs-2005 reg 4", "regulation/4"),
    ("S.I. 2005 No. 2149", "cypp-regs-2005", ""),
    ("SI 2005 no 2149, regulation 4", "cypp-regs-2005 reg 4", "regulation/4"),
    ("regulation 4 of SI 2005/2149", "cypp-regs-2005 reg 4", "regulation/4"),
    ("(SI 2005/2149)", "cypp-regs-2005", ""),
    ("the Children and Young People's Plan (England) Regulations 2005 (SI 2005/2149)", "cypp-regs-2005", ""),
    (
        "the Children and Young People's Plan (England) Regulations 2005 (SI 2005/2149), reg 4",
        "cypp-regs-2005 reg 4",
        "regulation/4",
    ),
    ("Children and Young People's Plan (England) Regulations 2005, SI 2005/2149", "cypp-regs-2005", ""),
    ("SI 2006/1705 (W. 163)", "lscb-wales-2006", ""),
    ("WSI 2006/1705, reg 3", "lscb-wales-2006 reg 3", "regulation/3"),
    ("SSI 2009/210, reg 5", "looked-after-scotland-2009 reg 5", "regulation/5"),
    (
        "regulation 5 of the Looked After Children (Scotland) Regulations 2009 (SSI 2009/210)",
        "looked-after-scotland-2009 reg 5",
        "regulation/5",
    ),
    ("article 5 of the Children (Allocation of Proceedings) Order 1991", "proceedings-order-1991 art 5", "article/5"),
    (
        "art 5(2) of the Children (Allocation of Proceedings) Order 1991",
        "proceedings-order-1991 art 5(2)",
        "article/5/2",
    ),
    ("rule 3.4 of the Family Procedure Rules 2010", "fpr2010 r 3.4", "rule/3.4"),
    ("FPR 2010, r 3.4(1)", "fpr2010 r 3.4(1)", "rule/3.4/1"),
    ("rr 3.4 and 3.5 FPR 2010", "fpr2010 rr 3.4 and 3.5", "rule/3.4 rule/3.5"),
    ("FPR 2010 Part 3", "fpr2010 pt 3", "part/3"),
    ("clause 4 of the Education and Skills Bill", "esb2007 cl 4", "clause/4"),
    ("clauses 4 to 6 of the Education and Skills Bill", "esb2007 cls 4–6", "clause/4 clause/6"),
    ("the Education and Skills Bill", "esb2007", ""),
    ("section 1 of the Education and Skills Act 2008", "esa2008 s 1", "section/1"),
    ("Article 3 of Directive 95/46/EC", "dpd1995 art 3", "article/3"),
    ("the Data Protection Directive, art 3(2)", "dpd1995 art 3(2)", "article/3/2"),
    ("article 12 of the United Nations Convention on the Rights of the Child", "uncrc art 12", "article/12"),
    ("UNCRC, art 12", "uncrc art 12", "article/12"),
    ("R (G) v Barnet London Borough Council [2003] UKHL 57", "g-v-barnet", ""),
    ("G v Barnet", "g-v-barnet", ""),
    ("paragraph 2.3 of Working Together to Safeguard Children", "working-together para 2.3", "paragraph/2.3"),
    ("Working Together to Safeguard Children, para 2.3", "working-together para 2.3", "paragraph/2.3"),
    ("Every Child Matters", "every-child-matters", ""),
    ("Every Child Matters: Change for Children", "every-child-matters", ""),
    ("page 12 of Every Child Matters", "every-child-matters p 12", "page/12"),
    ("chapter 3 of Youth Matters", "youth-matters ch 3", "chapter/3"),
    ("Youth Matters, p 4", "youth-matters p 4", "page/4"),
    ("Children Acts 1989 and 2004", "ca1989 | ca2004", ""),
    ("the Children Acts 1989 and 2004", "ca1989 | ca2004", ""),
    ("Children Act 1989 and Children Act 2004", "ca1989 | ca2004", ""),
    ("the Children Act 1989 and the Children Act 2004", "ca1989 | ca2004", ""),
    (
        "section 17 of the Children Act 1989 and section 10 of the Children Act 2004",
        "ca1989 s 17 | ca2004 s 10",
        "section/17 | section/10",
    ),
    (
        "Children Act 1989, section 17; Children Act 2004, section 10",
        "ca1989 s 17 | ca2004 s 10",
        "section/17 | section/10",
    ),
    (
        "Children Act 1989 section 17, Children Act 2004 section 10",
        "ca1989 s 17 | ca2004 s 10",
        "section/17 | section/10",
    ),
    ("Children Act 1989, s 17, Children Act 2004, s 10", "ca1989 s 17 | ca2004 s 10", "section/17 | section/10"),
    ("s 17 CA 1989, s 10 CA 2004", "ca1989 s 17 | ca2004 s 10", "section/17 | section/10"),
    ("s 17, CA 1989, s 10, CA 2004", "ca1989 s 17 | ca2004 s 10", "section/17 | section/10"),
    ("Children Act 2004, s 10", "ca2004 s 10", "section/10"),
    ("Children Act 2004, s 10(1)(b)", "ca2004 s 10(1)(b)", "section/10/1/b"),
    ("Children Act 2004 s 10", "ca2004 s 10", "section/10"),
    ("Children Act 2004 (section 10)", "ca2004 s 10", "section/10"),
    ("Children Act 2004 (s 10)", "ca2004 s 10", "section/10"),
    ("(Children Act 2004, s 10)", "ca2004 s 10", "section/10"),
    ("the Children Act 2004's section 10", "ca2004 s 10", "section/10"),
    ("the Children Act 2004's duty", "ca2004", ""),
    ("the Children Act 2004’s duty to cooperate", "ca2004", ""),
    ("“Children Act 2004”", "ca2004", ""),
    ("section 10 of the “Children Act 2004”", "ca2004 s 10", "section/10"),
    ("'Children Act 2004', s 10", "ca2004 s 10", "section/10"),
    ("Children Act (2004)", "ca2004", ""),
    ("section 10 of the Children Act (2004)", "ca2004 s 10", "section/10"),
    ("Children Act, 2004", "ca2004", ""),
    ("the Children Act 2004 (c. 31)", "ca2004", ""),
    ("the Children Act 2004 (c.31), section 10", "ca2004 s 10", "section/10"),
    ("the Children Act 2004 (c 31) s 10", "ca2004 s 10", "section/10"),
    ("the Children Act 2004 (chapter 31)", "ca2004", ""),
    ("the Children Act 2004 c. 31", "ca2004", ""),
    ("the Civil Partnership Act 2004 (c. 33)", "cpa2004", ""),
    ("section\u{a0}10 of the Children\u{a0}Act\u{a0}2004", "ca2004 s 10", "section/10"),
    ("section\n10 of the\nChildren Act\n2004", "ca2004 s 10", "section/10"),
    ("SECTION 10 OF THE CHILDREN ACT 2004", "ca2004 s 10", "section/10"),
    ("section 10 of the children act 2004", "ca2004 s 10", "section/10"),
    ("section 10 (cooperation to improve well-being) of the Children Act 2004", "ca2004 s 10", "section/10"),
    (
        "section 10 (cooperation) and section 11 (safeguarding) of the Children Act 2004",
        "ca2004 s 10 | ca2004 s 11",
        "section/10 | section/11",
    ),
    (
        "section 10 of, and Schedule 1 to, the Children Act 2004",
        "ca2004 s 10 | ca2004 sch 1",
        "section/10 | schedule/1",
    ),
    ("section 17 of the 1989 Act", "ca1989 s 17", "section/17"),
    ("the 1989 Act, s 17", "ca1989 s 17", "section/17"),
    ("section 10 in the Children Act 2004", "ca2004 s 10", "section/10"),
    ("section 10 Children Act 2004", "ca2004 s 10", "section/10"),
    ("section 10, Children Act 2004", "ca2004 s 10", "section/10"),
    ("section 2 of the Adoption and Children Act 2002", "aca2002 s 2", "section/2"),
    ("Children Act 2004 (Children's Services) Regulations 2005", "services-regs-2005", ""),
    (
        "regulation 2 of the Children Act 2004 (Children’s Services) Regulations 2005",
        "services-regs-2005 reg 2",
        "regulation/2",
    ),
    ("regulations made under section 17 of the Children Act 2004", "ca2004 s 17", "section/17"),
    (
        "section 10(1) and (2), section 11 and Schedule 1 of the Children Act 2004",
        "ca2004 ss 10(1), (2), 11 and sch 1",
        "section/10/1 section/10/2 section/11 schedule/1",
    ),
    ("Under section 17 Children Act 1989 the council must act.", "ca1989 s 17", "section/17"),
    ("CA 2004 s 10 in force", "ca2004 s 10", "section/10"),
    ("Children Act 2004, s 10 of which", "ca2004 s 10", "section/10"),
    ("the Children Act 2004 (chapter 31), section 10", "ca2004 s 10", "section/10"),
    ("the Children Act 2004 c. 31, s 10", "ca2004 s 10", "section/10"),
    ("SI 2006/1705 (W. 163), reg 3", "lscb-wales-2006 reg 3", "regulation/3"),
    ("the Children Act 2004, section 10 and 17 authorities", "ca2004 s 10", "section/10"),
    ("the Children Act 2004, section 10, 2008 edition", "ca2004 s 10", "section/10"),
    ("Part IV of Children Act 1989", "ca1989 pt IV", "part/IV"),
    ("Under Section 10 Children Act 2004", "ca2004 s 10", "section/10"),
    (
        "paragraph 3(1) of Part 2 of Schedule 2 to the Children Act 1989",
        "ca1989 sch 2 para 3(1)",
        "schedule/2/paragraph/3/1",
    ),
    (
        "sections 17(1), 20 and 47(1)(a) and (b) of the Children Act 1989",
        "ca1989 ss 17(1), 20, 47(1)(a) and (b)",
        "section/17/1 section/20 section/47/1/a section/47/1/b",
    ),
    ("section 17(10)(a)–(c) of the Children Act 1989", "ca1989 s 17(10)(a)–(c)", "section/17/10/a section/17/10/c"),
    (
        "regulations 4 to 6 and 9 of the 2005 Regulations",
        "cypp-regs-2005 regs 4–6 and 9",
        "regulation/4 regulation/6 regulation/9",
    ),
    ("section 10\u{a0}(1)\u{a0}(b) CA\u{a0}2004", "ca2004 s 10(1)(b)", "section/10/1/b"),
    ("section 10(1)(b)\nof the Children Act 2004", "ca2004 s 10(1)(b)", "section/10/1/b"),
    (
        "see also s 11, CA 2004; s 17, CA 1989; and reg 4, SI 2005/2149",
        "ca2004 s 11 | ca1989 s 17 | cypp-regs-2005 reg 4",
        "section/11 | section/17 | regulation/4",
    ),
    ("WSI 2006/1705 (W. 163), reg 3(2)", "lscb-wales-2006 reg 3(2)", "regulation/3/2"),
    ("article 12(1) of the UNCRC", "uncrc art 12(1)", "article/12/1"),
    ("Parts 1 to 3 of the Children Act 2004", "ca2004 pts 1–3", "part/1 part/3"),
    (
        "Chapters 1 and 2 of Part 2 of the Children Act 2004",
        "ca2004 pt 2 chs 1 and 2",
        "part/2/chapter/1 part/2/chapter/2",
    ),
    ("rule 3.4(2)(a) of FPR 2010", "fpr2010 r 3.4(2)(a)", "rule/3.4/2/a"),
    ("section 11(2)(a), Children Act (2004)", "ca2004 s 11(2)(a)", "section/11/2/a"),
    ("the Children Act 2004 – section 10", "ca2004 s 10", "section/10"),
    ("the Children Act 2004: section 10", "ca2004 s 10", "section/10"),
    ("section 20(1) or section 31 of the Children Act 1989", "ca1989 ss 20(1) and 31", "section/20/1 section/31"),
    ("sections 20, 31 or 47 CA 1989", "ca1989 ss 20, 31 and 47", "section/20 section/31 section/47"),
    ("s.47(1)(b) Children Act 1989", "ca1989 s 47(1)(b)", "section/47/1/b"),
    ("Children Act 2004, Sch 1, para 2", "ca2004 sch 1 para 2", "schedule/1/paragraph/2"),
    ("Children Act 2004, schedule 1 paragraph 2(1)", "ca2004 sch 1 para 2(1)", "schedule/1/paragraph/2/1"),
    ("section 10 of the Children Act 2004 and of the Children Act 1989", "ca2004 s 10 | ca1989", "section/10"),
    (
        "Children Act 1989, s 17; Children Act 2004, s 10; SI 2005/2149, reg 4",
        "ca1989 s 17 | ca2004 s 10 | cypp-regs-2005 reg 4",
        "section/17 | section/10 | regulation/4",
    ),
    (
        "section 10, Schedule 1 and Part 2 of the Children Act 2004",
        "ca2004 s 10, sch 1 and pt 2",
        "section/10 schedule/1 part/2",
    ),
    ("the duty in section 10 (see also section 11) of the Children Act 2004", "ca2004 s 10", "section/10"),
    (
        "the Looked After Children (Scotland) Regulations 2009, regs 5(1) and 6",
        "looked-after-scotland-2009 regs 5(1) and 6",
        "regulation/5/1 regulation/6",
    ),
    ("sections 10A to 10C of the Children Act 2004", "ca2004 ss 10A–10C", "section/10A section/10C"),
    ("s 10(2)(za) Children Act 2004", "ca2004 s 10(2)(za)", "section/10/2/za"),
];

/// A text, and the work that it cites as a whole.
const ALONE: &[(&str, &str)] = &[
    ("section 10 of the Children Acts 1989 and 2004", "ca1989 | ca2004"),
    ("the part I played in the Children Act 2004", "ca2004"),
    ("section 10 by the Children Act 2004", "ca2004"),
    ("amendments made to section 17 by the Children Act 2004", "ca2004"),
    ("the Children Act 2004, section 2 of this guidance", "ca2004"),
    ("sections of the Children Act 2004", "ca2004"),
    ("section ten of the Children Act 2004", "ca2004"),
    ("the 10th section of the Children Act 2004", "ca2004"),
    ("section 10th of the Children Act 2004", "ca2004"),
    ("Under the Children Act 2004 and section 3 of our plan", "ca2004"),
    ("In the Children Act 2004 the part I played was small", "ca2004"),
    ("Children Act 2004 section. 10 people came", "ca2004"),
    ("section 10 and 17 authorities, Children Act 2004", "ca2004"),
    ("see section 3 below. Children Act 2004 duties apply", "ca2004"),
    ("Children Act 2004, section 3 below", "ca2004"),
    ("the Government's Children Act 2004", "ca2004"),
    ("Duty to Cooperate in the Children Act 2004", "ca2004"),
    ("Requirements of the Children Act 2004", "ca2004"),
    ("See Children Act 2004", "ca2004"),
    ("the Department for Education and the Children Act 2004", "ca2004"),
    ("No. 10 Children Act 2004", "ca2004"),
    ("Every Child Matters and the Children Act 2004", "every-child-matters | ca2004"),
    ("Every Child Matters and Children Act 2004", "every-child-matters | ca2004"),
    ("Section 10: Children Act 2004", "ca2004"),
    ("the 1989 act", "ca1989"),
    ("section 10 - Children Act 2004", "ca2004"),
    ("regulation of 4 Children Act 2004", "ca2004"),
    ("Children Act 2004 Regulations", "ca2004"),
    ("subsection (2) of the Children Act 2004", "ca2004"),
    ("section 10 of that Act, the Children Act 2004", "ca2004"),
    ("SI 2005 No.2149", "cypp-regs-2005"),
    ("the Local Safeguarding Children Boards (Wales) Regulations 2006 (SI 2006/1705 (W. 163))", "lscb-wales-2006"),
    ("the Children Act 2004; section 10", "ca2004"),
    ("the Higher Education Act 2004 and section 10 of it", "hea2004"),
];

const WORDS: &[&str] = &[
    "the part I played",
    "children in chapter 2 of this guidance",
    "s 10 of the committee's minutes",
    "The Act of God",
    "an Act of God",
    "Bill Smith",
    "Mr Bill Smith chaired the meeting.",
    "Chief Executive Bill Smith",
    "Order 2005 chairs",
    "Order 2005 chairs by Friday",
    "section 17 placements",
    "section 10",
    "the Act",
    "the Regulations",
    "a bill for 2004 pounds",
    "built ca 2004",
    "section 10 of the Act",
    "regulation 4 of the Regulations",
    "Schedule 2",
    "Part 3 of the form",
    "paragraph 3 of this letter",
    "clause 4 of the contract",
    "article 5 in the newsletter",
    "rule 3 of the club",
    "page 12 of the plan",
    "the 10 sections of the Children's Plan",
    "Children, Act 2004 times",
    "children act in 2004",
    "Children acted. 2004 was a good year.",
    "the Bill",
    "a Bill",
    "the Utility Bill",
    "Clause 4 of the Water Bill",
    "section 10 people",
    "this part. 3 people came",
    "The Secretary of State for Children. Act 2004!",
    "youth matters",
    "every child matters to us",
    "Youth, Matters of state",
    "Youth: Matters arising",
    "working together to safeguard children",
    "the uncrc",
    "directive 95",
    "Rules 2010",
    "SI units 2005/2149",
    "SI in 2005, 2149 children",
    "the Measure 2005",
    "Act 2004",
    "the Children Acts",
    "R (G) v Barnet London Borough Council, para 24",
    "the Directive",
    "the Convention",
    "Act 1989",
    "sections 10 and 11 of the Act",
];

/// A text, the works that it cites as wholes all the same, and what is in doubt.
const DOUBTS: &[(&str, &str, &str)] = &[
    ("the Children Acts 1989, 2002 and 2004", "ca1989 | ca2004", "undeclared-authority «2002»"),
    ("the Children Act 2004 (c. 38)", "ca2004", "chapter-mismatch «(c. 38)»"),
    ("the Civil Partnership Act 2004 (c. 34)", "cpa2004", "chapter-mismatch «(c. 34)»"),
    ("in 2004 the Children Act", "", "ambiguous-authority «Children Act»"),
    ("The Children Act. 2004 was a good year.", "", "ambiguous-authority «Children Act»"),
    ("the Children Act came in 2004", "", "ambiguous-authority «Children Act»"),
    ("the Children Act 2004, section 1 of the Unknown Act 2001", "ca2004", "undeclared-authority «Unknown Act 2001»"),
    ("the Unknown Act 2001, section 10", "", "undeclared-authority «Unknown Act 2001»"),
    ("section 10 of the Unknown Act 2001", "", "undeclared-authority «Unknown Act 2001»"),
    ("section 10 of the Protection of Children Act 2004", "", "undeclared-authority «Protection of Children Act 2004»"),
    ("the Protection of Children Act 2004", "", "undeclared-authority «Protection of Children Act 2004»"),
    ("Adoption and Children Act 2004", "", "undeclared-authority «Adoption and Children Act 2004»"),
    ("the Further and Higher Education Act 2004", "", "undeclared-authority «Further and Higher Education Act 2004»"),
    ("the Disabled Children Act 2004", "", "undeclared-authority «Disabled Children Act 2004»"),
    (
        "Children Act 2004 (Commencement No. 1) Order 2005",
        "",
        "undeclared-authority «Children Act 2004 (Commencement No. 1) Order 2005»",
    ),
    (
        "article 2 of the Children Act 2004 (Commencement No 4) Order 2005",
        "",
        "undeclared-authority «Children Act 2004 (Commencement No 4) Order 2005»",
    ),
    (
        "Children Act 2004 (Guardians) Regulations 2005",
        "",
        "undeclared-authority «Children Act 2004 (Guardians) Regulations 2005»",
    ),
    (
        "the Children and Young People's Plan (England) Regulations 2007",
        "",
        "undeclared-authority «Children and Young People's Plan (England) Regulations 2007»",
    ),
    ("the Plan Regulations 2007", "", "undeclared-authority «the Plan Regulations 2007»"),
    ("SI 2007/57", "", "undeclared-authority «SI 2007/57»"),
    ("S.I. 2007 No. 57", "", "undeclared-authority «S.I. 2007 No. 57»"),
    ("SSI 2005/2149", "", "undeclared-authority «SSI 2005/2149»"),
    (
        "the Children and Young People's Plan (England) Regulations 2005 (SI 2005/9999)",
        "cypp-regs-2005",
        "chapter-mismatch «SI 2005/9999»",
    ),
    (
        "the Children and Young People's Plan (England) Regulations 2005 (SI 2005/1972)",
        "cypp-regs-2005",
        "chapter-mismatch «SI 2005/1972»",
    ),
    ("section 10 of the 2004 Act", "", "ambiguous-authority «the 2004 Act»"),
    ("the 2004 Act", "", "ambiguous-authority «the 2004 Act»"),
    ("the Children Act", "", "ambiguous-authority «Children Act»"),
    ("section 17 of the Children Act", "", "ambiguous-authority «Children Act»"),
    ("the Adoption and Children Act", "", "undeclared-authority «Adoption and Children Act»"),
    ("the Human Rights Act", "", "undeclared-authority «Human Rights Act»"),
    ("section 6 of the Human Rights Act 1998", "", "undeclared-authority «Human Rights Act 1998»"),
    ("Human Rights Act 1998", "", "undeclared-authority «Human Rights Act 1998»"),
    ("the Education Act 1996", "", "undeclared-authority «Education Act 1996»"),
    ("regulation 10 of the Children Act 2004", "ca2004", "unit-mismatch «regulation 10 of the Children Act 2004»"),
    (
        "section 4 of the Children and Young People's Plan (England) Regulations 2005",
        "cypp-regs-2005",
        "unit-mismatch «section 4 of the Children and Young People's Plan (England) Regulations 2005»",
    ),
    ("clause 10 of the Children Act 2004", "ca2004", "unit-mismatch «clause 10 of the Children Act 2004»"),
    (
        "section 4 of the Education and Skills Bill",
        "esb2007",
        "unit-mismatch «section 4 of the Education and Skills Bill»",
    ),
    (
        "section 4 of the Family Procedure Rules 2010",
        "fpr2010",
        "unit-mismatch «section 4 of the Family Procedure Rules 2010»",
    ),
    (
        "regulation 3 of Working Together to Safeguard Children",
        "working-together",
        "unit-mismatch «regulation 3 of Working Together to Safeguard Children»",
    ),
    ("the Children Act 2004 (c. 38), section 10", "ca2004", "chapter-mismatch «(c. 38)»"),
    ("the Welfare Reform Bill", "", "undeclared-authority «Welfare Reform Bill»"),
    ("Family Procedure Rules", "", "undeclared-authority «Family Procedure Rules»"),
    (
        "made under the Care Standards Act 2000 and the Children Act 2004",
        "ca2004",
        "undeclared-authority «Care Standards Act 2000»",
    ),
    (
        "Local Authority Social Services Act 1970, section 7",
        "",
        "undeclared-authority «Local Authority Social Services Act 1970»",
    ),
    ("the Education Acts 1944 and 1996", "", "undeclared-authority «Education Acts 1944»"),
    (
        "the Local Government Act 1972 and the Children Act 1989",
        "ca1989",
        "undeclared-authority «Local Government Act 1972»",
    ),
    ("SR 2005/7", "", "undeclared-authority «SR 2005/7»"),
];
