//! An article's new version: `casebook update` as a script meets it, the edit behind it, and its page.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use casebook::app::questions::ArticleUpdate;
use casebook::app::{Command as AppCommand, Intent, SessionIntent};
use casebook::edit::{Edit, Ref, Refusal, Spot, Update, apply, copy_part, parse_part};
use casebook::notebook::{
    Article, ArticleId, Evidence, LinkId, Mention, MentionId, Notebook, Origin, Place, ViewState,
    check,
};
use casebook::storage::{parse, render};
use casebook::text::{Outcome, Text};
use egui::Key;
use egui::accesskit::Toggled;
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
    let [unchanged, _, orphaned] = asked.counts;
    assert!(orphaned > 1 && unchanged > orphaned, "{:?}", asked.counts);
    let names: Vec<String> = asked
        .mentions
        .iter()
        .take(2)
        .map(|id| {
            let mention = before.mention(*id).unwrap();
            format!("orphaned: {}, {}", before.words(&mention.anchor), before.name(mention.entity))
        })
        .collect();
    assert!(names[0].contains(&words), "{names:?}");
    let selected = |s: &Session, name: &str| {
        let mut rows = s.0.query_all_by_role_and_label(egui::accesskit::Role::ListItem, name);
        rows.any(|row| {
            let node = row.accesskit_node();
            node.is_selected() == Some(true) || node.toggled() == Some(Toggled::True)
        })
    };
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
