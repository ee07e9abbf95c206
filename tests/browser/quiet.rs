//! A page asks nothing of anyone: no message in the console, no request to another host.

use crate::browser::{Look, browser};
use crate::copies::library;

#[test]
fn the_home_page_is_quiet_from_a_folder_and_over_http() {
    let Some(browser) = browser() else { return };
    for url in [library().file("index.html"), library().http("index.html")] {
        let page = browser.page(Look::WIDE);
        page.go(&url);
        assert_eq!(
            page.eval::<String>("document.querySelector('h1').innerText"),
            "Children’s Trusts: a guidance library"
        );
        assert_eq!(page.console(), Vec::<String>::new(), "{url}");
        let root = url.trim_end_matches("index.html");
        let foreign = page.requests().into_iter().filter(|request| !request.starts_with(root));
        assert_eq!(foreign.collect::<Vec<_>>(), Vec::<String>::new(), "{url}");
        assert!(page.requests().len() >= 2, "the page and its style sheet: {:?}", page.requests());
    }
}
