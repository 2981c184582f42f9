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
    names_in(text, "fr")
}

fn names_in(text: &str, language: &str) -> Vec<String> {
    found(text, language, |rule| matches!(rule, Rule::Name))
}

fn handles(text: &str) -> Vec<String> {
    found(text, "en", |rule| matches!(rule, Rule::Handle))
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
fn a_word_that_opens_a_name_belongs_to_it_and_a_contraction_is_none() {
    assert_eq!(
        names_in(
            "He went to New York. The New Skerry Times wrote it. New Delhi won. A new man came. New rules apply.",
            "en"
        ),
        ["New York", "New Skerry Times", "New Delhi"]
    );
    assert_eq!(names_in("He read The New Skerry Times.", "en"), ["The New Skerry Times"]);
    assert_eq!(names_in("He met Kervel. New Kervel rules apply.", "en"), ["Kervel", "Kervel"]);
    assert_eq!(names_in("In 2020 I’m sure, I've seen, I’ll go, and I'd say so.", "en"), [""; 0]);
    assert_eq!(names_in("Then Sean O’Neill left.", "en"), ["Sean O’Neill"]);
}

#[test]
fn signs_initials_and_what_is_unseen_stay_in_names() {
    assert_eq!(
        names("La vente lie R&V, E.RO et Orr & Vance. Puis T&S a refusé."),
        ["R&V", "E.RO", "Orr & Vance", "T&S"]
    );
    assert_eq!(
        names("On cite J.-R. Pennick, M.-Th. Orr, J-L. Vance et Ph. Ormelot."),
        ["J.-R. Pennick", "M.-Th. Orr", "J-L. Vance", "Ph. Ormelot"]
    );
    assert_eq!(
        names("Hier, Or\u{ad}melot et So\u{ad}lène Var\u{ad}quier\u{200e} ont signé."),
        ["Or\u{ad}melot", "So\u{ad}lène Var\u{ad}quier"]
    );
}

#[test]
fn small_words_join_after_given_names_only() {
    assert_eq!(
        names(
            "Hier, Marie Claire de Groix, Luc Antoine du Ressac et Marine Le Braz ont vu Paul de La Tour."
        ),
        ["Marie Claire de Groix", "Luc Antoine du Ressac", "Marine Le Braz", "Paul de La Tour"]
    );
    assert_eq!(names("Pourtant Paul Pennick de Ligeia a parlé."), ["Paul Pennick", "Ligeia"]);
    assert_eq!(
        names_in("Then Oscar de la Vega, Robert De Vries and Ludwig van der Orr met.", "en"),
        ["Oscar de la Vega", "Robert De Vries", "Ludwig van der Orr"]
    );
}

#[test]
fn ranks_and_roman_numerals_are_no_names() {
    assert_eq!(
        names_in("In June Det. Sgt. Ann Orr, Lt. Col. Paul Vance and Capt. Pennick spoke.", "en"),
        ["Ann Orr", "Paul Vance", "Pennick"]
    );
    assert_eq!(
        names_in("He drove a General Orr to General Edwin Vance.", "en"),
        ["General Orr", "Edwin Vance"]
    );
    assert_eq!(
        names_in("Then Lt.-Col. Ann Orr, PC Paul Vance and M.-A. Pennick spoke.", "en"),
        ["Ann Orr", "Paul Vance", "M.-A. Pennick"]
    );
    assert_eq!(
        names("Au XIXe siècle, sous Louis XV et François Ier, la IVe Assemblée et le tome XII."),
        ["Louis XV", "François Ier", "IVe Assemblée"]
    );
}

#[test]
fn people_in_general_are_no_names_and_initials_are_part_of_one() {
    assert_eq!(
        names_in(
            "Officials denied it. Lawyers for A. P. Hale said so. Rear Adm. Una Tolk and Staff Sgt. Ben Rook left.",
            "en"
        ),
        ["A. P. Hale", "Una Tolk", "Ben Rook"]
    );
    assert_eq!(
        names("Le Premier ministre a vu A.P. Møller, Braz et Associés et Orr & Fils."),
        ["A.P. Møller", "Braz", "Orr & Fils"]
    );
    assert_eq!(
        names_in("The Attorney General, Ann Moss, met Asst. Chief Const. Ben Hale of R&D.", "en"),
        ["Ann Moss", "Ben Hale"]
    );
    assert_eq!(names("Il suit le plan A. Puis rien."), Vec::<String>::new());
    // “Said” is a name here, and nobody says anything.
    assert_eq!(cues("Omar bin Said met them.", "en"), Vec::<String>::new());
}

#[test]
fn a_line_of_capitals_has_the_names_that_are_known() {
    assert_eq!(
        names("SELON L’AUDIT, SOLÈNE VARQUIER A CACHÉ LES FISSURES AU CONSEIL ET À M. ORMELOT"),
        ["SOLÈNE VARQUIER", "ORMELOT"]
    );
    assert_eq!(
        names("HOULONDE RENVOIE SA PATRONNE\nLa maison mère de Houlonde ne dit rien."),
        ["HOULONDE", "Houlonde"]
    );
    assert_eq!(names("Il cite la SNM, le SGM, l’USQ et l’AMI."), ["SNM", "SGM", "USQ", "AMI"]);
    assert_eq!(names("LA VENTE DU QUAI CACHÉE"), Vec::<String>::new());
}

#[test]
fn handles_have_their_server_and_addresses_have_no_names() {
    assert_eq!(
        handles("So say @orr@quay.example, @vance.quay.example and @pennick."),
        ["@orr@quay.example", "@vance.quay.example", "@pennick"]
    );
    assert_eq!(handles("@Orr@Quay.Example wrote to Vance@Quay.Example."), ["@Orr@Quay.Example"]);
    assert_eq!(handles("https://quay.example/@orr/12, a.b@quay.example"), ["@orr"]);
    assert_eq!(
        names("Écrire à Solene.Varquier@quai.example, voir www.Quai.example/Orr"),
        Vec::<String>::new()
    );
}

#[test]
fn handles_are_not_cut() {
    assert_eq!(
        handles(
            "@orr-vance, @orr-vance.quay.example, @orr:quay.example: @orr@localhost, @pennick-"
        ),
        [
            "@orr-vance",
            "@orr-vance.quay.example",
            "@orr:quay.example",
            "@orr@localhost",
            "@pennick"
        ]
    );
}

#[test]
fn handles_are_found_and_addresses_are_not() {
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
fn abbreviated_months_keep_their_year() {
    assert_eq!(
        dates("Le 2 sept. 2019, le 4 janv. 2020, en déc. 2021 et le 14 juil.", "fr"),
        [
            "2 sept. 2019 = 2019-09-02",
            "4 janv. 2020 = 2020-01-04",
            "déc. 2021 = 2021-12",
            "14 juil = 2023-07-14"
        ]
    );
    assert_eq!(
        dates("On Oct. 4, 2018, in Dec. 2020, the 5th of May, 2019 and June of 2017", "en"),
        [
            "Oct. 4, 2018 = 2018-10-04",
            "Dec. 2020 = 2020-12",
            "5th of May, 2019 = 2019-05-05",
            "June of 2017 = 2017-06"
        ]
    );
    assert_eq!(dates("En sept jours, depuis sept ans.", "fr"), Vec::<String>::new());
}

#[test]
fn years_of_two_digits_are_of_the_last_hundred_years() {
    assert_eq!(
        dates("Né en mai 52, parti le 6 juin 44.", "fr"),
        ["mai 52 = 1952-05", "6 juin 44 = 1944-06-06"]
    );
    assert_eq!(
        dates("Born in May ’52, gone in June '09", "en"),
        ["May ’52 = 1952-05", "June '09 = 2009-06"]
    );
    assert_eq!(dates("En mai 52 marins sont partis.", "fr"), ["mai = 2023-05"]);
}

#[test]
fn several_days_are_an_interval() {
    assert_eq!(
        dates(
            "Du 3 au 5 mars 2022, du 28 février au 2 mars 2021, entre le 6 et le 9 octobre, de mars à mai 2020",
            "fr"
        ),
        [
            "3 au 5 mars 2022 = 2022-03-03/2022-03-05",
            "28 février au 2 mars 2021 = 2021-02-28/2021-03-02",
            "6 et le 9 octobre = 2023-10-06/2023-10-09",
            "mars à mai 2020 = 2020-03/2020-05"
        ]
    );
    assert_eq!(
        dates(
            "June 3-5, 2022; June 29–July 2, 2021; 3 to 5 May 2020; between 2017 and 2019; in 2014-15",
            "en"
        ),
        [
            "June 3-5, 2022 = 2022-06-03/2022-06-05",
            "June 29–July 2, 2021 = 2021-06-29/2021-07-02",
            "3 to 5 May 2020 = 2020-05-03/2020-05-05",
            "2017 and 2019 = 2017/2019",
            "2014-15 = 2014/2015"
        ]
    );
    assert_eq!(
        dates("Du 30 décembre au 2 janvier 2023, les 3 mars et 4 avril 2021", "fr"),
        [
            "30 décembre au 2 janvier 2023 = 2022-12-30/2023-01-02",
            "3 mars = 2021-03-03",
            "4 avril 2021 = 2021-04-04"
        ]
    );
}

#[test]
fn dates_in_numbers_are_an_interval_too() {
    assert_eq!(
        dates("Du 03/02/2021 au 05/03/2021; 2021-02-03 – 2021-03-05", "fr"),
        [
            "03/02/2021 au 05/03/2021 = 2021-02-03/2021-03-05",
            "2021-02-03 – 2021-03-05 = 2021-02-03/2021-03-05"
        ]
    );
}

#[test]
fn last_and_next_are_not_the_nearest() {
    // 20 November 2023 is a Monday.
    assert_eq!(
        dates("last Monday, next Friday, last December, since December, Friday next week", "en"),
        [
            "last Monday = 2023-11-13",
            "next Friday = 2023-11-24",
            "last December = 2022-12",
            "December = 2022-12",
            "Friday next week = 2023-12-01"
        ]
    );
    assert_eq!(
        dates(
            "Lundi dernier, en mars dernier, le 3 décembre dernier, en mai de l’an dernier",
            "fr"
        ),
        [
            "Lundi dernier = 2023-11-13",
            "mars dernier = 2023-03",
            "3 décembre dernier = 2022-12-03",
            "mai de l’an dernier = 2022-05"
        ]
    );
}

#[test]
fn no_value_is_better_than_a_wrong_one() {
    assert_eq!(
        dates("le 3 mai suivant, le vendredi suivant", "fr"),
        ["3 mai suivant = ", "vendredi suivant = "]
    );
    assert_eq!(dates("Ouvert du lundi au vendredi et chaque samedi", "fr"), Vec::<String>::new());
    assert_eq!(
        dates("every Monday; 10.4.2.2022; v1.2.3.2022; https://quay.example/2022/03/04/", "en"),
        Vec::<String>::new()
    );
}

#[test]
fn days_without_a_gap_are_an_interval_and_others_share_their_year() {
    assert_eq!(
        dates("Le 3 et 4 mars 2021, les 5, 6 et 7 mai, les 3 et 15 juin 2021", "fr"),
        [
            "3 et 4 mars 2021 = 2021-03-03/2021-03-04",
            "5, 6 et 7 mai = 2024-05-05/2024-05-07",
            "15 juin 2021 = 2021-06-15"
        ]
    );
    assert_eq!(
        dates("March 3 and 4, 2021; March 3 and 15, 2021; 3 and 4 March 2021", "en"),
        [
            "March 3 and 4, 2021 = 2021-03-03/2021-03-04",
            "March 3 = 2021-03-03",
            "3 and 4 March 2021 = 2021-03-03/2021-03-04"
        ]
    );
}

#[test]
fn parts_of_months_share_their_year() {
    assert_eq!(
        dates("De fin mars à début avril 2021", "fr"),
        ["mars à début avril 2021 = 2021-03/2021-04"]
    );
    assert_eq!(
        dates("In late March to early April 2021; in May or June 2021", "en"),
        ["March to early April 2021 = 2021-03/2021-04", "May = 2021-05", "June 2021 = 2021-06"]
    );
    assert_eq!(names_in("It was kept at 2031-03-12T10:00:00Z.", "en"), Vec::<String>::new());
}

#[test]
fn a_day_that_may_be_past_or_to_come_has_no_value() {
    assert_eq!(
        dates("By Friday, before the Monday; Monday week; on March 3 or April 5, 2021", "en"),
        [
            "Friday = ",
            "Monday = ",
            "Monday week = ",
            "March 3 = 2021-03-03",
            "April 5, 2021 = 2021-04-05"
        ]
    );
    assert_eq!(
        dates("D’ici à vendredi, jusqu’à lundi, depuis jeudi, mardi en huit", "fr"),
        ["vendredi = ", "lundi = ", "jeudi = 2023-11-16", "mardi en huit = "]
    );
}

#[test]
fn seasons_and_decades_are_those_of_edtf() {
    assert_eq!(
        dates("Au printemps 1974, l’été 2019, l’hiver 2019-2020, l’automne dernier, cet été", "fr"),
        [
            "printemps 1974 = 1974-21",
            "été 2019 = 2019-22",
            "hiver 2019-2020 = 2019-24",
            "automne dernier = 2022-23"
        ]
    );
    assert_eq!(
        dates("In the spring of 1974, winter 2019-20, last summer. Prices fall 2000 points.", "en"),
        ["spring of 1974 = 1974-21", "winter 2019-20 = 2019-24", "last summer = 2023-22"]
    );
    assert_eq!(dates("Ils ont été 2000 à signer, un été chaud", "fr"), Vec::<String>::new());
    assert_eq!(
        dates("Dans les années 70 et les années 2010, depuis les années 20", "fr"),
        ["années 70 = 197X", "années 2010 = 201X"]
    );
    assert_eq!(
        dates("In the 1970s and the ’80s; the 1900s; in his 80s; the 1990s-2000s", "en"),
        ["1970s = 197X", "’80s = 198X"]
    );
}

#[test]
fn days_are_counted_back_from_the_article() {
    assert_eq!(
        dates(
            "Il y a trois jours, il y a 2 jours. Il y a trois jours de grève. Il y a huit jours.",
            "fr"
        ),
        ["Il y a trois jours = 2023-11-17", "il y a 2 jours = 2023-11-18"]
    );
    assert_eq!(
        dates("Three days ago he left, two or three days ago, ten days later, 5 days ago", "en"),
        ["Three days ago = 2023-11-17", "5 days ago = 2023-11-15"]
    );
}

#[test]
fn abbreviated_weekdays_belong_to_a_date_and_are_no_names() {
    assert_eq!(
        dates("On Tues., Nov. 14, and Fri 17 Nov 2023. Lun. 3", "en"),
        ["Tues., Nov. 14 = 2023-11-14", "Fri 17 Nov 2023 = 2023-11-17"]
    );
    assert_eq!(names_in("He came on Mon. and on Thurs. too", "en"), Vec::<String>::new());
    assert_eq!(
        dates("Ouvert lun. 13 nov. 2023, sur la mer 3 mars", "fr"),
        ["lun. 13 nov. 2023 = 2023-11-13", "3 mars = 2024-03-03"]
    );
    // It may be the one before or the one after.
    assert_eq!(dates("He comes this Sunday, this Thursday", "en").len(), 2);
}

#[test]
fn every_date_is_edtf() {
    for text in [
        "31 février",
        "30 février 2023",
        "le 99 mars",
        "29 février",
        "du 30 au 31 février 2023",
        "du 3 mars 2023 au 5 mars 2021",
        "de mai 2023 à mars 2021",
    ] {
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
        text in "([A-Za-zéÉ]{1,6}|selon|aurait|Le|De|d’|3|mars|mai 68|au|to|March 3|, 2030|vendredi|next|@ab|@a.b|a@b.cd|https://|J\\.-L\\.|E\\.ON|A&B|«|»|[.,:;’'\"…–-]|\u{ad}|\u{200e}|\u{1f469}\u{200d}\u{1f467}|e\u{301}| |\n){0,40}",
        language in prop::sample::select(vec!["fr", "en", ""]),
    ) {
        let (lexicons, _) = Lexicons::new(&[]);
        let text = Text::new(text);
        let all = suggest(&text, language, "2023-11-20", &lexicons, &|| false, &|_| ()).all;
        for s in &all {
            prop_assert!(!s.range.is_empty());
            prop_assert_eq!(&text.snap(s.range.clone()), &s.range);
            if let Rule::Date(value) = &s.rule {
                prop_assert_eq!(crate::notebook::check_edtf(value), Ok(()));
            }
        }
        prop_assert!(all.is_sorted_by_key(|s| s.range.start));
    }
}

/// A paragraph of any length is looked through in pieces: what is found is what is found in short paragraphs, and it can
/// be stopped on the way.
#[test]
fn a_long_paragraph_is_looked_through_in_pieces() {
    let words = "Anne Kervel a démissionné, selon Le Guetteur. ";
    let count = 10_000;
    let (long, short) =
        (Text::new(words.repeat(count)), Text::new(format!("{words}\n").repeat(count)));
    let (lexicons, _) = Lexicons::new(&[]);
    let asked = std::cell::Cell::new(0);
    let run = |text: &Text, most: usize| {
        asked.set(0);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() > most
        };
        suggest(text, "fr", "", &lexicons, &stop, &|_| {})
    };
    let of = |text: &Text| -> Vec<String> {
        let found = run(text, usize::MAX);
        assert!(found.cut);
        found.all.iter().map(|s| text.get(s.range.clone()).unwrap().to_owned()).collect()
    };
    assert_eq!(of(&long), of(&short));
    run(&long, usize::MAX);
    assert!(asked.get() > 4, "{}", asked.get());
    assert!(run(&long, 2).all.is_empty());
    // Without a space in it, too.
    let solid = Text::new("é".repeat(300_000));
    assert!(run(&solid, usize::MAX).all.is_empty());
}
