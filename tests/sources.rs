//! Who says so: `casebook sources` as a script meets it, and the figures in the inspector.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Two outlets that hand on one anonymous source, a third with a witness whose words were read, and a denial.
const EDITS: &str = r#"[
    AddEntity(kind: Actor, name: "The Beacon", with: (actor_kind: Some(Media))),
    AddEntity(kind: Actor, name: "The Tide", with: (actor_kind: Some(Media))),
    AddEntity(kind: Actor, name: "Insiders", with: (actor_kind: Some(Anonymous))),
    AddEntity(kind: Actor, name: "Mona Roz", with: (actor_kind: Some(Person))),
    Describe(article: Some("first.txt"), with: (publisher: Some("The Beacon"))),
    Describe(article: Some("second.txt"), with: (publisher: Some("The Tide"))),
    AddEntity(kind: Claim, name: "The board knew"),
    AddEntity(kind: Claim, name: "The strike was called off"),
    Tag(article: Some("first.txt"), at: Quote("the board knew"), entity: "The board knew", handle: "$one",
        statement: (chain: Some([(actor: "Insiders", cue: "sources say")]))),
    Tag(article: Some("second.txt"), at: Quote("the board was told"), entity: "The board knew", handle: "$two",
        statement: (chain: Some([(actor: "The Beacon", cue: "according to"), (actor: "Insiders", cue: "cites")]))),
    Tag(article: Some("second.txt"), at: Quote("the strike is off"), entity: "The strike was called off", handle: "$three",
        statement: (chain: Some([(actor: "Mona Roz", cue: "says", source: Read)]))),
]"#;

fn run(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(args)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn text(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &TempDir, args: &[&str]) -> Value {
    serde_json::from_str(&text(run(folder, args))).unwrap()
}

fn notebook() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("first.txt"), "first\nSources say the board knew.\n").unwrap();
    let second =
        "second\nAccording to The Beacon, the board was told. Mona Roz says the strike is off.\n";
    fs::write(folder.path().join("second.txt"), second).unwrap();
    text(run(&folder, &["new", "first.txt", "second.txt", "-o", "n.ron"]));
    // Articles are named by id in an edit list.
    let shown = json(&folder, &["show", "n.ron", "--json"]);
    let mut edits = EDITS.to_owned();
    for article in shown["articles"].as_array().unwrap() {
        let (id, title) = (article["id"].as_str().unwrap(), article["title"].as_str().unwrap());
        edits = edits.replace(&format!("Some(\"{title}.txt\")"), &format!("Some(\"{id}\")"));
    }
    fs::write(folder.path().join("edits.ron"), edits).unwrap();
    text(run(&folder, &["edit", "n.ron", "edits.ron"]));
    folder
}

#[test]
fn the_figures_of_each_claim_are_printed_for_scripts() {
    let folder = notebook();
    let all = json(&folder, &["sources", "n.ron", "--json"]);
    let claims = all["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 2);
    assert!(all.get("next").is_none());
    let knew = claims.iter().find(|claim| claim["name"] == "The board knew").unwrap();
    assert_eq!(knew["denied"], Value::Null);
    assert_eq!(knew["equivalent"], json!([]));
    let said = &knew["affirmed"];
    assert_eq!((&said["statements"], &said["outlets"]), (&json!(2), &json!(2)));
    assert_eq!((&said["confirmed"], &said["at_most"]), (&json!(0), &json!(1)));
    assert_eq!(said["through"], json!([["The Beacon"], ["Insiders"]]));
    assert_eq!(said["cut"].as_array().unwrap().len(), 1);
    assert_eq!(said["loops"], json!([]));
    assert_eq!(said["unread"], json!(0));
    assert_eq!(
        said["sentence"],
        "2 outlets, 1 origin. Confirmed: 0; at most 1 independent. All of it passes through The Beacon, then through Insiders."
    );
    // One claim by its name, whatever its case.
    let one =
        json(&folder, &["sources", "n.ron", "--claim", "the STRIKE was called off", "--json"]);
    assert_eq!(one["claims"].as_array().unwrap().len(), 1);
    assert_eq!(one["claims"][0]["affirmed"]["confirmed"], 1);
    // A name that only an actor has names no claim.
    let wrong = run(&folder, &["sources", "n.ron", "--claim", "Insiders"]);
    assert!(!wrong.status.success());
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("no claim"));
}

#[test]
fn what_is_set_aside_changes_the_figures_and_not_the_notebook() {
    let folder = notebook();
    let before = fs::read(folder.path().join("n.ron")).unwrap();
    let one = |without: &[&str]| {
        let mut args = vec!["sources", "n.ron", "--claim", "The board knew", "--json"];
        for name in without {
            args.extend(["--without", name]);
        }
        let all = json(&folder, &args);
        all["claims"][0]["affirmed"].clone()
    };
    assert_eq!(one(&[])["at_most"], 1);
    assert_eq!(one(&["Insiders"])["at_most"], 0);
    assert_eq!(one(&["second"])["statements"], 1);
    assert_eq!(one(&["first", "second"]), Value::Null);
    assert_eq!(fs::read(folder.path().join("n.ron")).unwrap(), before);
    let unknown = run(&folder, &["sources", "n.ron", "--without", "Nobody"]);
    assert!(!unknown.status.success());
}

#[test]
fn what_to_read_or_find_next_is_listed_by_how_many_claims_gain() {
    let folder = notebook();
    let all = json(&folder, &["sources", "n.ron", "--next", "--json"]);
    let next = all["next"].as_array().unwrap();
    let found: Vec<(&str, &str, usize)> = next
        .iter()
        .map(|one| {
            let claims = one["claims"].as_array().unwrap().len();
            (one["what"].as_str().unwrap(), one["names"][0].as_str().unwrap(), claims)
        })
        .collect();
    assert_eq!(found, [("find", "Insiders", 1), ("find", "Mona Roz", 1)]);
    let words = text(run(&folder, &["sources", "n.ron", "--next"]));
    assert!(words.contains("find a source independent of Insiders"), "{words}");
    assert!(words.contains("Independence can only be assumed"), "{words}");
}
