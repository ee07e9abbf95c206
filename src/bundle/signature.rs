//! Signatures of bundles, in the form of minisign: they say who made one.
//!
//! Holds how a manifest is signed and how a signature is checked. Takes keys as the texts of their
//! files; gives texts. Asks nobody for a password and reads no clock: what is signed beside the
//! manifest is the name and the edition.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
pub use minisign::SecretKey;
use minisign::{KeyPair, PublicKey, SecretKeyBox};
use minisign_verify as check;

use super::Identity;

/// A public key: whose signature is asked for.
pub struct VerifyingKey(check::PublicKey);

impl VerifyingKey {
    /// Reads a key as it is in its file, or its one line by itself (`RW…`).
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        check::PublicKey::decode(text).or_else(|_| check::PublicKey::from_base64(text)).ok().map(VerifyingKey)
    }

    /// Whether `signature` is that of this key for `manifest`.
    pub fn has_signed(&self, manifest: &[u8], signature: &str) -> bool {
        check::Signature::decode(signature).is_ok_and(|signature| self.0.verify(manifest, &signature, false).is_ok())
    }
}

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It is no secret key of minisign.
    NoKey,
    /// It has no checksum: `minisign -G -W` makes such keys.
    NoChecksum,
    /// It is protected, and no password was given.
    NeedsPassword,
    /// The password is not that of the key.
    WrongPassword,
}

/// Reads a secret key. A password that a key without one does not need is not looked at.
///
/// # Errors
///
/// If it cannot be used.
pub fn secret_key(text: &str, password: Option<String>) -> Result<SecretKey, Unusable> {
    let read = || SecretKeyBox::from_string(text).map_err(|_| Unusable::NoKey);
    if let Ok(key) = read()?.into_unencrypted_secret_key() {
        return Ok(key);
    }
    // What is no key at all fails for every password, and nobody should be asked for one.
    let encoded = text.lines().nth(1).unwrap_or_default().trim();
    let bytes = STANDARD.decode(encoded).unwrap_or_default();
    let has_checksum = bytes.last_chunk() != Some(&[0; 32]);
    if bytes.len() == KEY_BYTES && bytes.starts_with(b"Ed\0\0B2") && !has_checksum {
        return Err(Unusable::NoChecksum);
    }
    if !encoded.starts_with("RWRTY0Iy") {
        return Err(Unusable::NoKey);
    }
    let password = password.ok_or(Unusable::NeedsPassword)?;
    read()?.into_secret_key(Some(password)).map_err(|_| Unusable::WrongPassword)
}

/// Number of bytes of a secret key: algorithms, a salt, two limits, the number of the key, the key
/// and its checksum.
const KEY_BYTES: usize = 158;

/// Number of bytes within which the text of a secret key is complete.
pub const SECRET_KEY_LENGTH: usize = 2 << 10;

/// Returns whether a file that begins with these bytes is a secret key of minisign, with a password
/// or without.
pub fn is_secret_key(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start.get(..SECRET_KEY_LENGTH).unwrap_or(start));
    let mut lines = text.trim_start_matches('\u{feff}').trim_start().lines();
    let is_key = lines.next().is_some_and(|line| line.starts_with("untrusted comment:"));
    let key = lines.next().and_then(|line| STANDARD.decode(line.trim()).ok());
    is_key && key.is_some_and(|key| key.len() == KEY_BYTES && key.starts_with(b"Ed"))
}

/// The signature of a manifest.
pub fn sign(manifest: &[u8], key: &SecretKey, identity: &Identity) -> Option<String> {
    let edition = identity.edition.as_ref().map_or(String::new(), |name| format!(", edition {name}"));
    let trusted = format!("{}{edition}", identity.name);
    let signed = minisign::sign(None, key, manifest, Some(&trusted), Some("signature of MANIFEST.json"));
    Some(signed.ok()?.into_string())
}

/// A new key: the text of its secret file, that of its public file, and the one line that is
/// for the latter.
pub fn new_key(password: Option<String>) -> Option<(String, String, String)> {
    let pair = match password {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password)),
        None => KeyPair::generate_unencrypted_keypair(),
    };
    let KeyPair { pk, sk } = pair.ok()?;
    let texts = |pk: &PublicKey, sk: &SecretKey| {
        Some((sk.to_box(None).ok()?.into_string(), pk.to_box().ok()?.into_string(), pk.to_base64()))
    };
    texts(&pk, &sk)
}
