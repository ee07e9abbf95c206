//! Numbers of paragraphs that may be of another text stay words, and the report names them.

use clausebook::import::PaperFormat;

use super::{clauses_of, imported};

/// The third clause of a page that says something, with whether the report has a remark on a doubt.
fn third(words: &str) -> (String, bool) {
    let page = format!(
        "<main><h1>Rules</h1><p>1.1 One.</p><p>1.2 Two.</p><p>1.3 {words}</p><h2>Annex</h2><p>1.4 Four.</p></main>"
    );
    let made = imported(PaperFormat::Html, page.as_bytes());
    clauses_of(&made);
    let line = made.text.lines().find(|line| line.starts_with("1.3 ")).unwrap_or(&made.text).to_owned();
    let doubt = made.report.remarks.iter().any(|remark| remark.says.contains("may be of another text"));
    (line, doubt)
}

#[test]
fn a_paragraph_of_another_text_is_no_mention() {
    let mut wrong = String::new();
    for words in [
        "Charity Commission guidance CC3, paragraph 1.1, and Smith v Jones [2011] UKSC 4, para 1.2.",
        "Equality Act 2010, Schedule 1, paragraph 1.2",
        "DfE guidance (2015), para 1.1 says so.",
        "Look at the Ofsted handbook, paragraph 1.1 before.",
        "Ofsted handbook, paragraph 1.1",
        "The Ofsted handbook (paragraph 1.1) says so.",
        "Take paragraph 1.2 from the handbook.",
        "The SORP, para 1.2 says so.",
        "[2010] EWCA Civ 12, para 1.2",
        "It was held in [2010] EWCA Civ 12 at para 1.2.",
        "See <i>Smith v Jones</i>, paragraph 1.2.",
        "See the <a href=\"https://example.org\">Code</a>, paragraphs 1.1 and 1.2.",
        "Read paragraphs 1.1 and 1.2 of the handbook.",
        "Read paragraph 1.1 and paragraph 1.2 of the handbook.",
        "Read paragraph 1.1, Schedule 2 to the Act.",
        "The court agreed (ibid, para 1.2).",
        "The Council, in its paragraph 1.2, says so.",
        "See “Safe halls”, paragraph 1.1.",
    ] {
        let (line, doubt) = third(words);
        if line.contains("[[") || !doubt {
            wrong.push_str(&format!("{line} (a remark: {doubt})\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_paragraph_of_the_paper_itself_is_a_mention() {
    let mut wrong = String::new();
    for words in [
        "Paragraph [[1.1]] applies.",
        "It is late. Paragraph [[1.1]] applies.",
        "See paragraph [[1.1]].",
        "It is open (see paragraph [[1.1]]).",
        "The Council acts under paragraph [[1.1]] or paragraph [[1.2]].",
        "The fee set out in paragraph [[1.1]], paragraph [[1.2]] and paras [[1.1]] and [[1.2]] is due.",
        "A breach of paragraph [[1.1]] by a member is an offence.",
        "Whoever breaks paragraph [[1.1]] pays.",
        "If a hirer is late, paragraph [[1.1]] applies.",
        "Where paragraph [[1.1]] applies, paragraph [[1.2]] does not.",
        "In this policy, paragraph [[1.1]] comes first.",
        "The Council must follow paragraph [[1.1]] of this policy.",
        "As the Act requires, paragraph [[1.1]] above applies.",
        "Nothing in paragraph [[1.1]] in the event of fire applies.",
        "The Equality Act 2010 and paragraph [[1.1]] apply.",
    ] {
        let (line, doubt) = third(&words.replace("[[", "").replace("]]", ""));
        if line != format!("1.3 {words}") || doubt {
            wrong.push_str(&format!("{line} (a remark: {doubt})\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
