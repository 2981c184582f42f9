//! Seasons, decades and days counted from the article's: “spring 1968”, “the 1980s”, “three days ago”.

use jiff::ToSpan;

use super::super::tokens::Kind;
use super::written::Lean;
use super::{Rule, edtf};

/// The number of the last season in the lists: winter.
const WINTER: i8 = 4;

impl Rule<'_> {
    /// “spring 1968”, “hiver 2029-2030”, “last summer”: the last token, and EDTF's season of that year.
    pub(super) fn season(&self, i: usize) -> Option<(usize, String)> {
        if let Some(lean) = self.lean(i).filter(|_| !self.lexicon.day_first)
            && let Some(season) = self.season_name(i + 1)
            && self.year(i + 2).is_none()
        {
            return self.season_by_lean(season, lean).map(|value| (i + 1, value));
        }
        let season = self.season_name(i)?;
        let of = usize::from(matches!(self.key(i + 1), "of" | "de"));
        let at = i + 1 + of;
        if let Some(year) = self.year(at).filter(|year| (1500..=2199).contains(year)) {
            let end = self.next_year_too(at, year).filter(|_| season == WINTER).unwrap_or(at);
            // “shares fall 2000 points”
            let counts = end == at && self.plural(end + 1);
            return (!counts).then(|| (end, format!("{year:04}-{}", 20 + season)));
        }
        let lean = self.lean_after(i + 1)?;
        self.season_by_lean(season, lean).map(|value| (i + 1, value))
    }

    /// A season, 1 (spring) to 4 (winter).
    fn season_name(&self, i: usize) -> Option<i8> {
        let season = *self.lexicon.seasons.get(self.key(i))?;
        // “a été”, “they fall”: words that are also verbs need an article or preposition.
        let verb = matches!(self.key(i), "ete" | "fall");
        let before = self.key_before(i);
        let noun = self.lexicon.the.contains(before)
            || self.lexicon.before_month.contains(before)
            || i.checked_sub(1).is_some_and(|at| self.lean(at).is_some())
            || matches!(before, "d'" | "cet" | "chaque");
        (!verb || noun).then_some(season)
    }

    /// “2029-2030”, “2029-30”: the token of the second year, the one after the first.
    fn next_year_too(&self, at: usize, year: i16) -> Option<usize> {
        let joined = matches!(self.key(at + 1), "-" | "–" | "/") && self.tight(at + 1);
        let next = (joined && self.tight(at + 2)).then(|| self.number(at + 2, 0..=2999))??;
        (next == year + 1 || next == (year + 1) % 100).then_some(at + 2)
    }

    /// The last spring, summer or autumn that is over, or this year's. A winter belongs to two years.
    fn season_by_lean(&self, season: i8, lean: Lean) -> Option<String> {
        let today = self.today.filter(|_| season != WINTER)?;
        let year = match lean {
            Lean::This => today.year(),
            Lean::Last if today.month() > season * 3 + 2 => today.year(),
            Lean::Last => today.year() - 1,
            Lean::Next | Lean::NotAfter | Lean::NotBefore | Lean::Other => return None,
        };
        Some(format!("{year:04}-{}", 20 + season))
    }

    /// “1980s”, “’80s”, “années 1980”, “années 80”: the last token and the decade. “1900s” may be a century, and “années
    /// 30” those of two centuries.
    pub(super) fn decade(&self, i: usize) -> Option<(usize, String)> {
        let value = |year: i16| format!("{:03}X", year / 10);
        let goes_on = |at: usize| {
            matches!(self.key(at + 1), "-" | "–" | "/")
                && self.tokens.get(at + 2).is_some_and(|token| token.kind == Kind::Number)
        };
        let short = |at: usize| {
            let token = self.tokens.get(at).filter(|token| token.range.len() == 2)?;
            let year: i16 = token.key.parse().ok()?;
            ((40..=90).contains(&year) && year % 10 == 0).then_some(1900 + year)
        };
        if self.lexicon.decades.contains(self.key(i)) {
            let at = i + 1;
            let year = self.year(at).filter(|year| year % 10 == 0 && (1500..=2199).contains(year));
            let year = year.or_else(|| short(at)).filter(|_| !goes_on(at))?;
            return Some((at, value(year)));
        }
        let apostrophe = self.key(i) == "'" && self.tight(i + 1);
        let at = i + usize::from(apostrophe);
        let plural = self.key(at + 1) == "s" && self.tight(at + 1);
        if self.lexicon.day_first || !plural || goes_on(at + 1) {
            return None;
        }
        let year = if apostrophe {
            short(at)
        } else {
            let round = |year: &i16| year % 10 == 0 && year % 100 != 0;
            self.year(at).filter(|year| round(year) && (1500..=2199).contains(year))
        };
        Some((at + 1, value(year?)))
    }

    /// “three days ago”, “il y a trois jours”: not weeks and months, which are seldom meant to the day.
    pub(super) fn days_ago(&self, i: usize) -> Option<(usize, String)> {
        let number = |at: usize| self.lexicon.numbers.get(self.key(at)).copied();
        let (end, days) = if let Some((words, ())) = self.expression(i, &self.lexicon.before_ago) {
            let at = i + words;
            let days = number(at)?;
            if !self.lexicon.day_words.contains(self.key(at + 1)) {
                return None;
            }
            // “il y a trois jours de grève” says how many there are.
            if matches!(self.key(at + 2), "de" | "d'" | "ou" | "a") {
                return None;
            }
            (at + 1, days)
        } else {
            let days = number(i)?;
            let (words, ()) = self.expression(i + 1, &self.lexicon.ago)?;
            // “two or three days ago”, “1.3 days ago”
            let joined = matches!(self.key_before(i), "or" | "to" | "-" | "–") || self.tight(i);
            if joined && i > 0 {
                return None;
            }
            (i + words, days)
        };
        let value = self.today.and_then(|today| today.checked_sub(i32::from(days).days()).ok());
        Some((end, value.map(edtf).unwrap_or_default()))
    }
}
