//! The texts that are measured: generated from a seed, the same on every machine.

use std::sync::Arc;

/// French-like prose, with accents, curly apostrophes and emoji.
const WORDS: [&str; 40] = [
    "selon",
    "le",
    "conseil",
    "d’administration",
    "la",
    "présidente",
    "aurait",
    "été",
    "écartée",
    "vendredi",
    "sources",
    "internes",
    "une",
    "enquête",
    "déjà",
    "menée",
    "à",
    "l’été",
    "l’entreprise",
    "n’a",
    "pas",
    "confirmé",
    "plusieurs",
    "médias",
    "affirment",
    "que",
    "les",
    "investisseurs",
    "pousseraient",
    "pour",
    "son",
    "retour",
    "🙂",
    "🇫🇷",
    "et",
    "où",
    "très",
    "peu",
    "naïveté",
    "Noël",
];

/// Arabic prose.
const ARABIC: [&str; 12] = [
    "وقال",
    "المجلس",
    "إن",
    "الشركة",
    "لم",
    "تؤكد",
    "الخبر،",
    "وفقا",
    "لمصادر",
    "داخلية",
    "يوم",
    "الجمعة",
];

/// Hindi prose.
const DEVANAGARI: [&str; 12] =
    ["कंपनी", "ने", "शुक्रवार", "को", "पुष्टि", "नहीं", "की,", "सूत्रों", "के", "अनुसार", "बोर्ड", "क्षिप्र"];

/// Hebrew prose.
const HEBREW: [&str; 10] =
    ["לפי", "מקורות", "פנימיים,", "החברה", "לא", "אישרה", "את", "הידיעה", "ביום", "שישי"];

/// Chinese and Japanese prose: no spaces, a row may end almost anywhere.
const CHINESE: [&str; 12] = [
    "据报道",
    "董事会",
    "上周五",
    "解雇了",
    "首席执行官",
    "，",
    "内部人士",
    "称",
    "公司",
    "尚未",
    "证实",
    "。",
];
const JAPANESE: [&str; 12] = [
    "関係者に",
    "よると",
    "取締役会は",
    "金曜日に",
    "最高経営責任者を",
    "解任した",
    "。",
    "会社は",
    "まだ",
    "確認",
    "していない",
    "、",
];

/// A small generator (Knuth's linear congruence, MMIX): the same text on every machine.
pub struct Seed(pub u64);

impl Seed {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// The text, and the places of its mentions in Unicode scalars.
pub struct Sample {
    pub text: Arc<str>,
    pub places: Vec<(usize, usize)>,
}

/// French-like prose of about so many bytes with so many mentions, evenly spread.
pub fn french(bytes: usize, mentions: usize) -> Sample {
    sample(&WORDS, bytes, mentions, Shape { spaces: true, lines: true })
}

/// A text in another script, of about 1 MB with 2,000 mentions.
pub fn in_script(name: &str) -> Sample {
    let words: &[&str] = match name {
        "arabic" => &ARABIC,
        "hebrew" => &HEBREW,
        "chinese" => &CHINESE,
        "japanese" => &JAPANESE,
        _ => &DEVANAGARI,
    };
    let shape = Shape { spaces: !matches!(name, "chinese" | "japanese"), lines: true };
    sample(words, 1 << 20, 2_000, shape)
}

/// A text of an odd shape: one line of 10 MB, or 100,000 empty lines with a word here and there.
pub fn odd(name: &str) -> Sample {
    if name == "one line" {
        return sample(&WORDS, 10 << 20, 20_000, Shape { spaces: true, lines: false });
    }
    let mut text = String::from("début");
    let mut places = Vec::new();
    for line in 0..100_000 {
        text.push('\n');
        if line % 1000 == 500 {
            let start = text.chars().count();
            text.push_str("mot");
            places.push((start, start + 3));
        }
    }
    Sample { text: text.into(), places }
}

/// How words stand together.
#[derive(Clone, Copy)]
struct Shape {
    /// A space after each.
    spaces: bool,
    /// Paragraphs, or else one line.
    lines: bool,
}

fn sample(vocabulary: &[&str], bytes: usize, mentions: usize, shape: Shape) -> Sample {
    let mut seed = Seed(42);
    let mut text = String::with_capacity(bytes + (256 << 10));
    let mut places = Vec::with_capacity(mentions);
    let mut scalars = 0;
    let mut paragraphs = 0;
    // Words still to come of the mention that began here.
    let mut open: Option<(usize, usize)> = None;
    while text.len() < bytes {
        paragraphs += 1;
        let long = bytes > 5 << 20 && paragraphs % 4000 == 1000;
        let end = text.len() + if long { 200 << 10 } else { 120 + seed.below(900) };
        while text.len() < end {
            let word = vocabulary[seed.below(vocabulary.len())];
            let length = word.chars().count();
            if open.is_none()
                && places.len() < mentions
                && text.len() >= bytes / mentions.max(1) * places.len()
            {
                // Every third mention takes several words.
                open = Some((scalars, if places.len() % 3 == 0 { 4 } else { 1 }));
            }
            text.push_str(word);
            scalars += length;
            open = match open {
                Some((start, 1)) => {
                    places.push((start, scalars));
                    None
                }
                Some((start, more)) => Some((start, more - 1)),
                None => None,
            };
            if shape.spaces {
                text.push(' ');
                scalars += 1;
            }
        }
        if shape.lines {
            text.push('\n');
            scalars += 1;
        }
    }
    Sample { text: text.into(), places }
}
