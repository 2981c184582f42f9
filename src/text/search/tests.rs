//! Tests of finding.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::sample::select;

use super::workers::STRETCH;
use super::*;

fn query(pattern: &str) -> Query {
    Query { pattern: pattern.to_owned(), ..Query::default() }
}

fn find(query: &Query, text: &str) -> Vec<String> {
    let finder = Finder::new(query).expect("a good pattern");
    finder.find_all(text, &|| false, usize::MAX).into_iter().map(|p| text[p].to_owned()).collect()
}

fn regex(pattern: &str, text: &str) -> Vec<String> {
    find(&Query { regex: true, ..query(pattern) }, text)
}

#[test]
fn words_are_no_regular_expression() {
    assert_eq!(find(&query("a.b(c"), "a.b(c axb(c A.B(C"), ["a.b(c", "A.B(C"]);
    let sensitive = Query { case_sensitive: true, ..query("a.b(c") };
    assert_eq!(find(&sensitive, "a.b(c A.B(C"), ["a.b(c"]);
}

#[test]
fn apostrophes_spaces_hyphens_and_accents_match_however_encoded() {
    assert_eq!(
        find(&query("l'été"), "l’été, l'e\u{301}te\u{301}, lété"),
        ["l’été", "l'e\u{301}te\u{301}"]
    );
    assert_eq!(
        find(&query("10 000"), "10\u{a0}000 et 10\u{202f}000"),
        ["10\u{a0}000", "10\u{202f}000"]
    );
    assert_eq!(find(&query("Jean-Pierre"), "Jean\u{2011}Pierre"), ["Jean\u{2011}Pierre"]);
}

#[test]
fn what_a_keyboard_cannot_type_is_found_by_what_it_can() {
    assert_eq!(find(&query("\"marée\""), "“marée”, „marée“, « marée », \"marée\"").len(), 3);
    assert_eq!(find(&query("12-14"), "12–14, 12—14, 12\u{2212}14, 12 14").len(), 3);
    assert_eq!(find(&query("attend..."), "attend… attend... attend.."), ["attend…", "attend..."]);
    assert_eq!(find(&query("‘oui’"), "'oui' ’oui’"), ["'oui'", "’oui’"]);
}

#[test]
fn what_no_reader_sees_is_no_difference() {
    let text = "Var\u{ad}quier, Va\u{200b}r\u{2060}quier, Var\u{200e}quier\u{200f}.";
    assert_eq!(
        find(&query("Varquier"), text),
        ["Var\u{ad}quier", "Va\u{200b}r\u{2060}quier", "Var\u{200e}quier"]
    );
    assert_eq!(find(&query("Var\u{ad}quier"), "Varquier"), ["Varquier"]);
    // Where accents and capitals count, too.
    let exact = Query { case_sensitive: true, accents: true, ..query("Varquier") };
    assert_eq!(find(&exact, text).len(), 3);
    assert_eq!(find(&query("orr vance"), "Orr  Vance, Orr\t\u{200e} Vance, Orr\nVance").len(), 2);
    assert_eq!(find(&query("\u{ad}"), "a\u{ad}b"), ["\u{ad}"]);
}

#[test]
fn what_no_reader_sees_is_found_in_every_part_of_a_long_text() {
    let line = "selon Varquier, l’audit dort\n";
    let plain = line.repeat(2 * STRETCH / line.len());
    let hidden = "selon Var\u{ad}quier\n";
    for text in [plain.clone(), format!("{plain}{hidden}{plain}"), format!("{hidden}{plain}")] {
        let wanted = text.matches("Varquier").count() + text.matches("\u{ad}").count();
        let finder = Finder::new(&query("varquier")).expect("words");
        assert_eq!(finder.find_all(&text, &|| false, usize::MAX).len(), wanted);
        let mut count = 0;
        finder.find_each(&text, &|| false, usize::MAX, &mut |places| count += places.len());
        finder.find_each_in(&Text::new(text), &|| false, usize::MAX, &mut |places| {
            count += places.len()
        });
        assert_eq!(count, 2 * wanted);
    }
}

#[test]
fn ligatures_stand_for_their_letters() {
    assert_eq!(
        find(&query("office"), "oﬃce, oﬀice, ofﬁce, office"),
        ["oﬃce", "oﬀice", "ofﬁce", "office"]
    );
    assert_eq!(find(&query("FIL"), "ﬁl, fil"), ["ﬁl", "fil"]);
    let case = |pattern: &str| Query { case_sensitive: true, ..query(pattern) };
    assert_eq!(find(&case("FIL"), "ﬁl, FIL"), ["FIL"]);
    assert_eq!(find(&query("ﬂot"), "flot, ﬂot").len(), 2);
    assert_eq!(find(&query("GROSSE"), "Große, grosse, GROSSE").len(), 3);
    assert_eq!(find(&query("große"), "GROSSE").len(), 1);
    assert_eq!(find(&query("aydin"), "Aydın, AYDIN").len(), 2);
    assert_eq!(find(&query("Aydın"), "Aydin").len(), 1);
    assert_eq!(find(&query("Łódź Øre"), "Lodz Ore, łódź øre").len(), 2);
}

#[test]
fn emphasis_in_markdown_is_no_part_of_a_word() {
    let whole =
        |pattern: &str, text: &str| find(&Query { whole_word: true, ..query(pattern) }, text).len();
    assert_eq!(whole("Ressac", "_Ressac_, __Ressac__, (_Ressac_) et Ressac"), 4);
    assert_eq!(whole("Ressac", "Ressac_2, le_Ressac, _Ressac_s"), 0);
    assert_eq!(whole("Var", "Var\u{ad}quier, Var quier"), 1);
    assert_eq!(whole("@orr", "@orr_ @orr"), 1);
}

#[test]
fn a_letter_is_not_cut_off_its_accent() {
    let accents = Query { accents: true, ..query("e") };
    assert_eq!(find(&accents, "e\u{301} e é"), ["e"]);
}

#[test]
fn whole_words_only() {
    let whole = Query { whole_word: true, ..query("OpenAI") };
    assert_eq!(find(&whole, "OpenAIs, d’OpenAI, OpenAI, xOpenAI, OpenAI_2").len(), 2);
    let chinese = Query { whole_word: true, ..query("北京") };
    assert_eq!(find(&chinese, "他在北京工作").len(), 1);
    let accent = Query { whole_word: true, accents: true, ..query("cote") };
    assert_eq!(find(&accent, "cote\u{301} cote"), ["cote"]);
}

#[test]
fn whole_words_of_a_regular_expression_are_chosen_by_the_engine() {
    let whole = |pattern: &str| Query { regex: true, whole_word: true, ..query(pattern) };
    assert_eq!(find(&whole("Open|OpenAI"), "OpenAI Open Opened"), ["OpenAI", "Open"]);
    assert_eq!(find(&whole("@sama"), "(@sama) @samaritan"), ["@sama"]);
    // A verbose pattern that ends in a comment cannot be put in brackets.
    assert_eq!(find(&whole("(?x)Open # the name"), "Open Opened"), ["Open"]);
}

#[test]
fn empty_places_are_skipped() {
    assert_eq!(regex("a*", "baab é a"), ["aa", "a"]);
    assert!(regex("^|$|\\b", "some words\nmore").is_empty());
    assert!(find(&query(""), "text").is_empty());
}

#[test]
fn a_place_never_crosses_a_paragraph() {
    assert_eq!(regex("(?s)a.*b", "a b\nb"), ["a b"]);
    assert_eq!(regex("[^x]+", "one\ntwo"), ["one", "two"]);
    assert_eq!(regex("e\\s+t", "e\nt e  t"), ["e  t"]);
    assert_eq!(regex("^t.*$", "one\ntwo\nthree"), ["two", "three"]);
    assert!(find(&query("one\ntwo"), "one\ntwo").is_empty());
}

#[test]
fn stretches_do_not_show() {
    let line = "sur l’île de Groix et ailleurs\n";
    let text = line.repeat(3 * STRETCH / line.len());
    assert_eq!(find(&query("Groix"), &text).len(), text.matches("Groix").count());
    assert_eq!(regex("ailleurs$", &text).len(), text.matches("ailleurs").count());
    assert_eq!(regex(r"\Asur", &text).len(), 1);
    assert_eq!(regex(r"ailleurs\z", text.trim_end()).len(), 1);
}

#[test]
fn a_pattern_that_runs_on_is_stopped_at_each_paragraph() {
    let text = "un mot\n\n".repeat(100_000);
    assert_eq!(regex("(?s)m.*", &text).len(), 100_000);
    assert_eq!(regex("[^x]+", &text).len(), 100_000);
    assert_eq!(regex(r"\s", &text).len(), 100_000);
}

#[test]
fn a_long_paragraph_of_many_places_is_searched_once() {
    let text = "mot ".repeat(300_000);
    assert_eq!(find(&query("mot"), &text).len(), 300_000);
}

#[test]
fn the_limit_and_the_cancel_hold() {
    let finder = Finder::new(&query("a")).expect("a good pattern");
    let text = "a".repeat(10_000);
    assert_eq!(finder.find_all(&text, &|| false, 7).len(), 7);
    assert_eq!(finder.find_all(&text, &|| false, 0).len(), 0);
    assert!(finder.find_all(&text, &|| true, usize::MAX).is_empty());
    let asked = Cell::new(0);
    let second = || {
        asked.set(asked.get() + 1);
        asked.get() > 1
    };
    assert!(finder.find_all(&text, &second, usize::MAX).len() < 1_000);
}

#[test]
fn errors_point_at_their_place() {
    let error =
        Finder::new(&Query { regex: true, ..query("été (b") }).expect_err("an open bracket");
    assert_eq!(error.at, Some("été ".len()));
    assert_eq!(error.pointed, "été ‸(b — unclosed group");
    assert!(
        error.message.contains("unclosed group") && error.message.contains("switch"),
        "{error}"
    );
    let error = Finder::new(&Query { regex: true, ..query("a)|(b") }).expect_err("a stray bracket");
    assert_eq!(error.at, Some(1));
    let error = Finder::new(&Query { regex: true, ..query("x\n(b") }).expect_err("an open bracket");
    assert_eq!(error.pointed, "x ‸(b — unclosed group");
    let error = Finder::new(&Query { regex: true, ..query("a(?=b)") }).expect_err("look-around");
    assert!(error.message.contains("look-around"), "{error}");
}

#[test]
fn a_pattern_cannot_grow_without_bound() {
    for pattern in [
        r"\w{1000}",
        "((a{99}){99}){99}",
        &"(".repeat(500),
        &format!("{}a{}", "(".repeat(200), ")".repeat(200)),
    ] {
        let error = Finder::new(&Query { regex: true, ..query(pattern) }).expect_err(pattern);
        assert!(!error.message.is_empty() && !error.pointed.contains('\n'));
    }
    for regex in [false, true] {
        let long = Query { regex, accents: regex, ..query(&"mot ".repeat(LONGEST / 4)) };
        assert!(Finder::new(&long).is_ok());
        let error =
            Finder::new(&Query { pattern: long.pattern + "s", ..long }).expect_err("too long");
        assert!(error.message.contains("4097 bytes"), "{error}");
    }
}

#[test]
fn catastrophes_of_other_engines_end() {
    assert!(regex("(a+)+$x", &"a".repeat(20_000)).is_empty());
}

#[test]
fn accents_may_differ_and_the_place_is_the_texts_own() {
    let text =
        "Les médias, les me\u{301}dias, les medias, les MÉDIAS; l’œuvre, un cœur, Søren, Łódź.";
    assert_eq!(find(&query("medias"), text), ["médias", "me\u{301}dias", "medias", "MÉDIAS"]);
    assert_eq!(find(&query("médias"), text).len(), 4);
    let accents = Query { accents: true, ..query("médias") };
    assert_eq!(find(&accents, text), ["médias", "me\u{301}dias", "MÉDIAS"]);
    assert_eq!(find(&query("coeur"), text), ["cœur"]);
    assert_eq!(find(&query("oeuvre"), text), ["œuvre"]);
    assert_eq!(find(&query("soren"), text), ["Søren"]);
    assert_eq!(find(&query("lodz"), text), ["Łódź"]);
    let case = Query { case_sensitive: true, ..query("Medias") };
    assert!(find(&case, text).is_empty());
    // The mark that an accented letter carries in NFD belongs to the place.
    assert_eq!(find(&query("e"), "e\u{301}te\u{301}"), ["e\u{301}", "e\u{301}"]);
    assert_eq!(find(&query("Αθηνα"), "Αθήνα"), ["Αθήνα"]);
    assert_eq!(find(&query("שלום"), "שָׁלוֹם"), ["שָׁלוֹם"]);
    // What is no accent stays: Devanagari vowels.
    assert!(find(&query("क"), "कि").is_empty());
}

#[test]
fn accents_may_differ_in_regular_expressions() {
    assert_eq!(
        regex(r"\bm[eé]dias?\b", "médias me\u{301}dia medias"),
        ["médias", "me\u{301}dia", "medias"]
    );
    assert_eq!(regex(r"d.apres", "D’après, d'apre\u{300}s"), ["D’après", "d'apre\u{300}s"]);
    let strict = Query { regex: true, accents: true, ..query("apres") };
    assert!(find(&strict, "après").is_empty());
    // A kind of character is no letter: `[^e]` does not begin to find `é`… nor loses it.
    assert_eq!(regex("[^e]", "eé"), ["é"]);
}

#[test]
fn whole_words_know_elision_accents_and_scripts_without_spaces() {
    let whole =
        |pattern: &str, text: &str| find(&Query { whole_word: true, ..query(pattern) }, text).len();
    assert_eq!(whole("entreprise", "l’entreprise, l'entreprise, d’entreprises"), 2);
    assert_eq!(whole("OpenAI", "d’OpenAI qu'OpenAI OpenAIste"), 2);
    assert_eq!(whole("ete", "été, e\u{301}te\u{301}, étés, étêté"), 2);
    assert_eq!(whole("北京", "他在北京工作。"), 1);
    assert_eq!(whole("OpenAI", "今日OpenAIは"), 1);
    let pattern = |pattern: &str, text: &str| {
        find(&Query { whole_word: true, regex: true, ..query(pattern) }, text)
    };
    assert_eq!(pattern("Open|OpenAI", "OpenAI Open"), ["OpenAI", "Open"]);
    assert_eq!(pattern("北.", "他在北京工作"), ["北京"]);
    assert_eq!(pattern("(?x) mot # un mot", "mots mot"), ["mot"]);
}

/// What the bare engine finds, paragraph by paragraph.
fn bare(pattern: &str, text: &str) -> Vec<Range<usize>> {
    let built = regex::RegexBuilder::new(pattern).case_insensitive(true).multi_line(true).build();
    let engine = built.expect("a good pattern");
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let here = engine.find_iter(line).map(|m| m.start() + at..m.end() + at);
        found.extend(here.filter(|m| !m.is_empty()));
        at += line.len() + 1;
    }
    found
}

#[test]
fn several_threads_find_what_one_finds_in_order() {
    let line = "selon Élise, on a vu l’été; à SELON moi\n";
    let text = line.repeat(5 * STRETCH / line.len());
    let finder = Finder::new(&Query { regex: true, ..query(r"\bselon\s+\w+") }).expect("good");
    let mut parts = Vec::new();
    finder.find_each(&text, &|| false, usize::MAX, &mut |part| parts.push(part));
    assert!(parts.len() > 3, "they come in parts");
    let all: Vec<_> = parts.concat();
    assert_eq!(all, finder.find_all(&text, &|| false, usize::MAX));
    assert_eq!(all, bare(r"\bselon\s+\w+", &text));
    let mut few = Vec::new();
    finder.find_each(&text, &|| false, 1000, &mut |part| few.extend(part));
    assert_eq!(few, all[..1000]);
    finder.find_each(&text, &|| true, usize::MAX, &mut |_| panic!("it was cancelled"));
}

proptest! {
    #[test]
    fn places_are_in_order_on_characters_and_hold_the_words(
        text in "[aAéfiﬁsßıøO e\u{301}\u{a0}\u{ad}\u{200e}’'“–…\n\r👩\u{200d}👧北ا.-]{0,60}",
        pattern in "[aAéfiﬁsßıøO e\u{301}\u{a0}\u{ad}’'\"…👩\u{200d}北ا.-]{1,4}",
        whole_word: bool, case_sensitive: bool, accents: bool,
    ) {
        let finder = Finder::new(&Query { pattern: pattern.clone(), regex: false, case_sensitive, whole_word, accents });
        let places = finder.expect("words").find_all(&text, &|| false, usize::MAX);
        let mut end = 0;
        for place in places {
            prop_assert!(place.start >= end && !place.is_empty());
            let found = text.get(place.clone());
            prop_assert!(found.is_some_and(|f| !f.contains('\n')));
            let folded = |s: &str| crate::text::fold(s);
            prop_assert_eq!(folded(found.unwrap_or("")), folded(&pattern));
            end = place.end;
        }
    }

    #[test]
    fn edges_are_found_as_the_engine_finds_them(
        text in "[abé’ \\-\ne\u{301}1_]{0,40}",
        first in select(vec!["", r"\b", r"\B", r"\b{start}", r"\b{end}", r"\b{start-half}", "^"]),
        middle in select(vec!["a", "[ab]+", r"\w+", "é", ".{1,3}", "(?:a|ab)", "a*?", r"\W?", "[^a]*"]),
        second in select(vec!["", r"\b", r"\B", r"\b{end}"]),
        last in select(vec!["", "b", r"\s?\w", "e*"]),
        end in select(vec!["", r"\b", r"\b{end-half}", "$"]),
    ) {
        let pattern = format!("{first}{middle}{second}{last}{end}");
        let query = Query { pattern: pattern.clone(), regex: true, accents: true, ..Query::default() };
        let ours = Finder::new(&query).expect("a good pattern").find_all(&text, &|| false, usize::MAX);
        prop_assert_eq!(ours, bare(&pattern, &text), "{}", pattern);
    }

    #[test]
    fn any_pattern_is_refused_or_finds_valid_places(pattern in "\\PC{0,12}", text in "[ab\\né(){} ]{0,40}", whole_word: bool) {
        match Finder::new(&Query { pattern: pattern.clone(), regex: true, case_sensitive: false, whole_word, accents: true }) {
            Ok(finder) => {
                let mut end = 0;
                for place in finder.find_all(&text, &|| false, usize::MAX) {
                    prop_assert!(place.start >= end && !place.is_empty() && text.get(place.clone()).is_some());
                    end = place.end;
                }
            }
            Err(error) => prop_assert!(error.at.is_none_or(|at| pattern.is_char_boundary(at))),
        }
    }

    #[test]
    fn it_finds_what_a_plain_search_finds(text in "[ab\\n]{0,80}", pattern in "[ab]{1,3}") {
        let query = Query { pattern: pattern.clone(), case_sensitive: true, ..Query::default() };
        let places = Finder::new(&query).expect("words").find_all(&text, &|| false, usize::MAX);
        let plain: Vec<_> = text.match_indices(&pattern).map(|(at, found)| at..at + found.len()).collect();
        prop_assert_eq!(places, plain);
    }
}

#[test]
fn signs_at_the_ends_of_a_range_belong_to_the_words_they_touch() {
    for (text, range, words) in [
        ("c’est l'entreprise qui", "'entrepris", "l'entreprise"),
        ("c’est l'entreprise qui", "entrepris", "entreprise"),
        ("c’est l'entreprise qui", "’", "c’est"),
        ("(an insider) said", "(an insider)", "(an insider)"),
        ("(an insider) said", "insider)", "insider)"),
        ("write to ann@example.org.", "@", "ann@example.org"),
        ("a\u{1f600}b", "\u{1f600}", "a\u{1f600}b"),
        // Without spaces a word may begin anywhere.
        ("東京・山田が", "・山田", "・山田"),
    ] {
        let start = text.find(range).unwrap();
        let found = words_touched(text, start..start + range.len());
        assert_eq!(&text[found], words, "{range} in {text}");
    }
}
