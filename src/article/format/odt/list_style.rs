//! What the style of a list says of its levels.

use crate::article::format::numerals::Numeral;

/// How many levels a list has.
pub(super) const LEVELS: usize = 10;

/// A level of a list style.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub(super) numeral: Numeral,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// LibreOffice’s own way to say how the numbers are put together: `%1%.%2%)`.
    pub(super) pattern: Option<String>,
    /// The numbers of how many levels are shown.
    pub(super) shown: usize,
    pub(super) start: u32,
    /// What stands before its items, if not a number.
    pub(super) bullet: Option<String>,
}

/// The style of a list.
#[derive(Debug, Default)]
pub(super) struct ListStyle {
    pub(super) levels: [Option<Level>; LEVELS],
}
