//! Texts out of our own words, French and English, in which every word knows who it is, so that what becomes of it can
//! be told whatever is done to the text.

use std::ops::Range;

/// Numbers that are the same every time (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % n.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// A word with what stands between it and the one before.
#[derive(Clone, Debug)]
pub struct Word {
    /// Who it is; a word that was put in later is nobody.
    pub id: Option<usize>,
    /// Whose place it took.
    pub instead_of: Option<usize>,
    pub before: String,
    pub words: String,
}

pub type Sentence = Vec<Word>;
pub type Paragraph = Vec<Sentence>;

/// A text, and who is a name in it.
#[derive(Clone, Debug)]
pub struct Story {
    pub paragraphs: Vec<Paragraph>,
}

/// Names stand everywhere: each text has few, so that each stands many times.
const NAMES: &[&str] = &[
    "Varquier",
    "Ormelot",
    "Dunmarrick",
    "Quémar",
    "Wadlow",
    "Pellorc",
    "Daubrac",
    "Castrel",
    "Solène Varquier",
    "Bastien Ormelot",
    "Houlonde",
    "Thornquay",
    "Malbrée",
    "Ligeia",
    "Port-Léonie",
    "Le Guetteur",
    "Demi-brasse",
    "Ormade-Presse",
];

/// What sentences are made of: `N` is a name, other capitals a list of the language.
const FRENCH: &[&str] = &[
    "Selon N , N aurait V le O D .",
    "N a V le O D , a confirmé N à N .",
    "« Nous n’avons jamais V ce O » , a répondu N D .",
    "D’après deux proches de N , le O aurait été V par N avant la réunion .",
    "N dément .",
    "N dément avoir V le O .",
    "D , une source interne assurait à N que N avait V le O sans prévenir N .",
    "Le O que N a V D reste introuvable , d’après N .",
    "« J’ai V le O moi-même » , a déclaré N , qui attend toujours la réponse de N .",
    "Un porte-parole de N a refusé de commenter le O .",
    "Interrogé D , N n’a pas voulu dire si le O avait été V .",
    "Chez N , on répète que N n’y est pour rien : le O serait l’affaire de N .",
    "L’article de N cite « une personne ayant V le O » et deux salariés de N .",
    "Faut-il croire N ? Le O ne le dit pas .",
    "N a perdu Q emplois depuis que le O a été V .",
    "La valeur de N a reculé de Q % D , après la publication du O par N .",
];
const ENGLISH: &[&str] = &[
    "According to N , N V the O D .",
    "N V the O D , N told N .",
    "“ We never V that O ” , N replied D .",
    "Two people close to N say the O was V by N before the meeting .",
    "N denies it .",
    "N denies having V the O .",
    "D , an insider told N that N had V the O without warning N .",
    "The O that N V D is still missing , says N .",
    "“ I V the O myself ” , said N , who is still waiting for N to answer .",
    "A spokesman for N declined to comment on the O .",
    "Asked D , N would not say whether the O had been V .",
    "At N they insist that N had no part in it : the O was a matter for N .",
    "The report in N quotes “ a person who V the O ” and two employees of N .",
    "Should one believe N ? The O does not say .",
    "N has lost Q jobs since the O was V .",
    "Shares of N fell by Q per cent D , after N printed the O .",
];
const VERBS: [&[&str]; 2] = [
    &[
        "signé",
        "caché",
        "détruit",
        "relu",
        "transmis",
        "égaré",
        "vendu",
        "corrigé",
        "approuvé",
        "rédigé",
    ],
    &[
        "signed",
        "hidden",
        "destroyed",
        "reviewed",
        "forwarded",
        "mislaid",
        "sold",
        "corrected",
        "approved",
        "drafted",
    ],
];
const OBJECTS: [&[&str]; 2] = [
    &[
        "rapport d’audit",
        "relevé des amarres",
        "contrat de vente",
        "courriel du conseil",
        "procès-verbal",
        "plan de sauvetage",
        "dossier des câbles",
        "registre de la barge",
        "protocole d’accord",
        "mémoire des ingénieurs",
        "bilan provisoire",
        "calendrier des essais",
    ],
    &[
        "audit report",
        "record of the moorings",
        "sales contract",
        "email to the board",
        "set of minutes",
        "rescue plan",
        "file on the cables",
        "log of the barge",
        "draft accord",
        "engineers’ memo",
        "interim balance",
        "schedule of trials",
    ],
];
const DAYS: [&[&str]; 2] = [
    &[
        "lundi soir",
        "jeudi 6 mars",
        "le 3 février",
        "dans la nuit du 26 février",
        "fin mars",
        "mercredi à l’aube",
        "la veille du vote",
        "dès janvier",
        "au printemps",
        "le 17 novembre",
    ],
    &[
        "on Monday night",
        "on 6 March",
        "on 3 February",
        "on the night of 26 February",
        "late in March",
        "at dawn on Wednesday",
        "on the eve of the vote",
        "in January",
        "in spring",
        "on 17 November",
    ],
];
/// What a rewording puts in.
pub const OTHER_WORDS: [&[&str]; 2] = [
    &[
        "récemment",
        "prétendument",
        "environ",
        "notamment",
        "ledit",
        "cependant",
        "l’ensemble",
        "jadis",
        "officiellement",
        "quasi",
        "ailleurs",
        "précisément",
        "toutefois",
        "divers",
    ],
    &[
        "recently",
        "allegedly",
        "roughly",
        "notably",
        "said",
        "however",
        "altogether",
        "formerly",
        "officially",
        "nearly",
        "elsewhere",
        "precisely",
        "nevertheless",
        "various",
    ],
];

/// A text in a language (0 French, 1 English), of so many paragraphs.
pub fn story(dice: &mut Dice, language: usize, paragraphs: usize) -> Story {
    let few: Vec<&str> = (0..4 + dice.below(5)).map(|_| dice.of(NAMES)).collect();
    let mut story = Story { paragraphs: Vec::new() };
    for _ in 0..paragraphs {
        let sentences = 1 + dice.below(6);
        let paragraph = (0..sentences).map(|_| sentence(dice, language, &few)).collect();
        story.paragraphs.push(paragraph);
    }
    for (number, word) in story.paragraphs.iter_mut().flatten().flatten().enumerate() {
        word.id = Some(number);
    }
    story
}

/// A sentence of nobody's words.
pub fn sentence(dice: &mut Dice, language: usize, names: &[&str]) -> Sentence {
    let pattern = dice.of([FRENCH, ENGLISH][language]);
    let mut text = String::new();
    for part in pattern.split(' ') {
        let filled = match part {
            "N" => dice.of(names).to_owned(),
            "V" => dice.of(VERBS[language]).to_owned(),
            "O" => dice.of(OBJECTS[language]).to_owned(),
            "D" => dice.of(DAYS[language]).to_owned(),
            "Q" => (2 + dice.below(880)).to_string(),
            other => other.to_owned(),
        };
        text.push_str(&filled);
        text.push(' ');
    }
    let mut opened = false;
    text.split_whitespace()
        .map(|words| {
            let before = match words {
                "," | "." | "”" => "",
                ":" | "?" | "»" | "%" => "\u{a0}",
                _ if opened => {
                    if language == 0 {
                        "\u{a0}"
                    } else {
                        ""
                    }
                }
                _ => " ",
            };
            opened = matches!(words, "«" | "“");
            Word { id: None, instead_of: None, before: before.to_owned(), words: words.to_owned() }
        })
        .collect()
}

/// Where a word stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Who it is.
    pub id: Option<usize>,
    /// Who it is, or whose place it took.
    pub role: Option<usize>,
    pub bytes: Range<usize>,
}

/// The text as it is written, and where each word stands.
pub fn written(story: &Story) -> (String, Vec<Standing>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for (p, paragraph) in story.paragraphs.iter().enumerate() {
        if p > 0 {
            text.push('\n');
        }
        for (i, word) in paragraph.iter().flatten().enumerate() {
            if i > 0 {
                text.push_str(&word.before);
            }
            let start = text.len();
            text.push_str(&word.words);
            places.push(Standing {
                id: word.id,
                role: word.id.or(word.instead_of),
                bytes: start..text.len(),
            });
        }
    }
    (text, places)
}
