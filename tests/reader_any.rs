//! The reader on every text: mixtures of scripts, marks, controls and line ends; a line of 10 MB, 100,000 empty lines.
//! No frame may panic, the cursor moves by graphemes, and what is selected is what copying takes.

#[path = "common/recipe.rs"]
mod recipe;

use std::cell::RefCell;

use egui::{Key, Modifiers, Pos2, vec2};
use proptest::prelude::*;

use self::recipe::{Dish, Kitchen, button, key, wheel};

thread_local! {
    static KITCHEN: RefCell<Kitchen> = RefCell::new(Kitchen::new());
}

/// Pieces of text that are hard on a layout, one from each family of trouble.
const PIECES: [&str; 62] = [
    "un mot ",
    "l’entreprise ",
    "« Non ! » ",
    "M.\u{a0}Alban ",
    "12\u{202f}000\u{a0}€ ",
    "a",
    "é",
    "e\u{301}",
    "\u{301}",
    "o\u{308}\u{304}",
    "\u{1100}\u{1161}\u{11a8}",
    "한국어 ",
    "漢字",
    "かな",
    "ハンカク",
    "、",
    "。",
    "「",
    "」",
    "क्षि",
    "हिन्दी ",
    "ไทย",
    "العربية ",
    "سلام\u{200c}ها ",
    "שָׁלוֹם ",
    "עברית, ",
    "(אחת) ",
    "١٢٣ ",
    "abc123 ",
    "👩\u{200d}🚀",
    "👩\u{200d}👩\u{200d}👧",
    "🇫🇷",
    "🇫",
    "❤\u{fe0f}",
    "👍🏽",
    "1\u{fe0f}\u{20e3}",
    "\u{a0}",
    "\u{202f}",
    "\u{2007}",
    "\u{200b}",
    "\u{200d}",
    "\u{200c}",
    "\u{feff}",
    "\u{ad}",
    "\u{202e}",
    "\u{202c}",
    "\u{2066}",
    "\u{2067}",
    "\u{2069}",
    "\u{200f}",
    "\u{61c}",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\n\n",
    "\u{2028}",
    "\u{85}",
    "\u{1}",
    "𝔘",
    "\u{10ffff}",
    " ",
];

/// A mixture of them, and of whatever else Unicode holds.
fn mixture() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        // A line without a place to break.
        1 => (prop::sample::select(PIECES.to_vec()), 20_usize..400).prop_map(|(p, n)| p.repeat(n)),
        1 => (1_usize..60).prop_map(|n| "\n".repeat(n)),
    ];
    prop::collection::vec(piece, 1..90).prop_map(|pieces| pieces.concat() + "x")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, max_shrink_iters: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_is_shown_selected_and_walked(text in mixture(), choices in any::<[u8; 5]>()) {
        KITCHEN.with_borrow_mut(|kitchen| kitchen.cook(&[&choices[..], text.as_bytes()].concat()));
    }
}

#[test]
fn the_seeds_of_the_fuzzer_are_cooked() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/reader");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("there are seeds") {
        let seed = std::fs::read(entry.expect("an entry").path()).expect("a seed");
        KITCHEN.with_borrow_mut(|kitchen| kitchen.cook(&seed));
        count += 1;
    }
    assert!(count > 3);
}

/// Scrolls, jumps and selects all over a text; the last place where the view began.
fn travel(kitchen: &mut Kitchen, text: &str) -> usize {
    let mut dish = Dish::new(kitchen, text, vec2(760.0, 520.0), 17.0).expect("it is a text");
    let end = dish.text().len();
    dish.frame(vec![egui::Event::PointerMoved(Pos2::new(300.0, 300.0))]);
    for _ in 0..8 {
        dish.frame(vec![wheel(-1500.0, Modifiers::NONE)]);
    }
    dish.frame(vec![key(Key::End, Modifiers::COMMAND)]);
    dish.check();
    assert_eq!(dish.caret().head, end);
    dish.walk(Key::ArrowLeft, 3);
    let last = dish.first_in_view();
    dish.frame(vec![key(Key::Home, Modifiers::COMMAND | Modifiers::SHIFT)]);
    dish.check();
    assert_eq!(dish.caret().range().start, 0);
    // The scroll bar, dragged.
    for y in [100.0, 400.0, 250.0, 519.0, 1.0] {
        let at = Pos2::new(753.0, y);
        dish.frame(vec![egui::Event::PointerMoved(at), button(at, true)]);
        dish.frame(vec![button(at, false)]);
        let words = Pos2::new(200.0, 260.0);
        dish.frame(vec![egui::Event::PointerMoved(words), button(words, true)]);
        let to = Pos2::new(420.0, 300.0);
        dish.frame(vec![egui::Event::PointerMoved(to), button(to, false)]);
        dish.check();
    }
    last
}

#[test]
fn a_line_of_ten_megabytes_scrolls_and_jumps() {
    let mut kitchen = Kitchen::new();
    travel(&mut kitchen, &"Une phrase qui ne finit pas, selon tous, ".repeat(250_000));
    travel(&mut kitchen, &"sansespace".repeat(1_000_000));
    travel(&mut kitchen, &"العربية كلمة ".repeat(40_000));
}

#[test]
fn a_hundred_thousand_empty_lines_scroll_and_jump() {
    let mut kitchen = Kitchen::new();
    let text = format!("début{}fin", "\n".repeat(100_000));
    assert!(travel(&mut kitchen, &text) > 99_000);
}

#[test]
fn every_kind_of_line_end_is_one() {
    let mut kitchen = Kitchen::new();
    let text = "un\rdeux\r\ntrois\nquatre\n\rcinq\r\r\nsix";
    let dish = Dish::new(&mut kitchen, text, vec2(500.0, 400.0), 17.0).expect("it is a text");
    assert_eq!(dish.text(), "un\ndeux\ntrois\nquatre\n\ncinq\n\nsix");
    let mixed: String =
        (0..20_000).map(|i| format!("ligne{}", ["\r", "\n", "\r\n"][i % 3])).collect();
    travel(&mut kitchen, &mixed);
}
