//! `casebook find` and `casebook suggest`, as a script meets them: their JSON, their offsets, their plain output.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "common/cli.rs"]
mod cli;

use std::fs;

use cli::{json, run, text};
use serde_json::{Value, json};
use tempfile::TempDir;

const FRENCH: &str = "🚢 L’été des quais\n\
    Selon Le Phare, l’armateur Kervadec aurait été prévenu le 3 mars 2031.\n\
    « Je n’ai rien signé », a répondu Mona Kervadec. KERVADEC dément, @phare_info aussi.\n";
const ENGLISH: &str = "The kervadec file. Kervadecs were here.\n";

fn desk() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("fr.txt"), FRENCH).unwrap();
    fs::write(folder.path().join("en.txt"), ENGLISH).unwrap();
    let made = run(&folder, &["new", "fr.txt", "en.txt", "-o", "n.ron"]);
    assert!(made.status.success());
    folder
}

/// The characters from `start` to `end`.
fn at(text: &str, row: &Value) -> String {
    let offset = |key: &str| usize::try_from(row[key].as_u64().unwrap()).unwrap();
    text.chars().skip(offset("start")).take(offset("end") - offset("start")).collect()
}

/// The words of all hits, each of which stands where it says it does.
fn hits(folder: &TempDir, args: &[&str]) -> Vec<String> {
    let args: Vec<&str> = ["find", "n.ron", "--json"].iter().chain(args).copied().collect();
    let shown = json(folder, &["show", "n.ron", "--json"]);
    let first = shown["articles"][0]["id"].clone();
    let found = json(folder, &args);
    let hits = found["hits"].as_array().unwrap();
    hits.iter()
        .map(|hit| {
            let article = if hit["article"] == first { FRENCH } else { ENGLISH };
            assert_eq!(hit["words"], at(article, hit), "{hit}");
            hit["words"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn words_are_found_in_all_articles_in_their_order() {
    let desk = desk();
    assert_eq!(
        hits(&desk, &["kervadec"]),
        ["Kervadec", "Kervadec", "KERVADEC", "kervadec", "Kervadec"]
    );
    assert_eq!(hits(&desk, &["Kervadec", "--match-case"]), ["Kervadec", "Kervadec", "Kervadec"]);
    assert_eq!(hits(&desk, &["kervadec", "--whole-word"]).len(), 4);
    assert_eq!(hits(&desk, &["ete"]), ["été", "été"]);
    assert_eq!(hits(&desk, &["ete", "--match-accents"]), Vec::<String>::new());
    assert_eq!(hits(&desk, &["--regex", r"k\w+s\b"]), ["Kervadecs"]);
    assert_eq!(hits(&desk, &["-signé"]), Vec::<String>::new());
}

#[test]
fn hits_are_shown_with_the_words_around_them() {
    let desk = desk();
    let shown = text(run(&desk, &["find", "n.ron", "kervadecs"]));
    assert!(shown.contains("“The kervadec file. Kervadecs were here.”"), "{shown}");
    assert!(shown.contains("19–28  The kervadec file. [Kervadecs] were here."), "{shown}");
    assert!(shown.trim_end().ends_with("\n1 hit"), "{shown}");
    assert_eq!(text(run(&desk, &["find", "n.ron", "nowhere"])).trim_end(), "0 hits");
}

#[test]
fn a_pattern_that_cannot_be_read_is_refused_with_its_place() {
    let desk = desk();
    let refused = run(&desk, &["find", "n.ron", "ker(vadec", "--regex", "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("ker‸(vadec") && said.contains("cannot be used"), "{said}");
    assert_eq!(run(&desk, &["find", "gone.ron", "x"]).status.code(), Some(1));
}

#[test]
fn suggestions_name_their_rule_their_place_and_what_is_known() {
    let desk = desk();
    let found = json(&desk, &["suggest", "fr.txt", "--language", "fr", "--json"]);
    let rows = found["suggestions"].as_array().unwrap();
    for row in rows {
        assert_eq!(row["words"], at(FRENCH, row), "{row}");
        let keys: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys.len(), 6, "{keys:?}");
    }
    let of = |rule: &str| rows.iter().filter(|row| row["rule"] == rule).collect::<Vec<_>>();
    assert_eq!(of("date").len(), 1);
    assert_eq!(of("date")[0]["date"], "2031-03-03");
    assert_eq!(of("handle")[0]["words"], "@phare_info");
    assert!(of("quoted words")[0]["words"].as_str().unwrap().contains("rien signé"));
    assert_eq!(of("quoted words")[0]["speaker"], Value::Null);
    let cue = of("attribution");
    assert_eq!((&cue[0]["words"], &cue[0]["speaker"]), (&json!("Selon"), &json!("Le Phare")));
}

#[test]
fn dates_are_told_by_the_day_of_the_article() {
    let desk = desk();
    fs::write(desk.path().join("day.txt"), "The board met on Monday, she said to the clerk.\n")
        .unwrap();
    let dated = |args: &[&str]| {
        let args: Vec<&str> =
            ["suggest", "day.txt", "--json"].iter().chain(args).copied().collect();
        let found = json(&desk, &args);
        let rows = found["suggestions"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["rule"] == "date").map(|row| row["date"].clone())
    };
    assert_eq!(dated(&["--date", "2031-03-12"]), Some(json!("2031-03-10")));
    assert_ne!(dated(&[]), Some(json!("2031-03-10")));
    let shown = text(run(&desk, &["suggest", "day.txt", "--date", "2031-03-12"]));
    assert!(shown.contains("  date  “Monday”  2031-03-10\n"), "{shown}");
}
