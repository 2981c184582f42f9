//! What a notebook's file promises: it reads back as it was, and nothing wrong is taken for right.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::path::Path;

use casebook::notebook::generate::{Size, generate, generate_for};
use casebook::notebook::{Notebook, Place, ViewState, check};
use casebook::storage::{
    self, Expected, FormatError, LoadError, Lock, LockError, SaveError, VERSION,
};
use proptest::prelude::*;

#[path = "golden/mod.rs"]
mod golden;
use golden::GOLDEN;

fn sizes() -> impl Strategy<Value = Size> {
    (0..4_usize, 1..3000_usize, 0..30_usize, 0..60_usize, 0..20_usize).prop_map(
        |(articles, text, entities, mentions, links)| Size {
            articles,
            text,
            entities,
            mentions,
            links,
        },
    )
}

const SMALL: Size = Size { articles: 2, text: 600, entities: 12, mentions: 14, links: 6 };

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_rendered_reads_back_and_renders_the_same(seed: u64, size in sizes()) {
        let (notebook, desk) = generate(seed, size);
        prop_assert_eq!(check(&notebook).iter().filter(|p| !p.what.starts_with("orphan")).count(), 0);
        let source = storage::render(&notebook, &desk);
        let (again, desk_again, orphans) = storage::parse(&source).expect("reads back");
        prop_assert!(again == notebook);
        prop_assert_eq!(&desk_again, &desk);
        for (id, node) in notebook.nodes() {
            let same = again.nodes()[id];
            prop_assert_eq!((same.x.to_bits(), same.y.to_bits()), (node.x.to_bits(), node.y.to_bits()));
        }
        let anchors = notebook.mentions().values().map(|m| &m.anchor);
        let lost = anchors.filter(|a| matches!(a.place, Place::Orphan(_))).count();
        prop_assert!(orphans.len() >= lost);
        prop_assert_eq!(storage::render(&again, &desk_again), source);
    }
}

/// How a file of this version begins.
fn of_version(version: u32) -> String {
    format!("casebook: {version},")
}

/// The sections that a version brought, and those it no longer has.
const LATER: [(u32, &[&str], &str); 4] = [
    (2, &["groups", "cards", "views", "dismissed"], ""),
    (3, &["waivers", "set_aside", "matrices"], "assessments: {\n},\n"),
    (4, &["conflicts"], ""),
    (5, &[], ""),
];

/// A source of the present version with nothing in what an older version did not have; and the same as that one had it.
fn as_version(version: u32, source: &str) -> (String, String) {
    let (mut emptied, mut old) =
        (source.to_owned(), source.replacen(&of_version(VERSION), &of_version(version), 1));
    let later = LATER.iter().filter(|(since, ..)| *since > version);
    for (_, _, gone) in later.clone() {
        old = old.replacen("desk: (\n", &format!("{gone}desk: (\n"), 1);
    }
    for section in later.flat_map(|(_, sections, _)| *sections) {
        let head = format!("\n{section}: {{\n");
        for (text, stays) in [(&mut emptied, true), (&mut old, false)] {
            let start = text.find(&head).unwrap();
            let inside = start + head.len() - 1;
            let end = inside + text[inside..].find("\n},\n").unwrap() + 1;
            let range = if stays { inside + 1..end } else { start + 1..end + 3 };
            text.replace_range(range, "");
        }
    }
    (emptied, old)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The law of a migration: what an old file says is what the file it becomes says, to the byte.
    #[test]
    fn every_file_of_an_older_version_becomes_the_file_that_says_the_same(
        seed: u64,
        size in sizes(),
        version in 1..VERSION,
    ) {
        let (notebook, desk) = generate_for(version.max(2), seed, size);
        let (emptied, old) = as_version(version, &storage::render(&notebook, &desk));
        let start = format!("(\ncasebook: {version},");
        prop_assert!(old.starts_with(&start), "{}", &old[..40]);
        let now = storage::parse(&emptied).expect("of the present version");
        let migrated = storage::parse(&old).expect("of the older version");
        prop_assert!(migrated == now);
        prop_assert_eq!(storage::render(&migrated.0, &migrated.1), emptied);

        // As a file: its version is told, so that the original is kept when it is saved.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.ron");
        std::fs::write(&path, &old).unwrap();
        let loaded = load(&path).unwrap();
        prop_assert_eq!(loaded.version, version);
        prop_assert!(loaded.notebook == now.0 && loaded.desk == now.1);
        let kept = storage::keep_original(&path, loaded.version).unwrap();
        prop_assert_eq!(std::fs::read_to_string(kept).unwrap(), old);
    }

    /// load ∘ save, through the file system.
    #[test]
    fn what_is_saved_loads_as_it_was(seed: u64, size in sizes()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.ron");
        let (notebook, desk) = generate(seed, size);
        let saved = save(&path, &notebook, &desk, &Expected::New).unwrap();
        let loaded = load(&path).unwrap();
        prop_assert!(loaded.notebook == notebook && loaded.desk == desk);
        prop_assert_eq!(&loaded.stamp, &saved.stamp);
        let bytes = std::fs::read(&path).unwrap();
        save(&path, &loaded.notebook, &loaded.desk, &Expected::Same(loaded.stamp)).unwrap();
        prop_assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_file_loads_as_it_was_saved_and_saves_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.ron");
    let (notebook, desk) = generate(3, Size::bench(3000));
    let saved = save(&path, &notebook, &desk, &Expected::New).unwrap();
    assert!(saved.durable);
    let bytes = std::fs::read(&path).unwrap();
    let loaded = load(&path).unwrap();
    assert!(loaded.notebook == notebook && loaded.desk == desk);
    assert_eq!(loaded.stamp, saved.stamp);
    save(&path, &loaded.notebook, &loaded.desk, &Expected::Same(loaded.stamp)).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

fn save(
    path: &Path,
    notebook: &Notebook,
    desk: &ViewState,
    expected: &Expected,
) -> Result<storage::Saved, SaveError> {
    storage::save(path, notebook, desk, expected, &|| false)
}

fn load(path: &Path) -> Result<storage::Loaded, LoadError> {
    storage::load(path, &|| false, &|_| {})
}

#[test]
fn a_notebook_cut_off_anywhere_is_refused_without_a_panic() {
    let source = GOLDEN.as_str();
    // The last character is the end of the last line.
    for end in (0..source.len() - 1).filter(|end| source.is_char_boundary(*end)) {
        let error: FormatError = storage::parse(&source[..end]).expect_err("cut off");
        assert!(error.line >= 1 && error.column >= 1 && !error.what.is_empty());
    }
}

#[test]
fn the_golden_file_of_version_1_reads_as_it_always_did() {
    use casebook::notebook::*;

    let (notebook, desk, orphans) = storage::parse(include_str!("golden/v1.ron")).unwrap();
    assert_eq!(orphans.len(), 1);
    let line = &orphans.mentions[0];
    assert!(line.contains("m0000000005") && line.contains("Kervadek’s"), "{orphans:?}");

    let entity = |id: &str| EntityId::clone(&id.parse().unwrap());
    let (kervadec, phare) = (entity("e000kervade"), entity("e000phare00"));
    assert_eq!(notebook.title(), "Kervadec: qui savait ?");
    let article = notebook.articles().values().next().unwrap();
    assert_eq!(article.about.publisher, Some(phare));
    assert_eq!(article.about.url, "https://example.org/a?b=1");
    assert_eq!(article.earlier.len(), 1);
    assert_eq!(article.earlier[0].origin.file_name, "vieux.txt");
    assert_eq!(article.earlier[0].text.as_str(), "Le conseil a cede");
    assert_eq!(article.origin.bytes, 150);
    let lines: Vec<&str> = article.text.as_str().split('\n').collect();
    assert_eq!(lines[0], "Le conseil a cédé ☔");
    assert_eq!(lines[1].chars().nth(7), Some('\u{a0}'));
    assert_eq!(lines[2], "");
    assert_eq!(lines[3], "Kervadec \"dément\" \\ 👩‍🚀 e\u{301}te\u{301} \u{202e}ab\u{202c}.");

    let record = notebook.entity(kervadec).unwrap();
    assert_eq!(record.aliases, ["l’armateur", "Kervadec & fils"]);
    assert_eq!((record.note.as_str(), record.to_check), ("Which\nof them?", true));
    let Detail::Actor(actor) = &record.detail else { panic!("an actor") };
    assert_eq!((actor.kind, actor.reliability), (ActorKind::Organisation, Some(Reliability::E)));
    assert_eq!(actor.members, [entity("e000ma2bmna")]);
    let Detail::Event(event) = &notebook.entity(entity("e000warn1ng")).unwrap().detail else {
        panic!("an event")
    };
    assert_eq!(event.date, When { written: "vendredi".into(), edtf: "2031-03-07~".into() });
    assert_eq!(event.participants[1], Participant { actor: kervadec, role: Role::Patient });
    let Detail::Claim(claim) = &notebook.entity(entity("e000knew000")).unwrap().detail else {
        panic!("a claim")
    };
    assert_eq!(claim.credibility, Some(3));
    // “open” is no status there is: it is kept with the reason.
    assert_eq!(claim.status, ClaimStatus::Unverified);
    let unverified = Grade::Status(ClaimStatus::Unverified);
    let said = |at: &str, by: &str, reason: &str| Assessment {
        at: at.into(),
        by: by.into(),
        old: unverified,
        new: unverified,
        reason: reason.into(),
    };
    assert_eq!(
        claim.assessments,
        [
            said("", "", "open: one source"),
            said("2031-03-15T10:00:00Z", "J. R.", "C3: one source only")
        ]
    );

    let mention = |id: &str| notebook.mention(id.parse().unwrap()).unwrap();
    assert_eq!(notebook.words(&mention("m0000000003").anchor), "aurait été prévenu vendredi");
    let said = mention("m0000000003").statement.as_ref().unwrap();
    assert_eq!(said.chain[0], Hop { actor: phare, cue: "Selon".into(), source: Source::Reported });
    assert_eq!(said.chain[1].source, Source::Read);
    assert_eq!(
        (said.modality, said.polarity, said.form),
        (Modality::Possible, Polarity::Affirms, Form::Indirect)
    );
    assert!(matches!(mention("m0000000005").anchor.place, Place::Orphan(_)));
    let link = |id: &str| notebook.link(id.parse().unwrap()).unwrap();
    let first = link("l0000000001");
    assert_eq!(first.to_entity(), Some(entity("e000knew000")));
    assert_eq!((first.basis, first.strength), (Basis::Paraphrased, Strength::Tentative));
    assert!(first.directed && first.to_check);
    let Evidence::Quote(quote) = &first.evidence[1] else { panic!("a quote") };
    assert_eq!(notebook.words(quote), "Kervadec");
    assert_eq!(link("l0000000002").to, Target::Link("l0000000001".parse().unwrap()));
    assert!(!link("l0000000002").directed);
    let paid = &notebook.relations()[&RelationId::from("paid \"by\"")];
    assert_eq!((paid.family, paid.directed), (Family::Other, false));
    assert_eq!(notebook.nodes()[&kervadec], Node { x: -12.5, y: 1e-7, pinned: true });
    assert_eq!(desk.canvas, Some(View { x: 0.0, y: -3.5, zoom: 1.25 }));
    assert_eq!(desk.reading.values().next().unwrap().paragraph, 1);
}

#[test]
fn a_file_of_version_1_is_one_of_today_without_what_came_later() {
    let old = include_str!("golden/v1.ron");
    let (notebook, desk, _) = storage::parse(old).unwrap();
    let migrated = storage::render(&notebook, &desk);
    let empty = "groups: {\n},\ncards: {\n},\nviews: {\n},\ndismissed: {\n},\nwaivers: {\n},\nset_aside: {\n},\nmatrices: {\n},\nconflicts: {\n},\n";
    let (before, rest) = old.split_once("assessments: {\n").unwrap();
    let (_, desk) = rest.split_once("},\n").unwrap();
    let expected = format!("{before}{empty}{desk}")
        .replacen(&of_version(1), &of_version(VERSION), 1)
        .replacen(
            "verdict: Some((status: \"open\", reason: \"one source\"))",
            "assessments: [(old: Status(Unverified), new: Status(Unverified), reason: \"open: one source\"), (at: \"2031-03-15T10:00:00Z\", by: \"J. R.\", old: Status(Unverified), new: Status(Unverified), reason: \"C3: one source only\")]",
            1,
        );
    assert_eq!(migrated, expected);
    // What came later has no place in a file that says it is of version 1.
    let mixed = migrated.replacen(&of_version(VERSION), &of_version(1), 1);
    let what = storage::parse(&mixed).expect_err("mixed").what;
    assert!(what.contains("assessments"), "{what}");
}

#[test]
fn every_golden_file_reads_and_the_current_one_is_written_as_it_stands() {
    use casebook::fields::{ARTICLE, ENTITY, Field, LINK, MENTION, Record, STATEMENT};

    for version in 1..=VERSION {
        let path = format!("{}/tests/golden/v{version}.ron", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(&path).expect(&path);
        assert!(source.contains(&of_version(version)), "{path}");
        let (notebook, desk, _) = storage::parse(&source).expect(&path);
        let again = storage::render(&notebook, &desk);
        let (read, _, _) = storage::parse(&again).expect(&path);
        assert!(read == notebook, "{path}");
    }
    let (notebook, desk, _) = storage::parse(&GOLDEN).unwrap();
    assert_eq!(storage::render(&notebook, &desk), *GOLDEN);

    // It holds every field that a record has.
    fn all_in<'a, R: Record>(
        fields: &'static [Field<R>],
        records: impl Iterator<Item = &'a R> + Clone,
    ) {
        for field in fields {
            let given = |record: &R| field.value(record).is_some_and(|it| !it.is_empty(field.kind));
            let (word, key) = (R::WORD, field.key);
            assert!(records.clone().any(given), "no {word} of the golden file has a {key}");
        }
    }
    all_in(ARTICLE, notebook.articles().values().map(|it| &**it));
    all_in(ENTITY, notebook.entities().values().map(|it| &**it));
    all_in(MENTION, notebook.mentions().values().map(|it| &**it));
    all_in(STATEMENT, notebook.mentions().values().map(|it| &**it));
    all_in(LINK, notebook.links().values().map(|it| &**it));
}

#[test]
fn the_golden_file_of_version_2_reads_as_it_always_did() {
    use casebook::notebook::*;

    let (notebook, _, orphans) = storage::parse(include_str!("golden/v2.ron")).unwrap();
    assert_eq!(orphans.len(), 1);
    let entity = |id: &str| EntityId::clone(&id.parse().unwrap());
    let kervadec = entity("e000kervade");
    let groups: Vec<_> = notebook.groups().values().map(|g| Group::clone(g)).collect();
    assert_eq!(
        groups[0],
        Group {
            title: "La maison".into(),
            hue: Hue::Blue,
            collapsed: true,
            members: [kervadec, entity("e000ma2bmna")].into(),
        }
    );
    assert_eq!(
        (groups[1].hue, groups[1].collapsed, groups[1].members.len()),
        (Hue::Grey, false, 1)
    );
    let card = notebook.cards().values().next().unwrap();
    assert_eq!(card.text, "Call the \"harbour\"\nbefore noon");
    assert_eq!((card.x, card.y, card.width, card.height), (-40.5, 12.0, 220.0, 90.25));
    assert_eq!(card.hue, Hue::Orange);
    let views: Vec<_> = notebook.views().values().map(|v| NamedView::clone(v)).collect();
    assert_eq!(views[0].name, "Who knew?");
    assert_eq!(
        views[0].filter,
        Filter {
            hide_derived: false,
            kinds: [Kind::Actor, Kind::Claim].into(),
            relations: [RelationId::from("denies"), RelationId::from("paid \"by\"")].into(),
            strengths: [Strength::Tentative].into(),
            articles: notebook.articles().keys().copied().collect(),
            from: "2031-03".into(),
            to: "2031-03-17~".into(),
            with_evidence: true,
            to_check: true,
        }
    );
    assert_eq!(views[0].focus, Some(Focus { around: [kervadec].into(), steps: 2 }));
    assert_eq!(views[0].camera, Some(View { x: 1.0, y: -2.0, zoom: 0.5 }));
    assert_eq!(views[1], NamedView { name: "Everything".into(), ..NamedView::default() });
    let (article, places) = notebook.dismissed().iter().next().unwrap();
    let text = &notebook.article(*article).unwrap().text;
    let words: Vec<_> =
        places.places.iter().map(|(from, to)| text.get(*from..*to).unwrap()).collect();
    assert_eq!(words, ["conseil", "Le Phare"]);
}

#[test]
fn the_golden_file_of_version_3_reads_as_it_always_did() {
    use casebook::notebook::*;

    let (notebook, _, orphans) = storage::parse(include_str!("golden/v3.ron")).unwrap();
    assert_eq!(orphans.len(), 1);
    let entity = |id: &str| EntityId::clone(&id.parse().unwrap());
    let mention = |id: &str| MentionId::clone(&id.parse().unwrap());
    let link = |id: &str| LinkId::clone(&id.parse().unwrap());
    let (kervadec, mona, phare) =
        (entity("e000kervade"), entity("e000ma2bmna"), entity("e000phare00"));
    let detail = |id| notebook.entity(id).unwrap().detail.clone();
    let Detail::Actor(actor) = detail(mona) else { panic!("an actor") };
    assert_eq!(actor.kind, ActorKind::Unset);
    let Detail::Actor(actor) = detail(kervadec) else { panic!("an actor") };
    assert_eq!(
        actor.assessments[0],
        Assessment {
            at: "2031-03-15".into(),
            by: "J. R.".into(),
            old: Grade::Reliability(None),
            new: Grade::Reliability(Some(Reliability::B)),
            reason: "never wrong so far".into(),
        }
    );
    assert_eq!(actor.assessments[1].new, Grade::Reliability(Some(Reliability::E)));
    assert_eq!(actor.assessments[1].day(), "2031-03-16");
    let Detail::Claim(claim) = detail(entity("e000knew000")) else { panic!("a claim") };
    assert_eq!((claim.status, claim.accusation), (ClaimStatus::Disputed, true));
    assert_eq!(claim.assessments.len(), 3);
    assert_eq!(
        claim.replies[0],
        Reply {
            actor: kervadec,
            asked: When { written: "lundi".into(), edtf: "2031-03-10".into() },
            asked_by: "J. R.".into(),
            answer: Some(Evidence::Mention(mention("m0000000004"))),
        }
    );
    let quote = notebook.evidence_anchor(claim.replies[1].answer.as_ref().unwrap()).unwrap();
    assert_eq!(notebook.words(quote), "Kervadec");
    assert_eq!(claim.replies[2].answer, None);
    let weak = &notebook.link(link("l0000000001")).unwrap().assessments[0];
    assert_eq!(weak.new, Grade::Strength(Strength::Tentative));

    let waivers: Vec<_> = notebook.waivers().values().map(|it| Waiver::clone(it)).collect();
    assert_eq!((&*waivers[0].rule, &*waivers[0].reason), ("one-origin", "known to all"));
    assert_eq!(waivers[1].of, [Subject::Entity(kervadec), Subject::Entity(mona)].into());
    let asides: Vec<_> = notebook.set_aside().values().map(|it| SetAside::clone(it)).collect();
    assert_eq!((asides[0].what, &*asides[0].from), (Subject::Entity(phare), "2031-03-10"));
    assert!(matches!(asides[1].what, Subject::Article(_)));
    assert_eq!(asides[2].what, Subject::Mention(mention("m0000000003")));
    let matrix = notebook.matrices().values().next().unwrap();
    assert_eq!(matrix.title, "Who was warned?");
    let (knew, nobody) = (entity("e000knew000"), entity("e000n0there"));
    let (said, denies) = (mention("m0000000003").into(), link("l0000000001").into());
    assert_eq!((&*matrix.claims, &*matrix.rows), (&[knew, nobody][..], &[said, denies][..]));
    assert_eq!(matrix.cell(knew, said), Some(Fit::Consistent));
    assert_eq!(matrix.cell(knew, denies), Some(Fit::Inconsistent));
    assert_eq!(
        (matrix.cell(nobody, said), matrix.cell(nobody, denies)),
        (Some(Fit::Neutral), None)
    );
    assert_eq!(matrix.claims_by_score(), [nobody, knew]);
}

#[test]
fn the_golden_file_of_version_4_reads_as_it_always_did() {
    use casebook::notebook::*;

    let source = include_str!("golden/v4.ron");
    let (notebook, _, orphans) = storage::parse(source).unwrap();
    assert_eq!(orphans.len(), 1);
    let of = |id: &str| notebook.mention(id.parse().unwrap()).unwrap().anchor.version;
    assert_eq!((of("m0000000001"), of("m0000000003"), of("m0000000005")), (2, 1, 1));
    let link = notebook.link("l0000000001".parse().unwrap()).unwrap();
    let Evidence::Quote(quote) = &link.evidence[1] else { panic!("a quote") };
    assert_eq!(quote.version, 2);
    assert_eq!(
        notebook.read_in(quote).unwrap().to_string(),
        "read in version 2 of 2, 14 March 2031"
    );
    let claim = notebook.entity("e000knew000".parse().unwrap()).unwrap();
    let Detail::Claim(claim) = &claim.detail else { panic!("a claim") };
    let Some(Evidence::Quote(answer)) = &claim.replies[1].answer else { panic!("a quote") };
    assert_eq!(answer.version, 2);

    // A version that is not there is an error where it stands, in mentions, evidence and answers alike.
    for wrong in ["version: 0", "version: 3", "version: 4294967295"] {
        let mut at = 0;
        for _ in 0..source.matches(" version: 2").count() {
            at += source[at..].find(" version: 2").unwrap() + 1;
            let changed = format!("{}{wrong}{}", &source[..at], &source[at + "version: 2".len()..]);
            let error = storage::parse(&changed).expect_err(wrong);
            assert_eq!(error.line, source[..at].lines().count(), "{error}");
            assert!(error.what.contains(wrong.rsplit(' ').next().unwrap()), "{error}");
        }
    }
    assert!(storage::parse(&source.replacen(" version: 2", " version: -1", 1)).is_err());
}

#[test]
fn the_golden_file_of_version_5_reads_as_it_always_did() {
    use casebook::notebook::*;
    use casebook::text::BlockKind;

    let source = include_str!("golden/v5.ron");
    let (notebook, desk, _) = storage::parse(source).unwrap();
    assert_eq!(desk.keep_sources, KeepSources::All);
    let article = notebook.article("a00000000a1".parse().unwrap()).unwrap();
    assert_eq!(article.about.folder, "Port/Procès-verbaux");
    assert!(article.origin.kept && !article.earlier[0].origin.kept);
    assert_eq!(article.origin.captured_at, "2031-03-14T08:00:00+01:00");
    let structure = &article.origin.structure;
    assert_eq!(structure.kind_of(1), Some(&BlockKind::Item(2, "•".to_owned())));
    assert_eq!(structure.page_at(1, 19).map(|page| &*page.label), Some("5"));
    assert_eq!(article.earlier[0].origin.structure.kind_of(0), Some(&BlockKind::Note));

    // What lies past the end of the text, or out of order, is an error and not a page elsewhere.
    for (right, wrong) in [
        ("(3, Quotation(1))", "(4, Quotation(1))"),
        ("(2, Row)", "(1, Row)"),
        ("(\"6\", 1, 20)", "(\"6\", 0, 20)"),
        ("(\"6\", 1, 20)", "(\"6\", 4, 0)"),
        ("Heading(1)", "Chapter(1)"),
    ] {
        assert!(source.contains(right), "{right}");
        assert!(storage::parse(&source.replacen(right, wrong, 1)).is_err(), "{wrong}");
    }
}

/// What is judged in words of its own in a file of version 2 says the same in one of today, with every word.
#[test]
fn verdicts_and_assessments_of_version_2_are_kept_word_for_word() {
    use casebook::notebook::*;

    let golden = include_str!("golden/v2.ron");
    let read = |verdict: &str, assessments: &str| {
        let source = golden
            .replace("verdict: Some((status: \"open\", reason: \"one source\"))", verdict)
            .replace("assessments: {\n", &format!("assessments: {{\n{assessments}"));
        storage::parse(&source).unwrap_or_else(|error| panic!("{verdict} {assessments}: {error}")).0
    };
    let claim = |notebook: &Notebook| match &notebook
        .entity("e000knew000".parse().unwrap())
        .unwrap()
        .detail
    {
        Detail::Claim(claim) => claim.clone(),
        _ => panic!("a claim"),
    };
    for (status, reason, is, kept) in [
        ("Confirmé", "deux sources", ClaimStatus::Supported, "deux sources"),
        ("disputed", "", ClaimStatus::Disputed, ""),
        ("FAUX", "x", ClaimStatus::Refuted, "x"),
        ("retracted", "by them", ClaimStatus::Withdrawn, "by them"),
        ("doubtful", "no paper", ClaimStatus::Unverified, "doubtful: no paper"),
        ("to ask again", "", ClaimStatus::Unverified, "to ask again"),
    ] {
        let verdict = format!("verdict: Some((status: \"{status}\", reason: \"{reason}\"))");
        let notebook = read(&verdict, "");
        let claim = claim(&notebook);
        assert_eq!((claim.status, &*claim.assessments[0].reason), (is, kept), "{status}");
        assert_eq!((&*claim.assessments[0].at, claim.assessments.len()), ("", 2));
        assert!(check(&notebook).iter().all(Problem::is_orphan));
    }
    let loose = |of: &str| {
        read(
            "note: \"\"",
            &format!(
                "\"s0000000009\": (of: \"{of}\", at: \"noon\", by: \"M. R.\", grade: \"B2\", reason: \"seen\"),\n"
            ),
        )
    };
    for of in [
        "e000kervade",
        "e000warn1ng",
        "e000knew000",
        "m0000000002",
        "l0000000001",
        "a00000000a1",
        "e000z000000",
        "nobody",
    ] {
        let notebook = loose(of);
        let source = storage::render(&notebook, &ViewState::default());
        for word in ["noon", "M. R.", "B2", "seen"] {
            assert!(source.contains(word), "{of}: {word} is lost");
        }
        assert!(check(&notebook).iter().all(Problem::is_orphan), "{of}");
        let (again, ..) = storage::parse(&source).unwrap();
        assert!(again == notebook, "{of}");
    }
    assert_eq!(loose("nobody").cards().len(), 2);
    assert!(
        loose("nobody").cards().values().any(|card| card.text.contains("Assessment of nobody"))
    );
}

/// The golden file with one thing changed.
fn spoilt(from: &str, to: &str) -> String {
    assert!(GOLDEN.contains(from), "{from}");
    GOLDEN.replacen(from, to, 1)
}

#[test]
fn what_is_wrong_is_refused_with_its_line_and_column() {
    // What is changed, to what, where the error then is (these words' first character, or none), and its words.
    let cases = [
        // Fields: unknown, twice, missing, of another type.
        ("order: 0", "rank: 0", None, "rank"),
        ("order: 0", "order: 0, order: 1", None, "order"),
        ("order: 0, ", "", None, "order"),
        ("order: 0", "order: \"0\"", None, "a whole number"),
        ("bytes: 17,", "bytes: -17,", None, ""),
        ("links: {", "chains: {", None, "chains"),
        ("modality: Possible", "modality: Surely", None, "Surely"),
        ("(x: 0.0, y: -3.5", "(x: 0.0, y: -3.5, z: 1.0", None, "z"),
        // Keys: twice in one section, twice in two, of another kind.
        ("\"m0000000002\": (", "\"m0000000001\": (", None, "m0000000001 is there twice"),
        (
            "\"e000n0there\": (name",
            "\"e000kervade\": (name",
            Some("\"e000kervade\": (name: \"Nobody"),
            "there twice",
        ),
        ("\"undercuts\": (label", "\"denies\": (label", None, "denies is there twice"),
        ("(\"a00000000a1\", 2): [", "(\"a00000000a1\", 1): [", None, "there twice"),
        ("\"m0000000001\": (", "\"e0000000001\": (", None, "a mention id"),
        ("of: \"e000phare00\"", "of: \"e000PHARE00\"", None, "an entity id"),
        // A file's name that leads somewhere.
        ("\"vieux.txt\"", "\"../vieux.txt\"", None, "no file's name"),
        ("\"vieux.txt\"", "\"/etc/passwd\"", None, "no file's name"),
        ("\"vieux.txt\"", "\"\\\\\\\\host\\\\share\"", None, "no file's name"),
        ("\"vieux.txt\"", "\"https://example.org/a\"", None, "“https://example.org/a”"),
        ("\"vieux.txt\"", "\"..\"", None, "no file's name"),
        ("\"vieux.txt\"", "\"C:\\\\vieux.txt\"", None, "no file's name"),
        ("\"vieux.txt\"", "\"a/../../vieux.txt\"", None, "no file's name"),
        ("\"vieux.txt\"", "\"//host/share/vieux.txt\"", None, "no file's name"),
        ("\"vieux.txt\"", "\"file:///etc/passwd\"", None, "no file's name"),
        ("\"vieux.txt\"", "\"vieux\\u{0}.txt\"", None, "no file's name"),
        // Numbers.
        ("x: 0.1", "x: inf", None, "no coordinate"),
        ("x: 0.1", "x: NaN", None, "no coordinate"),
        ("x: 0.1", "x: 1.1e7", None, "no coordinate"),
        ("zoom: 1.25", "zoom: 1e39", None, "no coordinate"),
        ("x: 0.1", "x: -inf", None, "no coordinate"),
        ("x: 0.1", "x: 340282350000000000000000000000000000000000.0", None, "no coordinate"),
        ("zoom: 0.5", "zoom: NaN", None, "no coordinate"),
        ("order: 0", "order: 4294967296", None, "out of bounds"),
        ("start: ", "start: -", None, ""),
        ("start: ", "start: 99999999999999999999999999", None, "out of bounds"),
        // An id of another kind than its place has.
        ("of: \"e000phare00\"", "of: \"a00000000a1\"", None, "an entity id"),
        ("Mention(\"m0000000004\")", "Mention(\"l0000000001\")", None, "a mention id"),
        ("to: Link(\"l0000000001\")", "to: Link(\"m0000000001\")", None, "a link id"),
        ("articles: [\"a00000000a1\"]", "articles: [\"e000kervade\"]", None, "an article id"),
        ("around: [\"e000kervade\"]", "around: [\"l0000000001\"]", None, "an entity id"),
        // Records that name nothing, or something of the wrong kind.
        (
            "publisher: Some(\"e000phare00\")",
            "publisher: Some(\"e000z000000\")",
            Some("e000z000000"),
            "no actor",
        ),
        (
            "publisher: Some(\"e000phare00\")",
            "publisher: Some(\"e000knew000\")",
            Some("e000knew000"),
            "is a claim",
        ),
        (
            "owner: Some(\"e000kervade\")",
            "owner: Some(\"e000warn1ng\")",
            Some("e000warn1ng\")"),
            "is an event",
        ),
        (
            "members: [\"e000ma2bmna\"]",
            "members: [\"e000z000000\"]",
            Some("e000z000000"),
            "no actor",
        ),
        (
            "(actor: \"e000phare00\", role",
            "(actor: \"e000knew000\", role",
            Some("e000knew000"),
            "is a claim",
        ),
        ("about: [\"e000kervade\"", "about: [\"e000z000000\"", Some("e000z000000"), "no entity"),
        ("of: \"e000phare00\"", "of: \"e000z000000\"", Some("e000z000000"), "no entity"),
        (
            "of: \"e000phare00\", in: \"a00000000a1\"",
            "of: \"e000phare00\", in: \"a00000000z1\"",
            Some("a00000000z1"),
            "no article",
        ),
        ("of: \"e000knew000\"", "of: \"e000warn1ng\"", Some("statement: "), "is no claim"),
        (
            "of: \"e000phare00\"",
            "of: \"e000n0there\"",
            Some("\"m0000000001\": "),
            "needs a statement",
        ),
        (
            "[(actor: \"e000phare00\", cue",
            "[(actor: \"e000n0there\", cue",
            Some("e000n0there\", cue"),
            "is a claim",
        ),
        ("from: \"e000kervade\"", "from: \"e000z000000\"", Some("e000z000000"), "no entity"),
        (
            "to: Entity(\"e000knew000\")",
            "to: Entity(\"e000z000000\")",
            Some("e000z000000"),
            "no entity",
        ),
        ("to: Link(\"l0000000001\")", "to: Link(\"l0000000009\")", Some("l0000000009"), "no link"),
        ("relation: \"denies\"", "relation: \"devours\"", Some("\"devours\""), "devours"),
        ("Mention(\"m0000000004\")", "Mention(\"m0000000009\")", Some("m0000000009"), "no mention"),
        ("\"e000knew000\": (x", "\"e000z000000\": (x", Some("\"e000z000000\": (x"), "no entity"),
        // Texts without an article, articles without a text.
        (
            "(\"a00000000a1\", 2): [",
            "(\"a00000000a1\", 3): [",
            Some("\"a00000000a1\": (order"),
            "2) of this article is missing",
        ),
        (
            "(\"a00000000a1\", 1): [\n\"Le conseil a cede\",\n],\n",
            "(\"a00000000a1\", 1): [\n],\n(\"a00000000z1\", 1): [],\n",
            Some("(\"a00000000z1\", 1)"),
            "belongs to no",
        ),
        // A grade that is none.
        (
            "credibility: Some(3)",
            "credibility: Some(9)",
            Some("credibility: Some(9)"),
            "a grade from 1 to 6",
        ),
        // The board and the views.
        ("(title: \"La maison\", hue: Blue, ", "(title: \"\", ", None, "hue"),
        ("hue: Blue", "hue: Mauve", None, "Mauve"),
        (
            "members: [\"e000phare00\"]",
            "members: [\"e000kervade\"]",
            Some("e000kervade\"]),\n},\ncards"),
            "already",
        ),
        (
            "members: [\"e000phare00\"]),\n},\nc",
            "members: []),\n},\nc",
            Some("members: []),\n},\nc"),
            "without",
        ),
        (
            "members: [\"e000phare00\"]),\n},\nc",
            "members: [\"e000z000000\"]),\n},\nc",
            Some("e000z000000"),
            "no entity",
        ),
        ("status: Disputed", "status: Refuted", None, "its last assessment says “disputed”"),
        ("Credibility(Some(3))", "Credibility(Some(7))", None, "no grade from 1 to 6"),
        ("old: Strength(Unconfirmed)", "old: Reliability(None)", None, "no reliability"),
        ("(at: \"2031-03-15\", by: \"J. R.\", old: Rel", "(at: \"noon\", old: Rel", None, "noon"),
        ("(actor: \"e000phare00\")]", "(actor: \"e000warn1ng\")]", None, "an actor"),
        (
            "answer: Some(Mention(\"m0000000004\"))",
            "answer: Some(Mention(\"m0000000009\"))",
            None,
            "no mention",
        ),
        ("rule: \"one-origin\"", "rule: \" \"", None, "without a rule"),
        ("of: [\"e000knew000\"], reason", "of: [], reason", None, "about nothing"),
        ("of: [\"e000knew000\"], reason", "of: [\"l0000000009\"], reason", None, "no link"),
        ("what: \"e000phare00\"", "what: \"e000warn1ng\"", None, "an actor"),
        ("what: \"m0000000003\"", "what: \"m0000000001\"", None, "only these are set aside"),
        ("from: \"2031-03-10\"", "from: \"soon\"", None, "soon"),
        ("title: \"Nothing yet\"", "title: \"\"", None, "without a title"),
        ("claims: [\"e000knew000\", ", "claims: [\"e000kervade\", ", None, "a claim belongs here"),
        ("\"e000n0there\"], rows", "\"e000knew000\"], rows", None, "in the matrix twice"),
        ("rows: [\"m0000000003\", ", "rows: [\"a00000000a1\", ", None, "no statement or link"),
        (
            "(\"e000n0there\", \"m0000000003\"): Neutral",
            "(\"e000n0there\", \"m0000000004\"): Neutral",
            None,
            "not in the matrix",
        ),
        ("width: 220.0", "width: 0.0", Some("width: 0.0"), "at least 1"),
        ("height: 90.25", "height: 1e9", None, "coordinate"),
        ("height: 90.25", "height: inf", None, "coordinate"),
        ("name: \"Everything\"", "name: \" \"", Some("name: \" \""), "without a name"),
        ("from: \"2031-03\"", "from: \"March\"", Some("March"), ""),
        ("relations: [\"denies\", ", "relations: [\"bribes\", ", Some("\"bribes\""), "not among"),
        (
            "articles: [\"a00000000a1\"]",
            "articles: [\"a00000000z1\"]",
            Some("a00000000z1"),
            "no article",
        ),
        (
            "around: [\"e000kervade\"]",
            "around: [\"e000z000000\"]",
            Some("e000z000000"),
            "no entity",
        ),
        ("to: Entity(\"e000knew000\")", "to: Link(\"l0000000002\")", None, "itself"),
        // No RON, or no notebook.
        ("polarity: Affirms", "polarity: Affirms)", None, ""),
        ("title: \"", "title: \"\\q", None, ""),
        ("(\ncasebook: ", "(\nnotebook: ", Some("notebook: "), "no notebook"),
        ("(\ncasebook: ", "(\ncasebook: 00000, //", Some("00000,"), "never was"),
        ("(\ncasebook: ", "(\ncasebook: one, //", Some("one,"), "no notebook"),
        ("matrices: {\n", "matrices: {\n/* open", None, ""),
        ("field: \"note\"", "field: \" \"", Some("field: "), "field"),
        ("ours: \"\\\"of the port\\\"\"", "ours: \"of the port\"", Some("of the port"), "no JSON"),
        ("of: Title, field", "of: Node, field", Some("Node"), ""),
        (")\n", ")\n)\n", None, ""),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.ron");
    for (from, to, place, words) in cases {
        let source = spoilt(from, to);
        let error = storage::parse(&source).expect_err(to);
        assert!(error.what.contains(words), "{to}: {error}");
        assert_eq!(error.newer, None);
        // As a person gets it: the file, the line and the column, what is wrong, and what to do; the file untouched.
        std::fs::write(&file, &source).unwrap();
        let told = load(&file).unwrap_err().to_string();
        for part in [
            "bad.ron",
            &format!("line {}, column {}", error.line, error.column),
            &error.what,
            "was left as it is",
            "mend that place",
        ] {
            assert!(told.contains(part), "{to}: {told}");
        }
        assert!(std::fs::read_to_string(&file).unwrap() == source, "{to}");
        let byte = match place {
            Some(place) => source.find(place).unwrap(),
            // Where RON's reader stopped: somewhere in the line that was changed.
            None => {
                let changed = GOLDEN.find(from).unwrap();
                let line = 1 + source[..changed].matches('\n').count();
                let last = line + to.matches('\n').count();
                if from != ")\n" && !to.contains("/*") {
                    assert!((line..=last).contains(&error.line), "{to}: {error}, not line {line}");
                }
                continue;
            }
        };
        let line_start = source[..byte].rfind('\n').map_or(0, |n| n + 1);
        let line = 1 + source[..byte].matches('\n').count();
        let column = 1 + source[line_start..byte].chars().count();
        assert_eq!((error.line, error.column), (line, column), "{to}: {error}");
    }
}

/// In every section that has keys: one of them a second time.
#[test]
fn a_key_that_is_there_twice_is_refused_in_every_section() {
    let mut sections = 0;
    for (start, _) in GOLDEN.match_indices(": {\n") {
        let section = GOLDEN[..start].rsplit(['\n', ' ', '(']).next().unwrap();
        let from = start + 4;
        // A text is several lines; what else there is is one.
        let record = match section {
            "texts" => GOLDEN[from..].find("\n],\n").map(|n| n + 4),
            _ => GOLDEN[from..].find('\n').map(|n| n + 1),
        };
        let Some(record) = record.map(|n| &GOLDEN[from..from + n]) else { continue };
        if record.starts_with('}') {
            continue;
        }
        let source = format!("{}{record}{}", &GOLDEN[..from], &GOLDEN[from..]);
        let error = storage::parse(&source).expect_err(section);
        assert!(error.what.contains("there twice"), "{section}: {error}");
        let first = 1 + GOLDEN[..from].matches('\n').count();
        let second = first + record.matches('\n').count();
        assert!((second..=second + 1).contains(&error.line), "{section}: {error}, not {second}");
        sections += 1;
    }
    assert!(sections >= 13, "{sections} sections");
}

#[test]
fn a_section_that_is_missing_is_named() {
    for section in [
        "actors",
        "mentions",
        "links",
        "relations",
        "canvas",
        "groups",
        "cards",
        "views",
        "dismissed",
        "waivers",
        "set_aside",
        "matrices",
        "conflicts",
    ] {
        let start = GOLDEN.find(&format!("\n{section}: {{\n")).unwrap();
        let end = start + GOLDEN[start..].find("\n},\n").unwrap() + 3;
        let without = format!("{}{}", &GOLDEN[..start], &GOLDEN[end..]);
        let error = storage::parse(&without).expect_err(section);
        // Without its targets, what refers to them may be what is noticed first.
        assert!(error.what.contains(section) || error.what.contains("there is no"), "{error}");
    }
}

#[test]
fn a_newer_version_is_recognised_before_anything_else_is_looked_at() {
    let newer = VERSION + 1;
    for source in [
        format!("(casebook: {newer}, everything: {{different}}"),
        format!("/* by a newer one */ ( // yes\n casebook : {newer} }}}}}}}}"),
        format!("\u{feff}(casebook:{newer}"),
    ] {
        let error = storage::parse(&source).expect_err("it is newer");
        assert_eq!(error.newer, Some(u64::from(newer)), "{source}");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    for open in ["[", "(", "{", "Some("] {
        let source = spoilt(
            "title: \"Kervadec: qui savait ?\"",
            &format!("title: {}", open.repeat(100_000)),
        );
        assert!(storage::parse(&source).is_err());
    }
}

#[test]
fn what_the_desk_says_of_an_article_that_is_gone_is_dropped() {
    let source =
        spoilt("reading: {\n", "reading: {\n\"a0000000000\": (paragraph: 9, offset: 1.0),\n");
    let (notebook, mut desk, _) = storage::parse(&source).unwrap();
    assert_eq!(desk.reading.len(), 1);
    desk.article = Some("a0000000000".parse().unwrap());
    desk.reading.insert("a0000000000".parse().unwrap(), Default::default());
    assert!(!storage::render(&notebook, &desk).contains("a0000000000"));
}

#[test]
fn coordinates_out_of_bounds_do_not_keep_a_notebook_from_being_saved() {
    let (notebook, mut desk, _) = storage::parse(&GOLDEN).unwrap();
    let view = desk.canvas.as_mut().unwrap();
    (view.x, view.y, view.zoom) = (f32::NAN, f32::NEG_INFINITY, 1e30);
    let (_, desk, _) = storage::parse(&storage::render(&notebook, &desk)).unwrap();
    let view = desk.canvas.unwrap();
    assert_eq!((view.x, view.y, view.zoom), (0.0, -1e7, 1e7));
}

mod files {
    use super::*;

    fn golden() -> (Notebook, ViewState) {
        let (notebook, desk, _) = storage::parse(&GOLDEN).unwrap();
        (notebook, desk)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_changed_meanwhile_is_not_saved_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.ron");
        let (notebook, desk) = golden();
        let stamp = save(&path, &notebook, &desk, &Expected::New).unwrap().stamp;
        assert!(stamp.looks_current(&path).unwrap() && stamp.is_current(&path).unwrap());

        // Of the same length, and at the same time: only its bytes tell.
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        let other = GOLDEN.replace("qui savait", "qui savaix");
        std::fs::write(&path, &other).unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        let error = save(&path, &notebook, &desk, &Expected::Same(stamp.clone())).unwrap_err();
        assert!(matches!(error, SaveError::ChangedOnDisk(_)), "{error}");
        assert!(error.to_string().contains("n.ron"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), other);
        assert!(!stamp.is_current(&path).unwrap());

        // Touched, but the same.
        std::fs::write(&path, GOLDEN.as_str()).unwrap();
        assert!(stamp.is_current(&path).unwrap());
        save(&path, &notebook, &desk, &Expected::Same(stamp.clone())).unwrap();

        std::fs::remove_file(&path).unwrap();
        let error = save(&path, &notebook, &desk, &Expected::Same(stamp)).unwrap_err();
        assert!(matches!(error, SaveError::Gone(_)), "{error}");
        assert_eq!(names(folder.path()), Vec::<String>::new(), "nothing is left behind");
        save(&path, &notebook, &desk, &Expected::New).unwrap();
        save(&path, &notebook, &desk, &Expected::New).unwrap();
        assert_eq!(names(folder.path()), ["n.ron"]);
    }

    #[test]
    fn a_save_that_is_stopped_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.ron");
        std::fs::write(&path, GOLDEN.as_str()).unwrap();
        let (notebook, desk) = generate(1, SMALL);
        // Stopped at the first question, at the second, and so on, until there is none left.
        let stopped = (0..100)
            .take_while(|n| {
                let asked = std::cell::Cell::new(0);
                let cancelled = || {
                    asked.set(asked.get() + 1);
                    asked.get() > *n
                };
                match storage::save(&path, &notebook, &desk, &Expected::New, &cancelled) {
                    Err(SaveError::Cancelled(_)) => {
                        assert_eq!(std::fs::read_to_string(&path).unwrap(), *GOLDEN);
                        assert_eq!(names(folder.path()), ["n.ron"]);
                        true
                    }
                    other => other.map(|_| false).unwrap(),
                }
            })
            .count();
        assert!((3..99).contains(&stopped), "{stopped}");
        assert!(load(&path).unwrap().notebook == notebook);
    }

    #[test]
    fn what_cannot_be_saved_over_is_named_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (notebook, desk) = golden();
        let at = |name: &str| folder.path().join(name);
        let refused = |name: &str| {
            let error = save(&at(name), &notebook, &desk, &Expected::New).unwrap_err();
            let name = name.rsplit('/').next().unwrap();
            assert!(
                error.to_string().contains(name) && error.to_string().contains("Save as"),
                "{error}"
            );
            error
        };
        std::fs::create_dir(at("folder")).unwrap();
        assert!(matches!(refused("folder"), SaveError::IsFolder(_)));
        assert!(matches!(refused("no/where.ron"), SaveError::NoFolder(_)));

        std::fs::write(at("kept.ron"), "kept").unwrap();
        let mut permissions = std::fs::metadata(at("kept.ron")).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(at("kept.ron"), permissions).unwrap();
        assert!(matches!(refused("kept.ron"), SaveError::ReadOnly { .. }));
        assert_eq!(std::fs::read_to_string(at("kept.ron")).unwrap(), "kept");
        assert_eq!(names(folder.path()), ["folder", "kept.ron"]);
    }

    #[test]
    fn what_cannot_be_loaded_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let refused = |name: &str| {
            let error = load(&at(name)).unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
            error
        };
        assert!(matches!(refused("missing.ron"), LoadError::Missing(_)));
        std::fs::create_dir(at("folder")).unwrap();
        assert!(matches!(refused("folder"), LoadError::Folder(_)));
        std::fs::write(at("empty.ron"), "").unwrap();
        assert!(matches!(refused("empty.ron"), LoadError::Empty(_)));
        std::fs::write(at("latin.ron"), b"(casebook: 1,\ntitle: \"\xe9\"").unwrap();
        assert!(matches!(refused("latin.ron"), LoadError::NotText { line: 2, .. }));
        std::fs::write(at("newer.ron"), "(casebook: 7, x: 1)").unwrap();
        assert!(matches!(refused("newer.ron"), LoadError::Newer { version: 7, .. }));
        std::fs::write(at("bad.ron"), GOLDEN.replace("relations: {", "relation: {")).unwrap();
        let error = refused("bad.ron").to_string();
        assert!(error.contains("line 4") && error.contains("relation"), "{error}");
        // As long as the limit allows and one byte more, without writing it.
        let large = std::fs::File::create(at("large.ron")).unwrap();
        large.set_len(storage::LIMIT + 1).unwrap();
        assert!(matches!(refused("large.ron"), LoadError::TooLarge(_)));
        std::fs::write(at("good.ron"), GOLDEN.as_str()).unwrap();
        let stopped = storage::load(&at("good.ron"), &|| true, &|_| {});
        assert!(matches!(stopped, Err(LoadError::Cancelled(_))));
    }

    #[test]
    fn progress_grows_to_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.ron");
        let (notebook, desk) = generate(1, Size::bench(4000));
        save(&path, &notebook, &desk, &Expected::New).unwrap();
        let told = std::cell::RefCell::new(Vec::new());
        storage::load(&path, &|| false, &|done| told.borrow_mut().push(done)).unwrap();
        let told = told.into_inner();
        assert!(told.len() > 2 && told.is_sorted(), "{told:?}");
        assert_eq!(told.last(), Some(&1.0));
    }

    #[test]
    fn a_lock_holds_while_it_lives_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.ron");
        std::fs::write(&path, GOLDEN.as_str()).unwrap();
        // What a save that was killed left, what another notebook's left, and a file of the person's own.
        for name in
            [".n.ron.aB3xYz.casebook-tmp", ".n.ron.old.ron.aB3xYz.casebook-tmp", ".n.ron.mine"]
        {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let lock = Lock::acquire(&path).unwrap();
        let kept = [".n.ron.lock", ".n.ron.mine", ".n.ron.old.ron.aB3xYz.casebook-tmp", "n.ron"];
        assert_eq!(names(folder.path()), kept);
        let held = Lock::acquire(&path).unwrap_err();
        let LockError::Held { holder, .. } = &held else { panic!("{held}") };
        #[cfg(unix)]
        assert_eq!(holder.as_ref().unwrap().pid, std::process::id());
        assert!(held.to_string().contains("n.ron"), "{holder:?}");
        // The lock is no hindrance to the one who has it.
        let loaded = load(&path).unwrap();
        save(&path, &loaded.notebook, &loaded.desk, &Expected::Same(loaded.stamp)).unwrap();
        assert!(matches!(Lock::acquire(&path), Err(LockError::Held { .. })));
        drop(lock);
        Lock::acquire(&path).unwrap();
        #[cfg(unix)]
        assert!(!folder.path().join(".n.ron.lock").exists());
        Lock::acquire(&folder.path().join("not there yet.ron")).unwrap();
        let nowhere = Lock::acquire(&folder.path().join("no/where.ron"));
        assert!(matches!(nowhere, Err(LockError::Unavailable { .. })));
    }

    #[test]
    fn only_one_of_many_gets_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.ron");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        let got = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..300 {
                        if let Ok(lock) = Lock::acquire(&path) {
                            use std::sync::atomic::Ordering::SeqCst;
                            got.fetch_add(1, SeqCst);
                            assert_eq!(inside.fetch_add(1, SeqCst), 0);
                            std::thread::yield_now();
                            inside.fetch_sub(1, SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert!(got.into_inner() > 0);
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;

        fn mode(path: &Path) -> u32 {
            std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
        }

        #[test]
        fn a_new_file_is_its_owners_alone_and_an_old_one_keeps_its_mode() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("n.ron");
            let (notebook, desk) = golden();
            save(&path, &notebook, &desk, &Expected::New).unwrap();
            assert_eq!(mode(&path), 0o600);
            for kept in [0o644, 0o664, 0o640] {
                std::fs::set_permissions(&path, std::fs::Permissions::from_mode(kept)).unwrap();
                save(&path, &notebook, &desk, &Expected::New).unwrap();
                assert_eq!(mode(&path), kept);
            }
        }

        #[test]
        fn a_symbolic_link_stays_one() {
            let folder = tempfile::tempdir().unwrap();
            let (notebook, desk) = golden();
            std::fs::create_dir(folder.path().join("real")).unwrap();
            let (link, real) = (folder.path().join("link.ron"), folder.path().join("real/n.ron"));
            symlink("real/n.ron", &link).unwrap();
            // It leads nowhere yet, then to a file.
            for _ in 0..2 {
                save(&link, &notebook, &desk, &Expected::New).unwrap();
                assert!(link.symlink_metadata().unwrap().is_symlink());
                assert_eq!(std::fs::read_to_string(&real).unwrap(), *GOLDEN);
                assert_eq!(names(&folder.path().join("real")), ["n.ron"]);
            }
            // Both names are one notebook.
            let lock = Lock::acquire(&link).unwrap();
            assert!(matches!(Lock::acquire(&real), Err(LockError::Held { .. })));
            drop(lock);
            let round = folder.path().join("round.ron");
            symlink("round.ron", &round).unwrap();
            assert!(save(&round, &notebook, &desk, &Expected::New).is_err());
            assert!(load(&round).is_err());
        }

        /// A folder that somebody sent may hold more than a notebook.
        #[test]
        fn what_stands_at_the_locks_place_is_never_written_over() {
            let folder = tempfile::tempdir().unwrap();
            let at = |name: &str| folder.path().join(name);
            let lock = at(".n.ron.lock");
            let refused = |what: &str| {
                let error = Lock::acquire(&at("n.ron")).unwrap_err();
                assert!(matches!(error, LockError::Unavailable { .. }), "{what}: {error}");
                assert!(error.to_string().contains(".n.ron.lock"), "{what}: {error}");
                assert_eq!(std::fs::read_to_string(at("n.ron")).unwrap(), *GOLDEN, "{what}");
            };
            std::fs::write(at("n.ron"), GOLDEN.as_str()).unwrap();
            // The notebook itself under another name, a link to it, one to what is not there yet, a file of another's.
            std::fs::hard_link(at("n.ron"), &lock).unwrap();
            refused("another name of the notebook");
            for to in ["n.ron", "made"] {
                std::fs::remove_file(&lock).unwrap();
                symlink(to, &lock).unwrap();
                refused("a link");
                assert!(!at("made").exists());
            }
            std::fs::remove_file(&lock).unwrap();
            for held in ["my notes".to_owned(), "casebook\n".repeat(1000)] {
                std::fs::write(&lock, &held).unwrap();
                refused("a file that is none");
                assert_eq!(std::fs::read_to_string(&lock).unwrap(), held);
            }
            std::fs::remove_file(&lock).unwrap();
            std::fs::create_dir(&lock).unwrap();
            refused("a folder");
            std::fs::remove_dir(&lock).unwrap();
            // What a Casebook left that was killed is one, and what a power cut made of it.
            for held in [
                "",
                "casebook\n4711\nhere\n2031-03-07T00:00:00Z\n",
                "\0\0\0\0",
                "case",
                "ca\0\0book\n4711\n",
            ] {
                std::fs::write(&lock, held).unwrap();
                drop(Lock::acquire(&at("n.ron")).unwrap());
            }
        }

        #[test]
        fn a_pipe_or_a_device_is_neither_read_nor_replaced() {
            let (notebook, desk) = golden();
            let device = Path::new("/dev/null");
            assert!(matches!(load(device), Err(LoadError::NotAFile(_))));
            let saved = save(device, &notebook, &desk, &Expected::New);
            assert!(matches!(saved, Err(SaveError::NotAFile(_))));
        }

        #[test]
        fn from_a_read_only_folder_a_notebook_is_read_and_not_saved() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("n.ron");
            std::fs::write(&path, GOLDEN.as_str()).unwrap();
            let set = |mode| {
                let mode = std::fs::Permissions::from_mode(mode);
                std::fs::set_permissions(folder.path(), mode).unwrap();
            };
            set(0o555);
            // Root may write all the same; then only what is read can be tried.
            let forbidden = std::fs::write(folder.path().join("probe"), "").is_err();
            let loaded = load(&path).unwrap();
            if forbidden {
                let same = Expected::Same(loaded.stamp);
                let error = save(&path, &loaded.notebook, &loaded.desk, &same).unwrap_err();
                assert!(matches!(error, SaveError::ReadOnly { .. }), "{error}");
                let lock = Lock::acquire(&path).unwrap_err();
                assert!(matches!(lock, LockError::Unavailable { .. }), "{lock}");
                assert_eq!(std::fs::read_to_string(&path).unwrap(), *GOLDEN);
            }
            set(0o755);
        }
    }
}
