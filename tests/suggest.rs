//! How good the rules behind suggestions are: precision and recall of names, unnamed sources, dates, attribution cues and
//! proposed chains on both sample articles, against what a person annotated by hand (`tests/gold/`).
//!
//! `cargo test --test suggest -- --nocapture` prints the figures. The word lists were written knowing this kind of
//! article, so expect less on others.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::ops::Range;
use std::sync::Arc;

use casebook::edit::{AboutFields, Edit, EntityFields, Ref, apply};
use casebook::inquiry::{Lexicons, Proposal, Rule, propose_statement, suggest};
use casebook::notebook::{About, ActorKind, Article, ArticleId, Kind, Notebook, Origin};
use casebook::text::{Text, fold};

/// What a line of a list says: where its words stand, and what comes after them.
type Line = (Range<usize>, Vec<String>);

struct Sample {
    name: &'static str,
    language: &'static str,
    date: &'static str,
    publisher: &'static str,
    article: &'static str,
    gold: &'static str,
}

const SAMPLES: [Sample; 2] = [
    Sample {
        name: "bras-de-fer-a-port-leonie",
        language: "fr",
        date: "2031-03-12",
        publisher: "Le Carnet du large",
        article: include_str!("../assets/articles/bras-de-fer-a-port-leonie.txt"),
        gold: include_str!("gold/bras-de-fer-a-port-leonie.txt"),
    },
    Sample {
        name: "what-the-board-knew",
        language: "en",
        date: "2031-03-14",
        publisher: "The Skerry Review",
        article: include_str!("../assets/articles/what-the-board-knew.txt"),
        gold: include_str!("gold/what-the-board-knew.txt"),
    },
];

impl Sample {
    /// A list of the annotations. Each line stands after the one before it.
    fn list(&self, name: &str) -> Vec<Line> {
        let text = self.article;
        let head = format!("[{name}]");
        let lines = self.gold.lines().skip_while(|line| *line != head).skip(1);
        let lines = lines.take_while(|line| !line.starts_with('['));
        let mut at = 0;
        lines
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .map(|line| {
                let mut parts = line.split('|').map(str::trim);
                let words = parts.next().unwrap_or_default();
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let found = text[at..].match_indices(words).map(|(i, _)| at + i).find(|start| {
                    let end = start + words.len();
                    !letter(text[..*start].chars().next_back())
                        && !letter(text[end..].chars().next())
                });
                let start = found.unwrap_or_else(|| panic!("“{words}” does not follow"));
                at = start + words.len();
                (start..at, parts.map(str::to_owned).collect())
            })
            .collect()
    }

    /// A notebook with the article, its publisher and nothing else.
    fn notebook(&self) -> (Notebook, ArticleId) {
        let mut notebook = Notebook::new("");
        let id = ArticleId::random();
        let about = About {
            title: self.name.to_owned(),
            language: self.language.to_owned(),
            date: self.date.to_owned(),
            ..About::default()
        };
        let text = Text::new(self.article);
        let article = Article { about, origin: Origin::default(), text, earlier: Vec::new() };
        let outlet = EntityFields { actor_kind: Some(ActorKind::Media), ..EntityFields::default() };
        let publisher = Some(Ref::Name(self.publisher.to_owned()));
        for edit in [
            Edit::AddArticle(id, Arc::new(article)),
            Edit::AddEntity {
                kind: Kind::Actor,
                name: self.publisher.to_owned(),
                handle: String::new(),
                with: Box::new(outlet),
                at: None,
            },
            Edit::Describe {
                article: None,
                with: AboutFields { publisher, ..AboutFields::default() },
            },
        ] {
            apply(&mut notebook, &edit).unwrap();
        }
        (notebook, id)
    }
}

/// Right, found, wanted; a place is right where it is the same (or, loosely, shares a letter).
fn score(found: &[Range<usize>], gold: &[Range<usize>], loosely: bool) -> (f64, f64) {
    let same = |a: &Range<usize>, b: &Range<usize>| {
        if loosely { a.start < b.end && b.start < a.end } else { a == b }
    };
    let right = found.iter().filter(|f| gold.iter().any(|g| same(f, g))).count() as f64;
    let hit = gold.iter().filter(|g| found.iter().any(|f| same(f, g))).count() as f64;
    (right / found.len() as f64, hit / gold.len() as f64)
}

/// The least precision and recall of each rule: a little less than what is reached.
const LEAST: [(&str, f64, f64); 4] = [
    ("names", 0.90, 0.90),
    ("unnamed sources", 0.90, 0.60),
    ("dates", 0.95, 0.90),
    ("cues", 0.90, 0.90),
];

#[test]
fn precision_and_recall_on_the_samples() {
    let (lexicons, faults) = Lexicons::new(&[]);
    assert_eq!(faults, []);
    println!(
        "| article | rule | wanted | found | precision | recall | precision, overlapping | recall, overlapping |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for sample in SAMPLES {
        let Sample { name, article, .. } = sample;
        let text = Text::new(article);
        let all = suggest(&text, sample.language, sample.date, &lexicons, &|| false, &|_| ()).all;
        let of = |wanted: fn(&Rule) -> bool| -> Vec<Range<usize>> {
            all.iter().filter(|s| wanted(&s.rule)).map(|s| s.range.clone()).collect()
        };
        let places = |list: &str| -> Vec<Range<usize>> {
            sample.list(list).into_iter().map(|(range, _)| range).collect()
        };
        let found = [
            (of(|r| matches!(r, Rule::Name | Rule::Handle)), places("names")),
            (of(|r| matches!(r, Rule::Unnamed)), places("unnamed")),
            (of(|r| matches!(r, Rule::Date(_))), places("dates")),
            (of(|r| matches!(r, Rule::Cue(_))), places("cues")),
        ];
        for ((rule, least_precision, least_recall), (found, wanted)) in LEAST.into_iter().zip(found)
        {
            let (precision, recall) = score(&found, &wanted, false);
            let (loose_precision, loose_recall) = score(&found, &wanted, true);
            println!(
                "| {name} | {rule} | {} | {} | {precision:.2} | {recall:.2} | {loose_precision:.2} | {loose_recall:.2} |",
                wanted.len(),
                found.len()
            );
            let say = |what: &str, some: Vec<&Range<usize>>| {
                let words: Vec<&str> = some.into_iter().map(|r| &article[r.clone()]).collect();
                println!("  {what}: {}", words.join(" | "));
            };
            say("not wanted", found.iter().filter(|f| !wanted.contains(f)).collect());
            say("missed", wanted.iter().filter(|w| !found.contains(w)).collect());
            assert!(
                precision >= least_precision && recall >= least_recall,
                "{name} {rule}: the rules got worse"
            );
        }
        for (range, value) in sample.list("dates") {
            let found = all.iter().find(|s| s.range == range);
            if let Some(Rule::Date(edtf)) = found.map(|s| &s.rule) {
                assert_eq!(edtf, &value[0], "{}", &article[range]);
            }
        }
    }
}

/// The speakers of a proposal by their words in the article, without articles: these mean nothing here.
fn chain(article: &str, proposal: &Proposal) -> Vec<String> {
    proposal.chain.iter().map(|speaker| bare(&article[speaker.words.clone()])).collect()
}

fn bare(words: &str) -> String {
    let key = fold(words);
    let articles = ["le ", "la ", "les ", "l'", "un ", "une ", "des ", "the ", "a ", "an "];
    let rest = articles.iter().find_map(|article| key.strip_prefix(article));
    rest.unwrap_or(&key).to_owned()
}

#[test]
fn proposed_chains_on_the_samples() {
    let (lexicons, _) = Lexicons::new(&[]);
    println!(
        "| article | claims | with speakers | proposed | precision | recall | certainty right |"
    );
    println!("|---|---|---|---|---|---|---|");
    for sample in SAMPLES {
        let (notebook, id) = sample.notebook();
        let gold = sample.list("chains");
        let (mut wanted, mut proposed, mut right, mut sure) = (0, 0, 0, 0);
        let mut wrong = Vec::new();
        for (range, says) in &gold {
            let proposal = propose_statement(&notebook, id, range.clone(), &lexicons);
            let got = chain(sample.article, &proposal);
            let want: Vec<String> = says[0]
                .split('←')
                .filter(|who| !who.trim().is_empty())
                .map(|who| bare(who.trim()))
                .collect();
            wanted += usize::from(!want.is_empty());
            proposed += usize::from(!got.is_empty());
            right += usize::from(got == want && !want.is_empty());
            sure += usize::from(proposal.modality.label() == says[1]);
            if got != want {
                wrong.push(format!("{}: {got:?}, not {want:?}", &sample.article[range.clone()]));
            }
        }
        let ratio = |n: usize, of: usize| n as f64 / of as f64;
        let (precision, recall) = (ratio(right, proposed), ratio(right, wanted));
        let certainty = ratio(sure, gold.len());
        println!(
            "| {} | {} | {wanted} | {proposed} | {precision:.2} | {recall:.2} | {certainty:.2} |",
            sample.name,
            gold.len()
        );
        wrong.iter().for_each(|one| println!("  {one}"));
        assert!(
            precision >= 0.94 && recall >= 0.94 && certainty >= 0.94,
            "{}: the rules got worse",
            sample.name
        );
    }
}
