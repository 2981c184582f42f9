//! Exchange with other programs: what is exported and imported again is the same as far as the format can hold it, importing
//! twice adds nothing, and what other programs write is read with their quirks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use casebook::app::questions::{EnterPath, ImportInto, Imported};
use casebook::app::{Command as AppCommand, DialogKind, Effect, Intent, Level, SessionIntent};
use casebook::edit::{Created, Edit, Ref, Refusal, apply};
use casebook::export::{self, Content, Sink};
use casebook::import::{self, ImportError, Plan, Source, SourceFile};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{
    About, Article, ArticleId, Detail, EntityId, Kind, Link, Mention, Notebook, Origin, check,
};
use casebook::storage::load;
use casebook::text::Text;
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;

#[path = "common/session.rs"]
mod session;

use session::Session;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/port-leonie.ron");

#[derive(Default)]
struct Files(Vec<SourceFile>);

impl io::Write for Files {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            self.begin("export")?;
        }
        self.0.last_mut().unwrap().bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Files {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.0.push(SourceFile { name: name.to_owned(), bytes: Vec::new() });
        Ok(())
    }
}

/// The sample notebook.
fn sample() -> Notebook {
    load(Path::new(SAMPLE), &|| false, &|_| {}).unwrap().notebook
}

fn exported(notebook: &Notebook, id: &str) -> Source {
    let mut files = Files::default();
    let content = Content::everything(notebook);
    export::format(id).unwrap().write(&content, &mut files, &|| false, &|_| {}).unwrap();
    Source { name: format!("case.{id}"), files: files.0 }
}

/// What this source makes of a notebook.
fn planned(source: &Source, id: &str, into: &Notebook) -> Plan {
    let case = import::format(id).unwrap().read(source, &|| false).unwrap();
    import::plan(case, into, "Import", &|| false, &|_| {}).unwrap()
}

fn imported(source: &Source, id: &str, into: &mut Notebook) -> Plan {
    let plan = planned(source, id, into);
    apply(into, &plan.edit).unwrap();
    assert!(check(into).is_empty(), "{id}: {:?}", check(into));
    let again = planned(source, id, into);
    assert_eq!(again.new.all(), 0, "{id}: importing twice adds nothing");
    let before = into.clone();
    apply(into, &again.edit).unwrap();
    assert!(*into == before, "{id}: importing twice changes nothing");
    plan
}

/// A notebook with the same articles and nothing else.
fn articles_of(notebook: &Notebook) -> Notebook {
    let mut bare = Notebook::new("");
    for (id, article) in notebook.articles() {
        let mut article = Article::clone(article);
        article.about.publisher = None;
        article.earlier.clear();
        apply(&mut bare, &Edit::AddArticle(*id, Arc::new(article))).unwrap();
    }
    bare
}

/// The places of a link's evidence.
fn places(notebook: &Notebook, link: &Link) -> BTreeSet<String> {
    let anchors = link.evidence.iter().filter_map(|one| notebook.evidence_anchor(one));
    anchors.filter(|anchor| anchor.range().is_some()).map(|anchor| format!("{anchor:?}")).collect()
}

/// The mentions that stand somewhere, by their ids.
fn standing(notebook: &Notebook) -> Vec<(String, &Mention)> {
    let all = notebook.mentions().iter();
    all.filter(|(_, mention)| mention.anchor.range().is_some())
        .map(|(id, mention)| (id.to_string(), &**mention))
        .collect()
}

/// What formats keep of words that take no control characters.
fn kept_of(text: &str) -> String {
    let kept = |c: char| match c {
        '\n' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.trim().chars().map(kept).collect()
}

/// Each once, in the order in which they first stand.
fn once(ids: &[EntityId]) -> Vec<EntityId> {
    ids.iter().fold(Vec::new(), |mut kept, id| {
        if !kept.contains(id) {
            kept.push(*id);
        }
        kept
    })
}

fn same_texts(old: &Notebook, new: &Notebook) {
    assert_eq!(
        old.articles().iter().map(|(id, a)| (*id, a.text.as_str())).collect::<Vec<_>>(),
        new.articles().iter().map(|(id, a)| (*id, a.text.as_str())).collect::<Vec<_>>()
    );
}

/// What the tables hold is all of every entity, mention and link but how they were judged, and who was asked.
fn check_csv(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "csv"), "csv", &mut new);
    same_texts(old, &new);
    assert_eq!(old.entities().len(), new.entities().len());
    for (id, entity) in old.entities() {
        let back = new.entity(*id).unwrap();
        assert_eq!(
            (&entity.name, entity.kind(), entity.to_check),
            (&back.name, back.kind(), back.to_check)
        );
        match (&entity.detail, &back.detail) {
            (Detail::Actor(a), Detail::Actor(b)) => {
                assert_eq!(
                    (a.kind, a.reliability, a.owner, once(&a.members)),
                    (b.kind, b.reliability, b.owner, once(&b.members))
                );
            }
            (Detail::Event(a), Detail::Event(b)) => {
                assert_eq!((&a.place, &a.date), (&b.place, &b.date));
                let who = |event: &casebook::notebook::Event| {
                    event.participants.iter().map(|p| p.actor).collect::<BTreeSet<_>>()
                };
                assert_eq!(who(a), who(b));
            }
            (Detail::Claim(a), Detail::Claim(b)) => {
                assert_eq!(
                    (once(&a.about), a.credibility, a.status),
                    (once(&b.about), b.credibility, b.status)
                );
            }
            _ => panic!("another kind"),
        }
    }
    let (a, b) = (standing(old), standing(&new));
    assert_eq!(a.len(), b.len());
    for ((id, old), (_, new)) in a.iter().zip(&b) {
        assert_eq!(
            (&old.anchor, old.entity, old.to_check),
            (&new.anchor, new.entity, new.to_check),
            "{id}"
        );
        if let (Some(old), Some(new)) = (&old.statement, &new.statement) {
            assert_eq!(
                (old.modality, old.polarity, old.form),
                (new.modality, new.polarity, new.form),
                "{id}"
            );
            let actors = |s: &casebook::notebook::Statement| {
                s.chain.iter().map(|hop| hop.actor).collect::<Vec<_>>()
            };
            assert_eq!(actors(old), actors(new), "{id}");
        }
    }
    same_links(old, &new, |_| true);
    for (id, link) in old.links() {
        let back = new.link(*id).unwrap();
        assert_eq!(
            (link.basis, link.strength, &link.when),
            (back.basis, back.strength, &back.when),
            "{id}"
        );
        assert_eq!((link.directed, link.to_check), (back.directed, back.to_check), "{id}");
    }
}

/// Links with their ends, relation and the places of their evidence.
fn same_links(old: &Notebook, new: &Notebook, kept: impl Fn(&Link) -> bool) {
    for (id, link) in old.links().iter().filter(|(_, link)| kept(link)) {
        let back = new.link(*id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!((link.from, link.to), (back.from, back.to), "{id}");
        assert_eq!(old.relation_label(&link.relation), new.relation_label(&back.relation), "{id}");
        assert_eq!(places(old, link), places(new, back), "{id}");
    }
}

fn same_mentions(old: &Notebook, new: &Notebook, kept: impl Fn(&Mention) -> bool) {
    for (id, mention) in standing(old).iter().filter(|(_, mention)| kept(mention)) {
        let back = new.mention(id.parse().unwrap()).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!((mention.entity, &mention.anchor), (back.entity, &back.anchor), "{id}");
    }
}

fn same_entities(old: &Notebook, new: &Notebook, kept: impl Fn(EntityId) -> bool) {
    for (id, entity) in old.entities().iter().filter(|(id, _)| kept(**id)) {
        let back = new.entity(*id).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(
            (entity.kind(), kept_of(&entity.name)),
            (back.kind(), kept_of(&back.name)),
            "{id}"
        );
    }
}

fn check_qdpx(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "qdpx"), "qdpx", &mut new);
    same_texts(old, &new);
    same_entities(old, &new, |_| true);
    same_mentions(old, &new, |_| true);
    same_links(old, &new, |_| true);
    for (id, entity) in old.entities() {
        assert_eq!(kept_of(&entity.note), kept_of(&new.entity(*id).unwrap().note), "{id}");
    }
    for (id, node) in old.nodes() {
        let back = new.nodes()[id];
        assert_eq!((node.x.round(), node.y.round()), (back.x, back.y));
    }
}

fn check_brat(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "brat"), "brat", &mut new);
    same_texts(old, &new);
    // A line break at an end of a mention is none of its lines.
    let words = |mention: &Mention| {
        let words = old.words(&mention.anchor);
        !words.trim().is_empty() && !words.starts_with('\n') && !words.ends_with('\n')
    };
    same_mentions(old, &new, words);
    let told = |id: EntityId| standing(old).iter().any(|(_, m)| m.entity == id && words(m));
    same_entities(old, &new, told);
    for (id, mention) in new.mentions() {
        let said = |m: &Mention| m.statement.as_ref().map(|s| (s.modality, s.polarity, s.form));
        assert_eq!(said(old.mention(*id).unwrap()), said(mention));
    }
    for (id, link) in new.links() {
        let was = old.link(*id).unwrap();
        assert_eq!((link.from, link.to, &link.relation), (was.from, was.to, &was.relation));
        let anchors = was.evidence.iter().filter_map(|one| old.evidence_anchor(one));
        let broken = |words: &str| words.starts_with('\n') || words.ends_with('\n');
        if !anchors.map(|anchor| old.words(anchor)).any(broken) {
            assert!(places(&new, link).is_subset(&places(old, was)), "{id}");
        }
    }
}

fn check_annotations(old: &Notebook) {
    let mut new = articles_of(old);
    imported(&exported(old, "annotations"), "annotations", &mut new);
    same_mentions(old, &new, |_| true);
    same_entities(old, &new, |id| standing(old).iter().any(|(_, m)| m.entity == id));
    let told = |id: EntityId| new.entity(id).is_some();
    same_links(old, &new, |link| {
        !link.evidence.is_empty()
            && link.to_entity().is_some_and(told)
            && told(link.from)
            && link
                .evidence
                .iter()
                .all(|one| old.evidence_anchor(one).is_some_and(|anchor| anchor.range().is_some()))
    });
}

fn check_graphml(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "graphml"), "graphml", &mut new);
    same_entities(old, &new, |_| true);
    for (id, link) in old.links() {
        let back = new.link(*id).unwrap();
        assert_eq!(
            (link.from, link.to, link.strength, link.basis),
            (back.from, back.to, back.strength, back.basis)
        );
        assert_eq!(link.directed, back.directed);
    }
    for (id, entity) in old.entities() {
        if let (Detail::Actor(a), Detail::Actor(b)) =
            (&entity.detail, &new.entity(*id).unwrap().detail)
        {
            assert_eq!(
                (a.kind, a.owner, once(&a.members)),
                (b.kind, b.owner, once(&b.members)),
                "{id}"
            );
        }
    }
}

fn check_ftm(old: &Notebook) {
    let mut new = Notebook::new("");
    imported(&exported(old, "ftm"), "ftm", &mut new);
    same_texts(old, &new);
    same_entities(old, &new, |_| true);
    for (id, link) in old.links().iter().filter(|(_, link)| link.to_entity().is_some()) {
        let back = new.link(*id).unwrap();
        assert_eq!((link.from, link.to, link.strength), (back.from, back.to, back.strength));
        assert!(places(&new, back).is_subset(&places(old, link)), "{id}");
    }
    for (id, mention) in new.mentions() {
        let was = old.mention(*id).unwrap();
        assert_eq!(
            (was.entity, old.words(&was.anchor)),
            (mention.entity, new.words(&mention.anchor))
        );
    }
}

const CHECKS: [fn(&Notebook); 6] =
    [check_csv, check_qdpx, check_brat, check_annotations, check_graphml, check_ftm];

#[test]
fn the_sample_comes_back_through_every_format() {
    let notebook = sample();
    CHECKS.iter().for_each(|check| check(&notebook));
    // Nothing of the sample stands in a place that a format cannot tell.
    let mut new = Notebook::new("");
    let plan = imported(&exported(&notebook, "brat"), "brat", &mut new);
    assert_eq!(plan.missed.count(), 0, "{:?}", plan.missed.lines());
    assert_eq!(new.mentions().len(), notebook.mentions().len());
    let plan = planned(&exported(&notebook, "qdpx"), "qdpx", &Notebook::new(""));
    assert_eq!(plan.new.links, notebook.links().len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_in_a_notebook_comes_back_as_far_as_a_format_can_hold_it(seed in any::<u64>()) {
        let size = Size { articles: 3, text: 900, entities: 14, mentions: 30, links: 12 };
        let (notebook, _) = generate(seed, size);
        CHECKS.iter().for_each(|check| check(&notebook));
    }

    #[test]
    fn no_bytes_bring_a_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in any::<prop::sample::Index>()) {
        let notebook = sample();
        for format in import::FORMATS {
            let _ = format.read(&Source::of("a.ann", bytes.clone()), &|| false);
            let mut source = exported(&notebook, format.id);
            for file in &mut source.files {
                let at = cut.index(file.bytes.len().max(1));
                file.bytes.truncate(at);
            }
            if let Ok(case) = format.read(&source, &|| false) {
                let plan = import::plan(case, &notebook, "", &|| false, &|_| {}).unwrap();
                let mut copy = notebook.clone();
                prop_assert!(apply(&mut copy, &plan.edit).is_ok());
            }
        }
    }
}

fn with_text(text: &str) -> (Notebook, ArticleId) {
    let mut notebook = Notebook::new("");
    let id = ArticleId::from_bits(7);
    let article = Article {
        about: About { title: "Doc".to_owned(), ..About::default() },
        origin: Origin::default(),
        text: Text::new(text),
        earlier: Vec::new(),
    };
    apply(&mut notebook, &Edit::AddArticle(id, Arc::new(article))).unwrap();
    (notebook, id)
}

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

#[test]
fn brat_files_of_others_are_read_with_carriage_returns_and_what_does_not_fit_is_listed() {
    let text = "Mr Barry Kade met\r\nACME in Oslo.\r\n";
    let ann = "T1\tPerson 3 13\tBarry Kade\nT2\tOrganization 19 23\tACME\nT3\tMeet 14 17\tmet\n\
        E1\tMeet:T3 Agent:T1 Theme:T2\nR1\tworks-for Arg1:T1 Arg2:T2\nT4\tPerson 0 2;19 23\tMr ACME\n\
        T5\tGPE 27 31\tOslo\nN1\tReference T5 Wikipedia:1 Oslo\tOslo\nA1\tNegation E1\nA2\tConfidence T1 High\n\
        #1\tAnnotatorNotes T1\tsure?\nnonsense\n";
    let source = Source {
        name: "docs".to_owned(),
        files: vec![file("doc.ann", ann), file("doc.txt", text)],
    };
    let mut notebook = Notebook::new("");
    let plan = imported(&source, "brat", &mut notebook);
    let article = notebook.articles().values().next().unwrap();
    assert_eq!(article.text.as_str(), "Mr Barry Kade met\nACME in Oslo.\n");
    let mut words: Vec<&str> =
        notebook.mentions().values().map(|m| notebook.words(&m.anchor)).collect();
    words.sort_unstable();
    assert_eq!(words, ["ACME", "Barry Kade", "Oslo", "met"]);
    let link = notebook.links().values().next().unwrap();
    assert_eq!(notebook.relation_label(&link.relation), "works for");
    assert_eq!(link.evidence.len(), 2);
    let event = notebook.entities().values().find(|e| e.kind() == Kind::Event).unwrap();
    assert_eq!(event.refers_to().len(), 2);
    let missed = plan.missed.lines().join("\n");
    assert!(missed.contains("line 12") && missed.contains("several places"), "{missed}");
    assert!(missed.contains("Confidence High"), "{missed}");
    assert_eq!(plan.missed.count(), 3, "{missed}");
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip_writer();
    for (name, text) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn zip_writer() -> zip::ZipWriter<io::Cursor<Vec<u8>>> {
    zip::ZipWriter::new(io::Cursor::new(Vec::new()))
}

#[test]
fn refi_projects_of_others_are_read_whatever_they_call_their_files() {
    let guid = |n: u32| format!("{n:08}-0000-4000-8000-000000000000");
    let project = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="P" origin="ATLAS.ti">
<CodeBook><Codes><Code guid="{c1}" name="People" isCodable="false"><Code guid="{c2}" name="Barry Kade" isCodable="true"/></Code>
<Code guid="{c3}" name="ACME" isCodable="true"><Description>A firm</Description></Code></Codes></CodeBook>
<Sources>
<TextSource guid="{s1}" name="One" plainTextPath="internal://a/text.txt"><PlainTextSelection guid="{p1}" name="Barry Kade" startPosition="5" endPosition="15"><Coding guid="{k1}"><CodeRef targetGUID="{{{upper}}}"/></Coding></PlainTextSelection></TextSource>
<TextSource guid="{s2}" name="Two" plainTextPath="b/text.txt"><PlainTextSelection guid="{p2}" name="Segment 1" startPosition="0" endPosition="4"><Coding guid="{k2}"><CodeRef targetGUID="{c3}"/></Coding></PlainTextSelection></TextSource>
<TextSource guid="{s3}" name="Three" plainTextPath="C:\project\three.txt"/>
<PictureSource guid="{s4}" name="Photo" path="x.jpg"/>
</Sources>
<Links><Link guid="{l1}" name="works for" direction="OneWay" originGUID="{c2}" targetGUID="{c3}"/></Links>
<Graphs><Graph guid="{g1}"><Vertex guid="{v1}" representedGUID="{c3}" firstX="10" firstY="20" secondX="30" secondY="40"/></Graph></Graphs>
</Project>"#,
        c1 = guid(1),
        c2 = guid(2),
        c3 = guid(3),
        s1 = guid(4),
        s2 = guid(5),
        s3 = guid(6),
        s4 = guid(7),
        p1 = guid(8),
        p2 = guid(9),
        k1 = guid(10),
        k2 = guid(11),
        l1 = guid(12),
        g1 = guid(13),
        v1 = guid(14),
        upper = guid(2).to_uppercase(),
    );
    // Offsets of the first text count carriage returns.
    let bytes = zip(&[
        ("My study.qde", &project),
        ("sources/a/text.txt", "Hi\r\n\r\nBarry Kade"),
        ("sources/b/text.txt", "ACME pays"),
        ("sources/three.txt", "3"),
    ]);
    let mut notebook = Notebook::new("");
    let source = Source::of("My study.qdpx", bytes);
    let plan = imported(&source, "qdpx", &mut notebook);
    assert_eq!(
        (plan.new.articles, plan.new.entities, plan.new.mentions, plan.new.links),
        (3, 2, 2, 1),
        "{:?}",
        plan.missed
    );
    let mut words: Vec<&str> =
        notebook.mentions().values().map(|m| notebook.words(&m.anchor)).collect();
    words.sort_unstable();
    assert_eq!(words, ["ACME", "Barry Kade"]);
    assert!(plan.missed.lines().iter().any(|line| line.contains("Photo")));
    let acme = notebook.entities().iter().find(|(_, e)| e.name == "ACME").unwrap().0;
    assert_eq!((notebook.nodes()[acme].x, notebook.nodes()[acme].y), (20.0, 30.0));
}

#[test]
fn what_unpacks_nests_or_grows_without_end_is_refused_by_name() {
    let bomb = {
        let mut archive = zip_writer();
        archive.start_file("project.qde", zip::write::SimpleFileOptions::default()).unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..513 {
            archive.write_all(&zeros).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    assert!(bomb.len() < 4 << 20);
    let qdpx = import::format("qdpx").unwrap();
    let read = |bytes: Vec<u8>| qdpx.read(&Source::of("bomb.qdpx", bytes), &|| false).unwrap_err();
    assert!(matches!(read(bomb), ImportError::TooLarge { .. }));
    let grown = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><Project>&a;</Project>";
    let said = read(zip(&[("project.qde", grown)])).to_string();
    assert!(said.contains("bomb.qdpx") && said.contains("document type"), "{said}");
    let deep = "<Project>".repeat(1000);
    assert!(read(zip(&[("project.qde", &deep)])).to_string().contains("nested"));
    let two = read(zip(&[("a.qde", "<Project/>"), ("b.qde", "<Project/>")])).to_string();
    assert!(two.contains("several project files"), "{two}");
}

#[test]
fn annotations_count_as_they_like_and_are_found_by_their_words() {
    let (mut notebook, id) = with_text("😀 Barry Kade met Barry Kade.");
    let annotations = format!(
        r##"[{{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://x.example/1", "type": "Annotation",
            "body": {{"type": "TextualBody", "purpose": "tagging", "value": "Barry Kade"}},
            "target": {{"source": "urn:casebook:{id}", "selector": {{"type": "TextPositionSelector", "start": 3, "end": 13,
                "refinedBy": {{"type": "TextQuoteSelector", "exact": "Barry Kade"}}}}}}}},
        {{"@type": ["http://www.w3.org/ns/oa#Annotation"], "@id": "http://x.example/2",
            "http://www.w3.org/ns/oa#hasBody": [{{"http://www.w3.org/ns/oa#hasPurpose": [{{"@id": "http://www.w3.org/ns/oa#tagging"}}],
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#value": [{{"@value": "Barry Kade"}}]}}],
            "http://www.w3.org/ns/oa#hasTarget": [{{"http://www.w3.org/ns/oa#hasSource": [{{"@id": "urn:casebook:{id}"}}],
                "http://www.w3.org/ns/oa#hasSelector": [{{"@type": ["http://www.w3.org/ns/oa#TextQuoteSelector"],
                    "http://www.w3.org/ns/oa#exact": [{{"@value": "Barry Kade"}}], "http://www.w3.org/ns/oa#prefix": [{{"@value": "met "}}]}}]}}]}},
        {{"id": "http://x.example/3", "type": "Annotation", "body": "http://x.example/who/Barry_Kade",
            "target": {{"source": "http://elsewhere.example/", "selector": {{"type": "TextQuoteSelector", "exact": "x"}}}}}},
        {{"id": "http://x.example/4", "type": "Annotation", "target": "http://elsewhere.example/"}}]"##
    );
    let source = Source::of("a.jsonld", annotations.into_bytes());
    let plan = imported(&source, "annotations", &mut notebook);
    let starts: Vec<usize> =
        notebook.mentions().values().map(|m| m.anchor.range().unwrap().start).collect();
    assert_eq!(starts.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&5, &20]));
    let missed = plan.missed.lines().join("\n");
    assert!(
        missed.contains("elsewhere.example") && missed.contains("points at no words"),
        "{missed}"
    );
}

#[test]
fn lists_of_nodes_and_edges_are_read_and_unknown_columns_named() {
    let nodes = file(
        "nodes.csv",
        "Id;Label;Kind\n1;Barry Kade;Person\n2;ACME;Organisation\n3;The sale;event\n",
    );
    let edges = file(
        "edges.csv",
        "Source;Target;Type;Label;Weight\n1;2;Directed;works for;3\n2;3;Undirected;;1\n2;Oslo;Directed;is in;1\n;2;Directed;x;1\n",
    );
    let source = Source { name: "graph".to_owned(), files: vec![edges, nodes] };
    let mut notebook = Notebook::new("");
    let plan = imported(&source, "csv", &mut notebook);
    assert_eq!((plan.new.entities, plan.new.links), (4, 3));
    let labels: BTreeSet<&str> =
        notebook.links().values().map(|l| notebook.relation_label(&l.relation)).collect();
    assert_eq!(labels, BTreeSet::from(["works for", "associated with", "is in"]));
    let missed = plan.missed.lines().join("\n");
    assert!(missed.contains("“weight”") && missed.contains("line 5"), "{missed}");
    let strange = Source::of("a.csv", b"a,b\n1,2\n".to_vec());
    let error = import::format("csv").unwrap().read(&strange, &|| false).unwrap_err().to_string();
    assert!(error.contains("a.csv") && error.contains("source"), "{error}");
}

#[test]
fn followthemoney_entities_are_read_nested_or_not() {
    let lines = r#"{"id":"p1","schema":"Person","properties":{"name":["Barry Kade","B. Kade"],"birthDate":["1970"]}}
{"id":"own","schema":"Ownership","properties":{"owner":[{"id":"p1","schema":"Person","properties":{"name":["Barry Kade"]}}],"asset":[{"id":"c1","schema":"Company","properties":{"name":["ACME"]}}],"startDate":["2020-01"]}}
{"id":"d1","schema":"PlainText","properties":{"fileName":["a.txt"],"bodyText":["Barry Kade owns ACME. ACME pays."]}}
{"id":"m1","schema":"Mention","properties":{"document":["d1"],"name":["Barry Kade"],"resolved":["p1"]}}
{"id":"m2","schema":"Mention","properties":{"document":["d1"],"name":["ACME"],"resolved":["c1"]}}
{"id":"v1","schema":"Vessel","properties":{"name":["Ligeia"]}}
"#;
    let mut notebook = Notebook::new("");
    let source = Source::of("e.ftm.json", lines.as_bytes().to_vec());
    let plan = imported(&source, "ftm", &mut notebook);
    assert_eq!(
        (plan.new.articles, plan.new.entities, plan.new.mentions, plan.new.links),
        (1, 2, 1, 1)
    );
    let link = notebook.links().values().next().unwrap();
    assert_eq!((&*link.relation.0, &*link.when.edtf), ("owns", "2020-01/.."));
    let missed = plan.missed.lines().join("\n");
    assert!(missed.contains("Vessel") && missed.contains("2 places"), "{missed}");
}

#[test]
fn entities_of_others_are_those_of_the_notebook_that_have_their_name() {
    let (mut notebook, _) = with_text("Barry Kade.");
    let edit = Edit::AddEntity {
        kind: Kind::Actor,
        name: "Barry Kade".to_owned(),
        handle: String::new(),
        with: Box::default(),
        at: None,
    };
    apply(&mut notebook, &edit).unwrap();
    let source =
        Source::of("e.csv", b"source,target,relation\nBarry Kade,ACME,works for\n".to_vec());
    let plan = imported(&source, "csv", &mut notebook);
    assert_eq!((plan.new.entities, plan.there.entities, plan.new.links), (1, 1, 1));
}

#[test]
fn what_is_made_under_an_id_is_refused_where_the_id_is_taken_or_of_another_sort() {
    let mut notebook = Notebook::new("");
    let id = EntityId::from_bits(9);
    let add = Edit::AddEntity {
        kind: Kind::Actor,
        name: "A".to_owned(),
        handle: String::new(),
        with: Box::default(),
        at: None,
    };
    let under = Edit::Under(Created::Entity(id), Box::new(add.clone()));
    let applied = apply(&mut notebook, &under).unwrap();
    assert_eq!(applied.created, [Created::Entity(id)]);
    assert!(matches!(apply(&mut notebook, &under), Err(Refusal::Invalid(_))));
    let other = Created::Mention("m0000000001".parse().unwrap());
    let wrong = Edit::Under(other, Box::new(add));
    assert!(matches!(apply(&mut notebook, &wrong), Err(Refusal::Invalid(_))));
    assert_eq!(notebook.entities().len(), 1);
    let nothing = Edit::Under(
        Created::Entity(EntityId::from_bits(3)),
        Box::new(Edit::DeleteEntity { entity: Ref::Id(id) }),
    );
    assert!(apply(&mut notebook, &nothing).is_err() && notebook.entity(id).is_some());
}

fn casebook(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook")).args(args).current_dir(folder).output().unwrap()
}

#[test]
fn the_command_imports_what_the_command_exports_and_says_what_did_not_fit() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.txt"), "Barry Kade met ACME.").unwrap();
    assert!(casebook(at, &["new", "a.txt", "-o", "empty.ron"]).status.success());
    for (id, out) in [
        ("brat", "brat"),
        ("csv", "csv"),
        ("qdpx", "a.qdpx"),
        ("graphml", "a.graphml"),
        ("ftm", "a.ftm.json"),
        ("annotations", "a.jsonld"),
    ] {
        assert!(casebook(at, &["export", SAMPLE, "--to", id, "-o", out]).status.success());
        let args = ["import", "empty.ron", out, "-o", "new.ron", "--force", "--json"];
        let done = casebook(at, &args);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(json["format"], id);
        // Annotations hold no texts: nothing has a place, and the file says so.
        if id == "annotations" {
            assert!(json["missed_count"].as_u64().unwrap() > 0);
            continue;
        }
        assert!(json["new"]["entities"].as_u64().unwrap() > 40, "{json}");
        let again = casebook(at, &["import", "new.ron", out]);
        let said = String::from_utf8_lossy(&again.stdout).into_owned();
        assert!(said.contains("imported 0 articles, 0 entities, 0 mentions, 0 links"), "{said}");
        assert!(casebook(at, &["check", "new.ron"]).status.success());
    }
    let unknown = casebook(at, &["import", "empty.ron", "a.txt"]);
    assert_eq!(unknown.status.code(), Some(1));
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(import::FORMATS.iter().all(|format| said.contains(format.name)), "{said}");
    let missing = casebook(at, &["import", "empty.ron", "nowhere.csv"]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere.csv"));
}

#[test]
fn the_page_names_every_format_and_asks_for_a_file_or_a_folder() {
    let mut s = Session::open();
    s.run(AppCommand::Import);
    assert!(s.program().asked::<ImportInto>().is_some());
    for format in import::FORMATS {
        s.0.get_by_label(format.brings);
    }
    for (button, folder) in [("Choose a file…", false), ("Choose a folder…", true)] {
        s.run(AppCommand::Import);
        s.0.get_by_label(button);
        s.program().dispatch(Intent::Session(SessionIntent::AskWhatToImport { folder }));
        let asked = s.program().take_effects();
        assert!(asked.iter().any(|effect| matches!(
            effect,
            Effect::Dialog(DialogKind::Import { is_folder, .. }) if *is_folder == folder
        )));
    }
}

#[test]
fn what_is_imported_in_the_window_is_one_step_and_what_did_not_fit_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert!(casebook(at, &["export", SAMPLE, "--to", "csv", "-o", "tables"]).status.success());
    let mut s = Session::open();
    let path = at.join("tables");
    s.send(Intent::Session(SessionIntent::ImportFrom(path.clone())));
    let old = sample();
    {
        let new = s.open_notebook().notebook();
        assert_eq!(new.mentions().len(), old.mentions().len());
        assert_eq!(new.links().len(), old.links().len());
    }
    let missed = s.program().asked::<Imported>().map(|done| done.missed.clone()).unwrap();
    assert!(!missed.is_empty());
    s.0.get_by_label("Imported");
    s.0.get_by_label("Close").click();
    s.settle();
    assert!(s.program().question().is_none());
    // Again: nothing is new, and nothing can be undone but the first step.
    s.send(Intent::Session(SessionIntent::ImportFrom(path)));
    assert_eq!(s.program().asked::<Imported>().map(|done| done.new.clone()).unwrap(), "nothing");
    s.send(Intent::Cancel);
    s.run(AppCommand::Undo);
    assert!(s.open_notebook().notebook().entities().is_empty());
    assert!(s.open_notebook().notebook().articles().is_empty());
    s.run(AppCommand::Redo);
    assert_eq!(s.open_notebook().notebook().mentions().len(), old.mentions().len());
}

#[test]
fn without_a_file_dialog_the_path_is_typed_and_an_error_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("edges.csv"), "source,target\nA,B\n").unwrap();
    let mut s = Session::open();
    let kind = DialogKind::Import { folder: folder.path().to_owned(), is_folder: false };
    s.send(Intent::DialogFailed(kind, "this desktop has none".to_owned()));
    assert!(s.program().asked::<EnterPath>().is_some());
    s.send(Intent::Session(SessionIntent::ImportFrom(folder.path().join("edges.csv"))));
    assert!(s.program().question().is_none());
    let notice = s.program().notices().last().unwrap().clone();
    assert_eq!(notice.level, Level::Info);
    assert!(notice.text.contains("2 entities, 1 link"), "{}", notice.text);
    fs::write(folder.path().join("bad.graphml"), "<graphml><node>").unwrap();
    s.send(Intent::Session(SessionIntent::ImportFrom(folder.path().join("bad.graphml"))));
    let notice = s.program().notices().last().unwrap().clone();
    assert_eq!(notice.level, Level::Error);
    assert!(
        notice.text.contains("bad.graphml") && notice.text.contains("ends inside"),
        "{}",
        notice.text
    );
}
