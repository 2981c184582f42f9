//! Models of languages: the frequencies of letters beyond ASCII, and frequent words in ASCII.
//!
//! The frequencies are rounded from published letter counts (those collected on Wikipedia's “Letter frequency” and the
//! languages' own pages); they only have to distinguish usual letters from unusual ones.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::scripts::Script;

/// One language as a model of its letters.
#[derive(Debug)]
pub(super) struct Language {
    pub script: Script,
    /// The logarithm of each letter's share, by the small letter.
    letters: HashMap<char, f64>,
    /// Letters that never end a word.
    inner: &'static str,
    /// Frequent words in ASCII.
    pub words: Vec<&'static str>,
    /// ASCII letters that occur only in foreign words.
    pub absent: &'static str,
}

/// The cost of a letter of the same script that the language does not use.
const FOREIGN: f64 = -13.0;
/// The cost of such a letter if it occurs in languages of Western or Central Europe, as in names.
const WESTERN: f64 = -10.0;
const CENTRAL: f64 = -11.5;
/// The cost of a letter of another script.
const OTHER_SCRIPT: f64 = -15.0;
/// The additional cost of a letter at the end of a word where the language never has it.
const MISPLACED: f64 = -3.5;

impl Language {
    /// How likely this small letter is, as a logarithm; `last` where it ends its word.
    pub fn cost(&self, letter: char, script: Script, last: bool) -> f64 {
        let misplaced = if last && self.inner.contains(letter) { MISPLACED } else { 0.0 };
        let foreign = match script {
            _ if script != self.script => OTHER_SCRIPT,
            Script::Latin if "éèêëàâáäãåæçñóôöõòøúûüùíîïßœ".contains(letter) => {
                WESTERN
            }
            Script::Latin if "čšžřěćłńśźżąęőűășțşţđğıů".contains(letter) => {
                CENTRAL
            }
            // Its letters are about equally frequent.
            Script::Thai => -3.7,
            _ => FOREIGN,
        };
        misplaced + self.letters.get(&letter).map_or(foreign, |own| own.max(foreign))
    }
}

/// All languages with a model; the last one is no particular language, in Latin letters.
pub(super) fn languages() -> &'static [Language] {
    static ALL: OnceLock<Vec<Language>> = OnceLock::new();
    ALL.get_or_init(|| ROWS.iter().map(read).collect())
}

fn read(row: &Row) -> Language {
    let mut letters = HashMap::new();
    for entry in row.letters.split_whitespace() {
        let mut chars = entry.chars();
        if let Some(letter) = chars.next()
            && let Ok(share) = chars.as_str().parse::<f64>()
        {
            letters.insert(letter, (share / 100_000.0).ln());
        }
    }
    Language {
        script: row.script,
        letters,
        inner: row.inner,
        words: row.words.split_whitespace().collect(),
        absent: row.absent,
    }
}

struct Row {
    script: Script,
    /// Each letter with its frequency in 100,000 letters.
    letters: &'static str,
    inner: &'static str,
    words: &'static str,
    absent: &'static str,
}

const fn latin(
    letters: &'static str,
    inner: &'static str,
    absent: &'static str,
    words: &'static str,
) -> Row {
    Row { script: Script::Latin, letters, inner, words, absent }
}

const fn of(script: Script, letters: &'static str) -> Row {
    Row { script, letters, inner: "", words: "", absent: "" }
}

const ROWS: &[Row] = &[
    // English
    latin(
        "é10 ï1 ö1 è1 ñ2 ü2 ç1",
        "ôîïûêëèçâœäöüñ",
        "",
        "the and of to is was that for with his her are by has had have been were \
        from not but they said who which at this it he she we you in on as an be or will would",
    ),
    // French
    latin(
        "é1900 à490 è270 ê220 ç85 ù60 û60 î50 ô40 â50 ï8 ë8 œ20 ü1 æ1 ÿ1",
        "ôîïûêëèçâœ",
        "",
        "le la les et est une un des du de que qui dans pour pas sur avec par sont ce se il elle au aux en ne plus \
        cette leur mais ou on ses son sa ont dit selon comme sans \
        sous entre deux fait tout tous bien aussi avant contre depuis encore jour prix lui nous vous",
    ),
    // German
    latin(
        "ü650 ä570 ö440 ß310 é10",
        "äöü",
        "",
        "der die das und den dem ein eine ist nicht mit von zu im auf sich des \
        sie er es wie auch hat war bei nach aus als an dass wird sagte oder aber nach wurde einen einer vom zum zur noch nur",
    ),
    // Spanish
    latin(
        "ó830 í730 á500 é430 ñ310 ú170 ü12",
        "ñü",
        "kw",
        "el la los las de que y en un una por con para del se su al lo \
        como no es fue ha sus este entre sobre cuando desde sin ya todo ser son pero",
    ),
    // Portuguese
    latin(
        "ã730 ç530 á470 ê360 é340 ó300 ú210 í130 à70 õ140 â100 ô60 ü3",
        "çâôúõ",
        "kwy",
        "o a os as de que e do da em um \
        uma para com por dos das no na se foi ao pelo mais ele disse segundo sobre entre \
        ainda foram quando muito seu sua este esta",
    ),
    // Italian
    latin(
        "à640 è400 ò120 ù170 ì60 é60 î1",
        "îé",
        "jkwxy",
        "il la di che e un una per con del della non si sono da le gli nel \
        alla ha come dei lo ma dal anche stato sul questo la chi sa nessuno",
    ),
    // Dutch
    latin(
        "é30 ë40 ï10 è8 ö3 ü3 ó2",
        "ëïöü",
        "",
        "de het een van en in op te dat is niet met voor zijn aan er door bij \
        ook maar om hij naar werd uit dit ze",
    ),
    // Catalan
    latin(
        "à500 é400 è400 í500 ó500 ò250 ú180 ç130 ï60 ü40",
        "",
        "kw",
        "el la de que i els les per amb un una del no es \
        dels al va ha",
    ),
    // Swedish
    latin(
        "ä1800 å1340 ö1300 é15",
        "",
        "qwz",
        "och att det som en ett den av till med har inte om var de hon han i",
    ),
    // Danish and Norwegian
    latin(
        "å1200 ø900 æ900 é20 ö3 ä3",
        "",
        "qwxz",
        "og at det som en et den af til med har ikke er var de han hun i av for",
    ),
    // Finnish
    latin("ä3600 ö440 å3", "", "bcfqwxz", "ja on ei se oli joka mutta ovat hän sen kun"),
    // Icelandic
    latin(
        "ð4390 á1800 í1570 þ1450 ó990 æ870 ö780 é650 ú610 ý230",
        "",
        "cqwz",
        "og er ekki var sem hann um til en",
    ),
    // Polish
    latin(
        "ł1780 ę1130 ą1020 ó850 ż830 ś700 ć400 ń190 ź60",
        "",
        "qvx",
        "i w z na do nie jest to o od po za przez ze jak jego \
        oraz",
    ),
    // Czech
    latin(
        "í1640 ě1220 á870 é630 č460 ř380 š690 ž720 ý1000 ů200 ú45 ó24 ď15 ť10 ň10",
        "",
        "qwx",
        "a v na se je z do to s o \
        za pro ve ale jako by",
    ),
    // Slovak
    latin(
        "á1700 č1100 é800 í1100 ľ400 ň150 ó100 ô150 š900 ť450 ú900 ý1000 ž1000 ä100 ď150 ŕ5 ĺ10",
        "",
        "qwx",
        "a v na sa je \
        z do to s o za pre vo ale ako by",
    ),
    // Hungarian
    latin(
        "á3400 é3400 ó1100 ö1100 ő900 í500 ü600 ú300 ű150",
        "",
        "qwx",
        "a az egy nem hogy is van volt ki meg el",
    ),
    // Romanian; with the cedilla of its older encodings too
    latin(
        "ă2200 ș1250 ş1250 ț1050 ţ1050 î1000 â900",
        "",
        "kqwy",
        "de la cu din un o pe care nu sau este a lui ce fost",
    ),
    // Croatian, Bosnian, Slovene
    latin("č1000 š900 ž700 ć600 đ200", "", "qwxy", "i u je na se da za od su in v so bi ne"),
    // Turkish
    latin("ı4800 ü1850 ş1780 ç1150 ğ1120 ö780 â20 î5 û5", "", "qwx", "ve bir bu da de ile olarak"),
    // Lithuanian
    latin("ė1500 š1400 ų1200 ž800 ą700 ū500 į500 č400 ę200", "", "qwx", "ir kad su yra iki po"),
    // Latvian
    latin(
        "ā3800 ē1700 ī1700 š1200 ņ600 ū400 ļ400 ž200 ķ150 ģ150 č100",
        "",
        "qwxy",
        "un ir ar par no uz kas ka",
    ),
    // Estonian
    latin("ä1000 õ1000 ü700 ö250 š10 ž5", "", "cqwxyz", "ja on ei see oma ta et"),
    // Albanian
    latin("ë7700 ç500", "", "w", "dhe e nga me si ka se"),
    // Irish
    latin("á1500 í1100 é900 ó900 ú700", "", "jkqvwxyz", "an na agus ar ag go is bhi"),
    // Vietnamese; its tones as marks of their own, as windows-1258 has them
    latin(
        "đ2500 ư1300 ơ1000 â900 ê900 ô900 ă500 á900 à900 ã300 é300 è200 ì200 í400 ó300 ò200 õ150 ú200 ù200 ý200 \
        ạ900 ả400 ấ500 ầ400 ậ500 ẩ100 ẫ100 ắ200 ằ150 ặ150 ẳ60 ẵ60 ẹ40 ẻ80 ẽ60 ế400 ề300 ệ300 ể200 ễ60 ỉ150 ĩ100 ị250 \
        ọ200 ỏ100 ố250 ồ200 ộ450 ổ120 ỗ60 ớ200 ờ250 ợ200 ở150 ỡ60 ụ150 ủ250 ũ150 ứ200 ừ150 ự200 ử100 ữ120 ỳ20 ỵ10 ỷ30 ỹ20 \
        \u{300}2500 \u{301}3500 \u{309}1000 \u{303}800 \u{323}2500",
        "",
        "fjwz",
        "cho trong khi theo anh nay con ra",
    ),
    // Russian
    of(
        Script::Cyrillic,
        "о10970 е8450 а8010 и7350 н6700 т6260 с5470 р4730 в4540 л4400 к3490 м3210 д2980 п2810 у2620 \
        я2010 ы1900 ь1740 г1700 з1650 б1590 ч1440 й1210 х970 ж940 ш730 ю640 ц480 щ360 э320 ф260 ъ40 ё40",
    ),
    // Ukrainian
    of(
        Script::Cyrillic,
        "о9420 а8340 н6830 и6100 і5750 т5340 в5340 р4780 е4640 с4040 к3970 л3860 у3540 д3250 м3030 \
        п2800 я2480 ь1770 з2320 г1550 б1770 ч1410 й1160 х1110 ж930 ю760 ц830 ш760 ї840 є610 щ560 ф200 ґ20",
    ),
    // Belarusian
    of(
        Script::Cyrillic,
        "а16000 н6500 і5500 е4700 р4800 о3500 т4000 с4500 к4000 л4200 в3600 м2800 д3500 п2700 у3000 \
        ы3800 я4000 ь1800 з2900 г1700 б1800 ч1500 й1200 х1000 ж900 ш900 ю800 ц2800 ў1600 э1300 ф300 ё700",
    ),
    // Bulgarian
    of(
        Script::Cyrillic,
        "а11600 о8600 и8800 е8500 т7600 н7100 р5000 с4900 в4400 л3400 к3000 д3200 п2700 м2300 з2200 \
        я1700 ъ1800 г1500 у1600 б1500 ч1300 ц800 й600 ж700 щ600 ш400 ф300 х600 ю150 ь20",
    ),
    // Serbian and Macedonian
    of(
        Script::Cyrillic,
        "а11700 о9400 е9100 и9000 н6100 р5200 т5000 с4900 ј4000 у3900 в3800 к3600 д3700 п2900 м3300 \
        л3200 з1700 г1800 б1500 ч900 ш900 ц700 ж600 ћ700 ђ200 љ500 њ600 х600 ф200 џ50 ѓ200 ќ200 ѕ30",
    ),
    // Greek
    of(
        Script::Greek,
        "α10500 ο8200 ι7000 ε7100 τ8000 σ4900 ν6200 η4100 υ3300 ρ4400 π4200 κ4100 μ3300 λ3000 ς3900 \
        ω1400 δ1700 γ1700 χ1200 θ1100 φ800 β700 ξ400 ζ300 ψ150 ά2000 έ1800 ή1300 ί2500 ό1900 ύ900 ώ800 ϊ50 ϋ10 ΐ20 ΰ5",
    ),
    // Hebrew
    of(
        Script::Hebrew,
        "י10800 ו9700 ה9600 ל7000 א6300 מ6000 ר5600 ת5000 ב4800 ש4400 נ3300 ד2700 ח2400 ע3200 ק2100 \
        כ2700 פ1800 ם2600 ט1200 צ1300 ג1400 ס1500 ז1000 ן1300 ך800 ף300 ץ150",
    ),
    // Arabic
    of(
        Script::Arabic,
        "ا12500 ل11500 ي6800 م6500 و5800 ن6300 ر5000 ت4200 ب3800 ع3600 د3400 س2800 ف2800 ه3500 ح2000 \
        ق2500 ك2200 أ2600 ة3000 ج1400 ش1300 ص1300 خ900 ى900 إ900 ذ800 ط900 ض700 ز700 ث700 ئ400 غ450 ظ250 ء500 ؤ200 آ250 \
        \u{64e}60 \u{64f}60 \u{650}60 \u{651}150 \u{64b}150 \u{652}40 ـ40",
    ),
    // Persian and Urdu
    of(
        Script::Arabic,
        "ا13500 ی9000 ي9000 ن7500 ر7500 د6500 ه6000 م5500 و5500 ت4500 ب4000 س3300 ش3000 ل3000 ک3000 \
        ك3000 ز2500 ف1500 گ1500 پ1500 ع1300 خ1300 ق1200 چ600 ج1000 ح1200 آ1000 ص700 ط700 ض350 ئ250 ث200 غ300 ظ150 ذ150 ژ100",
    ),
    // Thai
    of(Script::Thai, ""),
    // None in particular: names, tables of words.
    latin(
        "é300 è100 ê60 ë40 à100 â60 á150 ä150 ã60 å60 æ40 ç80 ñ60 ó150 ô60 ö150 õ40 ò40 ø60 ú80 û40 ü150 ù40 í120 \
        î40 ï30 ß60 œ20 č40 š40 ž40 ř20 ě20 ć20 ł30 ń15 ś15 ź8 ż15 ą20 ę20 ő15 ű8 ă20 ș10 ț10 ş25 ţ10 đ10 ğ20 ı40 ý30 ð20 \
        þ10 ů15",
        "",
        "",
        "",
    ),
];
