//! An article's new version: `casebook update` as a script meets it, the edit behind it, and its page.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use casebook::app::questions::{ArticleUpdate, ComparedVersions};
use casebook::app::{Answer, Command as AppCommand, Intent, SessionIntent};
use casebook::edit::{Edit, Ref, Refusal, Spot, Update, apply, copy_part, parse_part};
use casebook::notebook::{
    Article, ArticleId, Evidence, LinkId, Mention, MentionId, Notebook, Origin, Place, ViewState,
    check,
};
use casebook::storage::{parse, render};
use casebook::text::{Outcome, Text};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use serde_json::Value;
use tempfile::TempDir;

#[path = "common/session.rs"]
mod session;

use session::Session;

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

/// Whether a row of this name is the chosen one of its list.
fn selected(s: &Session, name: &str) -> bool {
    let mut rows = s.0.query_all_by_role_and_label(Role::ListBoxOption, name);
    rows.any(|row| row.accesskit_node().is_selected() == Some(true))
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

#[test]
fn the_page_shows_each_mention_and_works_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut s = Session::open();
    s.run(AppCommand::OpenSample);
    let article = s.open_notebook().article().unwrap();
    let before = s.open_notebook().snapshot();
    let text = before.article(article).unwrap().text.as_str().to_owned();
    let first = before.mentions_in(article).next().unwrap();
    let words = before.words(&before.mention(first).unwrap().anchor).to_owned();
    // Without the paragraph of the first mention.
    let at = before.mention(first).unwrap().anchor.range().unwrap().start;
    let paragraph = Text::new(text.as_str());
    let paragraph = paragraph.paragraph(paragraph.paragraph_at(at));
    let path = folder.path().join("new.txt");
    fs::write(&path, format!("{}{}", &text[..paragraph.start], &text[paragraph.end + 1..]))
        .unwrap();
    s.send(Intent::Session(SessionIntent::UpdateArticle(article, path)));
    s.settle();
    let asked: &ArticleUpdate = s.program().asked().unwrap();
    let [unchanged, _, orphaned, _] = asked.counts;
    assert!(orphaned > 1 && unchanged > orphaned, "{:?}", asked.counts);
    let names: Vec<String> = asked
        .mentions()
        .take(2)
        .map(|id| {
            let mention = before.mention(id).unwrap();
            format!("orphaned: {}, {}", before.words(&mention.anchor), before.name(mention.entity))
        })
        .collect();
    assert!(names[0].contains(&words), "{names:?}");
    assert!(selected(&s, &names[0]), "{names:?}");
    s.key(egui::Modifiers::NONE, Key::ArrowDown);
    assert!(selected(&s, &names[1]), "the arrows walk the list");
    s.0.get_by_label("As it was");
    // The button kept the keyboard.
    s.key(egui::Modifiers::NONE, Key::Enter);
    s.settle();
    assert!(s.program().question().is_none());
    assert!(s.open_notebook().notebook().article(article).unwrap().earlier.len() == 1);
    s.run(AppCommand::Undo);
    assert!(s.open_notebook().notebook() == &*before);
}

fn versions(notebook: &Notebook) -> Vec<u32> {
    notebook.mentions().values().map(|mention| mention.anchor.version).collect()
}

/// All quotes of the only link, and the versions they were read in.
fn quotes(notebook: &Notebook) -> Vec<u32> {
    let link = notebook.links().values().next().unwrap();
    let quote = |evidence: &Evidence| match evidence {
        Evidence::Quote(anchor) => Some(anchor.version),
        Evidence::Mention(_) => None,
    };
    link.evidence.iter().filter_map(quote).collect()
}

#[test]
fn what_was_read_before_an_update_says_so_and_what_is_read_after_it_too() {
    let desk = Desk::new();
    let file = fs::read_to_string(desk.path("n.ron")).unwrap();
    assert!(!file.contains("version:"), "with one version nothing is said of it");
    desk.ok(&["update", "n.ron", "new/phare.txt"]);
    let mut notebook = desk.notebook();
    assert_eq!((versions(&notebook), quotes(&notebook)), (vec![1; 6], vec![1, 1]));
    assert!(!fs::read_to_string(desk.path("n.ron")).unwrap().contains("version:"));

    // Tagged, quoted and placed anew: read in the second version.
    let link = *notebook.links().keys().next().unwrap();
    let list = format!(
        r#"[
        Tag(at: Quote("Brest"), entity: "Kervadec"),
        AddEvidence(link: "{link}", evidence: Quote(at: Quote("Brest"))),
        AddEvidence(link: "{link}", evidence: Sentence(at: Quote("Brest"))),
        AddEvidence(link: "{link}", evidence: Quote(at: Quote("Brest"), version: 1)),
    ]"#
    );
    let list = Edit::Batch(String::new(), casebook::edit::parse_script(&list).unwrap());
    apply(&mut notebook, &list).unwrap();
    assert_eq!(quotes(&notebook), [1, 1, 2, 2, 1]);
    let orphan = |(id, it): (&MentionId, &Arc<Mention>)| it.anchor.range().is_none().then_some(*id);
    let orphan = notebook.mentions().iter().find_map(orphan).unwrap();
    let rebound = Edit::Rebound { mention: Ref::Id(orphan), at: Spot::Nth("Kervadec".into(), 1) };
    apply(&mut notebook, &rebound).unwrap();
    let mut read = versions(&notebook);
    read.sort_unstable();
    assert_eq!(read, [1, 1, 1, 1, 1, 2, 2]);
    assert!(check(&notebook).iter().all(|problem| problem.is_orphan()));
    for wrong in [0, 3] {
        let list = format!(
            r#"[AddEvidence(link: "{link}", evidence: Quote(at: Quote("Brest"), version: {wrong}))]"#
        );
        let list = Edit::Batch(String::new(), casebook::edit::parse_script(&list).unwrap());
        let refused = apply(&mut notebook, &list).unwrap_err().to_string();
        assert!(refused.contains("numbered from 1 to 2"), "{refused}");
    }

    // The file keeps it, and so does the part of it that is copied.
    let (again, ..) = parse(&render(&notebook, &ViewState::default())).unwrap();
    assert!(again == notebook);
    let ends = notebook.links().values().flat_map(|link| link.ends()).collect();
    let part = copy_part(&notebook, &ends, &Default::default(), &Default::default()).unwrap();
    let part = parse_part(&part).unwrap().unwrap();
    let pasted = |mut into: Notebook| {
        let before: Vec<LinkId> = into.links().keys().copied().collect();
        let edit = part.paste(&into, (0.0, 0.0), String::new());
        apply(&mut into, &edit).unwrap();
        let new = into.links().iter().find(|(id, _)| !before.contains(id)).unwrap().1;
        let anchors = new.evidence.iter().filter_map(|one| into.evidence_anchor(one));
        let mut read: Vec<u32> = anchors.map(|anchor| anchor.version).collect();
        read.sort_unstable();
        read
    };
    // The orphan among the quotes stays behind, as words.
    assert_eq!(pasted(notebook.clone()), [1, 1, 1, 2, 2]);
    // Where only the second version is, all is read in that, and what is the same then is there once.
    let (id, article) = notebook.articles().iter().next().unwrap();
    let mut article = Article::clone(article);
    article.earlier.clear();
    article.about.publisher = None;
    let mut bare = Notebook::new("");
    apply(&mut bare, &Edit::AddArticle(*id, Arc::new(article))).unwrap();
    assert_eq!(pasted(bare), [1, 1, 1, 1]);
}

#[test]
fn the_version_is_told_where_there_are_several() {
    let desk = Desk::new();
    let place = |shown: &Value| shown["entities"][0]["mentions"][0].clone();
    let before = place(&desk.json(&["show", "n.ron", "--json"]));
    assert!(before["start"].is_u64() && before.get("version").is_none(), "{before:#}");
    assert!(!desk.ok(&["show", "n.ron"]).contains("read in version"));
    desk.ok(&["update", "n.ron", "new/phare.txt"]);
    let shown = desk.json(&["show", "n.ron", "--json"]);
    assert_eq!(shown["articles"][0]["versions"], 2);
    let after = place(&shown);
    assert_eq!((&after["version"], &after["versions"]), (&1.into(), &2.into()), "{after:#}");
    let said = desk.ok(&["show", "n.ron"]);
    assert!(said.contains("read in version 1 of 2, "), "{said}");
    for format in ["markdown", "html"] {
        desk.ok(&["export", "n.ron", "--to", format, "-o", &format!("out.{format}")]);
        let out = fs::read_to_string(desk.path(&format!("out.{format}"))).unwrap();
        assert!(out.contains("read in version 1 of 2, "), "{format}");
    }
    let notebook = desk.notebook();
    let link = *notebook.links().keys().next().unwrap();
    let quoted = casebook::export::Quoted::Evidence(link).text(&notebook);
    assert!(quoted.contains(", read in version 1 of 2, "), "{quoted}");
}

#[test]
fn what_changed_is_told_sentence_by_sentence() {
    let desk = Desk::new();
    let said = desk.refused(&["changes", "n.ron"]);
    assert!(said.contains("more than one version"), "{said}");
    let updated = desk.json(&["update", "n.ron", "new/phare.txt", "--json"]);
    let told = desk.json(&["changes", "n.ron", "--json"]);
    assert_eq!((&told["from"]["version"], &told["to"]["version"]), (&1.into(), &2.into()));
    assert_eq!(
        ["removed", "reworded", "moved", "added", "respelt"].map(|it| told[it].as_u64().unwrap()),
        [1, 1, 0, 1, 1]
    );
    let changes = told["changes"].as_array().unwrap();
    let of = |kind: &str| changes.iter().find(|change| change["kind"] == kind).unwrap();
    let removed = of("removed");
    assert!(removed["old"].as_str().unwrap().starts_with("Le syndicat, lui, soutient"));
    assert_eq!(removed["new"], Value::Null);
    // The Kervadec that is an orphan now stood there, and nothing else did.
    let stood = removed["mentions"].as_array().unwrap();
    assert_eq!((stood.len(), &stood[0]["entity"]["name"]), (1, &"Kervadec".into()));
    let reworded = of("reworded");
    assert!(reworded["old"].as_str().unwrap().contains("prévenu vendredi,"));
    assert!(reworded["new"].as_str().unwrap().contains("prévenu vendredi soir,"));
    let names = |change: &Value| -> Vec<String> {
        let all = change["mentions"].as_array().unwrap().iter();
        all.map(|it| it["entity"]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(reworded), ["Le Phare", "Kervadec", "Kervadec was warned on Friday."]);
    assert_eq!((&of("added")["old"], names(of("added")).len()), (&Value::Null, 0));
    // The update said the same, before it was done.
    assert_eq!(updated["changes"], told["changes"]);

    let said = desk.ok(&["changes", "n.ron"]);
    for words in [
        "What “Le conseil a cédé” took back and changed, from version 1 (phare.txt, read ",
        "1 sentence removed, 1 reworded, 1 added; 1 with other signs or spaces only.",
        "Removed, paragraph 4:\n− “Le syndicat, lui, soutient que Kervadec a menacé deux équipages.”\n  Tagged in it: Kervadec (actor)",
        "Added, paragraph 2:\n+ “Mise à jour",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }

    // Backwards, what was removed was added.
    let back = desk.json(&["changes", "n.ron", "--from", "2", "--to", "1", "--json"]);
    assert_eq!((&back["removed"], &back["added"]), (&1.into(), &1.into()));
    assert_eq!(desk.json(&["changes", "n.ron", "--from", "2", "--json"])["to"]["version"], 1);
    for wrong in [["--from", "0"], ["--to", "3"], ["--from", "9"]] {
        let args = [&["changes", "n.ron"][..], &wrong[..]].concat();
        assert!(desk.refused(&args).contains("from 1 to 2"), "{wrong:?}");
    }
    assert!(desk.refused(&["changes", "n.ron", "--from", "1", "--to", "1"]).contains("itself"));
    assert!(desk.refused(&["changes", "n.ron", "--article", "Nobody"]).contains("Nobody"));
}

/// The orphans of a notebook: mentions and quotes, by their words.
fn orphans(notebook: &Notebook) -> Vec<String> {
    let quotes =
        notebook.links().values().flat_map(|link| &link.evidence).filter_map(|it| match it {
            Evidence::Quote(anchor) => Some(anchor),
            Evidence::Mention(_) => None,
        });
    let all = notebook.mentions().values().map(|mention| &mention.anchor).chain(quotes);
    let mut words: Vec<String> = all
        .filter(|anchor| anchor.range().is_none())
        .map(|anchor| notebook.words(anchor).to_owned())
        .collect();
    words.sort();
    words
}

/// A window with the notebook of a desk, on which its article’s new version is waiting.
fn updating(desk: &Desk) -> Session {
    let mut s = Session::open();
    s.send(Intent::Session(SessionIntent::OpenPath(desk.path("n.ron"))));
    let article = s.open_notebook().article().unwrap();
    s.send(Intent::Session(SessionIntent::UpdateArticle(article, desk.path("new/phare.txt"))));
    s
}

#[test]
fn orphans_are_kept_and_counted_through_undo_saving_and_opening_again() {
    let desk = Desk::new();
    let mut s = updating(&desk);
    let before = s.open_notebook().snapshot();
    s.send(Intent::Answer(Answer::Reload));
    let lost = ["Kervadec", "Le syndicat, lui, soutient que Kervadec a menacé deux équipages."]
        .map(str::to_owned);
    assert_eq!(orphans(s.open_notebook().notebook()), lost);
    assert!(s.program().notices().iter().any(|notice| notice.text.contains("1 orphaned")));
    let updated = s.open_notebook().snapshot();
    s.run(AppCommand::Undo);
    assert!(s.open_notebook().notebook() == &*before);
    assert_eq!(orphans(s.open_notebook().notebook()), [""; 0]);
    s.run(AppCommand::Redo);
    assert!(s.open_notebook().notebook() == &*updated);
    s.run(AppCommand::Save);
    assert!(!s.open_notebook().is_modified());
    s.run(AppCommand::CloseNotebook);
    s.send(Intent::Session(SessionIntent::OpenPath(desk.path("n.ron"))));
    assert!(s.open_notebook().notebook() == &*updated);
    // Told on opening, with the first of them; and listed by the review.
    let said: Vec<String> =
        s.program().notices().iter().map(|notice| notice.text.clone()).collect();
    assert!(
        said.iter()
            .any(|it| it.contains("1 mention, 1 quote of a link and 1 dismissed suggestion")),
        "{said:?}"
    );
    s.run(AppCommand::Undo);
    assert!(s.open_notebook().notebook() == &*updated, "what was saved and opened has no history");
}

#[test]
fn the_page_walks_quotes_and_puts_orphans_at_a_place_by_keyboard() {
    let desk = Desk::new();
    // Two sentences that it could be.
    let after = format!(
        "{AFTER}Kervadec a menacé les équipages. Que Kervadec a menacé des équipages est dit.\n"
    );
    fs::write(desk.path("new/phare.txt"), after).unwrap();
    let mut s = updating(&desk);
    let before = s.open_notebook().snapshot();
    let asked: &ArticleUpdate = s.program().asked().unwrap();
    assert_eq!(asked.items.len(), 8, "six mentions and two quotes");
    let orphan = asked.items.iter().position(|item| {
        let anchor = item.anchor(&before).unwrap();
        matches!(asked.update.outcome(anchor), Some(Outcome::Orphaned { candidates }) if candidates.len() > 1)
    });
    let orphan = orphan.expect("an orphan with places that it could be");
    let item = asked.items[orphan];
    let (counts, quotes) = (asked.counts, asked.quotes);
    assert_eq!(counts[3] + quotes[3], 0);
    for _ in 0..orphan {
        s.key(egui::Modifiers::NONE, Key::ArrowDown);
    }
    let words = before.words(item.anchor(&before).unwrap());
    let row = |state: &str| format!("{state}: {words}, {}", item.of(&before));
    assert!(selected(&s, &row("orphaned")));
    // A digit puts it there, 0 takes it back; so does the button, with Enter.
    s.key(egui::Modifiers::NONE, Key::Num2);
    assert!(selected(&s, &row("placed")));
    s.key(egui::Modifiers::NONE, Key::Num0);
    assert!(selected(&s, &row("orphaned")));
    let asked: &ArticleUpdate = s.program().asked().unwrap();
    let anchor = item.anchor(&before).unwrap();
    let Some(Outcome::Orphaned { candidates }) = asked.update.outcome(anchor) else { panic!() };
    let (second, text) = (candidates[1].0.clone(), asked.update.text().clone());
    let button = |s: &Session, says: &str| {
        let found = s.0.query_all_by_role(Role::Button).find(|button| {
            button.accesskit_node().label().is_some_and(|label| label.starts_with(says))
        });
        found.map(|button| button.focus()).is_some()
    };
    assert!(button(&s, "Put the orphan at place 2: “"));
    s.0.run();
    s.key(egui::Modifiers::NONE, Key::Enter);
    let asked: &ArticleUpdate =
        s.program().asked().expect("Enter chose the place, and did not accept");
    assert_eq!(asked.update.placed(anchor), Some(second.clone()));
    assert_eq!(asked.counts[3] + asked.quotes[3], 1);
    assert!(button(&s, "Take the orphan from place 2"));
    s.send(Intent::Answer(Answer::Reload));

    // It was read there; and all of it is one step.
    let after = s.open_notebook().snapshot();
    let anchor = item.anchor(&after).unwrap();
    assert_eq!((anchor.range(), anchor.version), (Some(second.clone()), 2));
    assert_eq!(Some(after.words(anchor)), text.get(second));
    assert!(check(&after).iter().all(|problem| problem.is_orphan()));
    s.run(AppCommand::Undo);
    assert!(s.open_notebook().notebook() == &*before);
    s.run(AppCommand::Redo);
    assert!(s.open_notebook().notebook() == &*after);
}

#[test]
fn an_orphan_is_not_put_where_the_entity_is_tagged_already() {
    let desk = Desk::new();
    let mut notebook = desk.notebook();
    let mut update = update_of(&notebook, AFTER).unwrap();
    let (_, mention) = notebook
        .mentions()
        .iter()
        .find(|(_, it)| matches!(update.outcome(&it.anchor), Some(Outcome::Orphaned { .. })))
        .unwrap();
    let anchor = mention.anchor.clone();
    let found = notebook.mentions().values().find(|it| update.goes_to(&it.anchor).is_some());
    let found = found.unwrap().anchor.clone();
    assert!(update.place(&found, Some(0..2)).is_err(), "what was found stays where it is");
    for wrong in [3..3, 0..AFTER.len() + 1, 16..17] {
        assert!(update.place(&anchor, Some(wrong.clone())).is_err(), "{wrong:?}");
    }
    // Where it would be tagged twice, it stays an orphan, with its words.
    let taken = update.goes_to(&found).unwrap();
    update.place(&anchor, Some(taken)).unwrap();
    apply(&mut notebook, &Edit::UpdateArticle(Arc::new(update))).unwrap();
    assert!(check(&notebook).iter().all(|problem| problem.is_orphan()));
    let mut places = std::collections::BTreeSet::new();
    for mention in notebook.mentions().values().filter(|it| it.anchor.range().is_some()) {
        assert!(places.insert(format!("{} {:?}", mention.entity, mention.anchor.place)));
    }
}

#[test]
fn two_versions_stand_side_by_side_and_keys_go_from_change_to_change() {
    let desk = Desk::new();
    let mut s = updating(&desk);
    assert!(!s.program().is_enabled(AppCommand::CompareVersions));
    // On the page of the update already.
    s.0.get_by_label("Changes in the text (3)").click();
    s.0.run();
    s.0.get_by_label("Copy the list");
    s.send(Intent::Answer(Answer::Reload));
    s.run(AppCommand::CompareVersions);
    let asked: &ComparedVersions = s.program().asked().unwrap();
    let changes = Arc::clone(&asked.changes);
    assert_eq!((changes.from.number, changes.to.number), (1, 2));
    let rows: Vec<String> = s
        .0
        .query_all_by_role(Role::ListBoxOption)
        .filter_map(|row| row.accesskit_node().label())
        .filter(|name| ["Added, ", "Reworded, ", "Removed, "].iter().any(|it| name.starts_with(it)))
        .collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[2].contains("équipages.”. Tagged in it: Kervadec"), "{}", rows[2]);
    assert!(selected(&s, &rows[0]));
    // The texts have the keyboard.
    s.key(egui::Modifiers::NONE, Key::ArrowDown);
    assert!(selected(&s, &rows[1]));
    s.key(egui::Modifiers::NONE, Key::F3);
    assert!(selected(&s, &rows[2]));
    s.key(egui::Modifiers::SHIFT, Key::F3);
    assert!(selected(&s, &rows[1]));
    s.key(egui::Modifiers::NONE, Key::End);
    assert!(selected(&s, &rows[2]));
    // What is marked is said in words, not only drawn.
    let said: Vec<String> =
        s.0.query_all_by_role(Role::Label)
            .filter_map(|label| label.accesskit_node().label().or(label.accesskit_node().value()))
            .collect();
    assert!(said.iter().any(|it| it.contains("prévenu vendredi [added: soir]")), "{said:#?}");
    assert!(said.iter().any(|it| it.contains("[removed: Le syndicat, lui")), "{said:#?}");
    // The orphan that stood there leads to its mention; the page is closed for that.
    let leads = s.0.query_all_by_role(Role::Button).find(|button| {
        let name = button.accesskit_node().label().unwrap_or_default();
        name.starts_with("Go to the actor Kervadec") && name.ends_with("an orphan now")
    });
    leads.expect("the mention").click();
    s.0.run();
    s.settle();
    assert!(s.program().question().is_none());
    assert!(s.open_notebook().selection().mention.is_some());
    // Backwards, from the details of the article.
    s.run(AppCommand::DescribeArticle);
    s.0.get_by_label("Compare versions…").click();
    s.0.run();
    s.settle();
    assert!(s.program().asked::<ComparedVersions>().is_some());
    let article = s.open_notebook().article().unwrap();
    s.send(Intent::Session(SessionIntent::CompareVersions(article, 2, 1)));
    let asked: &ComparedVersions = s.program().asked().unwrap();
    assert_eq!(asked.changes.changes.counts(), [1, 1, 0, 1]);
    s.key(egui::Modifiers::NONE, Key::Escape);
    assert!(s.program().question().is_none());
}

#[test]
fn a_long_text_is_drawn_as_far_as_it_is_seen() {
    let desk = Desk::new();
    let long = |word: &str| {
        let sentence =
            |n: usize| format!("Phrase {n} du long rapport sur le port et sa vente {word}.\n");
        (0..20_000).map(sentence).collect::<String>()
    };
    fs::write(desk.path("long.txt"), long("ancienne")).unwrap();
    fs::write(
        desk.path("new/long.txt"),
        long("ancienne").replace("Phrase 17000 du", "Passage 17000 du"),
    )
    .unwrap();
    desk.ok(&["new", "long.txt", "-o", "n.ron", "--force"]);
    desk.ok(&["update", "n.ron", "new/long.txt"]);
    let mut s = Session::open();
    s.send(Intent::Session(SessionIntent::OpenPath(desk.path("n.ron"))));
    s.run(AppCommand::CompareVersions);
    let asked: &ComparedVersions = s.program().asked().unwrap();
    assert_eq!(asked.changes.changes.list().len(), 1);
    let shown = |s: &Session| -> Vec<String> {
        s.0.query_all_by_role(Role::Label)
            .filter_map(|it| it.accesskit_node().label().or(it.accesskit_node().value()))
            .filter(|it| it.contains("du long rapport"))
            .collect()
    };
    let rows = shown(&s);
    assert!(rows.len() > 8 && rows.len() < 200, "{} rows are laid out", rows.len());
    assert!(rows.iter().any(|it| it.contains("[added: Passage]")), "{rows:#?}");
    // A page further on there are others, and back again the same.
    s.key(egui::Modifiers::NONE, Key::PageDown);
    let later = shown(&s);
    assert!(!later.iter().any(|it| it.contains("[added: Passage]")), "{later:#?}");
    s.key(egui::Modifiers::NONE, Key::PageUp);
    assert!(shown(&s).iter().any(|it| it.contains("[added: Passage]")));
}
