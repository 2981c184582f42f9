//! What must hold of any text at any offset.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

/// Texts of up to some hundred pieces: scripts, marks, emoji, spaces, quotations and abbreviations in any order.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "Z",
        "é",
        "e\u{301}",
        "\u{301}",
        "\u{200d}",
        "👩‍👩‍👧",
        "🇫🇷",
        "🇫",
        "❤\u{fe0f}",
        "👍🏽",
        "漢",
        "字",
        "か",
        "ハ",
        "ع",
        "ر",
        "\u{64e}",
        "क्षि",
        "\u{600}",
        "한",
        "\u{1100}",
        "ไ",
        " ",
        " ",
        " ",
        "\u{a0}",
        "\u{202f}",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u{2028}",
        "\u{ad}",
        "\u{200e}",
        ".",
        ". ",
        "! ",
        " ?",
        "…",
        "«\u{a0}",
        "\u{a0}»",
        "“",
        "”",
        "„",
        "‘",
        "»",
        "«",
        " – ",
        "? – ",
        "…",
        "… ",
        "!”",
        "\"",
        "(",
        ")",
        ",",
        "’",
        "'",
        "l’",
        "qu’",
        "aujourd’hui",
        "’s",
        "-",
        "-t-elle",
        "\u{2011}",
        "@",
        "_",
        "3",
        "14",
        "U.S.",
        "M.",
        "Corp. ",
        "\u{feff}",
        "\u{0}",
        "mot",
        "Nom",
    ]);
    (prop::collection::vec(piece, 0..120), 1_usize..30)
        .prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, max_shrink_iters: 4096, ..ProptestConfig::default() })]

    #[test]
    fn scalars_and_bytes_agree(s in any_text()) {
        let text = Text::new(&*s);
        prop_assert_eq!(text.scalars(), s.chars().count());
        for (scalar, (byte, c)) in s.char_indices().enumerate() {
            prop_assert_eq!(text.byte_of(scalar), Some(byte));
            prop_assert_eq!(text.scalar_of(byte), scalar);
            prop_assert_eq!(text.scalar_of(byte + c.len_utf8() - 1), scalar);
        }
        prop_assert_eq!(text.byte_of(text.scalars()), Some(s.len()));
        prop_assert_eq!(text.byte_of(text.scalars() + 1), None);
    }

    #[test]
    fn paragraphs_cover_the_text(s in any_text()) {
        let text = Text::new(&*s);
        let all: Vec<&str> = (0..text.paragraph_count()).map(|i| text.get(text.paragraph(i)).unwrap()).collect();
        prop_assert_eq!(all.join("\n"), s.clone());
        prop_assert!(all.iter().all(|p| !p.contains('\n')));
        for i in 0..text.paragraph_count() {
            let range = text.paragraph(i);
            prop_assert_eq!(text.paragraph_at(range.start), i);
            prop_assert_eq!(text.paragraph_at(range.end), i);
        }
    }

    #[test]
    fn canonical_has_no_carriage_return(s in any_text()) {
        let text = Text::canonical(&s);
        let expected = s.strip_prefix('\u{feff}').unwrap_or(&s).replace("\r\n", "\n").replace('\r', "\n");
        prop_assert_eq!(text.as_str(), &expected);
        prop_assert_eq!(Text::canonical(text.as_str().trim_start_matches('\u{feff}')).paragraph_count(), text.paragraph_count());
    }

    #[test]
    fn graphemes_are_those_of_the_whole_text(s in any_text()) {
        let text = Text::new(&*s);
        let bounds: Vec<usize> = s.grapheme_indices(true).map(|(at, _)| at).chain([s.len()]).collect();
        for byte in 0..=s.len() + 2 {
            let i = bounds.partition_point(|&b| b < byte);
            prop_assert_eq!(text.is_grapheme_boundary(byte), bounds.get(i) == Some(&byte), "at {}", byte);
            let ceil = bounds.get(i).copied().unwrap_or(s.len());
            prop_assert_eq!(text.ceil_grapheme(byte), ceil, "ceil {}", byte);
            let floor = bounds[bounds.partition_point(|&b| b <= byte) - 1];
            prop_assert_eq!(text.floor_grapheme(byte), floor, "floor {}", byte);
            let next = bounds.get(bounds.partition_point(|&b| b <= byte)).copied().unwrap_or(s.len());
            prop_assert_eq!(text.next_grapheme(byte), next, "next {}", byte);
            let prev = i.checked_sub(1).map_or(0, |i| bounds[i]);
            prop_assert_eq!(text.prev_grapheme(byte.min(s.len())), if byte > s.len() { text.prev_grapheme(s.len()) } else { prev }, "prev {}", byte);
        }
    }

    #[test]
    fn ranges_are_whole_and_in_range(s in any_text(), places in prop::collection::vec((any::<u32>(), any::<u32>()), 24)) {
        let text = Text::new(&*s);
        for (a, b) in places {
            let (a, b) = (a as usize % (s.len() + 3), b as usize % (s.len() + 3));
            let (a, b) = (a.min(b), a.max(b));
            let snapped = text.snap(a..b);
            prop_assert!(snapped.start <= a.min(s.len()) && (a == b || b.min(s.len()) <= snapped.end));
            prop_assert_eq!(a.min(s.len()) < b.min(s.len()), !snapped.is_empty());
            prop_assert!(text.is_grapheme_boundary(snapped.start) && text.is_grapheme_boundary(snapped.end));
            prop_assert_eq!(text.snap(snapped.clone()), snapped.clone());

            let trimmed = text.trim(snapped.clone());
            prop_assert!(snapped.start <= trimmed.start && trimmed.end <= snapped.end);
            prop_assert_eq!(text.get(trimmed.clone()).unwrap(), text.get(snapped.clone()).unwrap().trim());

            let word = text.word_at(a);
            prop_assert!(text.is_grapheme_boundary(word.start) && text.is_grapheme_boundary(word.end));
            let at = text.floor_grapheme(a);
            prop_assert!(word.start <= at && at <= word.end, "{:?} at {}", word, at);
            prop_assert!(!word.is_empty() || text.get(text.paragraph(text.paragraph_at(a))).unwrap().is_empty());

            if word.len() < 200 && text.get(word.clone()).unwrap().contains(char::is_alphanumeric) {
                prop_assert_eq!(text.word_at(word.start), word.clone());
                let last = text.prev_grapheme(word.end);
                prop_assert_eq!(text.word_at(last), word.clone());
            }

            let next = text.next_word(a);
            prop_assert!(next > a || next == s.len());
            prop_assert!(text.is_grapheme_boundary(next));
            let prev = text.prev_word(a);
            prop_assert!(prev < a.max(1) && text.is_grapheme_boundary(prev));

            let sentence = text.sentence_at(a);
            let paragraph = text.paragraph(text.paragraph_at(a));
            let words = text.get(sentence.clone()).unwrap();
            prop_assert_eq!(words, words.trim());
            prop_assert!(paragraph.start <= sentence.start && sentence.end <= paragraph.end);
            // In a longer paragraph only what is around the byte is read, and the answers may differ.
            if !sentence.is_empty() && paragraph.len() <= 8 * 1024 {
                prop_assert_eq!(text.sentence_at(sentence.start), sentence.clone());
                let last = text.as_str().floor_char_boundary(sentence.end - 1);
                prop_assert_eq!(text.sentence_at(last), sentence.clone());
            }

            let quote = text.quote(snapped.clone());
            prop_assert_eq!(&quote.exact, text.get(snapped.clone()).unwrap());
            prop_assert_eq!(text.byte_of(quote.start), Some(snapped.start));
            prop_assert_eq!(text.byte_of(quote.end), Some(snapped.end));
            prop_assert!(quote.prefix.chars().count() <= 32 && quote.suffix.chars().count() <= 32);
            let whole = format!("{}{}{}", quote.prefix, quote.exact, quote.suffix);
            let from = snapped.start - quote.prefix.len();
            prop_assert_eq!(&s[from..from + whole.len()], whole);
            prop_assert!(text.is_grapheme_boundary(from) && text.is_grapheme_boundary(snapped.end + quote.suffix.len()));
            if !snapped.is_empty() {
                prop_assert!(occurrences(&text, &quote.exact).contains(&snapped));
            }
        }
    }
}
