//! What is open about articles.

use super::Look;
use crate::text::copies_among;

/// Texts are alike from this share of common runs of five words on.
const ALIKE: f64 = 0.7;

pub(super) fn incomplete(look: &mut Look<'_>) {
    for (id, article) in look.notebook.articles() {
        let missing = match (article.about.publisher, article.about.date.trim().is_empty()) {
            (None, true) => "no publisher, no date",
            (None, false) => "no publisher",
            (Some(_), true) => "no date",
            (Some(_), false) => continue,
        };
        look.say(*id, missing);
    }
}

pub(super) fn alike(look: &mut Look<'_>) {
    let all: Vec<_> = look.notebook.articles().iter().collect();
    let texts: Vec<&str> = all.iter().map(|(_, article)| article.text.as_str()).collect();
    for copies in copies_among(&texts, ALIKE, look.stop) {
        let share = copies.share;
        let (Some((first, _)), Some((second, other))) =
            (all.get(copies.first), all.get(copies.second))
        else {
            continue;
        };
        let how = if share >= 1.0 {
            "the same text as".to_owned()
        } else {
            format!("{:.0}% alike with", share * 100.0)
        };
        let words = format!("{how} “{}”", crate::text::shortened(&other.about.title));
        look.say_of(**first, vec![(**second).into()], words);
    }
}
