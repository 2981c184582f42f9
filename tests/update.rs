//! An article's new version: `casebook update` as a script meets it, and the edit behind it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use casebook::edit::{Edit, Refusal, Update, apply};
use casebook::notebook::{ArticleId, Notebook, Origin, Place, ViewState, check};
use casebook::storage::{parse, render};
use casebook::text::{Outcome, Text};
use serde_json::Value;
use tempfile::TempDir;

const BEFORE: &str = "Le conseil a cédé\n\
    Selon Le Phare, l’armateur Kervadec aurait été prévenu vendredi, avant le vote du conseil.\n\
    « Je n’ai rien signé », a répondu Mona Kervadec au Phare. Kervadec dément toute pression sur les marins.\n\
    Le syndicat, lui, soutient que Kervadec a menacé deux équipages. L’enquête suit son cours à Brest.\n";
/// A sentence was put in, quotation marks were straightened, one sentence reworded, one taken out.
const AFTER: &str = "Le conseil a cédé\n\
    Mise à jour : Kervadec n’a pas souhaité nous répondre.\n\
    Selon Le Phare, l’armateur Kervadec aurait été prévenu vendredi soir, avant le vote du conseil.\n\
    \"Je n'ai rien signé\", a répondu Mona Kervadec au Phare. Kervadec dément toute pression sur les marins.\n\
    L’enquête suit son cours à Brest.\n";

const EDITS: &str = r#"[
    AddEntity(kind: Actor, name: "Le Phare", handle: "$phare", with: (actor_kind: Media)),
    AddEntity(kind: Actor, name: "Kervadec", handle: "$kervadec", with: (actor_kind: Organisation)),
    AddEntity(kind: Claim, name: "Kervadec was warned on Friday.", handle: "$warned", with: (about: ["$kervadec"], accusation: true)),
    Tag(at: Quote("Le Phare"), entity: "$phare"),
    Tag(at: Nth("Kervadec", 1), entity: "$kervadec"),
    Tag(at: Nth("Kervadec", 2), entity: "$kervadec"),
    Tag(at: Nth("Kervadec", 3), entity: "$kervadec"),
    Tag(at: Nth("Kervadec", 4), entity: "$kervadec"),
    Tag(at: Quote("aurait été prévenu vendredi"), entity: "$warned", handle: "$said"),
    Link(from: "$kervadec", relation: "denies", to: "$warned",
         evidence: [Sentence(at: Quote("Kervadec dément")), Sentence(at: Quote("menacé")), Mention("$said")]),
    Dismiss(at: Quote("Mona")),
    Dismiss(at: Quote("équipages")),
]"#;

struct Desk {
    folder: TempDir,
}

impl Desk {
    /// A desk with a notebook that was worked on, and the article’s new version in a folder of its own.
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(desk.path("phare.txt"), BEFORE).unwrap();
        fs::write(desk.path("edits.ron"), EDITS).unwrap();
        fs::create_dir(desk.path("new")).unwrap();
        fs::write(desk.path("new/phare.txt"), AFTER).unwrap();
        desk.ok(&["new", "phare.txt", "-o", "n.ron"]);
        desk.ok(&["edit", "n.ron", "edits.ron"]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(args)
            .current_dir(self.folder.path())
            .output()
            .unwrap()
    }

    fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.ok(args)).unwrap()
    }

    /// What a run that failed said; the notebook is as it was.
    fn refused(&self, args: &[&str]) -> String {
        let before = fs::read(self.path("n.ron")).unwrap();
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(fs::read(self.path("n.ron")).unwrap(), before);
        String::from_utf8(output.stderr).unwrap()
    }

    fn notebook(&self) -> Notebook {
        parse(&fs::read_to_string(self.path("n.ron")).unwrap()).unwrap().0
    }
}

#[test]
fn mentions_go_along_and_orphans_keep_their_words() {
    let desk = Desk::new();
    let done = desk.json(&["update", "n.ron", "new/phare.txt", "--json"]);
    let mentions = done["mentions"].as_array().unwrap();
    assert_eq!(mentions.len(), 6);
    let counts = ["unchanged", "moved", "orphaned"].map(|result| {
        let n = mentions.iter().filter(|m| m["result"] == result).count();
        assert_eq!(done[result], n);
        n
    });
    assert_eq!(counts.iter().sum::<usize>(), 6);
    // Only the Kervadec of the sentence that was taken out: there are four others that it could have slipped to.
    assert_eq!(counts[2], 1, "{done:#}");
    let scalars: Vec<char> = AFTER.chars().collect();
    let words = |mention: &Value| -> Option<String> {
        let at = |field: &str| mention[field].as_u64().map(|n| n as usize);
        Some(scalars[at("start")?..at("end")?].iter().collect())
    };
    let notebook = desk.notebook();
    assert!(check(&notebook).iter().all(|problem| problem.is_orphan()));
    for mention in mentions {
        let confidence = mention["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&confidence));
        let id = mention["id"].as_str().unwrap().parse().unwrap();
        let saved = notebook.mention(id).unwrap();
        match words(mention) {
            Some(words) => {
                assert_eq!(notebook.words(&saved.anchor), words);
                assert!(["Le Phare", "Kervadec", "aurait été prévenu vendredi"].contains(&&*words));
                assert!(mention["result"] != "unchanged" || confidence == 1.0);
            }
            None => {
                assert_eq!(
                    (&mention["result"], &mention["end"]),
                    (&"orphaned".into(), &Value::Null)
                );
                let Place::Orphan(quote) = &saved.anchor.place else { panic!("{saved:?}") };
                assert_eq!(quote.exact, "Kervadec");
                assert!(quote.suffix.starts_with(" a menacé deux équipages"));
            }
        }
    }
    // The quotes of the link: one found, one kept as an orphan. Both texts stay.
    assert_eq!((&done["quotes"]["unchanged"], &done["quotes"]["orphaned"]), (&1.into(), &1.into()));
    let link = notebook.links().values().next().unwrap();
    assert_eq!(link.evidence.len(), 3);
    let article = notebook.articles().values().next().unwrap();
    assert_eq!((article.text.as_str(), article.earlier[0].text.as_str()), (AFTER, BEFORE));
    let dismissed = notebook.dismissed().values().next().unwrap();
    assert_eq!((dismissed.places.len(), dismissed.lost.len()), (1, 1));
    let checked = desk.run(&["check", "n.ron"]);
    assert!(String::from_utf8(checked.stdout).unwrap().contains("orphan"));
}

#[test]
fn what_was_taken_out_and_comes_back_is_found_again() {
    let desk = Desk::new();
    let before = desk.notebook();
    desk.ok(&["update", "n.ron", "new/phare.txt"]);
    let back = desk.json(&["update", "n.ron", "phare.txt", "--json"]);
    assert_eq!(back["orphaned"], 0, "{back:#}");
    let notebook = desk.notebook();
    let again = |id: &_| notebook.mention(*id).unwrap();
    assert!(before.mentions().iter().all(|(id, mention)| again(id).anchor == mention.anchor));
    assert_eq!(before.dismissed(), notebook.dismissed());
    assert!(before.links() == notebook.links());
    assert_eq!(notebook.articles().values().next().unwrap().earlier.len(), 2);
}

#[test]
fn it_says_which_articles_there_are_when_it_cannot_know() {
    let desk = Desk::new();
    fs::write(desk.path("other.txt"), "Rien à voir\nUn autre article.\n").unwrap();
    // The only one, whatever the file is called.
    let done = desk.json(&["update", "n.ron", "other.txt", "-o", "o.ron", "--json"]);
    assert_eq!((&done["orphaned"], &done["unchanged"]), (&6.into(), &0.into()));
    assert!(!fs::read_to_string(desk.path("n.ron")).unwrap().contains("Rien à voir"));
    assert!(fs::read_to_string(desk.path("o.ron")).unwrap().contains("Rien à voir"));
    desk.ok(&["new", "phare.txt", "other.txt", "-o", "n.ron", "--force"]);
    fs::write(desk.path("third.txt"), "Le conseil n’a pas cédé.\n").unwrap();
    let said = desk.refused(&["update", "n.ron", "third.txt"]);
    assert!(
        said.contains("--article") && said.contains("phare.txt") && said.contains("other.txt"),
        "{said}"
    );
    let said = desk.refused(&["update", "n.ron", "third.txt", "--article", "Nobody"]);
    assert!(said.contains("no article is called “Nobody”") && said.contains("phare.txt"), "{said}");
    for name in ["Rien à voir", "other.txt"] {
        let to = format!("{}.ron", name.len());
        desk.ok(&["update", "n.ron", "third.txt", "--article", name, "-o", &to]);
    }
    desk.ok(&["update", "n.ron", "new/phare.txt"]);
    // The same text once more.
    let said = desk.refused(&["update", "n.ron", "new/phare.txt"]);
    assert!(said.contains("nothing to update"), "{said}");
}

#[test]
fn the_result_goes_where_it_is_wanted() {
    let desk = Desk::new();
    let before = fs::read(desk.path("n.ron")).unwrap();
    let output = desk.run(&["update", "n.ron", "new/phare.txt", "-o", "-", "--json"]);
    let (notebook, _, orphans) = parse(&String::from_utf8(output.stdout).unwrap()).unwrap();
    assert_eq!(notebook.articles().values().next().unwrap().text.as_str(), AFTER);
    assert!(!orphans.is_empty());
    let told: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(told["orphaned"], 1);
    assert_eq!(fs::read(desk.path("n.ron")).unwrap(), before);
    // Nothing is overwritten unasked.
    fs::write(desk.path("there.ron"), "kept").unwrap();
    let said = desk.refused(&["update", "n.ron", "new/phare.txt", "-o", "there.ron"]);
    assert!(said.contains("--force"), "{said}");
    assert_eq!(fs::read(desk.path("there.ron")).unwrap(), b"kept");
    let said = desk.refused(&["update", "n.ron", "nowhere.txt"]);
    assert!(said.contains("nowhere.txt"), "{said}");
    let said = desk.ok(&["update", "n.ron", "new/phare.txt"]);
    assert!(said.contains("1 orphaned") && said.contains("“Kervadec”"), "{said}");
}

fn update_of(notebook: &Notebook, text: &str) -> Result<Update, Refusal> {
    let id = *notebook.articles().keys().next().unwrap();
    Update::of(notebook, id, Origin::default(), Text::new(text))
}

#[test]
fn an_update_is_one_step_that_leaves_no_trace_when_taken_back() {
    let desk = Desk::new();
    let mut notebook = desk.notebook();
    let before = notebook.clone();
    let update = update_of(&notebook, AFTER).unwrap();
    let applied = apply(&mut notebook, &Edit::UpdateArticle(Arc::new(update.clone()))).unwrap();
    assert_eq!(applied.step.label(), "Update the article “Le conseil a cédé”");
    // It goes through a file as it is.
    let (again, _, orphans) = parse(&render(&notebook, &ViewState::default())).unwrap();
    assert!(again == notebook);
    assert_eq!(
        (orphans.mentions.len(), orphans.evidence.len(), orphans.dismissed.len()),
        (1, 1, 1)
    );
    // It is for the text it was worked out for, and no other.
    let twice = apply(&mut notebook, &Edit::UpdateArticle(Arc::new(update.clone())));
    assert!(matches!(twice, Err(Refusal::Invalid(why)) if why.contains("update it again")));
    drop(applied.step.take_back(&mut notebook));
    assert!(notebook == before);
    // Nor for mentions that were made since.
    let tag = r#"[Tag(at: Quote("Brest"), entity: "Kervadec")]"#;
    let tag = Edit::Batch(String::new(), casebook::edit::parse_script(tag).unwrap());
    apply(&mut notebook, &tag).unwrap();
    let tagged = notebook.clone();
    assert!(apply(&mut notebook, &Edit::UpdateArticle(Arc::new(update))).is_err());
    assert!(notebook == tagged);
    assert!(update_of(&notebook, BEFORE).is_err(), "the same text is no update");
    let gone = Update::of(&notebook, ArticleId::from_bits(1), Origin::default(), Text::new("x"));
    assert!(matches!(gone, Err(Refusal::Missing { .. })));
}

#[test]
fn an_orphan_whose_words_stand_at_its_place_by_chance_stays_one() {
    let desk = Desk::new();
    let mut notebook = desk.notebook();
    // The same name at the very same characters, in a text that says something else.
    let first = BEFORE.find("Kervadec").unwrap();
    let before: String = BEFORE[..first].chars().map(|c| if c == '\n' { c } else { 'x' }).collect();
    let chance = format!("{before}Kervadec plaide ailleurs.\n");
    let update = update_of(&notebook, &chance).unwrap();
    apply(&mut notebook, &Edit::UpdateArticle(Arc::new(update))).unwrap();
    let orphans = |notebook: &Notebook| {
        notebook.mentions().values().filter(|m| m.anchor.range().is_none()).count()
    };
    assert_eq!(orphans(&notebook), 6);
    let (again, ..) = parse(&render(&notebook, &ViewState::default())).unwrap();
    assert_eq!(orphans(&again), 6, "the file finds none of them by chance");
    assert!(again == notebook);
}

#[test]
fn what_the_update_says_of_an_anchor_is_what_happens_to_it() {
    let desk = Desk::new();
    let notebook = desk.notebook();
    let update = update_of(&notebook, AFTER).unwrap();
    let mut after = notebook.clone();
    apply(&mut after, &Edit::UpdateArticle(Arc::new(update.clone()))).unwrap();
    for (id, mention) in notebook.mentions() {
        let outcome = update.outcome(&mention.anchor).unwrap();
        let now = after.mention(*id).unwrap().anchor.range();
        assert_eq!(outcome.range(), now);
        assert_eq!(matches!(outcome, Outcome::Orphaned { .. }), now.is_none());
    }
    assert_eq!(update.quotes(&notebook).count(), 2);
}
