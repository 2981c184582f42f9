use proptest::prelude::*;

use super::*;

fn told(old: &str, new: &str) -> Vec<(ChangeKind, String, String)> {
    let (old, new) = (Text::new(old), Text::new(new));
    let changes = Changes::of(&old, &new);
    let words =
        |text: &Text, range: &Range<usize>| text.get(range.clone()).expect("bytes").to_owned();
    changes
        .list()
        .iter()
        .map(|change| (change.kind, words(&old, &change.old), words(&new, &change.new)))
        .collect()
}

fn marked(old: &str, new: &str) -> (Vec<(Mark, String)>, Vec<(Mark, String)>) {
    let (old, new) = (Text::new(old), Text::new(new));
    let changes = Changes::of(&old, &new);
    let words = |text: &Text, marks: &[Marked]| {
        marks
            .iter()
            .map(|it| (it.mark, text.get(it.bytes.clone()).expect("bytes").to_owned()))
            .collect::<Vec<_>>()
    };
    (
        words(&old, changes.old_marks(&(0..old.len()))),
        words(&new, changes.new_marks(&(0..new.len()))),
    )
}

const BEFORE: &str = "Le conseil a cédé\n\
    Selon Le Phare, l’armateur Kervadec aurait été prévenu vendredi, avant le vote du conseil.\n\
    « Je n’ai rien signé », a répondu Mona Kervadec. Kervadec dément toute pression sur les marins.\n\
    \n\
    Le syndicat, lui, soutient que Kervadec a menacé deux équipages. L’enquête suit son cours à Brest.";

#[test]
fn what_was_removed_reworded_and_added_is_told_by_the_sentence() {
    let after = "Le conseil a cédé\n\
        Mise à jour : l’armateur n’a pas souhaité nous répondre.\n\
        Selon Le Phare, l’armateur Kervadec aurait été prévenu lundi soir, avant le vote du conseil.\n\
        \"Je n'ai rien signé\", a répondu Mona Kervadec. Kervadec dément toute pression sur les marins.\n\
        L’enquête suit son cours à Brest.";
    let all = told(BEFORE, after);
    let kinds: Vec<ChangeKind> = all.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(kinds, [ChangeKind::Added, ChangeKind::Reworded, ChangeKind::Removed], "{all:#?}");
    assert!(all[0].1.is_empty() && all[0].2.starts_with("Mise à jour"));
    assert!(all[1].1.contains("vendredi") && all[1].2.contains("lundi soir"));
    assert!(
        all[2].1.starts_with("Le syndicat")
            && all[2].1.ends_with("équipages.")
            && all[2].2.is_empty()
    );
    let (old, new) = marked(BEFORE, after);
    let of = |marks: &[(Mark, String)], mark| -> Vec<String> {
        marks.iter().filter(|(it, _)| *it == mark).map(|(_, words)| words.clone()).collect()
    };
    assert_eq!(of(&old, Mark::Removed)[0], "vendredi");
    assert!(of(&new, Mark::Added).contains(&"lundi soir".to_owned()));
    assert_eq!(of(&old, Mark::Respelt), ["«", "’", "»"]);
    assert_eq!(of(&new, Mark::Respelt), ["\"", "'", "\""]);
    let changes = Changes::of(&Text::new(BEFORE), &Text::new(after));
    assert_eq!((changes.counts(), changes.respelt()), ([1, 1, 0, 1], 1));
}

#[test]
fn rows_hold_what_belongs_together() {
    let after = "Le conseil a cédé\n\
        Mise à jour : l’armateur n’a pas souhaité nous répondre.\n\
        Selon Le Phare, l’armateur Kervadec aurait été prévenu lundi soir, avant le vote du conseil. « Je n’ai rien \
        signé », a répondu Mona Kervadec. Kervadec dément toute pression sur les marins.\n\
        L’enquête suit son cours à Brest.";
    let (old, new) = (Text::new(BEFORE), Text::new(after));
    let changes = Changes::of(&old, &new);
    let rows: Vec<(usize, usize, bool)> = changes
        .rows()
        .iter()
        .map(|row| {
            let lines = |text: &Text, range: &Range<usize>| match text.get(range.clone()) {
                Some("") | None => 0,
                Some(words) => words.split('\n').count(),
            };
            (lines(&old, &row.old), lines(&new, &row.new), row.changed)
        })
        .collect();
    // Two paragraphs that became one are in one row; the blank one is in none.
    assert_eq!(rows, [(1, 1, false), (0, 1, true), (2, 1, true), (1, 1, true)]);
    for change in changes.list() {
        let row = &changes.rows()[change.row];
        let inside =
            |row: &Range<usize>, it: &Range<usize>| row.start <= it.start && it.end <= row.end;
        assert!(
            change.kind == ChangeKind::Added || inside(&row.old, &change.old),
            "{change:?} {row:?}"
        );
        assert!(change.kind != ChangeKind::Added || inside(&row.new, &change.new));
    }
}

#[test]
fn a_sentence_that_stands_elsewhere_was_moved_not_taken_back() {
    let one = "Selon Le Phare, l’armateur Kervadec aurait été prévenu vendredi, avant le vote.";
    let two = "Le syndicat soutient que deux équipages ont été menacés à Brest par l’armateur.";
    let three = "La préfecture maritime, saisie lundi, n’a pas encore rendu son rapport public.";
    let four = "Mona Kervadec n’a rien signé, dit-elle, et rien lu de ce que la banque a envoyé.";
    let text = |all: &[&str]| all.join("\n");
    let old = text(&[one, two, three, four]);
    let all = told(&old, &text(&[two, three, four, one]));
    let [(kind, from, to)] = &all[..] else { panic!("{all:#?}") };
    assert_eq!((*kind, &**from, &**to), (ChangeKind::Moved, one, one));
    // Moved and reworded: found by the search for places.
    let other = one.replace("vendredi", "samedi");
    let all = told(&old, &text(&[two, three, four, &other]));
    let [(kind, from, to)] = &all[..] else { panic!("{all:#?}") };
    assert_eq!((*kind, &**from, &**to), (ChangeKind::Moved, one, &*other));
    let (old, new) = marked(&old, &text(&[two, three, four, &other]));
    assert!(old.contains(&(Mark::Removed, "vendredi".to_owned())), "{old:?}");
    assert!(new.contains(&(Mark::Added, "samedi".to_owned())), "{new:?}");
}

#[test]
fn sentences_that_were_put_together_or_cut_are_reworded() {
    let two = "L’armateur Kervadec aurait été prévenu vendredi par la capitainerie. \
        Le conseil municipal a voté le lendemain malgré cette alerte.";
    let one = "L’armateur Kervadec aurait été prévenu vendredi par la capitainerie, et le conseil municipal a \
        voté le lendemain malgré cette alerte.";
    for (old, new) in [(two, one), (one, two)] {
        let all = told(old, new);
        let [(kind, from, to)] = &all[..] else { panic!("{all:#?}") };
        assert_eq!((*kind, &**from, &**to), (ChangeKind::Reworded, old, new));
    }
}

#[test]
fn short_words_that_stayed_do_not_break_what_changed() {
    let (old, new) = marked(
        "Le conseil a voté le report de la vente du port à la ville.",
        "Le conseil a voté une motion sans date, qui de fait enterre tout projet à la ville.",
    );
    assert!(old.len() <= 2 && new.len() <= 2, "{old:?} {new:?}");
}

#[test]
fn texts_without_words_or_sentences_are_no_trap() {
    let line = "le conseil et le syndicat ".repeat(4_000);
    let same = "Kervel dément. ".repeat(4_000);
    let blob = "QmFzZTY0".repeat(20_000);
    for (text, change) in [(&line, "donc "), (&same, "Orr nie. "), (&blob, "x")] {
        let middle = text.floor_char_boundary(text.len() / 2);
        let new = format!("{change}{}{change}{}", &text[..middle], &text[middle..]);
        sound(text, &new);
    }
    sound("", "");
    sound("", "Orr nie.");
    sound("\n\n", "Orr nie.\n");
}

/// What holds of any two texts.
fn sound(old: &str, new: &str) {
    let (old, new) = (Text::new(old), Text::new(new));
    let changes = Changes::of(&old, &new);
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    // The rows are both texts, in their order, but for white space and what is invisible.
    let mut before = (0, 0);
    for row in changes.rows() {
        assert!(before.0 <= row.old.start && before.1 <= row.new.start, "{row:?}");
        assert!(row.old.start <= row.old.end && row.new.start <= row.new.end, "{row:?}");
        for (text, from, to) in [(&old, before.0, row.old.start), (&new, before.1, row.new.start)] {
            let between = text.get(from..to).expect("bytes");
            assert!(between.chars().all(|c| c.is_whitespace() || crate::text::is_invisible(c)));
        }
        before = (row.old.end, row.new.end);
    }
    // Without its marks the old text is the new one without its own, where nothing was moved.
    if changes.counts()[2] == 0 {
        let without = |text: &Text, marks: &[Marked], gone: Mark| {
            let mut kept = String::new();
            let mut at = 0;
            for marked in marks.iter().filter(|it| it.mark == gone || it.mark == Mark::Respelt) {
                kept.push_str(text.get(at..marked.bytes.start).expect("in order"));
                at = marked.bytes.end;
            }
            kept.push_str(text.get(at..text.len()).expect("in order"));
            let kept: String = kept.chars().filter(|c| !crate::text::is_invisible(*c)).collect();
            letters(&kept)
        };
        assert_eq!(
            without(&old, changes.old_marks(&(0..old.len())), Mark::Removed),
            without(&new, changes.new_marks(&(0..new.len())), Mark::Added)
        );
    }
    for change in changes.list() {
        assert!(change.row < changes.rows().len());
        assert_eq!(change.old.is_empty(), change.kind == ChangeKind::Added);
        assert_eq!(change.new.is_empty(), change.kind == ChangeKind::Removed);
        assert!(old.get(change.old.clone()).is_some() && new.get(change.new.clone()).is_some());
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("Altman ".to_owned()),
        Just("a dit. ".to_owned()),
        Just("Le conseil a voté le report de la vente du port. ".to_owned()),
        Just("Kervel dément toute pression sur les marins de la ville ! ".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("👩\u{200d}🚀".to_owned()),
        Just("\u{a0}«\u{a0}".to_owned()),
        Just("\n".to_owned()),
        Just("北京".to_owned()),
        Just("\u{301}\u{ad}".to_owned()),
        "\\PC{0,6}",
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_the_texts_their_changes_make_one_of_the_other(old in any_text(), new in any_text()) {
        sound(&old, &new);
    }

    #[test]
    fn a_text_does_not_differ_from_itself(text in any_text()) {
        let changes = Changes::of(&Text::new(text.as_str()), &Text::new(text.as_str()));
        prop_assert!(changes.list().is_empty() && changes.respelt() == 0);
        prop_assert!(changes.rows().iter().all(|row| !row.changed));
    }
}
