//! Names: runs of words with capitals, with the small words and initials inside them; handles.
//!
//! A capital at the beginning of a sentence means nothing by itself. It counts where the word has a capital inside
//! another sentence of the article, where a second word with a capital follows, where there is a capital inside the
//! word (`OpenAI`), or where a verb follows and the article never has the word in small letters.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::numerals::{Roman, roman};
use super::tokens::{Token, is_cut_compound};
use super::word_forms::WordForms;
use crate::text::Text;

/// The names in a paragraph: their bytes, in order.
pub(super) fn names(
    text: &Text,
    tokens: &[Token],
    lexicon: &Lexicon,
    forms: &WordForms,
) -> Vec<Range<usize>> {
    let rule = Rule { text: text.as_str(), tokens, lexicon, forms };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match rule.name_at(i) {
            Some((from, to)) => {
                let to = rule.with_ending(to);
                found.push(tokens[from].range.start..tokens[to].range.end);
                i = to + 1;
            }
            None => i += 1,
        }
    }
    found
}

struct Rule<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    forms: &'a WordForms,
}

impl Rule<'_> {
    /// The first and last token of the name that begins here, if one does.
    fn name_at(&self, i: usize) -> Option<(usize, usize)> {
        let token = self.tokens.get(i).filter(|token| token.is_word())?;
        // “2031-03-12T10”
        let after_number = i.checked_sub(1).is_some_and(|before| {
            !token.spaced && self.tokens[before].kind == super::tokens::Kind::Number
        });
        if after_number || self.is_party_and_state(i) {
            return None;
        }
        if token.shouted {
            return self.shouted(i);
        }
        if self.is_article(i) {
            return self.with_article(i);
        }
        if self.is_capital_particle(i) {
            return Some((i, self.run(i + 1)));
        }
        if self.opens(i) {
            return self.with_opener(i);
        }
        if !self.may_begin(token)
            || self.is_rank(i)
            || self.is_second_rank(i)
            || !self.numeral_begins(i)
        {
            return None;
        }
        let next_is_capital = self.tokens.get(i + 1).is_some_and(|next| next.capital);
        if self.lexicon.common.contains(&token.key) && !next_is_capital {
            return None;
        }
        let end = self.run(i);
        if end == i && self.is_none_alone(i) {
            return None;
        }
        if !token.first {
            return Some((i, end));
        }
        let known = self.forms.inside.contains(&token.key) || token.inner || is_acronym(token);
        let small = self.forms.small.contains(&token.key);
        if end > i {
            // “Deux Américains”: the first word is one that the article has in small letters too.
            let ordinary = small && !known && self.may_begin(self.tokens.get(i + 1)?);
            return Some((if ordinary { i + 1 } else { i }, end));
        }
        if known || (!small && self.acts(i + 1)) { Some((i, end)) } else { None }
    }

    /// The last token of a name with the sign or domain that it ends in: “Canal+”, “Quay.com”.
    fn with_ending(&self, end: usize) -> usize {
        const DOMAINS: [&str; 16] = [
            "com", "org", "net", "info", "fr", "eu", "io", "co", "uk", "de", "ch", "be", "ca",
            "gov", "gouv", "tv",
        ];
        let tight = |at: usize| self.tokens.get(at).filter(|token| !token.spaced);
        let over =
            |at: usize| self.tokens.get(at).is_none_or(|next| next.spaced || !next.is_word());
        match tight(end + 1) {
            Some(sign) if sign.is("+") && over(end + 2) => end + 1,
            Some(sign) if sign.is(".") && over(end + 3) => {
                let domain = tight(end + 2).filter(|token| !token.capital);
                let known = domain.is_some_and(|token| DOMAINS.contains(&token.key.as_str()));
                if known { end + 2 } else { end }
            }
            _ => end,
        }
    }

    /// “D-Ohio” after the name of a politician, as American papers write.
    fn is_party_and_state(&self, i: usize) -> bool {
        let words = &self.text[self.tokens[i].range.clone()];
        let party = ["D-", "R-", "I-"].iter().any(|party| words.starts_with(party));
        party
            && self.lexicon.language == "en"
            && i.checked_sub(1)
                .is_some_and(|before| matches!(self.tokens[before].key.as_str(), "," | "("))
    }

    /// Whether an office stands before an acronym: in “le maire PS de Brest” the place is the office's.
    fn is_party_of_office(&self, i: usize) -> bool {
        let office = |before: usize| {
            let before = &self.tokens[before];
            !before.capital && self.lexicon.offices.contains(&before.key)
        };
        is_acronym(&self.tokens[i]) && i.checked_sub(1).is_some_and(office)
    }

    /// Whether the word is no name where no other belongs to it: “plan A.”, “Officials”, “the Attorney General”.
    fn is_none_alone(&self, i: usize) -> bool {
        let (lexicon, key) = (self.lexicon, &self.tokens[i].key);
        let after_rank = i.checked_sub(1).is_some_and(|before| {
            let before = &self.tokens[before];
            before.capital && lexicon.ranks.contains(&before.key)
        });
        lexicon.not_names.contains(key)
            || lexicon.common.contains(key)
            || after_rank && lexicon.ranks.contains(key)
    }

    /// Whether what follows shows that the word names somebody who acts: a verb, or a comma and “who”.
    fn acts(&self, i: usize) -> bool {
        let Some(next) = self.tokens.get(i) else { return false };
        if next.is_word() {
            // “Écrire à” is not a verb after a name.
            let to = self.text[next.range.clone()].starts_with(['à', 'À']);
            return !to
                && (self.lexicon.verbs.contains(&next.key)
                    || self.lexicon.saying.contains(&next.key)
                    || self.lexicon.auxiliaries.contains(&next.key)
                    || super::attribution::is_conditional(
                        &self.text[next.range.clone()],
                        self.lexicon,
                    ));
        }
        let relative =
            |token: &Token| matches!(token.key.as_str(), "who" | "which" | "qui" | "dont");
        next.is(",") && self.tokens.get(i + 1).is_some_and(relative)
    }

    fn is_article(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        token.is_word() && token.capital && self.lexicon.articles.contains(&token.key)
    }

    /// “Le Guetteur”, “The Skerry Review”, and outlets translated word by word: “Le varech”.
    fn with_article(&self, i: usize) -> Option<(usize, usize)> {
        let article = &self.tokens[i];
        let next = self.tokens.get(i + 1).filter(|next| next.is_word())?;
        if self.may_begin(next) || self.opens(i + 1) {
            let known = self.forms.with_opening.contains(&(article.key.clone(), next.key.clone()));
            return (!article.first || known).then(|| (i, self.run(i + 1)));
        }
        let translated = !article.first
            && !next.capital
            && next.spaced
            && !self.lexicon.not_names.contains(&next.key)
            && next.key.chars().count() > 2;
        translated.then_some((i, i + 1))
    }

    /// Whether the word is not a name by itself but begins one here: “New” in “New York”.
    fn opens(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| {
            token.is_word() && token.capital && self.lexicon.openers.contains(&token.key)
        }) && self
            .tokens
            .get(i + 1)
            .is_some_and(|next| next.spaced && next.capital && !next.first && self.may_begin(next))
    }

    /// “New York”. At the beginning of a sentence, “New Kervel rules” where the article has “Kervel” alone.
    fn with_opener(&self, i: usize) -> Option<(usize, usize)> {
        let (token, next) = (&self.tokens[i], &self.tokens[i + 1]);
        let pair = (token.key.clone(), next.key.clone());
        let alone =
            self.forms.inside.contains(&next.key) && !self.forms.with_opening.contains(&pair);
        (!token.first || !alone).then(|| (i, self.run(i)))
    }

    /// “De Gaulle”, “Von Ormen” inside a sentence.
    fn is_capital_particle(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let joins = self.lexicon.particles.contains(&token.key)
            || matches!(token.key.as_str(), "de" | "d'" | "du");
        let after_colon = i.checked_sub(1).is_some_and(|before| self.tokens[before].is(":"));
        joins
            && token.capital
            && !token.first
            && !after_colon
            && self.tokens.get(i + 1).is_some_and(|next| next.capital && self.may_begin(next))
    }

    /// A word that is a rank before a given name, an initial or another rank: “General Edwin …”.
    fn is_rank(&self, i: usize) -> bool {
        let Some(next) = self.tokens.get(i + 1).filter(|next| next.is_word() && next.spaced) else {
            return false;
        };
        let lexicon = self.lexicon;
        lexicon.ranks.contains(&self.tokens[i].key)
            && next.capital
            && (lexicon.given_names.contains(&next.key)
                || lexicon.ranks.contains(&next.key)
                || lexicon.titles.contains(&next.key)
                || self.is_initial(next))
    }

    /// “Chief” in “Police Chief Hale”.
    fn is_second_rank(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map(|before| &self.tokens[before]);
        self.tokens[i].key == "chief"
            && before
                .is_some_and(|before| matches!(&*before.key, "police" | "fire") && before.capital)
    }

    /// A Roman numeral begins a name only as an ordinal before a capital: “Ve République”, but “le XXIe siècle”.
    fn numeral_begins(&self, i: usize) -> bool {
        let words = &self.text[self.tokens[i].range.clone()];
        match roman(words) {
            None => true,
            Some(Roman::Cardinal) => words.len() == 1,
            Some(Roman::Ordinal) => self.tokens.get(i + 1).is_some_and(|next| {
                next.spaced && next.capital && !next.first && self.may_begin(next)
            }),
        }
    }

    /// A name in a line of capitals: recognised by a given name, a title, or by being a name elsewhere in the article.
    fn shouted(&self, i: usize) -> Option<(usize, usize)> {
        let lexicon = self.lexicon;
        let word = |at: usize| self.tokens.get(at).filter(|token| token.shouted);
        let plain = |at: usize| {
            word(at).is_some_and(|token| {
                let key = &token.key;
                !lexicon.not_names.contains(key)
                    && !lexicon.auxiliaries.contains(key)
                    && !lexicon.saying.contains(key)
                    && !lexicon.verbs.contains(key)
                    && !lexicon.of.contains(key)
                    && !lexicon.articles.contains(key)
                    && !lexicon.weekdays.contains_key(key)
                    && !lexicon.months.contains_key(key)
                    && key.chars().count() > 1
            })
        };
        let given = |at: usize| {
            plain(at)
                && self.tokens[at]
                    .key
                    .split(['-', '.'])
                    .filter(|part| !part.is_empty())
                    .all(|part| lexicon.given_names.contains(part))
        };
        let known = |at: usize| {
            plain(at) && {
                let key = &self.tokens[at].key;
                self.forms.inside.contains(key) && !self.forms.small.contains(key)
            }
        };
        let token = word(i)?;
        if token.key.contains('&') {
            return Some((i, i));
        }
        let before = i.checked_sub(1).map_or("", |before| self.tokens[before].key.as_str());
        let determined =
            lexicon.determiners.contains(before) && !matches!(before, "de" | "d'" | "of" | "to");
        let titled = lexicon.titles.contains(before)
            || before == "." && i > 1 && lexicon.titles.contains(&self.tokens[i - 2].key);
        // “J. ORR”, “J.-R. ORR”
        let initials = token.key.len() > 1 && token.key.ends_with('.')
            || token.key.chars().count() == 1
                && self.is_initial(token)
                && !lexicon.titles.contains(&token.key);
        let mut end = i;
        if initials {
            let dot = usize::from(!token.key.ends_with('.'));
            end = i + dot + 1;
            if !plain(end) {
                return None;
            }
        } else if given(i) && !determined {
            while given(end + 1) {
                end += 1;
            }
            let particle = |key: &str| {
                lexicon.particles.contains(key)
                    || lexicon.of.contains(key)
                    || lexicon.articles.contains(key)
            };
            let mut surname = end + 1;
            while surname < end + 4 && word(surname).is_some_and(|token| particle(&token.key)) {
                surname += 1;
            }
            if plain(surname) && !self.is_clause(end + 1, surname) {
                end = surname;
            } else if end == i && !known(i) && !titled {
                return None;
            }
        } else if known(i) || titled && plain(i) {
            while known(end + 1) {
                end += 1;
            }
        } else {
            return None;
        }
        Some((i, end))
    }

    /// Whether the words between a given name and another word begin another part of the sentence: “JEAN LA VENTE”.
    fn is_clause(&self, from: usize, to: usize) -> bool {
        let between = &self.tokens[from..to];
        let article = |token: &Token| matches!(token.key.as_str(), "the" | "des" | "les");
        between.iter().any(article)
    }

    fn may_begin(&self, token: &Token) -> bool {
        let key = &token.key;
        token.is_word()
            && (token.capital || token.inner && key.chars().count() > 2)
            && !key.is_empty()
            // “A. P. Orvel”
            && (!self.lexicon.not_names.contains(key) || self.is_initial(token))
            && !self.is_contraction(key)
            && !self.lexicon.titles.contains(key)
            && !self.is_compound_title(key)
            && !self.lexicon.weekdays.contains_key(key)
            && !self.lexicon.months.contains_key(key)
            && !(self.lexicon.short_weekdays.contains_key(key) && self.is_dotted(token))
            && (key.chars().count() > 1 || self.is_initial(token))
    }

    /// “I’m”, “They’ve”: a word that is not a name, and a contracted verb.
    fn is_contraction(&self, key: &str) -> bool {
        key.rsplit_once('\'').is_some_and(|(word, verb)| {
            matches!(verb, "m" | "ve" | "ll" | "d" | "re" | "s")
                && self.lexicon.not_names.contains(word)
        })
    }

    /// “Lt.-Col.”, which looks like the initials of a compound given name.
    fn is_compound_title(&self, key: &str) -> bool {
        key.contains(".-")
            && key.split(['.', '-']).filter(|part| !part.is_empty()).all(|part| {
                self.lexicon.titles.contains(part)
                    || self.lexicon.ranks.contains(part) && part.chars().count() > 1
            })
            && !key.split(['.', '-']).all(|part| part.chars().count() < 2)
    }

    /// “J.” before another word of a name.
    fn is_initial(&self, token: &Token) -> bool {
        token.key.chars().count() == 1 && self.is_dotted(token)
    }

    fn is_dotted(&self, token: &Token) -> bool {
        self.text[token.range.end..].starts_with('.')
    }

    /// “J”, “J-L”, “Jean-L”, “Ph”: a given name before its dot.
    fn is_short(&self, token: &Token) -> bool {
        let one = |part: &str| part.chars().count() == 1;
        let last = token.key.rsplit('-').next().unwrap_or_default();
        let compound = is_cut_compound(&self.text[token.range.clone()]);
        token.capital && (one(last) || compound || self.lexicon.short_given_names.contains(last))
    }

    /// The last token of the run that begins at `i`.
    fn run(&self, i: usize) -> usize {
        let goes_on = |at: usize| {
            self.tokens.get(at).is_some_and(|token| {
                // “Orange SA”, though “sa” begins sentences too.
                let suffix = token.inner && self.lexicon.suffixes.contains(&token.key);
                (suffix || self.may_begin(token) || self.opens(at)) && !token.first
            })
        };
        let key = |at: usize| self.tokens.get(at).map_or("", |token| token.key.as_str());
        let word = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_word());
        // A particle with a capital may be in between: “Marine Le Pen”, “de La Tour”.
        let reach = |at: usize| {
            if goes_on(at) {
                Some(at)
            } else if self.joins_in_capitals(at) && goes_on(at + 1) {
                Some(at + 1)
            } else {
                None
            }
        };
        let mut end = i;
        let mut given = self.is_given(i);
        let mut words = 1;
        loop {
            let next = end + 1;
            let Some(token) = self.tokens.get(next) else { break };
            end = if token.is_word() {
                if token.spaced
                    && let Some(after) = reach(next)
                {
                    after
                } else if let Some(after) = (next..next + 3)
                    .find(|at| !self.lexicon.particles.contains(key(*at)))
                    .filter(|after| *after > next && goes_on(*after))
                {
                    after
                } else if (words == 1 || given || self.is_ruler(end))
                    && !(words == 1 && self.is_party_of_office(end))
                    && let Some(after) = self.joined(next).and_then(reach)
                {
                    after
                } else {
                    break;
                }
            } else if self.goes_over(end, next)
                && let Some(after) =
                    reach(next + 1).or_else(|| self.after_initial(next).and_then(reach))
            {
                after
            } else {
                break;
            };
            given &= self.is_given(end);
            words += 1;
        }
        if end == i && self.lexicon.heads.contains(key(i)) {
            end = self.official(i, &word);
        }
        end
    }

    /// The token after the particle that follows the dot of an initial: “A. de Kerval”.
    fn after_initial(&self, dot: usize) -> Option<usize> {
        let particle = self.tokens.get(dot + 1)?;
        let joins = self.tokens[dot].is(".") && particle.is_word() && !particle.capital;
        // “A. van der Berg”
        let is_particle = |at: &usize| {
            self.tokens
                .get(*at)
                .is_some_and(|token| !token.capital && self.lexicon.particles.contains(&token.key))
        };
        let particles = (dot + 1..dot + 4).take_while(is_particle).count();
        if !joins {
            None
        } else if particles > 0 {
            Some(dot + 1 + particles)
        } else {
            self.joined(dot + 1)
        }
    }

    /// “Philippe II”: a given name and a numeral.
    fn is_ruler(&self, i: usize) -> bool {
        let numeral = roman(&self.text[self.tokens[i].range.clone()]).is_some();
        numeral && i.checked_sub(1).is_some_and(|before| self.is_given(before))
    }

    /// Whether the word is a given name, or initials of one.
    fn is_given(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        token.key.ends_with('.')
            || self.is_short(token)
            || token.key.split('-').all(|part| self.lexicon.given_names.contains(part))
    }

    /// “Le”, “De”, “Von” with a capital inside a name; an English article is not among them.
    fn joins_in_capitals(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| {
            let key = token.key.as_str();
            token.is_word()
                && token.capital
                && !token.first
                && !token.shouted
                && (self.lexicon.particles.contains(key)
                    || matches!(key, "le" | "la" | "les" | "l'" | "de" | "du" | "des" | "d'"))
        })
    }

    /// Whether a name continues after the sign at `sign`: after an initial, over “&”, after the apostrophe of
    /// “Tideworkers’ Union”, over the comma of “OpenAI, Inc.”
    fn goes_over(&self, last: usize, sign: usize) -> bool {
        let (token, next) = (&self.tokens[sign], self.tokens.get(sign + 1));
        match token.key.as_str() {
            "." => !token.spaced && self.is_short(&self.tokens[last]),
            "&" => true,
            "'" => !token.spaced && !token.quoted && next.is_some_and(|next| next.spaced),
            "," => {
                next.is_some_and(|next| matches!(next.key.as_str(), "inc" | "ltd" | "llc" | "corp"))
            }
            _ => false,
        }
    }

    /// “de”, “de la”, “of the” at `at`: the token after it.
    fn joined(&self, at: usize) -> Option<usize> {
        let key = |at: usize| self.tokens.get(at).map(|token| token.key.as_str());
        let one = key(at)?;
        if let Some(two) = key(at + 1)
            && self.lexicon.of.contains(&format!("{one} {two}"))
        {
            return Some(at + 2);
        }
        self.lexicon.of.contains(one).then_some(at + 1)
    }

    /// The name of an institution continues in small letters: “Syndicat des gens de marée”, “Autorité des marchés
    /// insulaires”.
    fn official(&self, i: usize, word: &dyn Fn(usize) -> bool) -> usize {
        let mut end = i;
        while let Some(after) = self.joined(end + 1).filter(|after| word(*after)) {
            if self.lexicon.not_names.contains(&self.tokens[after].key) {
                break;
            }
            end = after;
            if word(end + 1) && is_adjective(&self.tokens[end + 1].key) {
                end += 1;
            }
        }
        end
    }
}

fn is_acronym(token: &Token) -> bool {
    token.inner && token.key.chars().count() >= 2
}

/// Whether a folded word is a French relational adjective, judging by its ending.
fn is_adjective(key: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "aire", "aires", "al", "ale", "ales", "aux", "ique", "iques", "ien", "iens", "ienne",
        "iennes", "if", "ive",
    ];
    key.chars().count() > 4 && ENDINGS.iter().any(|ending| key.ends_with(ending))
}
