//! The rules on small texts, each for what it is for.

mod dates;

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
fn a_sentence_begins_after_the_dateline() {
    for text in [
        "BREST (AFP) — Le maire Paul Orvel nie.",
        "BREST, 12 mars (Reuters) - Le maire Paul Orvel nie.",
        "BREST – Le maire Paul Orvel nie.",
        "Brest (AFP) – Le maire Paul Orvel nie.",
    ] {
        let names = names(text);
        assert!(names.contains(&"Paul Orvel".to_owned()), "{names:?}");
        assert!(!names.iter().any(|name| name.starts_with("Le ")), "{names:?}");
    }
    assert_eq!(names_in("LONDON — The mayor denied it.", "en"), ["LONDON"]);
    assert_eq!(names("On a vu Orvel – Le Guetteur le dit."), ["Orvel", "Le Guetteur"]);
}

#[test]
fn acronyms_with_dots_offices_and_signs() {
    assert_eq!(
        names("Hier, la S.N.C.F. et la C.N.I.L. ont signé avec l'U.R.S.S."),
        ["S.N.C.F", "C.N.I.L", "U.R.S.S"]
    );
    assert_eq!(
        names("Le P.-D.G. de Kerval SA et le PDG d'Orvel ont parlé."),
        ["Kerval SA", "Orvel"]
    );
    assert_eq!(
        names("Le maire PS de Brest et le député LR d'Orvel ont voté avec la CGT de Kerval."),
        ["PS", "Brest", "LR", "Orvel", "CGT de Kerval"]
    );
    assert_eq!(names("Hier, Canal+ et Orvel.fr ont signé."), ["Canal+", "Orvel.fr"]);
    assert_eq!(names("On a vu Orvel. Le reste suit."), ["Orvel"]);
    assert_eq!(
        names("Hier, Acme Corp. de Brest a signé avec Orvel. de nouveau."),
        ["Acme Corp", "Brest", "Orvel"]
    );
    assert_eq!(
        names_in("It was backed by Sen. Mark Duly, D-Ohio, and Rep. Ana Cole, R-Texas.", "en"),
        ["Mark Duly", "Ana Cole"]
    );
    assert_eq!(
        names_in(
            "So said Asst. Dist. Atty. Bo Hill, the Right Rev. Jo Pike and Police Chief Dan Rook.",
            "en"
        ),
        ["Bo Hill", "Jo Pike", "Dan Rook"]
    );
}

#[test]
fn particles_follow_initials_and_numerals() {
    assert_eq!(
        names("Hier, A. de Kerval, F. X. de Kermadec et J.-M. d'Orvel ont voté."),
        ["A. de Kerval", "F. X. de Kermadec", "J.-M. d'Orvel"]
    );
    assert_eq!(
        names("Hier, A. B. van der Berg a vu H. von Ormen."),
        ["A. B. van der Berg", "H. von Ormen"]
    );
    assert_eq!(names_in("They met Police Chief Hale.", "en"), ["Hale"]);
    assert_eq!(names("Le duc Philippe II d'Orvel est mort."), ["Philippe II d'Orvel"]);
    assert_eq!(
        names_in("It was signed by Maria de los Santos and Jean-Ch. Braz.", "en"),
        ["Maria de los Santos", "Jean-Ch. Braz"]
    );
    assert_eq!(names_in("They met Kim Jong-un. Braz said so.", "en"), ["Kim Jong-un", "Braz"]);
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
    // Some verbs of saying say nothing here.
    assert_eq!(cues("Mr Pellorc, who writes for Half Fathom, says so.", "en"), ["says"]);
    assert_eq!(cues("Elle écrit pour le journal et affirme que non.", "fr"), ["affirme"]);
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

#[test]
fn no_name_goes_on_from_one_cell_of_a_table_to_the_next() {
    let table = "Date\tPayee\tPaid by\n3 March 2031\tBram Kervel\tMona Sall\nMonday\tThe Harbour Authority\tAnne Salaün";
    let found = names_in(table, "en");
    assert!(found.iter().all(|name| !name.contains('\t')), "{found:?}");
    for name in ["Bram Kervel", "Mona Sall", "Anne Salaün"] {
        assert!(found.iter().any(|it| it == name), "{name}: {found:?}");
    }
    // What is indented is a paragraph like any other.
    assert_eq!(names_in("\tYesterday Bram Kervel spoke.", "en"), ["Bram Kervel"]);
}

/// A paragraph of any length is looked through in pieces: what is found is what is found in short paragraphs, and it can
/// be stopped on the way.
#[test]
fn a_long_paragraph_is_looked_through_in_pieces() {
    let words = "Anne Kervel a démissionné, selon Le Guetteur. ";
    let count = 4_000;
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
        assert!(!found.cut);
        found.all.iter().map(|s| text.get(s.range.clone()).unwrap().to_owned()).collect()
    };
    assert_eq!(of(&long), of(&short));
    run(&long, usize::MAX);
    assert!(asked.get() > 3, "{}", asked.get());
    assert!(run(&long, 2).all.is_empty());
    // More than the most is cut, and said to be.
    let found = run(&Text::new("@kervel ".repeat(super::MOST + 1)), usize::MAX);
    assert!(found.cut && found.all.len() == super::MOST, "{}", found.all.len());
    // Without a space in it, too.
    let solid = Text::new("é".repeat(150_000));
    assert!(run(&solid, usize::MAX).all.is_empty());
}

#[test]
fn an_account_in_an_address_is_whole_and_a_place_on_a_map_is_none() {
    assert_eq!(
        handles("See https://tok.example/@maud.k, https://tube.example/@Orvel.TV/videos."),
        ["@maud.k", "@Orvel.TV"]
    );
    assert_eq!(handles("https://maps.example/maps/place/@48.8566,2.3522,17z/data"), [""; 0]);
    assert_eq!(
        handles("The account @or\u{ad}vel and @maud@qu\u{ad}ais.example, not @\u{ad}."),
        ["@or\u{ad}vel", "@maud@qu\u{ad}ais.example"]
    );
}
