//! Distinguishing names from descriptions, and recognising descriptions of unnamed sources, in French and English.
//! These are heuristics over word lists: they propose, the user decides.

use super::names::{among, fold};

/// Whether a phrase describes a source without naming it: "sources internes", "plusieurs personnes proches du
/// dossier", "people familiar with the matter", "a spokesperson".
///
/// The phrase is cut at its first preposition, participle or relative; what is left must contain a word for a source
/// (`sources`, `proches`, `insiders`) or, where nothing refers to somebody in particular (`two`, `d’anciens`, but not
/// `the`, `ses`), a word for a role (`salariés`, `executives`). A name right after that word makes it a named one ("le
/// porte-parole Jean Dupont"), a name further on does not ("une source chez OpenAI").
pub fn looks_anonymous(phrase: &str) -> bool {
    let words = words(phrase);
    let Some(first) = words.first() else { return false };
    // The word for a source or a role, and whether it is one for a source.
    let (mut definite, mut indefinite, mut named_before) = (false, false, false);
    let mut head: Option<(usize, bool)> = None;
    for (i, word) in words.iter().enumerate() {
        let key = word.key.as_str();
        // “à forcer les dirigeants”: folded it would be an English article.
        if word.raw.starts_with(['à', 'À']) && key == "a" {
            break;
        }
        if i == 0 && among(DEFINITE, key) {
            definite = true;
            continue;
        }
        if head.is_none() && among(INDEFINITE, key) && (i == 0 || !word.capital) {
            indefinite = true;
            continue;
        }
        // "de nombreux salariés", "d’anciens cadres": at the start these are articles.
        if i == 0 && matches!(key, "de" | "d'" | "des") {
            indefinite = true;
            continue;
        }
        if among(BOUNDARIES, key) {
            break;
        }
        if word.capital && i > 0 {
            if head.is_some_and(|(at, _)| at + 1 == i || words[i - 1].capital) {
                return false;
            }
            named_before = true;
        } else if word.capital && words.len() == 1 && !matches!(key, "source" | "sources") {
            return false; // "Insider", "People": titles
        } else if among(STRONG, key) || HEADS_IN_TWO.iter().any(|two| pair(&words, i, two)) {
            head = Some((i, true));
        } else if among(ROLES, key) {
            head = head.or(Some((i, false)));
        }
        if word.comma {
            break;
        }
    }
    match head {
        // "un porte-parole, Jean Dupont"
        Some(_) if named_in_apposition(&words) => false,
        Some((_, true)) => true,
        Some((at, false)) => {
            let possessive = words[..at].iter().any(|w| w.key.ends_with("'s"));
            indefinite
                || !definite
                    && !possessive
                    && (at > 0 || first.key.ends_with('s') || first.key == "staff")
        }
        None => {
            let lower = phrase.chars().next().is_some_and(char::is_lowercase);
            // “Anonymous” by itself is a name.
            !named_before && (lower || words.len() > 1) && asks_not_to_be_named(phrase)
        }
    }
}

/// Whether a phrase describes rather than names: it starts with an article, a determiner or a number word and continues
/// in lower case ("le conseil d’administration", "Deux journalistes"), or starts in lower case at all ("chercheurs en
/// IA"), or describes an unnamed source.
///
/// `The Verge`, `le Monde`, `d’OpenAI`, `@sama`, `iPhone`, `de Gaulle` are names. `Le bord` looks like a description;
/// so it would to any reader who does not know the outlet.
pub fn looks_like_description(phrase: &str) -> bool {
    let words = words(phrase);
    let mut words = words.iter().peekable();
    let mut determined = false;
    while let Some(word) = words.peek() {
        let key = word.key.as_str();
        let opens = among(DEFINITE, key)
            || among(INDEFINITE, key)
            || matches!(key, "de" | "d'" | "des" | "du");
        if !opens && !key.chars().all(|c| c.is_ascii_digit()) {
            break;
        }
        determined = true;
        words.next();
    }
    let Some(word) = words.next() else {
        // Only function words: “certains”, “les autres” are descriptions, “20” and “” are not.
        return determined && !phrase.trim().chars().all(|c| c.is_numeric());
    };
    let first = word.raw.chars().next();
    if first == Some('@') || first == Some('#') {
        // A handle is a name, but not in the middle of an unnamed source.
        return determined && looks_anonymous(phrase);
    }
    if among(TITLES, &word.raw) && determined {
        return true;
    }
    if first.is_some_and(char::is_lowercase) {
        // `iPhone`, `xAI`, but not `porte-Parole`.
        let inner = word.raw.chars().take(3).any(char::is_uppercase);
        // `von der Leyen`, `van Gogh`, `bin Salman`: small words of names.
        let particle = among(PARTICLES, &word.key) && words.any(|w| w.capital);
        return !inner && !particle;
    }
    looks_anonymous(phrase)
}

/// A word of a phrase; an elided article is a word of its own, with its apostrophe.
struct Word {
    raw: String,
    /// Folded.
    key: String,
    /// It starts with a capital.
    capital: bool,
    /// A comma follows.
    comma: bool,
}

fn words(phrase: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let quotes = |c: char| {
        matches!(c, '«' | '»' | '“' | '”' | '"' | '(' | ')' | '.' | ';' | ':' | '…' | '–' | '—')
    };
    for chunk in phrase.split(|c: char| c.is_whitespace() || quotes(c)).filter(|c| !c.is_empty()) {
        let comma = chunk.ends_with(',');
        let mut rest = chunk.trim_matches(',');
        if let Some(at) = rest.find(['’', '\'']) {
            let stem = fold(&rest[..at]);
            if matches!(stem.as_str(), "l" | "d" | "qu" | "s" | "n" | "j" | "m" | "c") {
                let after = at + rest[at..].chars().next().map_or(0, char::len_utf8);
                words.push(Word::new(&rest[..after], false));
                rest = &rest[after..];
            }
        }
        if !rest.is_empty() {
            words.push(Word::new(rest, comma));
        }
    }
    words
}

impl Word {
    fn new(raw: &str, comma: bool) -> Word {
        Word {
            raw: raw.to_owned(),
            key: fold(raw),
            capital: raw.starts_with(char::is_uppercase),
            comma,
        }
    }
}

fn pair(words: &[Word], at: usize, two: &[&str; 2]) -> bool {
    words[at].key == two[0] && words.get(at + 1).is_some_and(|next| next.key == two[1])
}

/// "…, Jean Dupont": after a comma, a capital that opens no clause of its own.
fn named_in_apposition(words: &[Word]) -> bool {
    words.windows(2).any(|w| w[0].comma && w[1].capital && !among(BOUNDARIES, &w[1].key))
}

/// Whether a phrase says explicitly that somebody is not named.
fn asks_not_to_be_named(phrase: &str) -> bool {
    let key = fold(phrase);
    let whole = |needle: &str| {
        key.match_indices(needle).any(|(at, _)| {
            !key[..at].ends_with(char::is_alphanumeric)
                && !key[at + needle.len()..].starts_with(char::is_alphanumeric)
        })
    };
    UNNAMED.iter().any(|needle| whole(needle))
}

/// Words that refer to somebody in particular, folded.
const DEFINITE: &str = "\
    le la les l' ce cet cette ces son sa ses leur leurs notre nos mon ma mes votre vos the this that these those \
    his her hers its their our my your";

/// Words that refer to nobody in particular, folded.
const INDEFINITE: &str = "\
    un une deux trois quatre cinq six sept huit neuf dix plusieurs quelques certain certaine certains certaines \
    divers diverses differents differentes nombreux nombreuses beaucoup autre autres aucun aucune plus moins a \
    an one two three four five seven eight nine ten some several many few multiple various other others another \
    any most dozens numerous unnamed anonymous anonyme anonymes undisclosed unidentified former current ancien \
    ancienne anciens anciennes ex";

/// Words for an unnamed source, whatever comes before them, folded.
const STRONG: &str = "\
    source sources personne personnes proche proches entourage temoin temoins interlocuteur interlocutrice \
    interlocuteurs interlocutrices informateur informatrice informateurs informatrices initie initiee inities \
    initiees porte-parole quelqu'un person persons people insider insiders witness witnesses spokesperson \
    spokespersons spokespeople spokesman spokesmen spokeswoman spokeswomen official officials informant \
    informants whistleblower whistleblowers tipster someone somebody individual individuals lanceur lanceuse \
    lanceurs";

/// Expressions of two words for an unnamed source.
const HEADS_IN_TWO: &[[&str; 2]] =
    &[["haut", "fonctionnaire"], ["hauts", "fonctionnaires"], ["milieux", "proches"]];

/// Words for a role: an unnamed source where nothing refers to somebody in particular, folded.
const ROLES: &str = "\
    employe employee employes employees salarie salariee salaries salariees cadre cadres dirigeant dirigeante \
    dirigeants responsable responsables observateur observateurs diplomate diplomates collaborateur \
    collaboratrice collaborateurs collaboratrices enqueteur enquetrice enqueteurs policier policiere policiers \
    magistrat magistrate magistrats avocat avocate avocats elu elue elus analyste analystes expert experte \
    experts investisseur investisseurs investisseuse administrateur administratrice administrateurs membre \
    membres conseiller conseillere conseillers chercheur chercheuse chercheurs chercheuses habitant habitante \
    habitants voisin voisine voisins journaliste journalistes ingenieur ingenieure ingenieurs collegue collegues \
    ami amie amis fonctionnaire fonctionnaires internaute internautes banquier banquiers ministre ministres \
    militaire militaires executive executives aide aides staffer staffers staff diplomat diplomats investor \
    investors analyst analysts worker workers member members adviser advisers advisor advisors lawyer lawyers \
    researcher researchers colleague colleagues friend friends relative relatives neighbour neighbours neighbor \
    neighbors resident residents journalist journalists reporter reporters engineer engineers director directors \
    manager managers banker bankers observer observers prosecutor prosecutors investigator investigators \
    lawmaker lawmakers minister ministers user users shareholder shareholders actionnaire actionnaires";

/// Words after which a phrase says more about somebody already described, folded.
const BOUNDARIES: &str = "\
    de d' du des chez a au aux dans en sous sur pour par selon aupres parmi et qui que qu' ayant dont cite citee \
    cites citees interroge interrogee interroges interrogees of at from in inside within with without who whose \
    whom that close familiar briefed near on to for by and cited quoted not speaking having involved";

/// Titles in capitals that occur in descriptions: “le PDG de Microsoft”.
const TITLES: &str = "\
    PDG DG DGA DRH CTO CEO CFO COO VP RSSI PM MP";

/// Small words that names begin with in lower case, folded.
const PARTICLES: &str = "\
    von van der den di da do dos del della el al bin ibn bint ter";

/// Phrases that say explicitly that somebody is not named, folded.
const UNNAMED: &[&str] = &[
    "anonyme",
    "anonymes",
    "anonymat",
    "anonymous",
    "anonymously",
    "anonymity",
    "unnamed",
    "undisclosed",
    "unidentified",
    "proche du dossier",
    "proches du dossier",
    "au fait du dossier",
    "familiar with the matter",
    "with knowledge of the matter",
    "not to be named",
    "not authorised to speak",
    "not authorized to speak",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unnamed_sources_are_told() {
        for phrase in [
            "sources internes",
            "Sources",
            "des sources internes",
            "plusieurs personnes proches du dossier",
            "une personne ayant vu l’audit",
            "« une personne ayant vu l’audit »",
            "deux proches du conseil",
            "un proche de Sam Altman",
            "une source chez OpenAI",
            "un porte-parole",
            "le porte-parole de Microsoft",
            "un ancien employé",
            "d’anciens cadres d’OpenAI",
            "deux salariés",
            "l’entourage de Sam Altman",
            "quelqu’un",
            "un haut fonctionnaire",
            "un dirigeant qui a requis l’anonymat",
            "sources internes citées par Forbes",
            "people familiar with the matter",
            "People familiar with the matter",
            "a spokesperson",
            "an OpenAI spokesperson",
            "senior White House officials",
            "a person who has seen the audit",
            "insiders",
            "two former executives",
            "Microsoft employees",
            "several people briefed on the plan",
            "employees",
            "Two journalists there, who asked not to be named",
            "a former director",
            "unnamed officials",
            "a person with knowledge of the matter",
            "someone close to Altman",
            "an insider, who asked not to be named",
        ] {
            assert!(looks_anonymous(phrase), "{phrase}");
        }
    }

    #[test]
    fn names_and_known_people_are_not_unnamed_sources() {
        for phrase in [
            "",
            "Sam Altman",
            "@sama",
            "The Verge",
            "Le bord",
            "Business Insider",
            "Insider",
            "People",
            "Anonymous",
            "OpenAI",
            "le conseil d’administration",
            "le PDG de Microsoft",
            "l’ingénieur en chef",
            "les investisseurs",
            "le porte-parole Jean Dupont",
            "un porte-parole, Jean Dupont",
            "spokesperson Jane Doe",
            "a spokesperson, Jane Doe",
            "son avocat",
            "the directors",
            "Le Témoin",
            "Altman’s lawyer",
            "un rapport",
            "Alex Heath de The Verge",
            "Jean Dupont, proche du dossier",
            "l’entreprise",
            "2023",
            "Personne Morale SA",
            "the Islands Markets Authority",
            "Le varech",
            "à convaincre les salariés",
        ] {
            assert!(!looks_anonymous(phrase), "{phrase}");
        }
    }

    #[test]
    fn descriptions_are_told() {
        for phrase in [
            "le conseil d’administration",
            "Le conseil d’administration",
            "l’entreprise",
            "chercheurs en IA",
            "Deux journalistes",
            "sources internes",
            "Sources internes",
            "the board",
            "The board",
            "its chief executive",
            "le PDG Sam Altman",
            "le PDG de Microsoft",
            "la directrice financière",
            "12 salariés",
            "les autres",
            "d’anciens cadres",
            "a spokesperson",
            "une lutte de pouvoir",
            "licenciement",
        ] {
            assert!(looks_like_description(phrase), "{phrase}");
        }
    }

    #[test]
    fn names_are_no_descriptions() {
        for phrase in [
            "",
            "Sam Altman",
            "@sama",
            "#OpenAI",
            "The Verge",
            "the Verge",
            "Le Monde",
            "le Monde",
            "d’OpenAI",
            "l’OpenAI",
            "OpenAI",
            "iPhone",
            "xAI",
            "eBay",
            "de Gaulle",
            "von der Leyen",
            "bin Salman",
            "2023",
            "20",
            "PDG",
            "北京",
            "ChatGPT",
            "Demi-brasse",
        ] {
            assert!(!looks_like_description(phrase), "{phrase}");
        }
    }

    #[test]
    fn word_lists_are_folded_and_say_each_word_once() {
        for list in [DEFINITE, INDEFINITE, STRONG, ROLES, BOUNDARIES, PARTICLES] {
            let words: Vec<&str> = list.split(' ').collect();
            for (i, word) in words.iter().enumerate() {
                assert_eq!(&fold(word), word);
                assert!(
                    !word.is_empty() && !words[..i].contains(word),
                    "“{word}” twice among {list}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn any_phrase_is_answered(phrase in "([a-zA-Zé’', «»@.\u{a0}]|un |source |,|l’){0,20}") {
            // An unnamed source is never a name.
            if looks_anonymous(&phrase) && phrase.starts_with(char::is_lowercase) {
                prop_assert!(looks_like_description(&phrase) || phrase.chars().any(char::is_uppercase));
            }
        }
    }
}
