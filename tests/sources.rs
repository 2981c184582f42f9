//! Who says so: `casebook sources` and `casebook review` as a script meets them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "common/cli.rs"]
mod cli;

use std::collections::BTreeSet;
use std::fs;

use casebook::inquiry::review::RULES;
use cli::{json, run, text};
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
    // From a day on: an article published before still counts, one without a date does not.
    edit(&folder, r#"[Describe(article: "second", with: (date: "2031-03-02"))]"#);
    let since = |date: &str| {
        let args = ["sources", "n.ron", "--claim", "The board knew", "--json"];
        let all = json(&folder, &[&args[..], &["--without", "The Tide", "--since", date]].concat());
        all["claims"][0]["affirmed"]["statements"].clone()
    };
    assert_eq!((since("2031-03-03"), since("2031-03-02")), (json!(2), json!(1)));
    for (wrong, says) in [
        (&["--without", "The Tide", "--since", "soon"][..], "--since"),
        (&["--since", "2031-03-02"], "--without"),
    ] {
        let output = run(&folder, &[&["sources", "n.ron"], wrong].concat());
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && error.contains(says), "{error}");
    }
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

/// The findings of a list (“open” or “waived”) of a review.
fn findings(folder: &TempDir, list: &str) -> Vec<Value> {
    let out = run(folder, &["review", "n.ron", "--json"]).stdout;
    let all: Value = serde_json::from_slice(&out).unwrap();
    all[list].as_array().unwrap().clone()
}

/// Applies an edit list.
fn edit(folder: &TempDir, edits: &str) {
    fs::write(folder.path().join("more.ron"), edits).unwrap();
    text(run(folder, &["edit", "n.ron", "more.ron"]));
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn what_is_open_is_printed_with_its_rule_its_place_and_whom_it_is_about() {
    let folder = notebook();
    let reviewed = run(&folder, &["review", "n.ron", "--json"]);
    assert_eq!(reviewed.status.code(), Some(1), "something serious is open");
    assert!(reviewed.stderr.is_empty());
    let all: Value = serde_json::from_slice(&reviewed.stdout).unwrap();
    assert_eq!(keys(&all), ["open", "waived"]);
    assert_eq!(all["waived"], json!([]));
    let open = all["open"].as_array().unwrap();
    let mut severities = Vec::new();
    for one in open {
        assert_eq!(keys(one), ["others", "rule", "severity", "what", "where", "words"]);
        assert_eq!(keys(&one["what"]), ["id", "name"]);
        assert!(one["others"].as_array().unwrap().iter().all(|it| keys(it) == ["id", "name"]));
        let rule = RULES.iter().find(|rule| rule.id == one["rule"]).unwrap();
        assert_eq!(one["severity"], rule.severity.word());
        assert!(!one["words"].as_str().unwrap().is_empty(), "{one}");
        severities.push(rule.severity);
    }
    assert!(severities.is_sorted(), "what is serious comes first");
    let anonymous = open.iter().find(|one| one["rule"] == "anonymous-only").unwrap();
    assert_eq!(anonymous["what"]["name"], "The board knew");
    assert_eq!(anonymous["words"], "Insiders");
    // The place is that of its mention, in characters.
    let strike =
        open.iter().find(|one| one["what"]["name"] == "The strike was called off").unwrap();
    let place = &strike["where"];
    let found = json(&folder, &["find", "n.ron", "the strike is off", "--json"]);
    assert_eq!(keys(place), ["article", "end", "start"]);
    for key in keys(place) {
        assert_eq!(place[key], found["hits"][0][key], "{key}");
    }
    // An article that lacks its date is shown at its beginning.
    let incomplete = open.iter().find(|one| one["rule"] == "article-incomplete").unwrap();
    assert_eq!(
        (&incomplete["where"]["start"], &incomplete["where"]["end"]),
        (&json!(0), &json!(0))
    );
    // In words: the rule with its explanation, and what it found.
    let shown = run(&folder, &["review", "n.ron"]);
    assert_eq!(shown.status.code(), Some(1));
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("Only anonymous sources  (serious, anonymous-only)\n"), "{shown}");
    assert!(shown.contains("  The board knew: Insiders\n"), "{shown}");
    assert_eq!(run(&folder, &["review", "gone.ron"]).status.code(), Some(1));
}

#[test]
fn what_is_waived_stands_with_its_reason_and_fails_no_longer() {
    let folder = notebook();
    let before = findings(&folder, "open");
    let serious: Vec<&Value> = before.iter().filter(|one| one["severity"] == "serious").collect();
    assert!(!serious.is_empty());
    let mut edits = String::from("[");
    for one in &serious {
        let about = std::iter::once(&one["what"]).chain(one["others"].as_array().unwrap());
        let ids: Vec<String> = about.map(|it| it["id"].to_string()).collect();
        edits += &format!(
            "Waive(rule: {}, of: [{}], reason: \"The editor knows.\", by: \"A. Reader\", at: \"2031-03-15\"),",
            one["rule"],
            ids.join(", ")
        );
    }
    edit(&folder, &(edits + "]"));
    let reviewed = run(&folder, &["review", "n.ron", "--json"]);
    assert_eq!(reviewed.status.code(), Some(0), "warnings alone do not fail");
    let (open, waived) = (findings(&folder, "open"), findings(&folder, "waived"));
    assert_eq!(open.len(), before.len() - serious.len());
    assert!(open.iter().all(|one| one.get("reason").is_none()));
    assert_eq!(waived.len(), serious.len());
    for (one, was) in waived.iter().zip(&serious) {
        assert_eq!(one["reason"], "The editor knows.");
        assert_eq!((&one["rule"], &one["what"]), (&was["rule"], &was["what"]));
    }
    let shown = text(run(&folder, &["review", "n.ron"]));
    assert!(shown.contains("Only anonymous sources: The editor knows.\n"), "{shown}");
}

/// Two articles that nothing is to be said of, and four actors.
const GROUND: &str = r#"[
    AddEntity(kind: Actor, name: "The Beacon", with: (actor_kind: Media)),
    AddEntity(kind: Actor, name: "The Tide", with: (actor_kind: Media)),
    AddEntity(kind: Actor, name: "Insiders", with: (actor_kind: Anonymous)),
    AddEntity(kind: Actor, name: "Mona Roz", with: (actor_kind: Person)),
    Describe(article: "first", with: (publisher: "The Beacon", date: "2031-03-01")),
    Describe(article: "second", with: (publisher: "The Tide", date: "2031-03-02")),
]"#;

/// A rule, what it finds, what it says of it, and the edits that make it find that.
type Case = (&'static str, &'static str, &'static str, &'static str);

/// `CLAIM` is “The board knew”, and `ONE(…))` and `TWO(…))` are statements of it in the first and the second article.
const CASES: [Case; 25] = [
    (
        "loop",
        "The board knew",
        "The Beacon ↔ The Tide",
        r#"CLAIM, ONE(chain: [(actor: "The Tide")])), TWO(chain: [(actor: "The Beacon")]))"#,
    ),
    (
        "anonymous-only",
        "The board knew",
        "Insiders",
        r#"CLAIM, ONE(chain: [(actor: "Insiders")]))"#,
    ),
    (
        "one-origin",
        "The board knew",
        "all of it passes through Mona Roz",
        r#"CLAIM, ONE(chain: [(actor: "Mona Roz")])), TWO(chain: [(actor: "Mona Roz")]))"#,
    ),
    (
        "flat-though-contested",
        "the board knew",
        "others deny it",
        "CLAIM, ONE(modality: Certain)), TWO(polarity: Denies))",
    ),
    (
        "surer-than-source",
        "the board was told",
        "surer than its source: “the board knew”",
        r#"CLAIM, ONE(modality: Possible)), TWO(modality: Certain, chain: [(actor: "The Beacon")]))"#,
    ),
    (
        "reply-not-sought",
        "The board knew",
        "Mona Roz was not asked",
        r#"CLAIM, SetEntity(entity: "$claim", with: (accusation: true, about: ["Mona Roz"]))"#,
    ),
    (
        "contradiction-unresolved",
        "The board knew",
        "affirmed and denied",
        "CLAIM, ONE()), TWO(polarity: Denies))",
    ),
    (
        "dates-contradict",
        "Vote",
        "“Strike” (2031-05-02) is said to come before it",
        r#"AddEntity(kind: Event, name: "Strike", with: (date: "2031-05-02")),
            AddEntity(kind: Event, name: "Vote", with: (date: "2031-05-01")),
            Link(from: "Strike", relation: "before", to: "Vote")"#,
    ),
    (
        "event-after-articles",
        "Strike",
        "it is later than the last article that tells of it (2031-03-02)",
        r#"AddEntity(kind: Event, name: "Strike", with: (date: "2031-05-02")),
            Tag(article: "second", at: Quote("the strike is off"), entity: "Strike")"#,
    ),
    (
        "reply-outstanding",
        "The board knew",
        "Mona Roz was asked, 2031-03-01",
        r#"CLAIM, SetEntity(entity: "$claim", with: (accusation: true, about: ["Mona Roz"],
            replies: [(actor: "Mona Roz", date: "2031-03-01")]))"#,
    ),
    (
        "original-not-read",
        "The board knew",
        "Mona Roz",
        r#"CLAIM, ONE(chain: [(actor: "Mona Roz", source: Reported)]))"#,
    ),
    (
        "link-without-evidence",
        "Mona Roz works for The Tide",
        "Links without evidence",
        r#"Link(from: "Mona Roz", relation: "works for", to: "The Tide")"#,
    ),
    ("claim-without-statement", "The board knew", "Claims nobody makes", "CLAIM"),
    (
        "grade-beyond-evidence",
        "The board knew",
        "graded 1, “confirmed by other sources”; confirmed here: 0",
        r#"CLAIM, ONE()), SetEntity(entity: "$claim", with: (credibility: 1))"#,
    ),
    (
        "article-incomplete",
        "second",
        "no publisher",
        r#"Describe(article: "second", with: (publisher: ""))"#,
    ),
    (
        "look-alike-actors",
        "Mona Ros",
        "one letter from “Mona Roz”",
        r#"AddEntity(kind: Actor, name: "Mona Ros", with: (actor_kind: Person)),
            Tag(article: "second", at: Quote("Mona Roz"), entity: "Mona Ros")"#,
    ),
    (
        "needs-review",
        "Mona Roz",
        "Marked “to check”",
        r#"SetEntity(entity: "Mona Roz", with: (to_check: true))"#,
    ),
    ("certainty-unknown", "the board knew", "Certainty unknown", "CLAIM, ONE())"),
    ("no-speaker", "the board knew", "Statements without a speaker", "CLAIM, ONE())"),
    (
        "repeats-derived",
        "The Beacon cites Insiders",
        "Links that repeat a derived link",
        r#"CLAIM, ONE(chain: [(actor: "Insiders")])), Link(from: "The Beacon", relation: "cites", to: "Insiders")"#,
    ),
    (
        "event-without-date",
        "Strike",
        "written “in May”",
        r#"AddEntity(kind: Event, name: "Strike", with: (written: "in May"))"#,
    ),
    (
        "actor-kind-unset",
        "Somebody",
        "Actors of no kind",
        r#"AddEntity(kind: Actor, name: "Somebody")"#,
    ),
    (
        "set-aside-still-used",
        "Mona Roz works for The Tide",
        "Evidence that is set aside",
        r#"Link(from: "Mona Roz", relation: "works for", to: "The Tide",
            evidence: [Sentence(article: "second", at: Quote("Mona Roz"))]),
            SetAside(what: "The Tide", reason: "It took it back.")"#,
    ),
    (
        "unused-entity",
        "Nobody",
        "Entities used nowhere",
        r#"AddEntity(kind: Actor, name: "Nobody", with: (actor_kind: Group))"#,
    ),
    (
        "waiver-without-finding",
        "The board knew",
        "Claims nobody makes: “known”",
        r#"CLAIM, Waive(rule: "claim-without-statement", of: ["$claim"], reason: "known"), ONE())"#,
    ),
];

/// Whether a rule found this of what has this name.
fn has(found: &[Value], (rule, name, words, _): Case) -> bool {
    found
        .iter()
        .any(|one| one["rule"] == rule && one["what"]["name"] == name && one["words"] == words)
}

#[test]
fn each_rule_finds_what_it_is_for() {
    let folder = ground();
    let base = fs::read(folder.path().join("n.ron")).unwrap();
    let before = findings(&folder, "open");
    for case in CASES {
        fs::write(folder.path().join("n.ron"), &base).unwrap();
        let tag = |article, words| {
            format!(
                r#"Tag(article: "{article}", at: Quote("{words}"), entity: "$claim", statement: ("#
            )
        };
        let edits = case
            .3
            .replace("CLAIM", r#"AddEntity(kind: Claim, name: "The board knew", handle: "$claim")"#)
            .replace("ONE(", &tag("first", "the board knew"))
            .replace("TWO(", &tag("second", "the board was told"));
        edit(&folder, &format!("[{edits}]"));
        let after = findings(&folder, "open");
        assert!(!has(&before, case), "{case:?}");
        assert!(has(&after, case), "{case:?}: {after:#?}");
    }
    // A conflict is left by a merge: tests/program/merging.rs.
    let elsewhere = ["conflict", "orphaned-anchor", "evidence-lost", "identical-articles"];
    let tried: BTreeSet<&str> = CASES.iter().map(|case| case.0).chain(elsewhere).collect();
    let all: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(tried, all);
}

#[test]
fn of_a_claim_that_is_given_up_nobody_asks_who_says_so() {
    let folder = ground();
    edit(
        &folder,
        r#"[
            AddEntity(kind: Claim, name: "The board knew"),
            Tag(article: "first", at: Quote("the board knew"), entity: "The board knew",
                statement: (chain: [(actor: "Insiders")], modality: Certain)),
            Tag(article: "second", at: Quote("the board was told"), entity: "The board knew",
                statement: (polarity: Denies)),
        ]"#,
    );
    let rules = || -> BTreeSet<String> {
        let open = findings(&folder, "open");
        let of = open.iter().filter(|one| one["severity"] == "serious");
        of.map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
    };
    let sourcing =
        ["anonymous-only", "contradiction-unresolved", "flat-though-contested", "one-origin"];
    assert_eq!(rules(), sourcing.map(str::to_owned).into());
    let status = |status: &str| {
        let with = format!("with: (status: {status}, reason: \"checked\")");
        edit(&folder, &format!(r#"[SetEntity(entity: "The board knew", {with})]"#));
    };
    for given_up in ["Refuted", "Withdrawn"] {
        status(given_up);
        assert_eq!(rules(), BTreeSet::new(), "{given_up}");
    }
    status("Supported");
    assert!(rules().contains("one-origin"));
}

/// A notebook of two articles, with their publishers and dates.
fn ground() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("first.txt"), "first\nSources say the board knew.\n").unwrap();
    let second =
        "second\nThe board was silent; the board was told. Mona Roz says the strike is off.\n";
    fs::write(folder.path().join("second.txt"), second).unwrap();
    text(run(&folder, &["new", "first.txt", "second.txt", "-o", "n.ron"]));
    edit(&folder, GROUND);
    folder
}

#[test]
fn words_that_left_their_article_are_found_with_the_evidence_that_is_lost() {
    let folder = ground();
    edit(
        &folder,
        r#"[
            Tag(article: "first", at: Quote("Sources"), entity: "Insiders"),
            Link(from: "The Tide", relation: "cites", to: "Insiders",
                 evidence: [Quote(article: "first", at: Quote("Sources say"))]),
        ]"#,
    );
    let path = folder.path().join("n.ron");
    let source = fs::read_to_string(&path).unwrap();
    let changed = source.replace("\"Sources say the board knew.\"", "\"They say the board knew.\"");
    assert_ne!(source, changed);
    fs::write(&path, changed).unwrap();
    let open = findings(&folder, "open");
    let of = |rule: &str| open.iter().filter(|one| one["rule"] == rule).collect::<Vec<_>>();
    let orphans = of("orphaned-anchor");
    assert_eq!(orphans.len(), 2, "the mention, and the link with its quote: {open:#?}");
    assert!(orphans.iter().all(|one| one["severity"] == "serious"));
    assert!(orphans.iter().any(|one| one["words"] == "evidence: “Sources say”"), "{orphans:#?}");
    assert!(orphans.iter().any(|one| one["where"] == Value::Null));
    let lost = of("evidence-lost");
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0]["what"]["name"], "The Tide cites Insiders");
    assert_eq!(run(&folder, &["review", "n.ron"]).status.code(), Some(1));
}

#[test]
fn the_same_text_twice_is_found() {
    let folder = ground();
    assert!(!findings(&folder, "open").iter().any(|one| one["rule"] == "identical-articles"));
    // The same words, not the same bytes: a file that is byte for byte another one is not added twice.
    let words = fs::read_to_string(folder.path().join("second.txt")).unwrap();
    fs::write(folder.path().join("copy.txt"), format!("\u{feff}{words}")).unwrap();
    text(run(&folder, &["new", "second.txt", "copy.txt", "--force", "-o", "n.ron"]));
    let open = findings(&folder, "open");
    let alike = open.iter().find(|one| one["rule"] == "identical-articles").unwrap();
    assert_eq!(alike["words"], "the same text as “second”");
    assert_eq!(alike["others"].as_array().unwrap().len(), 1);
    assert_ne!(alike["others"][0]["id"], alike["what"]["id"]);
}

#[test]
fn the_sample_shows_what_who_says_so_is_about() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/port-leonie.ron");
    let folder = tempfile::tempdir().unwrap();
    fs::copy(sample, folder.path().join("n.ron")).unwrap();
    let all = json(&folder, &["sources", "n.ron", "--json"]);
    let claims = all["claims"].as_array().unwrap();
    let any = |holds: &dyn Fn(&Value) -> bool| claims.iter().any(|one| holds(&one["affirmed"]));
    let long = |value: &Value, least: usize| value.as_array().is_some_and(|it| it.len() >= least);
    assert!(any(&|it| long(&it["loops"], 1)), "a loop");
    assert!(any(&|it| it["confirmed"] == 2), "a claim confirmed twice");
    assert!(
        any(&|it| it["through"].as_array().is_some_and(|all| {
            all.contains(&json!(["Half Fathom", "The Tidewrack"])) && it["at_most"] == 1
        })),
        "two outlets of one house, through which all of it passes"
    );
    let (open, waived) = (findings(&folder, "open"), findings(&folder, "waived"));
    for rule in ["loop", "surer-than-source", "reply-not-sought", "reply-outstanding"] {
        assert!(open.iter().any(|one| one["rule"] == rule), "{rule}");
    }
    for rule in ["repeats-derived", "waiver-without-finding"] {
        assert!(!open.iter().any(|one| one["rule"] == rule), "{rule}");
    }
    assert!(!waived.is_empty() && waived.iter().all(|one| one["reason"] != ""));
    let shown = json(&folder, &["show", "n.ron", "--json"]);
    let entities = shown["entities"].as_array().unwrap();
    let of = |key: &'static str| entities.iter().filter_map(move |it| it[key].as_array()).flatten();
    assert!(of("replies").any(|reply| !reply["answer"].is_null()), "an accusation answered");
    assert!(of("replies").any(|reply| reply["answer"].is_null()), "one asked, not answered");
    assert!(of("assessments").any(|it| it["by"] != "" && it["at"] != "" && it["reason"] != ""));
    assert!(long(&shown["matrices"][0]["claims"], 2), "competing claims");
}
