//! Cases of the text functions that a person can read.

use super::*;

fn word(text: &str, at: &str) -> String {
    let text = Text::new(text);
    let byte = occurrences(&text, at)[0].start;
    text.get(text.word_at(byte)).unwrap().to_owned()
}

/// Every sentence of a text, as `sentence_at` tells them, walking on from the end of each.
fn sentences(text: &str) -> Vec<String> {
    let text = Text::new(text);
    let mut all = Vec::new();
    let mut byte = 0;
    while byte < text.len() {
        let range = text.sentence_at(byte);
        byte = byte.max(range.end) + 1;
        while byte < text.len()
            && text.as_str()[text.floor_grapheme(byte)..].starts_with(char::is_whitespace)
        {
            byte = text.next_grapheme(byte);
        }
        all.push(text.get(range).unwrap().to_owned());
    }
    all
}

#[test]
fn paragraphs() {
    let text = Text::new("un\n\ntrois\n");
    assert_eq!(text.paragraph_count(), 4);
    let all: Vec<_> = (0..4).map(|i| text.get(text.paragraph(i)).unwrap()).collect();
    assert_eq!(all, ["un", "", "trois", ""]);
    let at: Vec<_> = (0..=text.len() + 1).map(|byte| text.paragraph_at(byte)).collect();
    assert_eq!(at, [0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 3, 3]);
    assert_eq!(text.paragraph(9), 10..10);
    let empty = Text::default();
    assert_eq!((empty.paragraph_count(), empty.paragraph(0), empty.paragraph_at(5)), (1, 0..0, 0));
}

#[test]
fn canonical_drops_the_bom_and_carriage_returns() {
    assert_eq!(Text::canonical("\u{feff}a\r\nb\rc\r\r\nd\n\r").as_str(), "a\nb\nc\n\nd\n\n");
    assert_eq!(Text::canonical("a\u{feff}b").as_str(), "a\u{feff}b");
    assert_eq!(Text::new("a\r\nb").as_str(), "a\r\nb");
}

#[test]
fn scalars_beyond_the_first_block() {
    let text = Text::new("é€😀x".repeat(1000));
    assert_eq!(text.scalars(), 4000);
    for i in 0..1000 {
        for (j, byte) in [0, 2, 5, 9].into_iter().enumerate() {
            assert_eq!(text.scalar_of(i * 10 + byte), i * 4 + j);
            assert_eq!(text.byte_of(i * 4 + j), Some(i * 10 + byte));
        }
    }
    assert_eq!(text.scalar_of(8), 2, "inside a character: the character's own place");
    assert_eq!((text.byte_of(4000), text.byte_of(4001)), (Some(10_000), None));
    assert_eq!(text.scalar_of(usize::MAX), 4000);
}

#[test]
fn graphemes() {
    let text = Text::new("e\u{301}🇫🇷👩‍👩‍👧 क्षि");
    let mut ends = vec![0];
    while *ends.last().unwrap() < text.len() {
        ends.push(text.next_grapheme(*ends.last().unwrap()));
    }
    let parts: Vec<_> = ends.windows(2).map(|w| text.get(w[0]..w[1]).unwrap()).collect();
    assert_eq!(parts, ["e\u{301}", "🇫🇷", "👩‍👩‍👧", " ", "क्षि"]);
    assert!(!text.is_grapheme_boundary(1) && text.is_grapheme_boundary(3));
    assert!(!text.is_grapheme_boundary(text.len() + 1));
    assert_eq!(text.snap(1..4), 0..11);
    assert_eq!(text.snap(3..3), 3..3);
    assert_eq!((text.floor_grapheme(7), text.ceil_grapheme(7)), (3, 11));
    assert_eq!(Text::new("\u{301}").prev_grapheme(0), 0);
}

#[test]
fn trimming() {
    let text = Text::new("a \u{a0}mot\u{202f}\n b");
    assert_eq!(text.get(text.trim(1..11)), Some("mot"));
    assert_eq!(text.trim(1..4), 1..1);
    assert_eq!(text.trim(0..text.len()), 0..text.len());
}

#[test]
#[allow(clippy::reversed_empty_ranges)]
fn wrong_ranges_are_mended() {
    let text = Text::new("été");
    assert_eq!(text.snap(1..2), 0..2);
    assert_eq!(text.trim(4..99), 3..5);
    assert_eq!(text.snap(9..12), 5..5);
    assert_eq!(text.snap(3..1), 3..3);
    assert_eq!(text.get(3..1), None);
    assert_eq!(text.get(0..1), None);
    assert_eq!(text.quote(4..1).exact, "");
}

#[test]
fn french_words() {
    assert_eq!(word("de l’entreprise qui", "entre"), "entreprise");
    assert_eq!(word("de l’entreprise qui", "l’"), "l’");
    assert_eq!(word("chez d'OpenAI ?", "Open"), "OpenAI");
    assert_eq!(word("jusqu’à lundi", "à"), "à");
    assert_eq!(word("dès qu’aujourd’hui", "hui"), "aujourd’hui");
    assert_eq!(word("quelqu’un", "un"), "quelqu’un");
    assert_eq!(word("l’« affaire »", "l"), "l’");
    assert_eq!(word("vers Jean-Pierre, ", "Pierre"), "Jean-Pierre");
    assert_eq!(word("cabinet d’Estève-Rault,", "Rault"), "Estève-Rault");
    assert_eq!(word("la porte-parole", "porte"), "porte-parole");
    assert_eq!(word("l’arc-en-ciel", "en"), "arc-en-ciel");
    assert_eq!(word("Pont-l’Évêque.", "Év"), "Pont-l’Évêque");
    assert_eq!(word("Aix-en-Provence", "en"), "Aix-en-Provence");
    assert_eq!(word("un rendez-vous", "vous"), "rendez-vous");
    assert_eq!(word(", a-t-elle dit", "elle"), "elle");
    assert_eq!(word(", a-t-elle dit", "a"), "a");
    assert_eq!(word("dites-le-moi", "dites"), "dites");
    assert_eq!(word("l’11 mars", "11"), "11");
}

#[test]
fn english_words_and_signs() {
    assert_eq!(word("I don’t know", "don"), "don’t");
    assert_eq!(word("Houlonde’s board", "Houl"), "Houlonde");
    assert_eq!(word("Estève-Rault's", "Rault"), "Estève-Rault");
    assert_eq!(word("@sama’s side", "sama"), "@sama");
    assert_eq!(word("it’s so", "it"), "it’s");
    assert_eq!(word("Mr O’Brien", "Brien"), "O’Brien");
    assert_eq!(word("by @sama_1, who", "sama"), "@sama_1");
    assert_eq!(word("(@sama)", "@"), "@sama");
    assert_eq!(word("write a@host.org", "host"), "host.org");
    assert_eq!(word("the U.S. Senate", "U"), "U.S.");
    assert_eq!(word("Covid-19", "19"), "Covid-19");
    assert_eq!(word("2024-03-06", "03"), "03");
    assert_eq!(word("1,024.5 m", "24"), "1,024.5");
    assert_eq!(word("العربية abc", "بية"), "العربية");
    assert_eq!(word("漢字", "字"), "字");
}

#[test]
fn the_word_at_an_edge() {
    let text = Text::new("un mot, fin\n\n  x");
    assert_eq!(
        text.get(text.word_at(6)),
        Some("mot"),
        "before the comma: the word that ends there"
    );
    assert_eq!(text.get(text.word_at(7)), Some(" "));
    assert_eq!(text.get(text.word_at(11)), Some("fin"), "at the line feed");
    assert_eq!(text.word_at(12), 12..12);
    assert_eq!(text.get(text.word_at(13)), Some("  "));
    assert_eq!(text.get(text.word_at(99)), Some("x"));
    assert_eq!(Text::default().word_at(3), 0..0);
}

#[test]
fn walking_by_words() {
    let text = Text::new("Que dit l’audit ?\n\n« Rien. » J.-P. l’a lu");
    let mut stops = vec![0];
    while *stops.last().unwrap() < text.len() {
        stops.push(text.next_word(*stops.last().unwrap()));
    }
    let ends: Vec<_> =
        stops.iter().map(|&s| text.as_str()[..s].rsplit(' ').next().unwrap()).collect();
    assert_eq!(ends, ["", "Que", "dit", "l’", "l’audit", "Rien", "J", "J.-P", "l’", "l’a", "lu"]);
    let mut stops = vec![text.len()];
    while *stops.last().unwrap() > 0 {
        stops.push(text.prev_word(*stops.last().unwrap()));
    }
    let starts: Vec<_> =
        stops.iter().map(|&s| text.as_str()[s..].split(' ').next().unwrap()).collect();
    assert_eq!(
        starts,
        ["", "lu", "a", "l’a", "P.", "J.-P.", "Rien.", "audit", "l’audit", "dit", "Que"]
    );
    assert_eq!(Text::new("a …").next_word(1), "a …".len());
    assert_eq!(Text::new("… a").prev_word(3), 0);
}

#[test]
fn a_line_of_ten_megabytes() {
    let text = Text::new("L’audit d’Estève-Rault dit « oui ». ".repeat(280_000));
    let unit = "L’audit d’Estève-Rault dit « oui ». ".len();
    let at = unit * 140_000;
    assert_eq!(text.get(text.word_at(at + 20)), Some("Estève-Rault"));
    assert_eq!(text.get(text.sentence_at(at + 20)), Some("L’audit d’Estève-Rault dit « oui »."));
    assert_eq!(
        text.scalar_of(at),
        140_000 * "L’audit d’Estève-Rault dit « oui ». ".chars().count()
    );
    let flat = Text::new("x".repeat(10_000_000));
    assert!(flat.word_at(5_000_000).contains(&5_000_000));
    assert!(flat.sentence_at(5_000_000).contains(&5_000_000));
}

#[test]
fn sentences_of_french_prose() {
    let text = "M. Ormelot a écrit à Mme. Varquier. L’U.S. Navy n’a rien dit ! « Les relevés étaient là. Je les ai \
                portés », a-t-elle déclaré. « Partons\u{a0}! » a dit J. R. Pennick. « Il nie.\u{a0}» Elle, non.";
    assert_eq!(
        sentences(text),
        [
            "M. Ormelot a écrit à Mme. Varquier.",
            "L’U.S. Navy n’a rien dit !",
            "« Les relevés étaient là. Je les ai portés », a-t-elle déclaré.",
            "« Partons\u{a0}! » a dit J. R. Pennick.",
            "« Il nie.\u{a0}»",
            "Elle, non."
        ]
    );
    assert_eq!(
        sentences("Rien n’a cédé. 3 câbles ont tenu."),
        ["Rien n’a cédé.", "3 câbles ont tenu."]
    );
    assert_eq!(
        sentences("Et alors ? demanda-t-il. Voir p. 12."),
        ["Et alors ? demanda-t-il.", "Voir p. 12."]
    );
    assert_eq!(
        sentences("Un an (voir l’art. 3. Bis) plus tard. Fin"),
        ["Un an (voir l’art. 3. Bis) plus tard.", "Fin"]
    );
}

#[test]
fn sentences_of_english_prose() {
    let text = "Pennick Corp. Chairman Dr. J. Orr left the U.S. Senate. It moved to Orr Inc. The board knew. \
                “We saw it. We said so,” she said. “No.” He left on Feb. 3, then No. 5 did. iPhones rang? \
                \"Yes. All.\" Nobody spoke... Then, silence.";
    assert_eq!(
        sentences(text),
        [
            "Pennick Corp. Chairman Dr. J. Orr left the U.S. Senate.",
            "It moved to Orr Inc.",
            "The board knew.",
            "“We saw it. We said so,” she said.",
            "“No.”",
            "He left on Feb. 3, then No. 5 did.",
            "iPhones rang?",
            "\"Yes. All.\"",
            "Nobody spoke...",
            "Then, silence."
        ]
    );
    assert_eq!(
        sentences("1. The list\n2. Goes on. Twice."),
        ["1. The list", "2. Goes on.", "Twice."]
    );
    assert_eq!(sentences("一件事。二件事。"), ["一件事。", "二件事。"]);
}

#[test]
fn quotations_are_held_in_every_kind_of_mark() {
    for (text, first) in [
        ("‘We knew. We said so,’ Orr said. It ended.", "‘We knew. We said so,’ Orr said."),
        (
            "‘The crews’ log is here. It’s mine,’ she said. It ended.",
            "‘The crews’ log is here. It’s mine,’ she said.",
        ),
        ("'We knew. It's so,' said Orr. It ended.", "'We knew. It's so,' said Orr."),
        ("„Wir wussten es. Alles“, sagte Orr. Es endete.", "„Wir wussten es. Alles“, sagte Orr."),
        ("„Wiemy. Wszystko”, rzekł Orr. Koniec.", "„Wiemy. Wszystko”, rzekł Orr."),
        ("»Wir wussten es. Alles«, sagte Orr. Es endete.", "»Wir wussten es. Alles«, sagte Orr."),
        ("« On savait. Tout », dit Orr. C’est fini.", "« On savait. Tout », dit Orr."),
    ] {
        assert_eq!(sentences(text)[0], first);
        assert_eq!(sentences(text).len(), 2, "{text}");
    }
    assert_eq!(
        sentences("»Nein.« Er ging. Sie blieb. »Ja.« Er schwieg."),
        ["»Nein.«", "Er ging.", "Sie blieb.", "»Ja.«", "Er schwieg."]
    );
}

#[test]
fn who_speaks_stays_with_a_question() {
    assert_eq!(
        sentences(
            "“Why now?” Dr. Ann Orr asked. “Go!” Vance finally shouted. “Who?” The crew left. He ran."
        ),
        [
            "“Why now?” Dr. Ann Orr asked.",
            "“Go!” Vance finally shouted.",
            "“Who?”",
            "The crew left.",
            "He ran."
        ]
    );
    assert_eq!(
        sentences("« Qui ? » Solène Varquier demande. « Partez ! » Les marins partent."),
        ["« Qui ? » Solène Varquier demande.", "« Partez ! »", "Les marins partent."]
    );
}

#[test]
fn a_space_before_the_closing_mark_does_not_hold_a_sentence_back() {
    for space in [" ", "\u{a0}", "\u{202f}"] {
        let said = format!("Elle soupire : «{space}Je ne sais plus…{space}»");
        assert_eq!(sentences(&format!("{said} Le silence dure.")), [&*said, "Le silence dure."]);
        let said = format!("«{space}On verra…{space}»");
        assert_eq!(sentences(&format!("{said} Puis il sort.")), [&*said, "Puis il sort."]);
    }
    assert_eq!(sentences("On partira… […] Le conseil").len(), 1);
}

#[test]
fn times_measures_and_lists_are_within_a_sentence() {
    for text in [
        "The train left at 6:40 p.m. EST on Monday.",
        "Il pèse max. 30 kg, min. 10 kg.",
        "Le dép. des Quais et la sect. Ouest ont payé.",
        "Le port compte trois quais : 1. Kerval ; 2. Foch ; 3. Danic.",
        "Eq. 4 shows it.",
    ] {
        assert_eq!(sentences(&format!("{text} It was so.")), [text, "It was so."]);
    }
    assert_eq!(sentences("It ended at 3 p.m. He left.").len(), 2);
}

#[test]
fn turns_of_a_dialogue_are_sentences_and_words_put_in_are_not() {
    assert_eq!(
        sentences("– Tu savais ? – Oui. – Depuis quand ? dit-elle. — Hier…"),
        ["– Tu savais ?", "– Oui.", "– Depuis quand ? dit-elle.", "— Hier…"]
    );
    assert_eq!(
        sentences("Elle a signé – quelle idée ! – puis parlé — Enfin ! — à Orr. – Non."),
        ["Elle a signé – quelle idée ! – puis parlé — Enfin ! — à Orr.", "– Non."]
    );
}

#[test]
fn signs_inside_words_end_nothing_and_ellipses_may() {
    assert_eq!(
        sentences(
            "L’outil CAP!Large est sur https://quai.example/lire?Page=3 depuis hier. Yahoo! Orr aussi. Il sert."
        ),
        [
            "L’outil CAP!Large est sur https://quai.example/lire?Page=3 depuis hier.",
            "Yahoo! Orr aussi.",
            "Il sert."
        ]
    );
    assert_eq!(
        sentences("Elle attend… Puis elle part. C’est… Orr qui paie. On a vu […] Orr. … Rien"),
        ["Elle attend…", "Puis elle part.", "C’est… Orr qui paie.", "On a vu […] Orr.", "… Rien"]
    );
}

#[test]
fn abbreviations_of_ranks_streets_editions_and_cases() {
    for text in [
        "Adm. Paul Orr and Maj. Gen. Ann Vance met Det. Insp. Pennick.",
        "Le gén. Orr et le lt-col. Vance ont vu l’adj. Pennick.",
        "Ils logent au 12 av. Houlonde, au 3 bd. Ormelot et au 5 all. Ligeia.",
        "La vente de la pl. Houlonde et de l’imp. Ligeia a duré.",
        "Voir éd. Ressac, coll. Marées, t. IV, trad. Orr, 2031.",
        "They cited Orr v. The Harbour Board and Vance c. Le Port.",
        "The harbour of St. Orr lies off Mt. Vance.",
    ] {
        assert_eq!(sentences(text), [text]);
    }
    assert_eq!(
        sentences("That is all. Orr left Vance Ltd. Nobody else did."),
        ["That is all.", "Orr left Vance Ltd.", "Nobody else did."]
    );
}

#[test]
fn a_long_quotation_is_not_held() {
    let long = format!("« {}Fin. », dit-elle.", "Une phrase. ".repeat(80));
    assert_eq!(sentences(&long).len(), 81);
}

#[test]
fn more_abbreviations_of_ranks_streets_editions_and_cases() {
    for one in [
        "Le commissaire div. Dantec a vu l’adj.-chef Braz et le sous-lt. Roy.",
        "The Hon. Mr. Justice Rook, Ald. Hale and Comm. Tolk met Flt. Lt. Moss and Sqn. Ldr. Venn.",
        "Elle habite rés. Kerval, bât. B, esc. 3, puis 5 qu. Orvel.",
        "In re Rook, ex rel. Moss v. Tolk, 12 Fed. Reg. 345, rec. Lebon p. 3.",
        "L’art. L. 123-4 et l’art. R. 5 du code s’appliquent.",
        "Env. 300 personnes et approx. 20 cars, dit-on.",
    ] {
        assert_eq!(sentences(one), [one]);
    }
    for (text, parts) in [
        (
            "1. Le port. 2. La mairie. 3. Le quai.",
            &["1. Le port.", "2. La mairie.", "3. Le quai."][..],
        ),
        ("Le livre a 12 p. Orvel l’a lu.", &["Le livre a 12 p.", "Orvel l’a lu."]),
        ("Il attend 5 min. Kerval arrive.", &["Il attend 5 min.", "Kerval arrive."]),
        ("Voir le vol. 2. Rien n’y est.", &["Voir le vol. 2.", "Rien n’y est."]),
        ("C’est de l’art. Il le vend.", &["C’est de l’art.", "Il le vend."]),
    ] {
        assert_eq!(sentences(text), parts);
    }
}

#[test]
fn where_a_sentence_is_asked_for() {
    let text = Text::new("  Un. Deux. \n \nTrois.");
    assert_eq!(text.get(text.sentence_at(0)), Some("Un."));
    assert_eq!(text.get(text.sentence_at(5)), Some("Un."), "the space after a sentence");
    assert_eq!(text.get(text.sentence_at(6)), Some("Deux."));
    assert_eq!(text.get(text.sentence_at(12)), Some("Deux."), "the line feed");
    assert!(text.sentence_at(13).is_empty());
    assert_eq!(text.get(text.sentence_at(99)), Some("Trois."));
}

#[test]
fn quotes() {
    let text = Text::new("abc😀def");
    let quote = text.quote(7..8);
    assert_eq!((quote.start, quote.end), (4, 5));
    assert_eq!((&*quote.prefix, &*quote.exact, &*quote.suffix), ("abc😀", "d", "ef"));
    let long = Text::new(format!("{}X{}", "é".repeat(50), "e\u{301}".repeat(40)));
    let quote = long.quote(100..101);
    assert_eq!(quote.prefix, "é".repeat(32));
    assert_eq!(quote.suffix, "e\u{301}".repeat(16));
    let odd = Text::new(format!("X👩‍👩‍👧{}", "y".repeat(40)));
    assert_eq!(odd.quote(0..1).suffix.chars().count(), 32);
    let cut = Text::new(format!("X{}👩‍👩‍👧", "y".repeat(30)));
    assert_eq!(cut.quote(0..1).suffix, "y".repeat(30), "a cluster is not cut");
}

#[test]
fn places_of_words() {
    let text = Text::new("aaa été aaa");
    assert_eq!(occurrences(&text, "aa"), [0..2, 1..3, 10..12, 11..13]);
    assert_eq!(occurrences(&text, "é"), [4..6, 7..9]);
    assert!(occurrences(&text, "").is_empty());
    assert!(occurrences(&text, "b").is_empty());
}

#[test]
fn equality_and_printing() {
    let text = Text::new("a".repeat(500));
    assert_eq!(text, text.clone());
    assert_eq!(text, Text::new("a".repeat(500)));
    assert_ne!(text, Text::new("a".repeat(499)));
    assert!(format!("{text:?}").len() < 100);
}
