//! The law is cited in the form of the field, linked to the provision, and listed with what cites it.

use serde_json::json;

use crate::links::{broken_links, repeated_ids};
use crate::site::{Built, TestSite};

const LAW: &str = r#"[ca2004]
title = "Children Act 2004"
kind = "act"
work = "ukpga/2004/31"
chapter = "c. 31"
made = 2004-11-15

[regs2005]
title = "Plan (England) Regulations 2005"
kind = "instrument"
work = "uksi/2005/2149"

[order2006]
title = "Trusts (Wales) Order 2006"
kind = "instrument"
work = "wsi/2006/12"

[rules1991]
title = "Family Proceedings Rules 1991"
kind = "instrument"
work = "uksi/1991/1247"
part-map = { "10A" = "XA" }

[roman]
title = "Roman Act 1990"
kind = "act"
work = "ukpga/1990/1"
part-numerals = "roman"

[bill2008]
title = "Apprenticeships Bill"
kind = "bill"
url = "https://example.org/bill"
became = "ascla2009"

[ascla2009]
title = "Apprenticeships Act 2009"
kind = "act"
work = "ukpga/2009/22"

[charter]
title = "Charter of Rights"
kind = "eu"
work = "eur/2007/303"

[plan]
title = "The Plan"
kind = "report"
url = "https://example.org/plan.pdf"

[paper]
title = "A paper on paper alone"
kind = "guidance"

[old]
title = "An old page"
kind = "other"
archived = "https://example.org/archive/old"

[case]
title = "R v Somebody"
kind = "case"
"#;

fn cite(citation: &str) -> Built {
    TestSite::new().file("authorities.toml", LAW).paper("a", &format!("1.1 See {citation}.")).build()
}

/// Shows what a citation becomes: its words, its links and its data rows.
fn shown(citation: &str) -> String {
    let built = cite(citation);
    if built.output.is_none() {
        return format!("{citation}\n  {}", built.short().trim_end());
    }
    let output = built.output.as_ref().unwrap();
    assert_eq!(broken_links(output), Vec::<String>::new(), "{citation}");
    assert_eq!(repeated_ids(output), Vec::<String>::new(), "{citation}");
    let mut lines =
        vec![citation.to_owned(), format!("  {}", built.words("a.html", "[id='1.1'] .text")[0].replace('\u{a0}', " "))];
    for link in built.find("a.html", "[id='1.1'] .text a.law") {
        lines.push(format!("  {}", link.split("href=\"").nth(1).unwrap().split('"').next().unwrap()));
    }
    for row in built.clause("a", "1.1")["citations"].as_array().unwrap() {
        lines.push(format!("  {} {} {}", row["authority"].as_str().unwrap(), row["pinpoint"], row["path"]));
    }
    if !built.diagnostics.is_empty() {
        lines.push(format!("  {}", built.short().trim_end()));
    }
    lines.join("\n")
}

#[test]
fn a_pinpoint_is_shown_as_the_field_writes_it_and_links_to_the_provision() {
    let written = [
        "[[ca2004]]",
        "[[ca2004 s 10(1)(b)]]",
        "[[ca2004 section 10 (1) (b)]]",
        "[[ca2004 s.10(1)(b)]]",
        "[[ca2004 sections 10 to 12]]",
        "[[ca2004 ss 10–12]]",
        "[[ca2004 s 10(1)(b), (c) and (2)]]",
        "[[ca2004 paragraph (b) of subsection (2) of section 10]]",
        "[[ca2004 paragraph 3 of Schedule 2]]",
        "[[ca2004 sch 2 para 3(1)]]",
        "[[ca2004 s 10 et seq]]",
        "[[ca2004 pt 2]]",
        "[[ca2004 s 12A]]",
        "[[ca2004 ss 10, 11 and 13]]",
        "[[ca2004 s 10(1)(a) to (c)]]",
        "[[ca2004 s 10 and sch 2]]",
        "[[regs2005 regulation 4]]",
        "[[regs2005 regs 4 and 5(1)]]",
        "[[order2006 article 3]]",
        "[[rules1991 rule 3.4]]",
        "[[rules1991 pt 10A]]",
        "[[rules1991 Part 10A]]",
        "[[rules1991 pt 4]]",
        "[[roman pt 4]]",
        "[[roman pt 10A]]",
        "[[roman pt IV]]",
        "[[charter art 8]]",
        "[[plan para 4.2]]",
        "[[plan p 12]]",
        "[[plan]]",
        "[[paper]]",
        "[[paper para 7]]",
        "[[old]]",
        "[[bill2008 cl 4]]",
        "[[case]]",
        "[[ca2004 s 10|that section]]",
    ];
    insta::assert_snapshot!(written.map(shown).join("\n"), @r#"
    [[ca2004]]
      See Children Act 2004.
      https://www.legislation.gov.uk/ukpga/2004/31
      ca2004 null null
    [[ca2004 s 10(1)(b)]]
      See Children Act 2004, s 10(1)(b).
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-b
      ca2004 "s 10(1)(b)" "section/10/1/b"
    [[ca2004 section 10 (1) (b)]]
      See Children Act 2004, s 10(1)(b).
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-b
      ca2004 "s 10(1)(b)" "section/10/1/b"
    [[ca2004 s.10(1)(b)]]
      See Children Act 2004, s 10(1)(b).
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-b
      ca2004 "s 10(1)(b)" "section/10/1/b"
    [[ca2004 sections 10 to 12]]
      See Children Act 2004, ss 10–12.
      https://www.legislation.gov.uk/ukpga/2004/31
      https://www.legislation.gov.uk/ukpga/2004/31/section/10
      https://www.legislation.gov.uk/ukpga/2004/31/section/12
      ca2004 "ss 10–12" "section/10"
    [[ca2004 ss 10–12]]
      See Children Act 2004, ss 10–12.
      https://www.legislation.gov.uk/ukpga/2004/31
      https://www.legislation.gov.uk/ukpga/2004/31/section/10
      https://www.legislation.gov.uk/ukpga/2004/31/section/12
      ca2004 "ss 10–12" "section/10"
    [[ca2004 s 10(1)(b), (c) and (2)]]
      See Children Act 2004, s 10(1)(b), (c) and (2).
      https://www.legislation.gov.uk/ukpga/2004/31
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-b
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-c
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-2
      ca2004 "s 10(1)(b)" "section/10/1/b"
      ca2004 "s 10(1)(c)" "section/10/1/c"
      ca2004 "s 10(2)" "section/10/2"
    [[ca2004 paragraph (b) of subsection (2) of section 10]]
      See Children Act 2004, s 10(2)(b).
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-2-b
      ca2004 "s 10(2)(b)" "section/10/2/b"
    [[ca2004 paragraph 3 of Schedule 2]]
      See Children Act 2004, sch 2 para 3.
      https://www.legislation.gov.uk/ukpga/2004/31/schedule/2/paragraph/3
      ca2004 "sch 2 para 3" "schedule/2/paragraph/3"
    [[ca2004 sch 2 para 3(1)]]
      See Children Act 2004, sch 2 para 3(1).
      https://www.legislation.gov.uk/ukpga/2004/31/schedule/2/paragraph/3#schedule-2-paragraph-3-1
      ca2004 "sch 2 para 3(1)" "schedule/2/paragraph/3/1"
    [[ca2004 s 10 et seq]]
      See Children Act 2004, s 10 et seq.
      https://www.legislation.gov.uk/ukpga/2004/31/section/10
      ca2004 "s 10 et seq" "section/10"
    [[ca2004 pt 2]]
      See Children Act 2004, pt 2.
      https://www.legislation.gov.uk/ukpga/2004/31/part/2
      ca2004 "pt 2" "part/2"
    [[ca2004 s 12A]]
      See Children Act 2004, s 12A.
      https://www.legislation.gov.uk/ukpga/2004/31/section/12A
      ca2004 "s 12A" "section/12A"
    [[ca2004 ss 10, 11 and 13]]
      See Children Act 2004, ss 10, 11 and 13.
      https://www.legislation.gov.uk/ukpga/2004/31
      https://www.legislation.gov.uk/ukpga/2004/31/section/10
      https://www.legislation.gov.uk/ukpga/2004/31/section/11
      https://www.legislation.gov.uk/ukpga/2004/31/section/13
      ca2004 "s 10" "section/10"
      ca2004 "s 11" "section/11"
      ca2004 "s 13" "section/13"
    [[ca2004 s 10(1)(a) to (c)]]
      See Children Act 2004, s 10(1)(a)–(c).
      https://www.legislation.gov.uk/ukpga/2004/31
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-a
      https://www.legislation.gov.uk/ukpga/2004/31/section/10#section-10-1-c
      ca2004 "s 10(1)(a)–(c)" "section/10/1/a"
    [[ca2004 s 10 and sch 2]]
      See Children Act 2004, s 10 and sch 2.
      https://www.legislation.gov.uk/ukpga/2004/31
      https://www.legislation.gov.uk/ukpga/2004/31/section/10
      https://www.legislation.gov.uk/ukpga/2004/31/schedule/2
      ca2004 "s 10" "section/10"
      ca2004 "sch 2" "schedule/2"
    [[regs2005 regulation 4]]
      See Plan (England) Regulations 2005, reg 4.
      https://www.legislation.gov.uk/uksi/2005/2149/regulation/4
      regs2005 "reg 4" "regulation/4"
    [[regs2005 regs 4 and 5(1)]]
      See Plan (England) Regulations 2005, regs 4 and 5(1).
      https://www.legislation.gov.uk/uksi/2005/2149
      https://www.legislation.gov.uk/uksi/2005/2149/regulation/4
      https://www.legislation.gov.uk/uksi/2005/2149/regulation/5#regulation-5-1
      regs2005 "reg 4" "regulation/4"
      regs2005 "reg 5(1)" "regulation/5/1"
    [[order2006 article 3]]
      See Trusts (Wales) Order 2006, art 3.
      https://www.legislation.gov.uk/wsi/2006/12/article/3
      order2006 "art 3" "article/3"
    [[rules1991 rule 3.4]]
      See Family Proceedings Rules 1991, r 3.4.
      https://www.legislation.gov.uk/uksi/1991/1247/rule/3.4
      rules1991 "r 3.4" "rule/3.4"
    [[rules1991 pt 10A]]
      See Family Proceedings Rules 1991, pt 10A.
      https://www.legislation.gov.uk/uksi/1991/1247/part/XA
      rules1991 "pt 10A" "part/XA"
    [[rules1991 Part 10A]]
      See Family Proceedings Rules 1991, pt 10A.
      https://www.legislation.gov.uk/uksi/1991/1247/part/XA
      rules1991 "pt 10A" "part/XA"
    [[rules1991 pt 4]]
      See Family Proceedings Rules 1991, pt 4.
      https://www.legislation.gov.uk/uksi/1991/1247/part/4
      rules1991 "pt 4" "part/4"
    [[roman pt 4]]
      See Roman Act 1990, pt 4.
      https://www.legislation.gov.uk/ukpga/1990/1/part/IV
      roman "pt 4" "part/IV"
    [[roman pt 10A]]
      See Roman Act 1990, pt 10A.
      https://www.legislation.gov.uk/ukpga/1990/1/part/XA
      roman "pt 10A" "part/XA"
    [[roman pt IV]]
      See Roman Act 1990, pt IV.
      https://www.legislation.gov.uk/ukpga/1990/1/part/IV
      roman "pt IV" "part/IV"
    [[charter art 8]]
      See Charter of Rights, art 8.
      https://www.legislation.gov.uk/eur/2007/303/article/8
      charter "art 8" "article/8"
    [[plan para 4.2]]
      See The Plan, para 4.2.
      https://example.org/plan.pdf
      plan "para 4.2" "paragraph/4.2"
    [[plan p 12]]
      See The Plan, p 12.
      https://example.org/plan.pdf
      plan "p 12" "page/12"
    [[plan]]
      See The Plan.
      https://example.org/plan.pdf
      plan null null
    [[paper]]
      See A paper on paper alone.
      authorities.html#paper
      paper null null
    [[paper para 7]]
      See A paper on paper alone, para 7.
      authorities.html#paper
      paper "para 7" "paragraph/7"
    [[old]]
      See An old page.
      https://example.org/archive/old
      old null null
    [[bill2008 cl 4]]
      See Apprenticeships Bill, cl 4.
      https://example.org/bill
      bill2008 "cl 4" "clause/4"
    [[case]]
      See R v Somebody.
      authorities.html#case
      case null null
    [[ca2004 s 10|that section]]
      See that section.
      https://www.legislation.gov.uk/ukpga/2004/31/section/10
      ca2004 "s 10" "section/10"
    "#);
}

#[test]
fn what_is_no_pinpoint_or_no_authority_is_an_error() {
    let written = [
        "[[ca2004 10]]",
        "[[ca2004 s]]",
        "[[ca2004 s 10 (]]",
        "[[ca2004 the tenth section]]",
        "[[ca204 s 10]]",
        "[[nothing s 10]]",
        "[[CA2004 s 10]]",
        "[[ca2004 s 10 of]]",
    ];
    insta::assert_snapshot!(written.map(shown).join("\n"), @"
    [[ca2004 10]]
      a.md:6:9: error[malformed-pinpoint]: `10` is not a place in a work (write one such as `s 10(1)(b)`, `sch 2 para 3` or `reg 4`)
    [[ca2004 s]]
      a.md:6:9: error[malformed-pinpoint]: `s` is not a place in a work (write one such as `s 10(1)(b)`, `sch 2 para 3` or `reg 4`)
    [[ca2004 s 10 (]]
      a.md:6:9: error[malformed-pinpoint]: `s 10 (` is not a place in a work (write one such as `s 10(1)(b)`, `sch 2 para 3` or `reg 4`)
    [[ca2004 the tenth section]]
      a.md:6:9: error[malformed-pinpoint]: `the tenth section` is not a place in a work (write one such as `s 10(1)(b)`, `sch 2 para 3` or `reg 4`)
    [[ca204 s 10]]
      a.md:6:9: error[unknown-authority]: no authority `ca204` is declared (did you mean `ca2004`?)
    [[nothing s 10]]
      a.md:6:9: error[unknown-authority]: no authority `nothing` is declared (add a row for it to authorities.toml)
    [[CA2004 s 10]]
      a.md:6:9: error[unknown-authority]: no authority `CA2004` is declared (did you mean `ca2004`?)
    [[ca2004 s 10 of]]
      a.md:6:9: error[malformed-pinpoint]: `s 10 of` is not a place in a work (write one such as `s 10(1)(b)`, `sch 2 para 3` or `reg 4`)
    ");
}

#[test]
fn a_unit_that_the_work_does_not_have_links_the_work_alone_with_a_warning() {
    let written = [
        "[[ca2004 reg 4]]",
        "[[regs2005 s 10]]",
        "[[order2006 reg 3]]",
        "[[bill2008 s 4]]",
        "[[ca2004 cl 3]]",
        "[[plan reg 4]]",
        "[[ca2004 s 10 and reg 4]]",
        "[[ca2004 p 4]]",
    ];
    insta::assert_snapshot!(written.map(shown).join("\n"), @"
    [[ca2004 reg 4]]
      See Children Act 2004, reg 4.
      https://www.legislation.gov.uk/ukpga/2004/31
      ca2004 null null
      a.md:6:9: warning[unit-mismatch]: Children Act 2004 has no regulations (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    [[regs2005 s 10]]
      See Plan (England) Regulations 2005, s 10.
      https://www.legislation.gov.uk/uksi/2005/2149
      regs2005 null null
      a.md:6:9: warning[unit-mismatch]: Plan (England) Regulations 2005 has no sections (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    [[order2006 reg 3]]
      See Trusts (Wales) Order 2006, reg 3.
      https://www.legislation.gov.uk/wsi/2006/12
      order2006 null null
      a.md:6:9: warning[unit-mismatch]: Trusts (Wales) Order 2006 has no regulations (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    [[bill2008 s 4]]
      See Apprenticeships Bill, s 4.
      https://example.org/bill
      bill2008 null null
      a.md:6:9: warning[unit-mismatch]: Apprenticeships Bill has no sections (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    [[ca2004 cl 3]]
      See Children Act 2004, cl 3.
      https://www.legislation.gov.uk/ukpga/2004/31
      ca2004 null null
      a.md:6:9: warning[unit-mismatch]: Children Act 2004 has no clauses (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    [[plan reg 4]]
      See The Plan, reg 4.
      https://example.org/plan.pdf
      plan null null
      a.md:6:9: warning[unit-mismatch]: The Plan has no regulations (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    [[ca2004 s 10 and reg 4]]
      See Children Act 2004, s 10 and reg 4.
      https://www.legislation.gov.uk/ukpga/2004/31
      ca2004 null null
      a.md:6:9: warning[unit-mismatch]: Children Act 2004 has no regulations (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    [[ca2004 p 4]]
      See Children Act 2004, p 4.
      https://www.legislation.gov.uk/ukpga/2004/31
      ca2004 null null
      a.md:6:9: warning[unit-mismatch]: Children Act 2004 has no pages (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    ");
}

#[test]
fn the_page_of_authorities_lists_what_cites_each_provision() {
    let built = TestSite::new()
        .file("authorities.toml", LAW)
        .paper_with("a", "short = \"Paper A\"", "1.1 See [[ca2004]] and [[ca2004 s 10(1)(b)]].\n\n1.2 See [[ca2004 s 10(1)(b)]], [[ca2004 s 9]], [[ca2004 s 10]] and [[ca2004 s 10A]].\n\n1.3 By a note.[^n]\n\n## Under the Act\n\nWords, [[ca2004 s 9]].\n\n[^n]: [[ca2004 s 9]], [[bill2008 cl 2]].")
        .build()
        .clean();
    assert_eq!(built.words("authorities.html", "main h2"), ["Acts", "Bills", "Not cited"]);
    assert_eq!(
        built
            .words("authorities.html", "[id=ca2004] .provisions > li")
            .iter()
            .map(|line| line.replace('\u{a0}', " "))
            .collect::<Vec<_>>(),
        [
            "s 9 Cited in Paper A, “Under the Act”; Paper A, paragraph 1.2 and Paper A, paragraph 1.3, note 1",
            "s 10 Cited in Paper A, paragraph 1.1 and Paper A, paragraph 1.2",
            "s 10(1)(b) Cited in Paper A, paragraph 1.1 and Paper A, paragraph 1.2",
            "s 10A Cited in Paper A, paragraph 1.2",
        ]
    );
    assert_eq!(
        built.words("authorities.html", "[id=ca2004] > .links").concat().replace('\u{a0}', " "),
        "Cited in Paper A, paragraph 1.1"
    );
    assert_eq!(built.words("authorities.html", "[id=ca2004] .facts"), ["c. 31, 15 November 2004"]);
    for id in ["ca2004", "ca2004-s-9", "ca2004-s-10", "ca2004-s-10-1-b", "bill2008-cl-2"] {
        assert_eq!(built.find("authorities.html", &format!("[id='{id}']")).len(), 1, "{id}");
    }
    // A Bill leads to the Act that it became.
    assert_eq!(
        built.find("authorities.html", "[id=bill2008] .facts a"),
        ["<a href=\"#ascla2009\">Apprenticeships Act 2009</a>"]
    );
    // And the Act to the Bill that it was.
    assert!(built.words("authorities.html", "[id=ascla2009] .facts").concat().contains("formerly the "));
    assert_eq!(built.find("authorities.html", "[id=ascla2009] .facts a[href='#bill2008']").len(), 1);
    let output = built.output.as_ref().unwrap();
    assert_eq!(broken_links(output), Vec::<String>::new());
    assert_eq!(repeated_ids(output), Vec::<String>::new());
}

#[test]
fn provisions_are_listed_in_the_order_of_the_work() {
    let built = TestSite::new()
        .file("authorities.toml", LAW)
        .paper("a", "1.1 [[ca2004 sch 2]] [[ca2004 s 100]] [[ca2004 s 10(10)]] [[ca2004 s 9]] [[ca2004 s 10(2)]] [[ca2004 s 10(1)(b)]] [[ca2004 s 10A]] [[ca2004 sch 2 para 10]] [[ca2004 sch 2 para 3]] [[ca2004 ss 10–12]] [[ca2004 s 10]].")
        .build()
        .clean();
    assert_eq!(
        built
            .words("authorities.html", "[id=ca2004] .provisions > li > .number")
            .iter()
            .map(|line| line.replace('\u{a0}', " "))
            .collect::<Vec<_>>(),
        [
            "s 9",
            "s 10",
            "ss 10–12",
            "s 10(1)(b)",
            "s 10(2)",
            "s 10(10)",
            "s 10A",
            "s 12",
            "s 100",
            "sch 2",
            "sch 2 para 3",
            "sch 2 para 10"
        ]
    );
}

#[test]
fn provisions_written_differently_have_addresses_of_their_own() {
    let built = TestSite::new()
        .file("authorities.toml", &format!("{LAW}\n[ca2004-s-10]\ntitle = \"A key like a provision\"\nkind = \"other\"\n\n[kind-act]\ntitle = \"A key like a heading\"\nkind = \"other\"\n\n[main]\ntitle = \"A key like the page's own\"\nkind = \"other\"\n"))
        .paper("a", "1.1 [[rules1991 r 3.4]] [[rules1991 r 3(4)]] [[ca2004 s 10(a)]] [[ca2004 s 10(A)]] [[ca2004 s 10]] [[ca2004 s 10(1)(a) to (c)]] [[ca2004-s-10]] [[kind-act]] [[main]].")
        .build();
    if let Some(output) = &built.output {
        assert_eq!(repeated_ids(output), Vec::<String>::new());
        assert_eq!(broken_links(output), Vec::<String>::new());
        let ids = built.json("data/ids.json");
        for id in ids["authorities.html"].as_array().unwrap() {
            assert!(id.as_str().unwrap().bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)), "{id}");
        }
    }
}

#[test]
fn the_data_of_authorities_says_what_cites_each() {
    let built = TestSite::new()
        .file("authorities.toml", LAW)
        .paper("a", "1.1 See [[ca2004]], [[plan]] and [[ca2004 s 10(1)(b), (c) and (2)]].\n\n- (a) and [[ca2004 s 10(2)]]\n\n1.2 [[ca2004 ss 10–12]]")
        .build()
        .clean();
    let rows = built.json("data/authorities.json");
    let act = rows.as_array().unwrap().iter().find(|row| row["key"] == "ca2004").unwrap();
    let work = "https://www.legislation.gov.uk/ukpga/2004/31";
    assert_eq!(act["title"], "Children Act 2004");
    assert_eq!(act["kind"], "act");
    assert_eq!(act["url"], work);
    let range = act["cited"].as_array().unwrap().iter().find(|row| row["pinpoint"] == "ss 10–12").unwrap();
    assert_eq!(range["clauses"], json!(["a.html#1.2"]));
    let mut others: Vec<_> = act["cited"].as_array().unwrap().iter().filter(|row| *row != range).cloned().collect();
    for row in &mut others {
        // Only a range has another end.
        assert_eq!(row["to"], json!(null));
        row.as_object_mut().unwrap().remove("to");
    }
    assert_eq!(
        json!(others),
        json!([
            { "pinpoint": null, "path": null, "url": work, "clauses": ["a.html#1.1"] },
            { "pinpoint": "s 10(1)(b)", "path": "section/10/1/b", "url": format!("{work}/section/10#section-10-1-b"), "clauses": ["a.html#1.1"] },
            { "pinpoint": "s 10(1)(c)", "path": "section/10/1/c", "url": format!("{work}/section/10#section-10-1-c"), "clauses": ["a.html#1.1"] },
            { "pinpoint": "s 10(2)", "path": "section/10/2", "url": format!("{work}/section/10#section-10-2"), "clauses": ["a.html#1.1", "a.html#1.1-a"] },
        ])
    );
    let paper = rows.as_array().unwrap().iter().find(|row| row["key"] == "paper").unwrap();
    assert_eq!(paper["cited"], json!([]));
    assert_eq!(paper["url"], json!(null));
    // A range has two ends and is not expanded.
    assert_eq!((&range["path"], &range["to"]), (&json!("section/10"), &json!("section/12")));
}

#[test]
fn a_note_that_is_only_a_citation_shows_it_in_full() {
    let built = TestSite::new().paper("a", "1.1 Text.[^4]\n\n[^4]: [[ca2004 s 10(1)(b)]].").build().clean();
    assert_eq!(built.words("a.html", ".note-list .text"), ["Children Act 2004, s 10(1)(b)."]);
    assert_eq!(built.clause("a", "1.1")["citations"][0]["path"], "section/10/1/b");
}

#[test]
fn a_document_may_be_kept_out_of_the_table_of_law_and_works_that_nothing_cites_come_last() {
    let site = TestSite::new()
        .file("authorities.toml", LAW)
        .paper("a", "1.1 See [[ca2004 s 10]].")
        .paper_with("manual", "cited = false", "1.1 As in [[ca2004 s 10]], [[ca2004 s 9]] and [[bill2008 cl 2]].")
        .file("more/index.md", "+++\ntitle = \"More\"\npublication = true\ncited = false\n+++\n")
        .file("more/1-one.md", "+++\ntitle = \"One\"\n+++\n\n1.1 As in [[plan]].\n");
    let built = site.build().clean();
    let titles = built.words("authorities.html", "main h2");
    assert_eq!(
        (titles.first().map(String::as_str), titles.last().map(String::as_str)),
        (Some("Acts"), Some("Not cited"))
    );
    let page = built.text("authorities.html");
    let (cited, others) = page.split_once("id=\"kind-not-cited\"").unwrap();
    assert!(cited.contains("id=\"ca2004\"") && others.contains("id=\"bill2008\"") && others.contains("id=\"plan\""));
    assert!(
        others.contains("<p>No document cites these works, apart from documents that give only examples.</p>"),
        "{others}"
    );
    assert!(!others.contains("Cited in"), "{others}");
    // Where every document counts, the sentence speaks of no examples.
    let all = TestSite::new().file("authorities.toml", LAW).paper("a", "1.1 See [[ca2004 s 10]].").build().clean();
    let page = all.text("authorities.html");
    assert!(page.contains("<p>No document cites these works.</p>"), "{page}");
    // Only what counts is listed, on the page and in the data.
    let lines = built.words("authorities.html", "[id=ca2004] .provisions > li");
    assert_eq!(
        lines.iter().map(|line| line.replace('\u{a0}', " ")).collect::<Vec<_>>(),
        ["s 10 Cited in a, paragraph 1.1"]
    );
    let rows = built.json("data/authorities.json");
    let cited = |key: &str| rows.as_array().unwrap().iter().find(|row| row["key"] == key).unwrap()["cited"].clone();
    assert_eq!(cited("ca2004").as_array().unwrap().len(), 1);
    assert_eq!(cited("ca2004")[0]["clauses"], json!(["a.html#1.1"]));
    assert_eq!((cited("bill2008"), cited("plan")), (json!([]), json!([])));
    // Links lead to the law as before, and what a clause cites is in its own row.
    assert_eq!(built.find("manual.html", "[id='1.1'] .text a.law").len(), 3);
    assert_eq!(built.clause("manual", "1.1")["citations"].as_array().unwrap().len(), 3);
    assert!(built.find("manual/1.1.html", ".linked a[href='../authorities.html#ca2004']").len() == 1);
    assert!(!built.text("manual.html").contains("\"citation\":") && built.text("a.html").contains("\"citation\":"));
    let output = built.output.as_ref().unwrap();
    assert_eq!(broken_links(output), Vec::<String>::new());
    // An address that was published stays.
    let counted = site.clone().edit("manual.md", "cited = false", "").published();
    let built = counted.edit("manual.md", "\n\n+++", "\ncited = false\n+++").build().clean();
    assert_eq!(built.find("authorities.html", "[id='ca2004-s-9']").len(), 1);
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
    // It is yes or no.
    assert_eq!(TestSite::new().paper_with("a", "cited = \"no\"", "1.1 Text.").build().codes(), ["invalid-value"]);
}
