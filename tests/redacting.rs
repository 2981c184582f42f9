//! Exports without the names of sources: nothing that was to be replaced stands in any format, and nothing is written while
//! it would.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "common/cli.rs"]
mod cli;
#[path = "common/session.rs"]
mod session;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use casebook::app::{Command, Intent, Selection};
use casebook::edit::redaction::{Redacted, Redaction, anonymous_sources};
use casebook::edit::{Edit, apply, parse_script};
use casebook::export::{FORMATS, Hide, Packaging};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{
    About, Article, ArticleId, EntityId, Notebook, Origin, ViewState, check, edtf_span,
};
use casebook::storage::load;
use casebook::text::Text;
use cli::{json, run, text};
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;
use session::Session;
use tempfile::TempDir;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/port-leonie.ron");

/// A folder with the sample notebook, whose own title names nobody.
fn sample() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(SAMPLE, folder.path().join("n.ron")).unwrap();
    folder
}

/// All files at a path, with those inside archives.
fn files(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    if path.is_dir() {
        let mut inside: Vec<PathBuf> =
            fs::read_dir(path).unwrap().map(|it| it.unwrap().path()).collect();
        inside.sort();
        return inside.iter().flat_map(|path| files(path)).collect();
    }
    let bytes = fs::read(path).unwrap();
    let mut all = Vec::new();
    if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(&bytes)) {
        for number in 0..archive.len() {
            let mut file = archive.by_index(number).unwrap();
            let mut inside = Vec::new();
            file.read_to_end(&mut inside).unwrap();
            all.push((path.join(&*file.name().unwrap()), inside));
        }
    }
    all.push((path.to_owned(), bytes));
    all
}

#[test]
fn no_format_names_who_is_hidden() {
    let folder = sample();
    for format in FORMATS {
        let out = match format.packaging {
            Packaging::File(extension) => format!("out.{extension}"),
            Packaging::Folder => format!("out-{}", format.id),
        };
        let args = ["export", "n.ron", "--to", format.id, "-o", &out, "--force"];
        let hide = ["--redact", "Solène Varquier", "--redact", "anonymous", "--json"];
        let done = json(&folder, &[&args[..], &hide].concat());
        let hidden = done["redacted"].as_array().unwrap();
        assert!(hidden.len() > 5 && done["replaced"].as_u64().unwrap() > 50, "{done:#}");
        let forms = hidden.iter().flat_map(|one| one["forms"].as_array().unwrap());
        let mut forms: BTreeSet<String> =
            forms.map(|form| form.as_str().unwrap().to_lowercase()).collect();
        forms.extend(["varquier", "solène", "solene"].map(str::to_owned));
        let written = files(&folder.path().join(&out));
        assert!(!written.is_empty());
        for (name, bytes) in written {
            let content = String::from_utf8_lossy(&bytes).to_lowercase();
            let name = name.to_string_lossy().to_lowercase();
            for form in forms.iter().filter(|form| form.chars().count() > 4) {
                assert!(!content.contains(form.as_str()), "{}: “{form}” in {name}", format.id);
                assert!(!name.contains(form.as_str()), "{}: “{form}” names {name}", format.id);
            }
        }
    }
    // The notebook itself still names them.
    assert!(fs::read_to_string(folder.path().join("n.ron")).unwrap().contains("Varquier"));
}

#[test]
fn a_redacted_notebook_is_a_notebook() {
    let folder = sample();
    text(run(
        &folder,
        &["export", "n.ron", "--to", "casebook", "-o", "c.ron", "--redact", "anonymous"],
    ));
    let (old, new) = (folder.path().join("n.ron"), folder.path().join("c.ron"));
    let read = |path: &Path| load(path, &|| false, &|_| {}).unwrap().notebook;
    let (old, new) = (read(&old), read(&new));
    assert_eq!(check(&new), []);
    assert!(old.entities().keys().eq(new.entities().keys()));
    assert!(old.links().keys().eq(new.links().keys()));
    // Without anybody to hide it is the same notebook; of a view, a part that is sound.
    text(run(&folder, &["export", "n.ron", "--to", "casebook", "-o", "same.ron"]));
    assert!(read(&folder.path().join("same.ron")) == old);
    let list = r#"[AddView(with: (name: "Claims", filter: (kinds: [Event])))]"#;
    fs::write(folder.path().join("edits.ron"), list).unwrap();
    text(run(&folder, &["edit", "n.ron", "edits.ron"]));
    text(run(
        &folder,
        &["export", "n.ron", "--to", "casebook", "-o", "part.ron", "--view", "Claims"],
    ));
    let part = read(&folder.path().join("part.ron"));
    assert_eq!(check(&part), []);
    assert!(!part.entities().is_empty() && part.entities().len() < old.entities().len());
    assert!(part.entities().values().all(|entity| !entity.is_deleted_source()));
}

#[test]
fn while_a_name_would_be_left_nothing_is_written() {
    let folder = sample();
    // What the format itself says cannot be replaced.
    let list = r#"[AddEntity(kind: Actor, name: "participants", with: (actor_kind: Anonymous))]"#;
    fs::write(folder.path().join("edits.ron"), list).unwrap();
    text(run(&folder, &["edit", "n.ron", "edits.ron"]));
    fs::write(folder.path().join("c.ron"), "before").unwrap();
    let hide = ["--to", "casebook", "-o", "c.ron", "--redact", "anonymous", "--force"];
    let refused = run(&folder, &[&["export", "n.ron"][..], &hide].concat());
    let error = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success());
    assert!(
        error.contains("nothing was exported: “participants” would still stand in it"),
        "{error}"
    );
    assert_eq!(fs::read(folder.path().join("c.ron")).unwrap(), b"before");
    assert_eq!(
        fs::read_dir(folder.path())
            .unwrap()
            .filter(|it| {
                it.as_ref().unwrap().file_name().to_string_lossy().starts_with(".c.ron")
            })
            .count(),
        0
    );
    let unknown =
        run(&folder, &["export", "n.ron", "--to", "ics", "-o", "c.ics", "--redact", "Nobody"]);
    assert!(!unknown.status.success());
}

#[test]
fn the_page_lists_what_is_replaced_before() {
    let folder = sample();
    let mut s = Session::open();
    let path = folder.path().join("n.ron");
    s.send(Intent::Session(casebook::app::SessionIntent::OpenPath(path)));
    s.settle();
    let varquier = s.id("Solène Varquier");
    s.send(Intent::Select(Selection::entity(varquier)));
    s.run(Command::Export);
    // With the keyboard: the page may be longer than the window.
    s.0.get_by_label("Replace those of the selected entities").focus();
    s.0.run();
    s.key(egui::Modifiers::NONE, egui::Key::Space);
    s.0.run();
    s.0.get_by_label_contains("Source 1 for “Solène Varquier”");
    let choice = casebook::app::ExportChoice {
        format: "markdown",
        scope: casebook::export::Scope::Everything,
        hide: Hide::These([varquier].into()),
    };
    s.send(Intent::Cancel);
    let out = folder.path().join("report.md");
    s.send(Intent::Session(casebook::app::SessionIntent::ExportTo(out.clone(), choice)));
    s.settle();
    let report = fs::read_to_string(out).unwrap();
    assert!(report.contains("Source 1") && !report.contains("Varquier"));
    let notice = s.program().notices().last().unwrap().text.clone();
    assert!(notice.contains("Names were replaced in"), "{notice}");
}

const TEXT: &str = "Leak at the quay\nPennick Orr, who works at the quay, says it leaks. “I saw it,” Orr’s letter says. \
    She wrote as @pennick_orr and from pennick.orr@quay.example; pro-Orr workers agree.\nORR was not asked. An orrery is \
    none of hers, and Orrin Vale knows nothing.";

/// A notebook with one article, of which these words are tagged as these entities.
fn notebook(edits: &str) -> Notebook {
    let mut notebook = Notebook::new("The Orr case");
    let about = About {
        title: "What Pennick Orr saw".to_owned(),
        author: "with Pennick Orr".to_owned(),
        url: "https://example.org/2031/pennick-orr-saw-it".to_owned(),
        ..About::default()
    };
    let origin = Origin {
        file_name: "orr_interview.txt".to_owned(),
        sha256: "00".repeat(32),
        bytes: 12,
        ..Origin::default()
    };
    let article = Article { about, origin, earlier: Vec::new(), text: Text::new(TEXT) };
    apply(&mut notebook, &Edit::AddArticle(ArticleId::random(), Arc::new(article))).unwrap();
    let edits = parse_script(edits).unwrap();
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    notebook
}

fn named(notebook: &Notebook, name: &str) -> EntityId {
    let found = notebook.entities().iter().find(|(_, entity)| entity.name == name);
    *found.unwrap().0
}

fn file(notebook: &Notebook) -> String {
    casebook::storage::render(notebook, &ViewState::default())
}

const ORR: &str = r#"[
    AddEntity(kind: Actor, name: "Pennick Orr", with: (actor_kind: Person, aliases: ["Nick"], note: "Lives in Skerry.")),
    AddEntity(kind: Actor, name: "Orrin Vale", with: (actor_kind: Person)),
    AddEntity(kind: Claim, name: "Orr saw the leak"),
    Tag(at: Quote("Pennick Orr"), entity: "Pennick Orr"),
    Tag(at: Quote("She"), entity: "Pennick Orr"),
    Tag(at: Quote("Orrin Vale"), entity: "Orrin Vale"),
    Tag(at: Quote("it leaks"), entity: "Orr saw the leak",
        statement: (chain: [(actor: "Pennick Orr", cue: "Orr says")])),
    Link(from: "Pennick Orr", relation: "associated with", to: "Orrin Vale", with: (note: "Nick told me."),
         evidence: [Quote(at: Quote("Orr’s letter says"))]),
    AddCard(with: (text: "Ask P. Orr again", at: (0.0, 0.0))),
]"#;

#[test]
fn a_source_is_hidden_everywhere() {
    let notebook = notebook(ORR);
    let id = named(&notebook, "Pennick Orr");
    let redaction = Redaction::new(&notebook, &BTreeSet::from([id]));
    let [hidden] = redaction.hidden() else { panic!("{:?}", redaction.hidden()) };
    assert_eq!((&*hidden.name, &*hidden.stand_in), ("Pennick Orr", "Source 1"));
    assert_eq!(hidden.forms, ["Pennick Orr", "Nick", "Pennick", "Orr"]);
    let Redacted { notebook: copy, places } = redaction.apply(&notebook, &|| false).unwrap();
    assert!(places > 12, "{places}");
    assert_eq!(check(&copy), []);
    let written = file(&copy);
    for gone in [
        "Pennick",
        "pennick",
        "Orr ",
        "Orr’",
        "ORR",
        "Orr,",
        "Nick",
        "Skerry",
        "orr_",
        "quay.example",
        "00000",
    ] {
        assert!(!written.contains(gone), "{gone} in {written}");
    }
    let article = copy.articles().values().next().unwrap();
    assert_eq!(
        article.text.as_str(),
        "Leak at the quay\nSource 1, who works at the quay, says it leaks. “I saw it,” Source 1’s letter says. Source 1 \
         wrote as Source 1 and from Source 1; pro-Source 1 workers agree.\nSource 1 was not asked. An orrery is none of \
         hers, and Orrin Vale knows nothing."
    );
    assert_eq!(
        (&*article.about.url, &*article.origin.file_name, &*article.origin.sha256),
        ("", "", "")
    );
    let words = |name: &str| -> Vec<String> {
        let id = named(&copy, name);
        let mentions = copy.mentions_of(id).filter_map(|id| copy.mention(id));
        let said = mentions.filter_map(|it| article.text.get(it.anchor.range()?));
        said.map(str::to_owned).collect()
    };
    assert_eq!(words("Source 1"), ["Source 1", "Source 1"]);
    assert_eq!(words("Orrin Vale"), ["Orrin Vale"]);
    assert_eq!(words("Source 1 saw the leak"), ["it leaks"]);
    let link = copy.links().values().next().unwrap();
    let quoted =
        copy.evidence_anchor(&link.evidence[0]).and_then(|it| article.text.get(it.range()?));
    assert_eq!(quoted, Some("Source 1’s letter says"));
    assert_eq!(redaction.first_in("for ORR alone"), Some(("Orr", 4..7)));
    // The notebook itself is as it was.
    assert!(file(&notebook).contains("Pennick Orr"));
}

#[test]
fn a_name_that_is_taken_is_not_given_and_others_keep_theirs() {
    let notebook = notebook(
        r#"[
            AddEntity(kind: Actor, name: "Source 1", with: (actor_kind: Person)),
            AddEntity(kind: Actor, name: "Pennick Vale", with: (actor_kind: Person)),
            AddEntity(kind: Actor, name: "The Quay: a worker", with: (actor_kind: Anonymous)),
            AddEntity(kind: Actor, name: "The Quay", with: (actor_kind: Media)),
            Tag(at: Quote("workers"), entity: "The Quay: a worker"),
        ]"#,
    );
    let anonymous = anonymous_sources(&notebook);
    assert_eq!(anonymous, [named(&notebook, "The Quay: a worker")].into());
    let redaction = Redaction::new(&notebook, &anonymous);
    assert_eq!(redaction.hidden()[0].stand_in, "Source 2");
    let copy = redaction.apply(&notebook, &|| false).unwrap().notebook;
    let names: BTreeSet<&str> = copy.entities().values().map(|entity| &*entity.name).collect();
    assert_eq!(names, ["Pennick Vale", "Source 1", "Source 2", "The Quay"].into());
    let text = copy.articles().values().next().unwrap().text.clone();
    assert!(text.as_str().contains("at the quay, says"), "the outlet is not hidden");
    assert!(text.as_str().contains("pro-Orr Source 2 agree"), "{}", text.as_str());
    // A part of a name that another actor has too is left: it would hide that one.
    let orr = Redaction::new(&notebook, &[named(&notebook, "Pennick Vale")].into());
    assert_eq!(orr.hidden()[0].forms, ["Pennick Vale", "Pennick", "Vale"]);
}

#[test]
fn a_tag_inside_a_word_takes_the_whole_word() {
    let mut notebook = Notebook::new("");
    let text = Text::new("Il dit c’est l'entreprise de Nadège. D'Orr a vu l'usine.");
    let about = About { title: "A quay".to_owned(), ..About::default() };
    let origin = Origin::default();
    let article = Article { about, origin, earlier: Vec::new(), text };
    apply(&mut notebook, &Edit::AddArticle(ArticleId::random(), Arc::new(article))).unwrap();
    let edits = parse_script(
        r#"[
            AddEntity(kind: Event, name: "Nadège"),
            Tag(at: Quote("'entrepris"), entity: "Nadège"),
            AddEntity(kind: Event, name: "c’est le"),
            Tag(at: Quote("rr"), entity: "c’est le"),
        ]"#,
    );
    apply(&mut notebook, &Edit::Batch(String::new(), edits.unwrap())).unwrap();
    let all: BTreeSet<EntityId> = notebook.entities().keys().copied().collect();
    let redaction = Redaction::new(&notebook, &all);
    let of = |name| {
        let hidden = redaction.hidden().iter().find(|one| one.name == name);
        hidden.unwrap().stand_in.clone()
    };
    let (first, second) = (of("Nadège"), of("c’est le"));
    let copy = redaction.apply(&notebook, &|| false).unwrap().notebook;
    let article = copy.articles().values().next().unwrap();
    // Beside no letter: “c’est l” and “Event 1” would read as “c’est le”.
    let expected = format!("Il dit c’est {first} de {first}. D'{second} a vu l'usine.");
    assert_eq!(article.text.as_str(), expected);
    let words: BTreeSet<&str> = copy
        .mentions()
        .values()
        .map(|mention| article.text.get(mention.anchor.range().unwrap()).unwrap())
        .collect();
    assert_eq!(words, [&*first, &*second].into());
    assert!(left(&redaction, &copy).is_empty());
}

/// Every string of a notebook's file, but for quotes: those are parts of an article's text.
fn words_of(file: &str) -> Vec<String> {
    let string = regex::Regex::new(r#"(exact: |prefix: |suffix: )?"((?:[^"\\]|\\.)*)""#).unwrap();
    let all = string.captures_iter(file).filter(|it| it.get(1).is_none());
    let value = |it: regex::Captures<'_>| ron::from_str(&format!("\"{}\"", &it[2]));
    let words = all.filter_map(|it| value(it).ok());
    // A day is no name, even where somebody is called “17”.
    words.filter(|words: &String| edtf_span(words).is_none()).collect()
}

/// Hides these of a random notebook's entities, by their place in order; the notebook, the redaction and the copy.
fn hiding(seed: u64, places: impl Fn(usize) -> Vec<usize>) -> (Notebook, Redaction, Notebook) {
    let size = Size { articles: 3, text: 900, entities: 30, mentions: 60, links: 20 };
    let (notebook, _) = generate(seed, size);
    let ids: Vec<EntityId> = notebook.entities().keys().copied().collect();
    let chosen: BTreeSet<EntityId> = places(ids.len()).into_iter().map(|at| ids[at]).collect();
    let redaction = Redaction::new(&notebook, &chosen);
    let copy = redaction.apply(&notebook, &|| false).unwrap().notebook;
    (notebook, redaction, copy)
}

/// What is hidden and still found in a copy, with the words it stands in.
fn left(redaction: &Redaction, copy: &Notebook) -> Vec<String> {
    let texts = copy.articles().values().map(|article| article.text.as_str().to_owned());
    let all = texts.chain(words_of(&file(copy)));
    let found = |words: String| redaction.first_in(&words).map(|_| words.clone());
    all.filter_map(found).collect()
}

#[test]
fn a_stand_in_does_not_complete_a_hidden_name() {
    // One is called “éviction c” here, and “éviction” stands before the words of a claim that is hidden.
    let (notebook, redaction, copy) = hiding(8_586_366_758_112_513_679, |_| vec![5, 8]);
    assert!(
        redaction.hidden().iter().any(|one| one.forms.iter().any(|form| form == "éviction c")),
        "{:?}",
        redaction.hidden()
    );
    assert!(left(&redaction, &copy).is_empty(), "{:?}", left(&redaction, &copy));
    assert_eq!(copy.entities().len(), notebook.entities().len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn nothing_hidden_is_left_and_the_copy_is_sound(seed in any::<u64>(), some in prop::collection::vec(any::<prop::sample::Index>(), 1..6)) {
        let places = |all: usize| some.iter().map(|at| at.index(all)).collect();
        let (notebook, redaction, copy) = hiding(seed, places);
        let problems = |notebook: &Notebook| check(notebook).into_iter().filter(|it| !it.is_orphan()).count();
        prop_assert_eq!(problems(&copy), problems(&notebook));
        prop_assert_eq!(copy.entities().len(), notebook.entities().len());
        prop_assert_eq!(copy.links().len(), notebook.links().len());
        prop_assert_eq!(left(&redaction, &copy), Vec::<String>::new());
        // Hiding nobody changes nothing.
        let none = Redaction::new(&notebook, &BTreeSet::new());
        prop_assert!(none.apply(&notebook, &|| false).unwrap().notebook == notebook);
    }
}

#[test]
fn a_name_in_an_address_is_found_however_its_accents_are_written() {
    let mut notebook = Notebook::new("");
    let url = "https://example.org/2031/z\u{e9}o".to_owned();
    let about = About { title: "The quay".to_owned(), url, ..About::default() };
    let origin = Origin { file_name: "z\u{e9}o.txt".to_owned(), ..Origin::default() };
    let text = Text::new("Ze\u{301}o was there.");
    let article = Article { about, origin, earlier: Vec::new(), text };
    apply(&mut notebook, &Edit::AddArticle(ArticleId::random(), Arc::new(article))).unwrap();
    let list = "[AddEntity(kind: Actor, name: \"Ze\u{301}o\", with: (actor_kind: Person))]";
    let edits = parse_script(list).unwrap();
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    let all = notebook.entities().keys().copied().collect();
    let redaction = Redaction::new(&notebook, &all);
    let copy = redaction.apply(&notebook, &|| false).unwrap().notebook;
    let article = copy.articles().values().next().unwrap();
    assert_eq!((&*article.about.url, &*article.origin.file_name), ("", ""));
    assert_eq!(article.text.as_str(), "Source 1 was there.");
}
