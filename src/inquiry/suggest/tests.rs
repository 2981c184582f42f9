//! The rules on small texts, each for what it is for.

use proptest::prelude::*;

use super::*;

fn found(text: &str, language: &str, wanted: fn(&Rule) -> bool) -> Vec<String> {
    let (lexicons, faults) = Lexicons::new(&[]);
    assert_eq!(faults, []);
    let text = Text::new(text);
    suggest(&text, language, "2023-11-20", &lexicons, &|| false, &|_| ())
        .all
        .into_iter()
        .filter(|s| wanted(&s.rule))
        .map(|s| match s.rule {
            Rule::Date(value) => format!("{} = {value}", &text.as_str()[s.range]),
            _ => text.as_str()[s.range].to_owned(),
        })
        .collect()
}

fn names(text: &str) -> Vec<String> {
    found(text, "fr", |rule| matches!(rule, Rule::Name))
}

fn dates(text: &str, language: &str) -> Vec<String> {
    found(text, language, |rule| matches!(rule, Rule::Date(_)))
}

fn cues(text: &str, language: &str) -> Vec<String> {
    found(text, language, |rule| matches!(rule, Rule::Cue(_)))
}

#[test]
fn names_are_runs_of_capitals_with_what_belongs_inside() {
    assert_eq!(
        names("Ainsi, le patron d’OpenAI, Sam Altman, et J. R. Pennick ont vu Charles de Gaulle."),
        ["OpenAI", "Sam Altman", "J. R. Pennick", "Charles de Gaulle"]
    );
    assert_eq!(
        names("On cite Ursula von der Leyen et M. Ormelot."),
        ["Ursula von der Leyen", "Ormelot"]
    );
    assert_eq!(names("Il vise Acme, Inc. et Orange SA."), ["Acme, Inc", "Orange SA"]);
    assert_eq!(names("Un rapport de Le bord cite Filaire."), ["Le bord", "Filaire"]);
    assert_eq!(names("Selon le Syndicat des gens de marée, rien."), ["Syndicat des gens de marée"]);
}

#[test]
fn a_capital_at_the_beginning_of_a_sentence_needs_a_reason() {
    assert_eq!(names("Hier, rien. Demain non plus."), Vec::<String>::new());
    assert_eq!(names("Altman a parlé."), ["Altman"]);
    assert_eq!(names("Altman. Rien d’Altman."), ["Altman", "Altman"]);
    assert_eq!(names("Paris vaut bien une messe."), Vec::<String>::new());
    assert_eq!(names("Deux Américains, deux autres."), ["Américains"]);
}

#[test]
fn handles_are_found_and_addresses_are_not() {
    let handles = |text| found(text, "en", |rule| matches!(rule, Rule::Handle));
    assert_eq!(handles("So says @sama (@gdb), not sam@openai.com."), ["@sama", "@gdb"]);
}

#[test]
fn dates_are_told_by_the_day_of_the_article() {
    // 20 November 2023 is a Monday.
    assert_eq!(
        dates("Le 18 novembre 2023, vendredi, hier, lundi prochain et en janvier.", "fr"),
        [
            "18 novembre 2023 = 2023-11-18",
            "vendredi = 2023-11-17",
            "hier = 2023-11-19",
            "lundi prochain = 2023-11-27",
            "janvier = 2024-01"
        ]
    );
    assert_eq!(
        dates("jeudi 16 novembre, le 1er décembre, 17/11/2023", "fr"),
        ["jeudi 16 novembre = 2023-11-16", "1er décembre = 2023-12-01", "17/11/2023 = 2023-11-17"]
    );
    assert_eq!(
        dates(
            "November 17, 2023; on Friday; 3 March; late October; may march; last year; 2023-11-17",
            "en"
        ),
        [
            "November 17, 2023 = 2023-11-17",
            "Friday = 2023-11-17",
            "3 March = 2024-03-03",
            "October = 2023-10",
            "last year = 2022",
            "2023-11-17 = 2023-11-17"
        ]
    );
    assert_eq!(dates("On 03/06/2023 or 13/06/2023.", "en"), ["13/06/2023 = 2023-06-13"]);
}

#[test]
fn every_date_is_edtf() {
    for text in ["31 février", "30 février 2023", "le 99 mars", "29 février"] {
        for found in dates(text, "fr") {
            let value = found.split(" = ").nth(1).unwrap_or("");
            assert_eq!(crate::notebook::check_edtf(value), Ok(()), "{found}");
        }
    }
}

#[test]
fn cues_are_expressions_verbs_and_the_conditional_of_hearsay() {
    assert_eq!(
        cues(
            "Selon Bloomberg, Altman aurait été furieux. « Faux », a-t-il répondu. D’après lui, il préparait, tirait et espérait.",
            "fr"
        ),
        ["Selon", "aurait", "a-t-il", "D’après"]
            .map(str::to_owned)
            .into_iter()
            .map(|c| if c == "a-t-il" { "a-t-il répondu".to_owned() } else { c })
            .collect::<Vec<_>>()
    );
    assert_eq!(
        cues(
            "It reportedly failed, according to insiders; she was told, he says, “she said so”.",
            "en"
        ),
        ["reportedly", "according to", "says"]
    );
    assert_eq!(cues("Elles l’affirment.", "fr"), ["affirment"]);
    assert_eq!(cues("Le juge lit une note de service à Paris.", "fr"), Vec::<String>::new());
}

#[test]
fn a_cue_knows_whom_it_names() {
    let (lexicons, _) = Lexicons::new(&[]);
    let speaker = |text: &str| {
        let text = Text::new(text);
        let all = suggest(&text, "fr", "", &lexicons, &|| false, &|_| ()).all;
        all.into_iter().find_map(|s| match s.rule {
            Rule::Cue(Some(who)) => Some(text.as_str()[who].to_owned()),
            _ => None,
        })
    };
    assert_eq!(speaker("Rien, selon Bloomberg, ne va."), Some("Bloomberg".to_owned()));
    assert_eq!(
        speaker("Selon deux proches du conseil, rien."),
        Some("deux proches du conseil".to_owned())
    );
    assert_eq!(speaker("« Non », a répondu Anne Kervel."), Some("Anne Kervel".to_owned()));
    assert_eq!(speaker("Hier Anne Kervel a déclaré forfait."), Some("Anne Kervel".to_owned()));
}

#[test]
fn unnamed_sources_are_suggested_where_they_are_cited() {
    let unnamed = |text, language| found(text, language, |rule| matches!(rule, Rule::Unnamed));
    assert_eq!(
        unnamed("Selon des sources internes, oui. Le bord cite deux proches du conseil.", "fr"),
        ["sources internes", "deux proches du conseil"]
    );
    assert_eq!(unnamed("« Oui », disent plusieurs personnes.", "fr"), ["plusieurs personnes"]);
    assert_eq!(
        unnamed("According to people familiar with the matter, yes.", "en"),
        ["people familiar with the matter"]
    );
    assert!(unnamed("Selon Anne Kervel, porte-parole, oui.", "fr").is_empty());
}

#[test]
fn quoted_words_are_a_claim_where_there_are_some() {
    let quotes = |text| found(text, "fr", |rule| matches!(rule, Rule::Quote));
    assert_eq!(quotes("Il dit « Rien n’a changé ici » et « oui »."), ["Rien n’a changé ici"]);
}

proptest! {
    #[test]
    fn any_text_gives_places_in_order_on_graphemes(
        text in "([A-Za-zéÉ]{1,6}|selon|aurait|Le|d’|3 mars|vendredi|@ab|«|»|[.,:;’'\"…–-]|\u{1f469}\u{200d}\u{1f467}|e\u{301}| |\n){0,40}",
        language in prop::sample::select(vec!["fr", "en", ""]),
    ) {
        let (lexicons, _) = Lexicons::new(&[]);
        let text = Text::new(text);
        let all = suggest(&text, language, "2023-11-20", &lexicons, &|| false, &|_| ()).all;
        for s in &all {
            prop_assert!(!s.range.is_empty());
            prop_assert_eq!(&text.snap(s.range.clone()), &s.range);
        }
        prop_assert!(all.is_sorted_by_key(|s| s.range.start));
    }
}
