//! Two people’s notebooks of the same articles: `casebook merge OURS THEIRS`, `casebook agreement`, and the page.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fs;
use std::path::Path;

use casebook::edit::three_way::merge;
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{Notebook, check};
use casebook::pairing::Pairing;
use casebook::storage::parse;
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

#[path = "common/cli.rs"]
mod cli;

use cli::{json as run_json, run, text};

const ARTICLE: &str =
    "Anne Kervel a vu Paul Orr.\nLe conseil a cédé, selon Le Phare. Mme Kervel dément.\n";
const OURS: &str = r#"[
    AddEntity(kind: Actor, name: "Anne Kervel", handle: "$anne", with: (actor_kind: Person, note: "Seen at the quay.")),
    AddEntity(kind: Actor, name: "Paul Orr", handle: "$paul"),
    AddEntity(kind: Actor, name: "Le Phare", handle: "$phare", with: (actor_kind: Media)),
    AddEntity(kind: Claim, name: "The board gave way.", handle: "$claim"),
    Tag(at: Quote("Anne Kervel"), entity: "$anne", handle: "$seen"),
    Tag(at: Quote("Paul Orr"), entity: "$paul"),
    Tag(at: Quote("Le conseil a cédé"), entity: "$claim", statement: (chain: [(actor: "$phare", cue: "selon")], modality: Possible)),
    Link(from: "$anne", relation: "associated with", to: "$paul", evidence: [Mention("$seen")]),
]"#;
const THEIRS: &str = r#"[
    AddEntity(kind: Actor, name: "A. Kervel", handle: "$anne", with: (aliases: ["Mme Kervel"], note: "Denies it.")),
    AddEntity(kind: Actor, name: "Paul Orr", handle: "$paul", with: (actor_kind: Person)),
    AddEntity(kind: Actor, name: "Le Phare", handle: "$phare", with: (actor_kind: Media)),
    AddEntity(kind: Event, name: "The board yields", handle: "$event"),
    Tag(at: Quote("Anne Kervel"), entity: "$anne", handle: "$seen"),
    Tag(at: Quote("Mme Kervel"), entity: "$anne"),
    Tag(at: Quote("Paul Orr"), entity: "$paul"),
    Tag(at: Quote("Le conseil a cédé"), entity: "$event"),
    Link(from: "$paul", relation: "associated with", to: "$anne", evidence: [Sentence(at: Quote("a vu"))]),
]"#;

/// A folder with the notebooks of two people.
fn desk() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, content: &str| fs::write(folder.path().join(name), content).unwrap();
    write("a.txt", ARTICLE);
    write("ours.edits", OURS);
    write("theirs.edits", THEIRS);
    for who in ["ours", "theirs"] {
        let (notebook, edits) = (format!("{who}.ron"), format!("{who}.edits"));
        text(run(folder.path(), &["new", "a.txt", "-o", &notebook]));
        text(run(folder.path(), &["edit", &notebook, &edits]));
    }
    folder
}

fn read(folder: &Path, name: &str) -> Notebook {
    parse(&fs::read_to_string(folder.join(name)).unwrap()).unwrap().0
}

#[test]
fn two_notebooks_become_one_as_far_as_is_sure() {
    let folder = desk();
    let before = fs::read(folder.path().join("ours.ron")).unwrap();
    let done =
        run_json(folder.path(), &["merge", "ours.ron", "theirs.ron", "-o", "both.ron", "--json"]);
    assert_eq!(
        done["joined"],
        json!({"articles": 1, "entities": 2, "mentions": 1, "links": 0, "others": 0})
    );
    assert_eq!(
        done["added"],
        json!({"articles": 0, "entities": 2, "mentions": 3, "links": 1, "others": 0})
    );
    let offered: Vec<&Value> =
        done["pairs"].as_array().unwrap().iter().filter(|it| it["sure"] == false).collect();
    assert_eq!(offered.len(), 1);
    assert_eq!(
        (&offered[0]["theirs"]["name"], &offered[0]["joined"]),
        (&"A. Kervel".into(), &false.into())
    );
    assert_eq!(offered[0]["reason"], "the same name with initials; both tagged it in 1 place");
    assert_eq!(done["conflicts"], json!([]));
    let both = read(folder.path(), "both.ron");
    assert_eq!((both.entities().len(), both.mentions().len(), both.links().len()), (6, 6, 2));
    assert_eq!(check(&both), []);
    assert_eq!(fs::read(folder.path().join("ours.ron")).unwrap(), before, "ours is left as it is");
}

#[test]
fn what_looks_the_same_is_joined_when_asked_for_and_what_differs_is_a_conflict() {
    let folder = desk();
    let output =
        run(folder.path(), &["merge", "ours.ron", "theirs.ron", "-o", "ours.ron", "--pair", "all"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("ours.ron: merged; in both 1 article, 3 entities, 2 mentions, 1 link; added 0 articles, 1 entity"), "{said}");
    assert!(said.contains("1 conflict: ours stands"), "{said}");
    assert!(said.contains("“Anne Kervel” note"), "{said}");
    assert!(said.contains("spans: Krippendorff’s α "), "{said}");
    let both = read(folder.path(), "ours.ron");
    let anne = both.entities().values().find(|it| it.name == "Anne Kervel").unwrap();
    assert_eq!(anne.note, "Seen at the quay.");
    assert_eq!(anne.aliases, ["Mme Kervel", "A. Kervel"]);
    assert_eq!(both.conflicts().len(), 1);
    let link = both.links().values().next().unwrap();
    assert_eq!(link.evidence.len(), 2, "the evidence of both");
    assert_eq!(check(&both), []);
    // Once more there is nothing left to do, but for what is not settled.
    let again = run(
        folder.path(),
        &["merge", "ours.ron", "theirs.ron", "-o", "again.ron", "--pair", "all", "--json"],
    );
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(
        again["added"],
        json!({"articles": 0, "entities": 0, "mentions": 0, "links": 0, "others": 0})
    );
}

#[test]
fn none_is_joined_when_that_is_asked_for() {
    let folder = desk();
    let done = run_json(
        folder.path(),
        &["merge", "ours.ron", "theirs.ron", "-o", "both.ron", "--pair", "none", "--json"],
    );
    assert_eq!((&done["joined"]["entities"], &done["added"]["entities"]), (&0.into(), &4.into()));
    assert_eq!(done["pairs"], json!([]));
    assert_eq!(check(&read(folder.path(), "both.ron")), []);
}

#[test]
fn nothing_is_overwritten_unasked() {
    let folder = desk();
    fs::write(folder.path().join("there.ron"), "mine").unwrap();
    let output = run(folder.path(), &["merge", "ours.ron", "theirs.ron", "-o", "there.ron"]);
    assert_eq!(output.status.code(), Some(129));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing was written"));
    assert_eq!(fs::read(folder.path().join("there.ron")).unwrap(), b"mine");
}

#[test]
fn agreement_is_told_with_counts_and_in_words() {
    let folder = desk();
    let told = run_json(
        folder.path(),
        &["agreement", "ours.ron", "theirs.ron", "--pair", "all", "--json"],
    );
    assert_eq!(told["characters"], ARTICLE.chars().count());
    assert_eq!(told["kinds"]["spans"], 3);
    assert_eq!(told["kinds"]["same"], 2);
    // p₀ = 2/3, pₑ = 2/3 · 2/3.
    assert_eq!(told["kinds"]["kappa"], 0.4);
    assert_eq!(
        told["kinds"]["confusion"],
        json!([{"ours": "actor", "theirs": "actor", "count": 2}, {"ours": "claim", "theirs": "event", "count": 1}])
    );
    assert_eq!((&told["entities"]["same"], &told["entities"]["kappa"]), (&2.into(), &1.0.into()));
    assert_eq!(told["alone"], json!({"ours": 0, "theirs": 1}));
    assert_eq!(told["spans"]["actors"]["theirs"], 3);
    let itself = run_json(folder.path(), &["agreement", "ours.ron", "ours.ron", "--json"]);
    assert_eq!(itself["spans"]["alpha"], 1.0);
    assert_eq!(itself["spans"]["events"]["alpha"], Value::Null);
    let said = text(run(folder.path(), &["agreement", "ours.ron", "theirs.ron"]));
    for words in [
        "1 article that both tagged",
        "events: α ",
        "claim for ours, event for theirs: 1",
        "by theirs only 1",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    text(run(folder.path(), &["new", "a.txt", "-o", "blank.ron"]));
    let said = text(run(folder.path(), &["agreement", "ours.ron", "blank.ron"]));
    assert!(said.contains("not counted") && said.contains("nothing to compare"), "{said}");
}

const SIZE: Size = Size { articles: 2, text: 1500, entities: 14, mentions: 40, links: 14 };

proptest! {
    /// Whatever two notebooks hold and whatever is chosen, what comes of it is sound, and holds all of ours and theirs.
    #[test]
    fn what_comes_of_two_notebooks_is_sound(seed in any::<u64>(), other in any::<u64>(), choice in any::<u64>()) {
        let (ours, _) = generate(seed, SIZE);
        let (theirs, _) = generate(other, SIZE);
        let found = Pairing::of(&ours, &theirs, &|| false).unwrap();
        let chosen = (0..found.pairs().len()).filter(|n| choice >> (n % 64) & 1 == 1).collect();
        let joined = found.joined(&ours, &theirs, &chosen, &|| false).unwrap();
        let merged = merge(&Notebook::default(), &ours, &joined.notebook, &|| false).unwrap().into_notebook();
        let before = check(&ours).len() + check(&joined.notebook).len();
        let problems = check(&merged);
        prop_assert!(problems.len() <= before, "{:?}", problems);
        prop_assert!(ours.entities().keys().all(|id| merged.entity(*id).is_some()));
        prop_assert!(ours.mentions().keys().all(|id| merged.mention(*id).is_some()));
        prop_assert!(ours.links().keys().all(|id| merged.link(*id).is_some()));
        prop_assert!(joined.notebook.mentions().keys().all(|id| merged.mention(*id).is_some()));
        prop_assert!(joined.notebook.entities().keys().all(|id| merged.entity(*id).is_some()));
    }
}
