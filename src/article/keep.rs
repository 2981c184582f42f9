//! Keeping the bytes of files that articles are read from.

use super::Format;

/// What keeps the bytes of files that articles are read from.
pub trait KeepBytes: Sync {
    /// Keeps the bytes of a file: their SHA-256 in lower-case hexadecimal, and whether they were not there before; or why
    /// they could not be kept. `None` where files of this format are not kept.
    fn keep_bytes(
        &self,
        format: &'static Format,
        bytes: &[u8],
    ) -> Option<Result<(String, bool), String>>;

    /// Lets go of what was just kept: no article came of it.
    fn let_go(&self, sha256: &str);
}
