//! Days and months in the names of other things: “Good Friday”, “The Sunday Times”, “les attentats du 11 septembre”; and
//! weekdays that describe a habit: “fermé le lundi”.

use super::Rule;

/// How many words a name has before its day.
const BEFORE: usize = 3;

impl Rule<'_> {
    /// Whether a date with these first and last tokens is part of such a name.
    pub(super) fn is_part_of_name(&self, first: usize, last: usize) -> bool {
        let is_day = |at: usize| self.weekday(at).is_some() || self.month(at).is_some();
        let name = |at: usize| self.expression(at, &self.lexicon.named_days);
        (first..=last).filter(|at| is_day(*at)).any(|day| {
            let mut starts = day.saturating_sub(BEFORE)..=day;
            starts.any(|at| name(at).is_some_and(|(words, ())| at + words > day))
        })
    }

    /// Whether a date without its year names an event or a place: “the Sept. 11 attacks”, “la place du 4 Septembre”.
    pub(super) fn names_something(&self, first: usize, last: usize) -> bool {
        let names = |at: usize| self.lexicon.named_by_day.contains(self.key(at));
        if self.lexicon.day_first {
            first >= 2 && self.key(first - 1) == "du" && names(first - 2)
        } else {
            names(last + 1)
        }
    }

    /// Whether a weekday is one of every week: “fermé le lundi”, “un mardi sur deux”, “is closed Sunday and Monday”. What was
    /// closed on one day is told without an article in French (“a fermé lundi”), with no “is” in English (“it closed Friday”).
    pub(super) fn is_any(&self, i: usize) -> bool {
        let lexicon = self.lexicon;
        if matches!((self.key(i + 1), self.key(i + 2)), ("sur", "deux" | "trois" | "quatre")) {
            return true;
        }
        // “closed on Sunday and Monday”
        let mut at = i;
        for _ in 0..8 {
            let Some(before) = at.checked_sub(1) else { return false };
            let key = self.key(before);
            let small = lexicon.the.contains(key)
                || lexicon.and.contains(key)
                || self.weekday(before).is_some()
                || matches!(key, "on" | "," | "or" | "ou" | "du" | "au" | "to" | "through");
            if !small {
                break;
            }
            at = before;
        }
        let Some(habit) = at.checked_sub(1) else { return false };
        let key = self.key(habit);
        let word = self.tokens.get(habit).is_some_and(|token| !token.capital || token.first);
        if !word || !lexicon.habits.contains(key) {
            return false;
        }
        let always = matches!(key, "sauf" | "except");
        let said = if lexicon.day_first {
            lexicon.the.contains(self.key_before(i))
        } else {
            match self.key_before(habit) {
                "is" | "are" | "be" | "s" | "stay" | "stays" | "remain" | "remains" => true,
                // “is open Tuesday to Saturday and closed Sunday”
                "and" => (habit.saturating_sub(8)..habit).any(|at| self.key(at) == "open"),
                _ => false,
            }
        };
        always || said
    }

    /// Whether a weekday is told from another day: “the Friday before”, “a week from Friday”, “a week ago Friday”.
    pub(super) fn is_counted(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let weeks = |at: Option<usize>| {
            at.is_some_and(|at| matches!(self.key(at), "week" | "weeks" | "fortnight"))
        };
        let earlier = before.checked_sub(1);
        match self.key(before) {
            "from" | "ago" => weeks(earlier),
            "the" => matches!(self.key(i + 1), "before" | "after"),
            _ => false,
        }
    }
}
