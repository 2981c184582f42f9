//! How the numbers of lists, pages and notes are written.

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::article::format) enum Numeral {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03; at least so many digits.
    Padded(usize),
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, … Z, AA, BB.
    UpperLetter,
    /// a, b, … z, aa, bb.
    LowerLetter,
    /// a, b, … z, aa, ab.
    LowerLetters,
    /// A, B, … Z, AA, AB.
    UpperLetters,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// ①, ②, ③.
    Circled,
    /// А, Б, В.
    UpperCyrillic,
    /// а, б, в.
    LowerCyrillic,
    /// א, ב, ג.
    Hebrew,
    /// أ, ب, ت.
    Arabic,
    /// 一, 二, 三, 十, 十一.
    Chinese,
    /// 一, 二, 三, 一〇.
    ChineseDigits,
    /// ア, イ, ウ.
    Katakana,
    /// *, †, ‡, §.
    Signs,
    /// Nothing.
    None,
}

const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";
const HEBREW: [(u32, char); 22] = [
    (400, 'ת'),
    (300, 'ש'),
    (200, 'ר'),
    (100, 'ק'),
    (90, 'צ'),
    (80, 'פ'),
    (70, 'ע'),
    (60, 'ס'),
    (50, 'נ'),
    (40, 'מ'),
    (30, 'ל'),
    (20, 'כ'),
    (10, 'י'),
    (9, 'ט'),
    (8, 'ח'),
    (7, 'ז'),
    (6, 'ו'),
    (5, 'ה'),
    (4, 'ד'),
    (3, 'ג'),
    (2, 'ב'),
    (1, 'א'),
];
const ARABIC: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const KATAKANA: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const CHINESE: &str = "〇一二三四五六七八九";
const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

impl Numeral {
    /// The one that Word names so (`ST_NumberFormat`, ECMA-376 part 1, 17.18.59); those that it does not know here are
    /// written with digits.
    pub(in crate::article::format) fn of_word(name: &str) -> Self {
        match name {
            "decimalZero" => Self::Padded(2),
            "decimalZero3" => Self::Padded(3),
            "decimalZero4" => Self::Padded(4),
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "russianUpper" => Self::UpperCyrillic,
            "russianLower" => Self::LowerCyrillic,
            "hebrew1" => Self::Hebrew,
            "arabicAlpha" => Self::Arabic,
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand" => Self::Chinese,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
                Self::ChineseDigits
            }
            "aiueo" | "aiueoFullWidth" => Self::Katakana,
            "chicago" => Self::Signs,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// The one that OpenDocument names so (`style:num-format`, part 3, 19.500): the first of its numbers.
    pub(in crate::article::format) fn of_opendocument(name: &str, synchronous: bool) -> Self {
        match name.split([',', ' ']).next().unwrap_or_default() {
            "" => Self::None,
            "i" => Self::LowerRoman,
            "I" => Self::UpperRoman,
            "a" if synchronous => Self::LowerLetter,
            "a" => Self::LowerLetters,
            "A" if synchronous => Self::UpperLetter,
            "A" => Self::UpperLetters,
            "①" => Self::Circled,
            "一" | "壹" => Self::Chinese,
            "ア" => Self::Katakana,
            "А" => Self::UpperCyrillic,
            "а" => Self::LowerCyrillic,
            "א" => Self::Hebrew,
            "أ" => Self::Arabic,
            "1st" => Self::Ordinal,
            "01" => Self::Padded(2),
            _ => Self::Decimal,
        }
    }

    /// A number; with digits where it is too large to be written so.
    pub(in crate::article::format) fn write(self, number: u32) -> String {
        let written = match self {
            Self::Decimal => None,
            Self::None => Some(String::new()),
            Self::Padded(digits) => Some(format!("{number:0digits$}")),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).map(|roman| roman.to_uppercase()),
            Self::LowerLetter => repeated(number, ('a'..='z').collect()),
            Self::UpperLetter => repeated(number, ('A'..='Z').collect()),
            Self::LowerLetters => counted(number),
            Self::UpperLetters => counted(number).map(|letters| letters.to_uppercase()),
            Self::Ordinal => Some(format!("{number}{}", suffix(number))),
            Self::Circled => circled(number),
            Self::LowerCyrillic => repeated(number, CYRILLIC.chars().collect()),
            Self::UpperCyrillic => {
                repeated(number, CYRILLIC.chars().collect()).map(|letters| letters.to_uppercase())
            }
            Self::Hebrew => hebrew(number),
            Self::Arabic => repeated(number, ARABIC.chars().collect()),
            Self::Katakana => repeated(number, KATAKANA.chars().collect()),
            Self::Chinese => chinese(number),
            Self::ChineseDigits => {
                Some(number.to_string().bytes().filter_map(|b| chinese_digit(b - b'0')).collect())
            }
            Self::Signs => repeated(number, "*†‡§".chars().collect()),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

fn roman(mut number: u32) -> Option<String> {
    if !(1..5000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    for (value, letters) in ROMAN {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    Some(out)
}

/// One of these signs, and after the last all of them doubled, then trebled.
fn repeated(number: u32, signs: Vec<char>) -> Option<String> {
    let at = usize::try_from(number.checked_sub(1)?).ok()?;
    let times = at / signs.len() + 1;
    let sign = signs.get(at % signs.len())?;
    (times <= 9).then(|| std::iter::repeat_n(*sign, times).collect())
}

/// Letters as digits: after z comes aa, then ab.
fn counted(mut number: u32) -> Option<String> {
    let mut out = Vec::new();
    while number > 0 {
        out.push(char::from(b'a' + u8::try_from((number - 1) % 26).ok()?));
        number = (number - 1) / 26;
    }
    (!out.is_empty()).then(|| out.iter().rev().collect())
}

const fn suffix(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

fn circled(number: u32) -> Option<String> {
    let code = match number {
        1..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        36..=50 => 0x32b1 + number - 36,
        _ => return None,
    };
    char::from_u32(code).map(String::from)
}

fn hebrew(mut number: u32) -> Option<String> {
    if !(1..1000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    for (value, letter) in HEBREW {
        // 15 and 16 are not written with the letters of a name of God.
        if matches!(number, 15 | 16) {
            out.push('ט');
            number -= 9;
        }
        while number >= value {
            out.push(letter);
            number -= value;
        }
    }
    Some(out)
}

fn chinese_digit(digit: u8) -> Option<char> {
    CHINESE.chars().nth(usize::from(digit))
}

fn chinese(number: u32) -> Option<String> {
    if !(1..10_000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    let mut zero = false;
    for (value, sign) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = u8::try_from(number / value % 10).ok()?;
        if digit == 0 {
            zero = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut zero) {
            out.push('〇');
        }
        if !(digit == 1 && value == 10 && out.is_empty()) {
            out.extend(chinese_digit(digit));
        }
        out.push_str(sign);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_have_them() {
        for (name, number, written) in [
            ("decimal", 12, "12"),
            ("decimalZero", 7, "07"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("lowerRoman", 0, "0"),
            ("upperLetter", 26, "Z"),
            ("lowerLetter", 28, "bb"),
            ("lowerLetter", 32_767, "32767"),
            ("ordinal", 22, "22nd"),
            ("ordinal", 112, "112th"),
            ("decimalEnclosedCircle", 21, "㉑"),
            ("russianUpper", 3, "В"),
            ("hebrew1", 116, "קטז"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 21, "二十一"),
            ("chineseCounting", 305, "三百〇五"),
            ("ideographDigital", 20, "二〇"),
            ("chicago", 6, "††"),
            ("none", 6, ""),
            ("cardinalText", 6, "6"),
        ] {
            assert_eq!(Numeral::of_word(name).write(number), written, "{name}");
        }
        for (name, together, number, written) in [
            ("a", false, 28, "ab"),
            ("A", true, 28, "BB"),
            ("1", false, 3, "3"),
            ("", false, 3, ""),
            ("一, 二, 三, ...", false, 3, "三"),
        ] {
            let numeral = Numeral::of_opendocument(name, together);
            assert_eq!(numeral.write(number), written, "{name}");
        }
        for number in [0, 1, 50, 51, 999, 5000, u32::MAX] {
            for name in ["upperRoman", "hebrew1", "aiueo", "arabicAlpha", "chineseCounting"] {
                assert!(!Numeral::of_word(name).write(number).is_empty());
            }
        }
    }
}
