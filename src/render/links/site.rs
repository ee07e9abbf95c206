//! Addresses on the site itself: each page is a file, and each address is relative to the page that
//! links to it.

use super::Links;
use crate::output::OutPath;

/// The site.
pub struct SiteLinks;

impl Links for SiteLinks {
    fn address(&self, from: &OutPath, page: &OutPath, fragment: Option<&str>) -> Option<String> {
        Some(match fragment {
            Some(fragment) if page == from => format!("#{fragment}"),
            Some(fragment) => format!("{}#{fragment}", from.link_to(page)),
            None => from.link_to(page),
        })
    }
}
