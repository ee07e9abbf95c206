//! Results of looking through a copy.
//!
//! Holds what is wrong with a copy, file by file, and what is known of who made it. Opens nothing.

use std::collections::BTreeSet;
use std::path::Path;

use super::DiskError;
use crate::bundle::signature::VerifyingKey;
use crate::bundle::{Manifest, SIGNATURE};

/// Fault of one file of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyFault {
    /// It is listed, and not there.
    Missing,
    /// It is not what the list says.
    Changed,
    /// It is there, and not listed.
    Added,
    /// It is a link, which is not followed.
    Link,
    /// It is a pipe, a socket or a device, which is not opened.
    Special,
    /// It cannot be read.
    Unreadable,
    /// It is no signature of the manifest by the key that was asked for.
    NotSigned,
    /// It is the signature of the manifest that was asked for, and is not there.
    Unsigned,
    /// It is the manifest of another site than was asked for.
    OtherSite,
    /// It is the manifest of an older edition than was asked for, or of one that is in no order
    /// with that.
    OtherEdition,
}

/// Result of the check for a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// It has no signature.
    No,
    /// It has one, and nobody asked whose.
    Unchecked,
    /// It has that of the key that was asked for.
    ByKey,
    /// It has another, or none, though one was asked for.
    NotByKey,
}

/// A copy that was looked through.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The manifest; nothing of a folder that `build` wrote.
    pub manifest: Option<Manifest>,
    /// Number of files that the copy lists.
    pub listed: usize,
    /// Faults by the path of the file.
    pub faults: BTreeSet<(String, CopyFault)>,
    /// Whether it is signed.
    pub signed: Signed,
    /// Files that systems leave in every folder, which say nothing of the copy, by path.
    pub passed_over: BTreeSet<String>,
}

/// The list and the signature of a copy, checked as far as they can be by themselves.
pub(super) fn signed_by(manifest: &[u8], signature: Option<&[u8]>, key: Option<&VerifyingKey>) -> Signed {
    let text = signature.map(String::from_utf8_lossy);
    match (key, text) {
        (None, None) => Signed::No,
        (None, Some(_)) => Signed::Unchecked,
        (Some(key), Some(text)) if key.has_signed(manifest, &text) => Signed::ByKey,
        (Some(_), _) => Signed::NotByKey,
    }
}

/// Notes what is wrong with a signature that was asked for.
pub(super) fn note_signature(signed: Signed, is_there: bool, faults: &mut BTreeSet<(String, CopyFault)>) {
    if signed == Signed::NotByKey {
        faults.insert((SIGNATURE.to_owned(), if is_there { CopyFault::NotSigned } else { CopyFault::Unsigned }));
    }
}

/// A manifest that is none.
pub(super) fn located(shown: &Path, why: &str) -> DiskError {
    DiskError::new(format!("`{}` cannot be checked: {why}", shown.display()))
        .help("get the copy again from where it came from")
}
