//! The headless commands, as a script meets them: the built program, its streams and its exit codes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const ARTICLE: &str = "Le conseil a cédé\n\
    Selon Le Phare, l’armateur Kervadec aurait été prévenu vendredi.\n\
    « Je n’ai rien signé », a répondu Mona Kervadec au Phare. Kervadec dément.\n";

const EDITS: &str = r#"[
    AddEntity(kind: Actor, name: "Le Phare", handle: "$phare", with: (actor_kind: Media)),
    AddEntity(kind: Actor, name: "Kervadec", handle: "$kervadec", with: (actor_kind: Organisation)),
    AddEntity(kind: Claim, name: "Kervadec was warned on Friday.", handle: "$warned"),
    Tag(at: Quote("Le Phare"), entity: "$phare"),
    Tag(at: Nth("Kervadec", 1), entity: "$kervadec"),
    Tag(at: Quote("aurait été prévenu vendredi"), entity: "$warned", handle: "$said",
        statement: (chain: [(actor: "$phare", cue: "Selon", source: Reported)], modality: Possible)),
    Link(from: "$kervadec", relation: "denies", to: "$warned",
         evidence: [Sentence(at: Quote("Kervadec dément")), Mention("$said")]),
]"#;

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(desk.path("article.txt"), ARTICLE).unwrap();
        fs::write(desk.path("edits.ron"), EDITS).unwrap();
        desk
    }

    /// A desk with a notebook that was worked on.
    fn worked() -> Self {
        let desk = Self::new();
        ok(&desk.run(&["new", "article.txt", "-o", "n.ron"]));
        ok(&desk.run(&["edit", "n.ron", "edits.ron"]));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(args)
            .current_dir(self.folder.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_slice(&self.run(args).stdout).unwrap()
    }
}

fn ok(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    assert_eq!(stderr(output), "");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The command failed, said all of this on standard error, and nothing on standard output.
fn refused(output: &Output, words: &[&str]) {
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(output);
    for word in words {
        assert!(said.contains(word), "“{word}” is not in: {said}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn a_notebook_is_made_edited_checked_and_shown() {
    let desk = Desk::new();
    let made = desk.json(&["new", "article.txt", "-o", "n.ron", "--title", "Kervadec", "--json"]);
    assert_eq!(made["articles"][0]["title"], "Le conseil a cédé");
    assert_eq!(made["articles"][0]["file_name"], "article.txt");
    assert_eq!(made["articles"][0]["encoding"], "UTF-8");

    let done = desk.json(&["edit", "n.ron", "edits.ron", "--json"]);
    assert_eq!(done["edits"], 7);
    assert_eq!(done["entities"].as_array().unwrap().len(), 3);
    assert_eq!(done["mentions"].as_array().unwrap().len(), 3);

    let report = desk.json(&["check", "--json", "n.ron"]);
    let expected = [
        ("articles", 1),
        ("actors", 2),
        ("events", 0),
        ("claims", 1),
        ("mentions", 3),
        ("statements", 1),
        ("links", 1),
        ("evidence", 2),
    ];
    for (key, count) in expected {
        assert_eq!(report[key], count, "{key}");
    }
    assert_eq!(report["problems"], Value::Array(Vec::new()));
    assert!(ok(&desk.run(&["check", "n.ron"])).contains("no problems"));

    let shown = desk.json(&["show", "n.ron", "--json"]);
    assert_eq!(shown["title"], "Kervadec");
    let claim =
        shown["entities"].as_array().unwrap().iter().find(|e| e["kind"] == "claim").unwrap();
    let mention = &claim["mentions"][0];
    assert_eq!(mention["quote"], "aurait été prévenu vendredi");
    let (start, end) = (mention["start"].as_u64().unwrap(), mention["end"].as_u64().unwrap());
    let words: String = ARTICLE.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(words, "aurait été prévenu vendredi");
    assert_eq!(mention["statement"]["chain"][0]["actor"]["name"], "Le Phare");
    assert_eq!(mention["statement"]["chain"][0]["cue"], "Selon");
    assert_eq!(mention["statement"]["modality"], "possible");
    let link = &shown["links"][0];
    assert_eq!(link["relation"], "denies");
    assert_eq!(link["evidence"][0]["quote"], "Kervadec dément.");
    assert_eq!(link["evidence"][1]["mention"], mention["id"]);

    let text = ok(&desk.run(&["show", "n.ron"]));
    for words in ["Kervadec was warned", "article ← Le Phare [Selon] (only reported)", "denies"] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn one_entity_is_shown_alone_by_name_without_its_accents_or_by_id() {
    let desk = Desk::worked();
    for name in ["Le Phare", "le phare"] {
        let shown = desk.json(&["show", "n.ron", "--entity", name, "--json"]);
        assert_eq!(shown["entities"].as_array().unwrap().len(), 1);
        assert_eq!(shown["entities"][0]["actor_kind"], "Media");
        assert_eq!(shown["links"].as_array().unwrap().len(), 0);
        let id = shown["entities"][0]["id"].as_str().unwrap();
        assert!(ok(&desk.run(&["show", "n.ron", "--entity", id])).contains("Le Phare"));
    }
    refused(&desk.run(&["show", "n.ron", "--entity", "Pha"]), &["no entity’s name", "Le Phare"]);
    refused(&desk.run(&["show", "n.ron", "--entity", "Nobody"]), &["no entity", "Nobody"]);
}

#[test]
fn what_a_list_judges_is_signed_and_shown() {
    let desk = Desk::worked();
    let list = r#"[
        SetEntity(entity: "Kervadec was warned on Friday.", with: (
            status: Disputed, reason: "He denies it.", about: ["Kervadec"], accusation: true,
            replies: [(actor: "Kervadec", date: "2031-03-14", answer: Sentence(at: Quote("Kervadec dément")))])),
        Waive(rule: "one-origin", of: ["Kervadec was warned on Friday."], reason: "known"),
        SetAside(what: "Le Phare", from: "2031-03-01", at: "2031-03-15"),
        AddMatrix(with: (title: "Warned?", claims: ["Kervadec was warned on Friday."])),
    ]"#;
    fs::write(desk.path("judge.ron"), list).unwrap();
    let done = desk.json(&["edit", "n.ron", "judge.ron", "--by", "J. R.", "--json"]);
    for made in ["waivers", "set_aside", "matrices"] {
        assert_eq!(done[made].as_array().unwrap().len(), 1, "{made}");
    }
    let shown = desk.json(&["show", "n.ron", "--json"]);
    let claims = shown["entities"].as_array().unwrap().iter().find(|e| e["kind"] == "claim");
    let claim = claims.unwrap();
    assert_eq!((&claim["status"], &claim["accusation"]), (&"disputed".into(), &true.into()));
    let judged = &claim["assessments"][0];
    assert_eq!((&judged["by"], &judged["old"]), (&"J. R.".into(), &"unverified".into()));
    assert_eq!(judged["at"].as_str().unwrap().len(), "2031-03-15T10:00:00Z".len());
    assert_eq!(claim["replies"][0]["answer"]["quote"], "Kervadec dément.");
    assert_eq!(shown["waivers"][0]["rule"], "one-origin");
    assert_eq!(shown["set_aside"][0]["what"]["name"], "Le Phare");
    assert_eq!(shown["matrices"][0]["claims"][0]["inconsistent"], 0);
    let text = ok(&desk.run(&["show", "n.ron"]));
    for words in [
        "judged: status: unverified → disputed",
        "J. R. · He denies it.",
        "asked: Kervadec (2031-03-14): “Kervadec dément.”",
        "WAIVED",
        "Le Phare · from 2031-03-01 · 2031-03-15 · J. R.",
        "Warned?",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn an_edit_list_applies_wholly_or_not_at_all() {
    let desk = Desk::worked();
    let before = desk.read("n.ron");
    let cases = [
        (
            r#"[AddEntity(kind: Actor, name: "A"), Tag(at: Quote("Kervadec"), entity: "A")]"#,
            &["edit 2 (Tag)", "stands 3 times", "Nth", "Mona", "nothing was changed"][..],
        ),
        (
            r#"[AddEntity(kind: Actor, name: "A"), Tag(at: Quote("nowhere"), entity: "A")]"#,
            &["edit 2", "does not stand"],
        ),
        (r#"[AddEntity(kind: Actor, name: "Kervadec"), Untag(mention: "Kervadec")]"#, &["edit 2"]),
        (
            r#"[AddEntity(kind: Actor, name: "Kervadec"), DeleteEntity(entity: "Kervadec")]"#,
            &["edit 2", "names more than one entity (2): e"],
        ),
        ("[\n  Tag(at: Quote(\"x\"), colour: 3),\n]", &["edits.ron", "line 2", "colour"]),
        ("[DeleteEntity(entity: \"$ghost\")]", &["$ghost"]),
    ];
    for (edits, words) in cases {
        fs::write(desk.path("edits.ron"), edits).unwrap();
        refused(&desk.run(&["edit", "n.ron", "edits.ron"]), words);
        assert_eq!(desk.read("n.ron"), before);
    }
    refused(&desk.run(&["edit", "n.ron", "missing.ron"]), &["missing.ron"]);
}

#[test]
fn an_edit_can_go_elsewhere_and_leaves_the_notebook_as_it_is() {
    let desk = Desk::new();
    ok(&desk.run(&["new", "article.txt", "-o", "n.ron"]));
    let before = desk.read("n.ron");
    ok(&desk.run(&["edit", "n.ron", "edits.ron", "-o", "out.ron"]));
    assert_eq!(desk.read("n.ron"), before);
    assert_eq!(desk.json(&["check", "out.ron", "--json"])["mentions"], 3);
    let out = desk.read("out.ron");
    refused(&desk.run(&["edit", "n.ron", "edits.ron", "-o", "out.ron"]), &["out.ron", "--force"]);
    assert_eq!(desk.read("out.ron"), out);
    ok(&desk.run(&["edit", "n.ron", "edits.ron", "-o", "out.ron", "--force"]));
    assert_ne!(desk.read("out.ron"), out, "new ids");
}

#[test]
fn the_help_of_edit_shows_an_example_that_reads() {
    let desk = Desk::new();
    let help = ok(&desk.run(&["edit", "--help"]));
    let start = help.find("Example:").unwrap();
    let list = &help[start + help[start..].find('[').unwrap()..];
    assert!(casebook::edit::parse_script(list).unwrap().len() >= 4);
}

#[test]
fn nothing_is_written_over_unasked() {
    let desk = Desk::worked();
    let before = desk.read("n.ron");
    refused(&desk.run(&["new", "article.txt", "-o", "n.ron"]), &["n.ron", "exists", "--force"]);
    assert_eq!(desk.read("n.ron"), before);
    ok(&desk.run(&["new", "article.txt", "-o", "n.ron", "--force"]));
    assert_eq!(desk.json(&["check", "n.ron", "--json"])["mentions"], 0);
    let clash = desk.run(&["new", "article.txt", "-o", "./article.txt", "--force"]);
    refused(&clash, &["article.txt", "one of the articles"]);
    assert_eq!(desk.read("article.txt"), ARTICLE);
}

#[test]
fn what_cannot_be_read_is_named() {
    let desk = Desk::worked();
    fs::write(desk.path("empty.txt"), "").unwrap();
    fs::write(desk.path("binary.txt"), [0_u8, 159, 146, 150, 0, 0, 1]).unwrap();
    fs::create_dir(desk.path("folder")).unwrap();
    for bad in ["missing.txt", "empty.txt", "binary.txt", "folder"] {
        refused(&desk.run(&["new", bad, "-o", "x.ron"]), &[bad]);
        assert!(!desk.path("x.ron").exists());
        refused(&desk.run(&["show", bad]), &[bad]);
    }
    refused(&desk.run(&["new", "article.txt", "-o", "no/where.ron"]), &["no/where.ron"]);
    refused(&desk.run(&["edit", "n.ron", "folder"]), &["folder"]);
}

#[test]
fn check_finds_what_is_wrong_and_where() {
    let desk = Desk::worked();
    let good = desk.read("n.ron");
    let at = |needle: &str| 1 + good[..good.find(needle).unwrap()].matches('\n').count();

    fs::write(desk.path("bad.ron"), good.replace("relation: \"denies\"", "relation: \"devours\""))
        .unwrap();
    let output = desk.run(&["check", "bad.ron", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["problems"].as_array().unwrap().len(), 1);
    assert_eq!(report["problems"][0]["line"], at("relation: \"denies\""));
    assert!(report["problems"][0]["what"].as_str().unwrap().contains("devours"));
    assert!(report.as_object().unwrap().contains_key("mentions"));

    let orphaned = good.replace("vendredi.\"", "samedi.\"");
    assert_ne!(orphaned, good);
    fs::write(desk.path("bad.ron"), &orphaned).unwrap();
    let output = desk.run(&["check", "bad.ron"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("aurait été prévenu vendredi"));
    let report = desk.json(&["check", "bad.ron", "--json"]);
    assert_eq!((&report["orphans"], &report["mentions"]), (&Value::from(1), &Value::from(3)));
    assert_eq!(desk.read("bad.ron"), orphaned, "check writes nothing");
}

#[test]
fn a_newer_notebook_is_refused_and_left_as_it_is() {
    let desk = Desk::worked();
    let (version, next) = (casebook::storage::VERSION, casebook::storage::VERSION + 1);
    let newer = format!("casebook: {next},\nblockchain: true,");
    let newer = desk.read("n.ron").replace(&format!("casebook: {version},"), &newer);
    fs::write(desk.path("newer.ron"), &newer).unwrap();
    for args in
        [&["check", "newer.ron"][..], &["show", "newer.ron"], &["edit", "newer.ron", "edits.ron"]]
    {
        refused(&desk.run(args), &["newer.ron", "newer Casebook", &format!("version {next}")]);
    }
    assert_eq!(desk.read("newer.ron"), newer);
}

#[test]
fn a_notebook_that_is_open_elsewhere_is_not_edited() {
    let desk = Desk::worked();
    let before = desk.read("n.ron");
    let lock = casebook::storage::Lock::acquire(&desk.path("n.ron")).unwrap();
    let mine = std::process::id().to_string();
    refused(&desk.run(&["edit", "n.ron", "edits.ron"]), &["n.ron", "open in another", &mine]);
    ok(&desk.run(&["check", "n.ron"]));
    drop(lock);
    assert_eq!(desk.read("n.ron"), before);
    fs::write(desk.path("edits.ron"), "[Title(\"Free again\")]").unwrap();
    ok(&desk.run(&["edit", "n.ron", "edits.ron"]));
    assert_eq!(litter(desk.folder.path()), Vec::<String>::new());
}

fn litter(folder: &Path) -> Vec<String> {
    let names =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_one_line_says_what_serves_instead() {
    let desk = Desk::new();
    let output = desk.run(&["article.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert_eq!(said.trim_end().lines().count(), 1);
    for word in ["DISPLAY", "WAYLAND_DISPLAY", "casebook show"] {
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn wrong_arguments_are_explained() {
    let desk = Desk::new();
    let output = desk.run(&["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("NOTEBOOK"));
    assert_eq!(desk.run(&["new", "article.txt"]).status.code(), Some(2));
}

#[test]
fn the_sample_notebook_is_sound_and_as_casebook_writes_it() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("saves/port-leonie.ron");
    let desk = Desk::new();
    let report = desk.json(&["check", sample.to_str().unwrap(), "--json"]);
    assert_eq!(report["problems"], Value::Array(Vec::new()));
    let least = [
        ("articles", 2),
        ("actors", 14),
        ("events", 8),
        ("claims", 12),
        ("mentions", 60),
        ("links", 30),
    ];
    for (key, least) in least {
        assert!(report[key].as_u64().unwrap() >= least, "{key}");
    }
    let source = fs::read_to_string(&sample).unwrap();
    let (notebook, view, orphans) = casebook::storage::parse(&source).unwrap();
    assert!(orphans.is_empty(), "{orphans:?}");
    // It may be of an older version, which is read as long as there are such notebooks.
    let (first, rest) = source.split_once(",\n").unwrap();
    assert!(first.starts_with("(\ncasebook: "), "{first}");
    let current = format!("(\ncasebook: {},\n{rest}", casebook::storage::VERSION);
    assert_eq!(casebook::storage::render(&notebook, &view), current);
}

#[test]
fn layout_writes_a_place_for_each_node_and_names_the_line_that_is_wrong() {
    let desk = Desk::new();
    fs::write(desk.path("graph.txt"), "# a path\n4\n0 1\n1 2\n\n2 3\n").unwrap();
    let out = desk.run(&["layout", "graph.txt"]);
    let text = ok(&out);
    let places: Vec<(usize, f32, f32)> = text
        .lines()
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            assert_eq!(words.len(), 3, "{line}");
            (words[0].parse().unwrap(), words[1].parse().unwrap(), words[2].parse().unwrap())
        })
        .collect();
    assert_eq!(places.iter().map(|place| place.0).collect::<Vec<_>>(), [0, 1, 2, 3]);
    let far = |a: usize, b: usize| (places[a].1 - places[b].1).hypot(places[a].2 - places[b].2);
    assert!(far(0, 3) > 2.0 * far(1, 2), "a path comes out as one: {places:?}");
    // The same seed, the same places; as JSON too.
    let again: Value =
        serde_json::from_str(&ok(&desk.run(&["layout", "graph.txt", "--json"]))).unwrap();
    assert_eq!((&again["nodes"], &again["links"]), (&4.into(), &3.into()));
    assert_eq!(again["places"][3]["x"].as_f64().unwrap() as f32, places[3].1);

    for (graph, says) in [
        ("", "it is empty"),
        ("many\n", "line 1: “many” is not a number of nodes"),
        ("3\n0 1\n0 3\n", "line 3: there is no node 3"),
        ("3\n0 1\n\n0 1 2\n", "line 4: “0 1 2” is not two numbers"),
        ("3\n0 -1\n", "line 2: “-1” is not the number of a node"),
        ("99999999999\n", "too many"),
    ] {
        fs::write(desk.path("bad.txt"), graph).unwrap();
        let out = desk.run(&["layout", "bad.txt"]);
        assert!(!out.status.success() && out.stdout.is_empty());
        let complaint = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(complaint.contains(says) && complaint.contains("bad.txt"), "{complaint}");
    }
}

#[test]
fn a_dismissed_suggestion_that_no_longer_fits_is_counted_listed_kept_and_forgotten_on_request() {
    let desk = Desk::worked();
    let list = r#"[Dismiss(at: Quote("vendredi")), Dismiss(at: Quote("Le conseil"))]"#;
    fs::write(desk.path("dismiss.ron"), list).unwrap();
    ok(&desk.run(&["edit", "n.ron", "dismiss.ron"]));
    // Both of the words that stand in the section of dismissed suggestions become others.
    let (head, dismissed) = desk.read("n.ron").split_once("dismissed: {").map(two).unwrap();
    let spoilt = format!("{head}dismissed: {{{}", dismissed.replacen("vendredi", "samedis.", 1));
    fs::write(desk.path("n.ron"), &spoilt).unwrap();

    let output = desk.run(&["check", "n.ron"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("dismissed") && said.contains("“samedis.”"), "{said}");
    let report = desk.json(&["check", "n.ron", "--json"]);
    assert_eq!(report["orphans"], 0, "it is no mention");

    fs::write(desk.path("title.ron"), r#"[Title("Another")]"#).unwrap();
    let output = desk.run(&["edit", "n.ron", "title.ron"]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("1 dismissed suggestion no longer matches"), "{said}");
    assert!(!said.contains("mention") && !said.contains("samedis"), "{said}");
    let (_, kept) = desk.read("n.ron").split_once("dismissed: {").map(two).unwrap();
    assert_eq!(spoilt.split_once("dismissed: {").unwrap().1, kept, "nothing was dropped");

    fs::write(desk.path("forget.ron"), r#"[Restore(at: Quote("samedis."))]"#).unwrap();
    assert!(desk.run(&["edit", "n.ron", "forget.ron"]).status.success());
    assert!(!desk.read("n.ron").contains("samedis."));
    assert!(desk.read("n.ron").split_once("dismissed: {").unwrap().1.contains("Le conseil"));
    ok(&desk.run(&["check", "n.ron"]));
}

fn two((a, b): (&str, &str)) -> (String, String) {
    (a.to_owned(), b.to_owned())
}

#[test]
fn the_chronology_is_printed_in_the_order_of_time() {
    let desk = Desk::worked();
    fs::write(
        desk.path("more.ron"),
        r#"[
            AddEntity(kind: Event, name: "Signing", with: (date: "2031-02", place: "Quay")),
            AddEntity(kind: Event, name: "Some day"),
            Describe(article: "Le conseil a cédé", with: (date: "2031-03-12")),
        ]"#,
    )
    .unwrap();
    ok(&desk.run(&["edit", "n.ron", "more.ron"]));
    let shown: Value =
        serde_json::from_slice(&desk.run(&["chronology", "n.ron", "--json"]).stdout).unwrap();
    let all = shown["chronology"].as_array().unwrap();
    let what: Vec<&str> = all.iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["Signing", "Kervadec was warned on Friday.", "Some day"]);
    assert_eq!(all[0]["how_sure"], "to the month");
    assert_eq!((&all[1]["kind"], &all[1]["date"]), (&"statement".into(), &"2031-03-12".into()));
    assert_eq!(all[1]["who"], "Le Phare");
    assert_eq!(
        all[1]["sentence"],
        "Selon Le Phare, l’armateur Kervadec aurait été prévenu vendredi."
    );
    assert_eq!((&all[2]["mention"], &all[2]["how_sure"]), (&Value::Null, &"no date".into()));
    let text = String::from_utf8(desk.run(&["chronology", "n.ron"]).stdout).unwrap();
    assert!(text.starts_with("2031-02  Signing\n  Quay · to the month\n"), "{text}");
}
