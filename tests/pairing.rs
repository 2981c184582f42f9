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
#[path = "common/session.rs"]
mod session;

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

mod window {
    //! The page, on the real widgets.

    use casebook::app::questions::Colleague;
    use casebook::app::{Command, Intent, SessionIntent};
    use casebook::edit::{Edit, apply, parse_script};
    use casebook::notebook::{Notebook, ViewState, check};
    use casebook::storage::render;
    use egui::Key;
    use egui::Modifiers;
    use egui::accesskit::Role;
    use egui_kittest::kittest::Queryable as _;

    use crate::session::Session;

    /// The sample, and a colleague’s copy of it under other ids, in which some are called otherwise and one thing is new.
    fn compared() -> (Session, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let mut s = Session::open();
        s.run(Command::OpenSample);
        let sample = s.open_notebook().snapshot();
        let mut theirs = under_other_ids(&sample);
        let list = r#"[
            SetEntity(entity: "Solène Varquier", with: (name: "S. Varquier", note: "Denies everything.")),
            SetEntity(entity: "Orla Dunmarrick", with: (name: "O. Dunmarick")),
            AddEntity(kind: Actor, name: "A new witness"),
        ]"#;
        apply(&mut theirs, &Edit::Batch(String::new(), parse_script(list).unwrap())).unwrap();
        let path = folder.path().join("theirs.ron");
        std::fs::write(&path, render(&theirs, &ViewState::default())).unwrap();
        s.send(Intent::Session(SessionIntent::CompareWithColleague(path)));
        s.settle();
        (s, folder)
    }

    /// The same notebook with every id another one, through the text of its file.
    fn under_other_ids(notebook: &Notebook) -> Notebook {
        let source = render(notebook, &ViewState::default());
        let ids = regex::Regex::new("\"([aemlgnvwdx])([0-9a-hjkmnp-tv-z]{10})\"").unwrap();
        let turned = ids.replace_all(&source, |found: &regex::Captures<'_>| {
            let back: String = found[2].chars().rev().collect();
            format!("\"{}{back}\"", &found[1])
        });
        casebook::storage::parse(&turned).unwrap().0
    }

    fn asked(s: &Session) -> &Colleague {
        s.0.state().program().asked().expect("the two are compared")
    }

    fn offered(s: &Session, theirs: &str) -> usize {
        let asked = asked(s);
        let pairs = asked.pairing.pairs().iter().enumerate();
        pairs
            .filter(|(_, pair)| !pair.is_sure && asked.theirs.name(pair.theirs) == theirs)
            .map(|(number, _)| number)
            .next()
            .unwrap()
    }

    #[test]
    fn pairs_are_decided_by_key_and_merged_in_one_step() {
        let (mut s, _folder) = compared();
        let before = s.open_notebook().snapshot();
        let sure = asked(&s).pairing.sure();
        assert!(sure > 20, "{sure}");
        assert!(asked(&s).preview.added.entities > 2);
        // Down to each pair, and a key.
        for name in ["S. Varquier", "O. Dunmarick"] {
            let row = offered(&s, name) - sure;
            s.key(Modifiers::NONE, Key::Home);
            for _ in 0..row {
                s.key(Modifiers::NONE, Key::ArrowDown);
            }
            s.key(Modifiers::NONE, Key::S);
            s.settle();
            assert_eq!(asked(&s).choices[sure + row], Some(true), "{name}");
        }
        s.key(Modifiers::NONE, Key::U);
        // The rest, in one go.
        s.0.get_by_label("All").click();
        s.settle();
        assert_eq!(asked(&s).preview.added.entities, 1, "only what is new");
        s.0.get_by_label_contains("A merge would add 1 entity");
        s.0.get_by_label("Merge").click();
        s.settle();
        assert!(s.program().question().is_none());
        let now = s.open_notebook().snapshot();
        assert_eq!(now.entities().len(), before.entities().len() + 1);
        assert_eq!(
            (now.mentions().len(), now.links().len()),
            (before.mentions().len(), before.links().len())
        );
        let varquier = now.entities().values().find(|it| it.name == "Solène Varquier").unwrap();
        assert!(
            varquier.aliases.iter().any(|alias| alias == "S. Varquier"),
            "{:?}",
            varquier.aliases
        );
        assert_eq!(varquier.note, "Denies everything.");
        assert_eq!(check(&now), []);
        s.run(Command::Undo);
        assert!(s.open_notebook().notebook() == &*before, "one undo for all");
    }

    #[test]
    fn agreement_and_tags_are_shown_and_named() {
        let (mut s, _folder) = compared();
        s.0.get_by_label("Agreement").click();
        s.settle();
        for name in ["All: 1.00, good", "Kind: 1.00, good"] {
            s.0.get_by_label(name);
        }
        s.0.get_by_label("Who tagged what").click();
        s.settle();
        let spans = &asked(&s).preview.spans[0];
        assert!(spans.len() > 20);
        assert!(s.0.query_all_by_role(Role::ListItem).next().is_some());
        s.key(Modifiers::NONE, Key::End);
        s.settle();
        assert!(
            s.0.query_all_by_role(Role::ListItem).count() < 60,
            "only what is in view is laid out"
        );
        // Escape leaves everything as it is.
        s.key(Modifiers::NONE, Key::Escape);
        assert!(s.program().question().is_none());
        assert!(!s.open_notebook().is_modified());
    }
}
