//! Dates written in numbers alone: 2031-03-06, 06/03/2031, 6.3.2031.

use jiff::civil::Date;

use super::super::tokens::Kind;
use super::{Rule, edtf};

impl Rule<'_> {
    pub(super) fn in_numbers(&self, i: usize) -> Option<(usize, String)> {
        let sign = self.key(i + 1);
        let tight = (i + 1..=i + 4).all(|at| self.tight(at));
        if !tight || !matches!(sign, "-" | "/" | ".") || self.key(i + 3) != sign {
            return None;
        }
        if self.joined_before(i) || self.joined_after(i + 4) {
            return None;
        }
        let date = if let Some(year) = self.year(i) {
            let (month, day) = (self.number(i + 2, 1..=12)?, self.number(i + 4, 1..=31)?);
            Date::new(year, month as i8, day as i8).ok()?
        } else {
            let year = self.year(i + 4)?;
            let (a, b) = (self.number(i, 1..=31)?, self.number(i + 2, 1..=31)?);
            let (day, month) = match (a > 12, b > 12) {
                (_, false) if a > 12 || self.lexicon.day_first || sign == "." => (a, b),
                (false, true) => (b, a),
                _ => return None,
            };
            Date::new(year, month as i8, day as i8).ok()?
        };
        Some((i + 4, edtf(date)))
    }

    /// Whether the number at `i` is the end of a longer one, or of an address: 10.1.2.2023.
    pub(super) fn joined_before(&self, i: usize) -> bool {
        let Some(sign) = i.checked_sub(1).and_then(|before| self.tokens.get(before)) else {
            return false;
        };
        if !self.tight(i) {
            return false;
        }
        match sign.kind {
            Kind::Number | Kind::Word | Kind::Handle | Kind::Address => true,
            Kind::Sign if sign.spaced => false,
            Kind::Sign => {
                matches!(sign.key.as_str(), "." | "-" | "/" | "," | ":" | "_" | "=")
                    && i.checked_sub(2)
                        .and_then(|at| self.tokens.get(at))
                        .is_some_and(|token| matches!(token.kind, Kind::Number | Kind::Word))
            }
        }
    }

    /// Whether the number at `i` goes on after it: 1.2.2023.4.
    fn joined_after(&self, i: usize) -> bool {
        let number = |at: usize| {
            self.tight(at) && self.tokens.get(at).is_some_and(|token| token.kind == Kind::Number)
        };
        number(i + 1)
            || self.tight(i + 1)
                && matches!(self.key(i + 1), "." | "-" | "/" | "_" | ",")
                && number(i + 2)
    }
}
