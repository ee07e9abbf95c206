//! Tables as every reader meets them: on a page, in one page and in a book.

use std::fs;
use std::io::{Cursor, Read as _};

use scraper::{Html, Selector};
use zip::ZipArchive;

use crate::cli::Desk;

/// Tables whose heads have no word, some words, all words, a picture, a code, a mention and what nobody sees.
const TABLES: &str = "+++\ntitle = \"Paper\"\n+++\n\n1.1 Keys:\n\n| | |\n|---|---|\n| Hall | Mr A |\n| Store | Ms B |\n\n\
    1.2 Opening times:\n\n| | Opens |\n|:--|--:|\n| Hall | 8 |\n\n1.3 Both:\n\n| Day | Opens |\n|---|---|\n| Monday | 8 |\n\n\
    1.4 Marks:\n\n| `a` | [[1.1]] | ![A ring](ring.svg) | &nbsp; | &#8203; |\n|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |\n";

/// The tables of a page: for each, the cells of its head by name with their words, and how many rows its body has.
fn tables(page: &str) -> Vec<(Vec<String>, usize)> {
    let page = Html::parse_document(page);
    let [tables, heads, rows] =
        [".table table", "thead tr > *", "tbody tr"].map(|selector| Selector::parse(selector).unwrap());
    let tables = page.select(&tables).map(|table| {
        let cells = table.select(&heads).map(|cell| {
            let words: String = cell.text().collect();
            format!("{} {}", cell.value().name(), words.trim())
        });
        (cells.collect(), table.select(&rows).count())
    });
    tables.collect()
}

#[test]
fn a_header_of_a_table_has_words_on_pages_in_one_page_and_in_books() {
    let desk = Desk::new();
    desk.put("site/site.toml", "title = \"Hall\"\n");
    desk.put("site/paper.md", TABLES);
    desk.put("site/ring.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>A ring</title></svg>\n");
    desk.run("build site --output out").ends_with(0);
    desk.run("bundle site --single --output one.html").ends_with(0);
    desk.run("epub site --output a.epub").ends_with(0);
    let mut book = ZipArchive::new(Cursor::new(fs::read(desk.path("a.epub")).unwrap())).unwrap();
    let mut chapter = String::new();
    book.by_name("EPUB/text/paper.xhtml").unwrap().read_to_string(&mut chapter).unwrap();
    let page = |path: &str| fs::read_to_string(desk.path(path)).unwrap();
    for (medium, html) in [("page", page("out/paper.html")), ("one page", page("one.html")), ("book", chapter)] {
        let found = tables(&html);
        let heads: Vec<Vec<&str>> = found.iter().map(|(cells, _)| cells.iter().map(String::as_str).collect()).collect();
        let marks = heads[3].iter().map(|cell| cell.split(' ').next().unwrap()).collect::<Vec<_>>();
        assert_eq!(heads[..3], [vec![], vec!["td ", "th Opens"], vec!["th Day", "th Opens"]], "{medium}");
        assert_eq!(marks, ["th", "th", "td", "td", "td"], "{medium}");
        let rows: Vec<usize> = found.iter().map(|(_, rows)| *rows).collect();
        assert_eq!(rows, [2, 1, 1, 1], "{medium}");
    }
}
