//! Measures others on the same text: the floor, Hugo with and without Pagefind, and mdBook.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

use super::Cost;
use super::corpus::{self, Size};

/// The least that any generator must do for these pages: reads every file, parses it, runs one template over it, writes it.
pub fn floor(site: &Path, out: &Path) {
    fs::create_dir_all(out).unwrap();
    let mut tera = tera::Tera::new();
    tera.add_raw_template(
        "page.html",
        "<!doctype html><title>{{ title }}</title><main>{{ body }}</main><a href=\"index.html\">Home</a>",
    )
    .unwrap();
    let paths: Vec<_> = fs::read_dir(site).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.par_iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")).for_each(|path| {
        let text = fs::read_to_string(path).unwrap();
        let body = text.splitn(3, "+++\n").nth(2).unwrap();
        let mut markup = String::new();
        html::push_html(&mut markup, Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES));
        let mut view = tera::Context::new();
        view.insert("title", path.file_stem().unwrap().to_str().unwrap());
        view.insert("body", &tera::Value::safe_string(&markup));
        let page = tera.render("page.html", &view).unwrap();
        fs::write(out.join(path.file_stem().unwrap()).with_extension("html"), page).unwrap();
    });
}

/// Time limit of other commands, in seconds.
pub const PATIENCE: u32 = 720;

/// Whether a command is found.
pub fn is_there(command: &str) -> bool {
    let asked = Command::new(command).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    // Hugo says its version as a command.
    asked.is_ok()
}

/// A command that is given up after some time, where the system has `timeout`.
fn patient(command: &str) -> Command {
    if !is_there("timeout") {
        return Command::new(command);
    }
    let mut patient = Command::new("timeout");
    patient.args([&PATIENCE.to_string(), command]);
    patient
}

/// Measures each other generator that is installed; `None` if it fails or is too slow.
pub fn costs(size: Size, top: &Path, mdbook_too: bool) -> Vec<(String, Option<Cost>)> {
    let mut costs = Vec::new();
    if is_there("hugo") {
        let folder = top.join("hugo");
        hugo(size, &folder);
        let hugo = Cost::if_done(patient("hugo").current_dir(&folder));
        costs.push(("Hugo, without search".to_owned(), hugo));
        if let Some(hugo) = hugo.filter(|_| is_there("pagefind")) {
            let index = Cost::if_done(patient("pagefind").args(["--site", "public"]).current_dir(&folder));
            costs.push(("Hugo and Pagefind".to_owned(), index.map(|index| hugo.and(index))));
        }
    }
    if mdbook_too && is_there("mdbook") {
        let folder = top.join("mdbook");
        mdbook(size, &folder);
        costs.push(("mdBook".to_owned(), Cost::if_done(patient("mdbook").arg("build").current_dir(&folder))));
    }
    costs
}

/// The corpus for Hugo, with a theme as plain as can be that shows what ours shows of a document by itself.
fn hugo(size: Size, folder: &Path) {
    let put = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put(
        "hugo.toml",
        "title = \"A library\"\nbaseURL = \"https://example.org/\"\n[taxonomies]\nsubject = \"subjects\"\n",
    );
    put(
        "layouts/_default/baseof.html",
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head><body>\
         <nav><a href=\"{{ \"/\" | relURL }}\">Home</a></nav><main>{{ block \"main\" . }}{{ end }}</main></body></html>",
    );
    put(
        "layouts/_default/single.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1><p>{{ .Params.issuer }}, {{ .Params.published }}, {{ .Params.status }}</p>\
         {{ range .GetTerms \"subjects\" }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}\
         {{ .TableOfContents }}{{ .Content }}{{ with .PrevInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}\
         {{ with .NextInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}{{ end }}",
    );
    let list = "{{ define \"main\" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">\
                {{ .Title }}</a></li>{{ end }}</ul>{{ end }}";
    put("layouts/_default/list.html", list);
    put("layouts/index.html", list);
    for at in 0..size.documents {
        put(&format!("content/{}", corpus::path(at)), &corpus::document(size, at));
    }
}

/// The corpus for mdBook, which has no front matter and wants a list of chapters.
fn mdbook(size: Size, folder: &Path) {
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("book.toml"), "[book]\ntitle = \"A library\"\n").unwrap();
    let mut summary = String::from("# Summary\n\n");
    for at in 0..size.documents {
        let text = corpus::document(size, at);
        fs::write(folder.join("src").join(corpus::path(at)), text.splitn(3, "+++\n").nth(2).unwrap()).unwrap();
        summary.push_str(&format!("- [Paper {at}]({})\n", corpus::path(at)));
    }
    fs::write(folder.join("src/SUMMARY.md"), summary).unwrap();
}
