//! Files that other programs wrote, with their quirks, and files that mean harm.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::sync::Arc;

use casebook::edit::{Created, Edit, Ref, Refusal, apply};
use casebook::import::{self, ImportError, Source, SourceFile};
use casebook::notebook::{About, Article, ArticleId, EntityId, Kind, Notebook, Origin};
use casebook::text::Text;

use crate::imported;

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
