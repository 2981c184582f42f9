//! Exports: the laws that every format keeps, the headless command, and the page in the window.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use casebook::app::questions::{EnterPath, ExportNotebook, ReplaceExport};
use casebook::app::{
    Answer, Command as AppCommand, DialogKind, Effect, ExportChoice, Intent, Level, Selection,
    SessionIntent,
};
use casebook::edit::{Edit, EntityFields, Ref, ViewFields, apply};
use casebook::export::{
    Content, ExportError, FORMATS, Format, Hide, Packaging, Scope, Sink, Stopped, format, write_to,
};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{
    About, Article, ArticleId, Filter, Kind, NamedView, Notebook, Origin, Target,
};
use casebook::storage::OutputError;
use casebook::text::Text;
use egui::Key;
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;

#[path = "common/session.rs"]
mod session;

use session::Session;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/port-leonie.ron");

/// Names that other programs could obey.
const HOSTILE: [&str; 12] = [
    "=HYPERLINK(\"http://x.example\",\"a\")",
    "+33 1",
    "-5 °C",
    "@svarquier",
    "</text><script>alert(1)</script>",
    "a & b \"c\" 'd'",
    "**a** [b](http://x.example) ![](http://x.example/i.png) [^1]: `code`",
    "a, b; c \\ d } @misc{e, $x$ %",
    "END:VEVENT",
    "1. one",
    "]]> <!-- --> &amp;",
    "'=1+1",
];

/// Files in memory.
#[derive(Default)]
struct Files(Vec<(String, Vec<u8>)>);

impl io::Write for Files {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            self.0.push((String::new(), Vec::new()));
        }
        self.0.last_mut().unwrap().1.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Files {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.0.push((name.to_owned(), Vec::new()));
        Ok(())
    }
}

fn write(format: &Format, content: &Content<'_>) -> Vec<(String, String)> {
    let mut files = Files::default();
    format.write(content, &mut files, &|| false, &|_| {}).unwrap();
    let text = |(name, bytes): (_, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
    files.0.into_iter().map(text).collect()
}

/// The text of a format of one file.
fn text(id: &str, content: &Content<'_>) -> String {
    let mut files = write(format(id).unwrap(), content);
    assert!(files.len() <= 1);
    files.pop().map_or_else(String::new, |(_, text)| text)
}

fn notebook(seed: u64, names: &[String]) -> Notebook {
    let size = Size { articles: 3, text: 900, entities: 14, mentions: 30, links: 12 };
    let (mut notebook, _) = generate(seed, size);
    let ids: Vec<_> = notebook.entities().keys().copied().collect();
    for (id, name) in ids.into_iter().zip(names) {
        let with = EntityFields {
            name: Some(name.clone()),
            note: Some(format!("{name}\n{name}")),
            ..EntityFields::default()
        };
        // What is no name stays as it was.
        let _ =
            apply(&mut notebook, &Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) });
    }
    notebook
}

fn hostile(seed: u64) -> Notebook {
    notebook(seed, &HOSTILE.map(str::to_owned))
}

/// Reads comma-separated values.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {
                chars.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted, "the last row is whole");
    rows
}

/// What a cell held before it was kept from being a formula.
fn meant(cell: &str) -> &str {
    let executes = |text: &str| {
        let bare = text.trim_start_matches('\'');
        let first = bare.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
        first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || bare.starts_with(['\t', '\r'])
    };
    cell.strip_prefix('\'').filter(|rest| executes(rest)).unwrap_or(cell)
}

/// The elements of an XML text: name and attributes, and for an end tag the name with a slash; the text between them under
/// no name. Everything is unescaped. Panics where it is not well formed.
fn xml_events(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let plain = |text: &str| {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            let (before, entity) = rest.split_at(at);
            out.push_str(before);
            let (name, after) = entity[1..].split_once(';').expect("an entity ends");
            out.push(match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                number => {
                    char::from_u32(number.strip_prefix('#').unwrap().parse().unwrap()).unwrap()
                }
            });
            rest = after;
        }
        out + rest
    };
    let mut events = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap();
    while let Some(at) = rest.find('<') {
        let between = plain(&rest[..at]);
        if !between.trim().is_empty() {
            events.push((String::new(), vec![(String::new(), between)]));
        }
        let (tag, after) = rest[at + 1..].split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            events.push((format!("/{name}"), Vec::new()));
            continue;
        }
        let empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut all = Vec::new();
        while let Some((key, value)) = attributes.trim_start().split_once("=\"") {
            let (value, after) = value.split_once('"').unwrap();
            all.push((key.to_owned(), plain(value)));
            attributes = after;
        }
        events.push((name.to_owned(), all));
        if !empty {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty());
    events
}

fn attribute<'a>(event: &'a (String, Vec<(String, String)>), key: &str) -> &'a str {
    event.1.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value)
}

/// A name as the formats write it that take no control characters.
fn shown(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => c,
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// A name without its white space: what formats of lines keep of it.
fn packed(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{fffd}').collect()
}

#[test]
fn a_matrix_is_a_table_with_the_claim_of_fewest_inconsistencies_first() {
    let mut notebook = Notebook::new("");
    let list = r#"[
        AddEntity(kind: Claim, name: "It closes | =1+1", handle: "$closes"),
        AddEntity(kind: Claim, name: "It stays.", handle: "$stays"),
        AddEntity(kind: Actor, name: "Port", handle: "$port"),
        Link(from: "$port", relation: "denies", to: "$closes", handle: "$denies"),
        Link(from: "$port", relation: "confirms", to: "$stays", handle: "$confirms"),
        AddMatrix(with: (title: "Which?", claims: ["$closes", "$stays"], rows: ["$denies", "$confirms"]), handle: "$m"),
        SetCell(matrix: "$m", claim: "$closes", row: "$denies", fit: Inconsistent),
        SetCell(matrix: "$m", claim: "$stays", row: "$denies", fit: Consistent),
        SetCell(matrix: "$m", claim: "$stays", row: "$confirms", fit: Neutral),
    ]"#;
    let edits = casebook::edit::parse_script(list).unwrap();
    casebook::edit::apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    let content = Content::everything(&notebook);
    let files = write(format("csv").unwrap(), &content);
    let (_, table) = files.iter().find(|(name, _)| name.starts_with("matrix-")).unwrap();
    let rows = csv_rows(table);
    assert_eq!(rows[0][1..], ["Which?", "It stays.", "It closes | =1+1"]);
    let denies = rows.iter().find(|row| row[1].contains("denies")).unwrap();
    assert_eq!(denies[2..], ["consistent", "inconsistent"]);
    let confirms = rows.iter().find(|row| row[1].contains("confirms")).unwrap();
    assert_eq!(confirms[2..], ["neutral", ""]);
    assert_eq!(rows.last().unwrap()[1..], ["inconsistent", "0", "1"]);
    let markdown = text("markdown", &content);
    assert!(markdown.contains("## Competing claims\n\n### Which?"), "{markdown}");
    assert!(markdown.contains("|  | It stays. | It closes \\| \\=1+1 |"), "{markdown}");
    assert!(markdown.contains("**1 inconsistent**"));
    // A part of the notebook has only what is about its claims.
    let stays = notebook.entities().iter().find(|(_, it)| it.name == "It stays.").unwrap();
    let scope = Scope::Selection {
        entities: [*stays.0].into(),
        links: Default::default(),
        cards: Default::default(),
    };
    let part = Content::of(&notebook, &scope, &|| false).unwrap();
    assert!(!text("markdown", &part).contains("Which?"));
}

#[test]
fn the_chronology_is_in_the_tables_and_the_reports_in_the_order_of_time() {
    let mut notebook = Notebook::new("");
    let list = r#"[
        AddEntity(kind: Actor, name: "Yse", handle: "$yse"),
        AddEntity(kind: Event, name: "=Vote|", handle: "$vote", with: (date: "2031-03-05", written: "5 March", place: "Town hall", participants: [("$yse", Agent)])),
        AddEntity(kind: Event, name: "Bridge", handle: "$bridge", with: (date: "2031-03-20~")),
        AddEntity(kind: Event, name: "Departure", handle: "$left"),
        AddEntity(kind: Claim, name: "She left.", handle: "$claim"),
        Tag(at: Quote("the vote"), entity: "$vote"),
        Tag(at: Quote("She left"), entity: "$claim", statement: (chain: [(actor: "$yse")], polarity: Denies, modality: Possible)),
        Link(from: "$bridge", relation: "before", to: "$vote"),
    ]"#;
    let about = About {
        title: "The harbour".to_owned(),
        date: "2031-03-12".to_owned(),
        ..About::default()
    };
    let text_of = Text::new("The harbour\nOn 5 March came the vote, said Yse. She left.");
    let article = Article { about, origin: Origin::default(), text: text_of, earlier: Vec::new() };
    apply(&mut notebook, &Edit::AddArticle(ArticleId::random(), Arc::new(article))).unwrap();
    let edits = casebook::edit::parse_script(list).unwrap();
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    let content = Content::everything(&notebook);
    let files = write(format("csv").unwrap(), &content);
    let (_, table) = files.iter().find(|(name, _)| name == "chronology.csv").unwrap();
    let rows = csv_rows(table);
    let column = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    let cells = |name: &str| -> Vec<&str> {
        rows[1..].iter().map(|row| row[column(name)].trim_start_matches('\'')).collect()
    };
    assert_eq!(cells("what"), ["=Vote|", "She left.", "Bridge", "Departure"]);
    assert_eq!(cells("date"), ["2031-03-05", "2031-03-12", "2031-03-20~", ""]);
    assert_eq!(cells("kind"), ["event", "statement", "event", "event"]);
    assert_eq!(cells("who")[..2], ["Yse (did it)", "Yse"]);
    assert_eq!(cells("sentence")[..2], ["On 5 March came the vote, said Yse.", "She left."]);
    let sure = cells("how_sure");
    assert!(
        sure[0].starts_with("to the day; but “Bridge” (2031-03-20~) is said to come"),
        "{sure:?}"
    );
    assert_eq!((sure[1], sure[3]), ("possible, denies", "no date"));
    let html = text("html", &content);
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("id=\"chronology\"") < at("On 5 March came the vote, said Yse."));
    // What is outside a part is not told.
    let bridge = notebook.entities().iter().find(|(_, it)| it.name == "Bridge").unwrap();
    let scope = Scope::Selection {
        entities: [*bridge.0].into(),
        links: Default::default(),
        cards: Default::default(),
    };
    let part = Content::of(&notebook, &scope, &|| false).unwrap();
    let files = write(format("csv").unwrap(), &part);
    let (_, table) = files.iter().find(|(name, _)| name == "chronology.csv").unwrap();
    assert!(csv_rows(table).len() == 2 && !table.contains("Vote"), "{table}");
}

/// Reads every format back, with readers of its own, and compares it with the notebook.
fn check(notebook: &Notebook) {
    let content = Content::everything(notebook);
    for format in FORMATS {
        assert_eq!(write(format, &content), write(format, &content), "{}", format.id);
    }
    let names: Vec<&str> = notebook.entities().values().map(|entity| &*entity.name).collect();
    let links = notebook.links().len();

    let files = write(format("csv").unwrap(), &content);
    let file = |name: &str| csv_rows(&files.iter().find(|(file, _)| file == name).unwrap().1);
    let entities = file("entities.csv");
    let column = entities[0].iter().position(|head| head == "name").unwrap();
    let found: Vec<&str> = entities[1..].iter().map(|row| meant(&row[column])).collect();
    let kept: Vec<String> = names.iter().map(|name| name.replace('\0', "\u{fffd}")).collect();
    assert_eq!(found, kept);
    assert_eq!(file("links.csv").len(), 1 + links);
    assert_eq!(file("mentions.csv").len(), 1 + notebook.mentions().len());
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let rows = csv_rows(text);
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{name}");
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{name}: {cell}");
        }
    }
    for (id, article) in notebook.articles() {
        let name = format!("text-{id}.txt");
        assert_eq!(files.iter().find(|(file, _)| *file == name).unwrap().1, article.text.as_str());
    }

    for (id, key) in [("graphml", "id"), ("gexf", "id")] {
        let events = xml_events(&text(id, &content));
        let of = |name: &str| events.iter().filter(|event| event.0 == name).collect::<Vec<_>>();
        let nodes: Vec<&str> = of("node").iter().map(|node| attribute(node, key)).collect();
        for id in notebook.entities().keys() {
            assert!(nodes.contains(&&*id.to_string()));
        }
        let edges = of("edge");
        for id in notebook.links().keys() {
            assert!(edges.iter().any(|edge| attribute(edge, key) == id.to_string()));
        }
        for edge in edges {
            assert!(nodes.contains(&attribute(edge, "source")));
            assert!(nodes.contains(&attribute(edge, "target")));
        }
        let told: Vec<&str> =
            events.iter().flat_map(|event| &event.1).map(|(_, value)| &**value).collect();
        for name in &names {
            assert!(told.contains(&&*shown(name)), "{id}: {name:?}");
        }
    }

    let canvas: serde_json::Value = serde_json::from_str(&text("canvas", &content)).unwrap();
    let nodes = canvas["nodes"].as_array().unwrap();
    let known = ["id", "type", "x", "y", "width", "height", "color", "text", "label"];
    assert!(nodes.iter().all(|node| {
        node.as_object().unwrap().keys().all(|key| known.contains(&&**key)) && node["x"].is_i64()
    }));
    let ids: Vec<&str> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
    assert!(notebook.entities().keys().all(|id| ids.contains(&&*id.to_string())));
    for edge in canvas["edges"].as_array().unwrap() {
        assert!(ids.contains(&edge["fromNode"].as_str().unwrap()));
        assert!(ids.contains(&edge["toNode"].as_str().unwrap()));
    }

    let page = text("markdown", &content);
    let (headings, told) = markdown(&page);
    for name in &names {
        assert!(headings.contains(&packed(name)), "{name:?} in {headings:?}");
    }
    for card in notebook.cards().values() {
        assert!(told.contains(&packed(&card.text)));
    }

    let annotations: serde_json::Value =
        serde_json::from_str(&text("annotations", &content)).unwrap();
    let items = annotations["first"]["items"].as_array().unwrap();
    assert_eq!(annotations["total"], items.len());
    for mention in notebook.mentions().values() {
        let name = notebook.name(mention.entity);
        assert!(items.iter().any(|item| item["body"][1]["value"] == name));
    }
    for item in items.iter().filter(|item| item["motivation"] == "identifying") {
        let selector = &item["target"]["selector"];
        if let Some(start) = selector[0]["start"].as_u64() {
            let end = selector[0]["end"].as_u64().unwrap();
            let slice = |text: &str| -> String {
                text.chars().skip(start as usize).take((end - start) as usize).collect()
            };
            let exact = selector[1]["exact"].as_str().unwrap();
            assert!(notebook.articles().values().any(|a| slice(a.text.as_str()) == exact));
        }
    }

    let lines = text("ftm", &content);
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (id, entity) in notebook.entities() {
        let line = lines.iter().find(|line| line["id"] == id.to_string()).unwrap();
        assert_eq!(line["properties"]["name"][0], entity.name);
    }
    let between = |link: &casebook::notebook::Link| matches!(link.to, Target::Entity(_));
    for (id, link) in notebook.links() {
        assert_eq!(lines.iter().any(|line| line["id"] == id.to_string()), between(link));
    }

    let entries = text("bibtex", &content);
    assert_eq!(entries.matches('{').count(), entries.matches('}').count());
    let items: serde_json::Value = serde_json::from_str(&text("csl-json", &content)).unwrap();
    assert_eq!(items.as_array().unwrap().len(), notebook.articles().len());
    for (id, article) in notebook.articles() {
        assert!(entries.contains(&format!("@misc{{{id},")));
        let item = items.as_array().unwrap().iter().find(|item| item["id"] == id.to_string());
        assert_eq!(item.unwrap()["title"], article.about.title);
    }

    let calendar = text("ics", &content);
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    let lines = calendar.replace("\r\n ", "");
    let count = |line: &str| lines.split("\r\n").filter(|one| *one == line).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    assert!(count("BEGIN:VEVENT") <= notebook.count(Kind::Event));
}

/// The headings of a Markdown text and all of its words, without white space; nothing in it is HTML, a picture or a link.
fn markdown(page: &str) -> (Vec<String>, String) {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (mut headings, mut told) = (Vec::new(), String::new());
    let mut heading: Option<String> = None;
    let (mut marks, mut notes) = (Vec::new(), Vec::new());
    for event in Parser::new_ext(page, Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => headings.extend(heading.take().map(|h| packed(&h))),
            Event::Text(text) | Event::Code(text) => {
                told.push_str(&packed(&text));
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::FootnoteReference(mark) => marks.push(mark.to_string()),
            Event::Start(Tag::FootnoteDefinition(note)) => notes.push(note.to_string()),
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_))
            | Event::Html(_)
            | Event::InlineHtml(_) => panic!("{event:?}"),
            _ => {}
        }
    }
    assert_eq!(marks.len(), notes.len());
    marks.sort_unstable();
    notes.sort_unstable();
    assert_eq!(marks, notes, "every mark has its note");
    (headings, told)
}

#[test]
fn names_that_other_programs_could_obey_are_text_in_every_format() {
    for seed in 0..4 {
        let notebook = hostile(seed);
        assert!(notebook.entities().values().any(|entity| entity.name == HOSTILE[0]));
        check(&notebook);
    }
}

#[test]
fn an_empty_notebook_exports_to_every_format() {
    check(&Notebook::new(""));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_names_are_every_format_reads_back(
        seed in 0_u64..1000,
        names in proptest::collection::vec("\\PC{1,24}|[ -~]{1,24}", 1..14),
    ) {
        check(&notebook(seed, &names));
    }
}

#[test]
fn no_two_formats_have_one_name_and_each_says_what_it_keeps_and_loses() {
    for (i, format) in FORMATS.iter().enumerate() {
        let others = &FORMATS[i + 1..];
        assert!(others.iter().all(|other| other.id != format.id && other.name != format.name));
        assert!(format.keeps.starts_with("Keeps ") && format.keeps.ends_with('.'), "{}", format.id);
        assert!(format.loses.starts_with("Loses ") && format.loses.ends_with('.'), "{}", format.id);
    }
}

#[test]
fn an_export_stops_when_it_is_told_to_and_says_how_far_it_is() {
    let size = Size { articles: 2, text: 40_000, entities: 300, mentions: 900, links: 300 };
    let (notebook, _) = generate(3, size);
    let content = Content::everything(&notebook);
    let folder = tempfile::tempdir().unwrap();
    for format in FORMATS.iter().filter(|format| !["bibtex", "csl-json"].contains(&format.id)) {
        let (asked, last) = (Cell::new(0), Cell::new(0.0_f32));
        let progress = |done: f32| {
            assert!((last.get()..=1.0).contains(&done), "{}", format.id);
            last.set(done);
        };
        let cancelled = || {
            asked.set(asked.get() + 1);
            asked.get() > 3 && last.get() > 0.0
        };
        let path = folder.path().join("out");
        let ended = write_to(&path, format, &content, false, &cancelled, &progress);
        assert!(matches!(ended, Err(ExportError::Cancelled)), "{}", format.id);
        assert!(last.get() > 0.0, "{}", format.id);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{}", format.id);
    }
    let stopped = Content::of(
        &notebook,
        &Scope::Selection {
            entities: notebook.entities().keys().copied().collect(),
            links: Default::default(),
            cards: Default::default(),
        },
        &|| true,
    );
    assert!(matches!(stopped, Err(Stopped::Cancelled)));
}

#[test]
fn a_part_holds_what_belongs_to_it_and_nothing_else() {
    let (notebook, _) =
        generate(5, Size { articles: 3, text: 3000, entities: 40, mentions: 90, links: 60 });
    let (id, link) = notebook.links().iter().find(|(_, l)| l.to_entity().is_some()).unwrap();
    let scope = Scope::Selection {
        entities: Default::default(),
        links: [*id].into(),
        cards: Default::default(),
    };
    let part = Content::of(&notebook, &scope, &|| false).unwrap();
    let entities: Vec<_> = part.entities().map(|(id, _)| id).collect();
    assert!(link.ends().all(|end| entities.contains(&end)) && entities.len() <= 2);
    for (_, link) in part.links() {
        assert!(link.ends().all(|end| entities.contains(&end)));
    }
    assert!(part.mentions().all(|(_, mention)| entities.contains(&mention.entity)));
    assert!(part.mentions().all(|(_, mention)| part.has_article(mention.anchor.article)));
    for format in FORMATS {
        write(format, &part);
    }
}

#[test]
fn a_view_is_what_its_filter_leaves() {
    let size = Size { articles: 2, text: 2000, entities: 60, mentions: 90, links: 40 };
    let (mut notebook, _) = generate(1, size);
    let with = ViewFields {
        name: Some("Events".to_owned()),
        filter: Some(Filter { kinds: [Kind::Event].into(), ..Filter::default() }),
        ..ViewFields::default()
    };
    let edit = Edit::AddView { handle: String::new(), with };
    apply(&mut notebook, &edit).unwrap();
    let named = |view: &NamedView| view.name == "Events";
    let id = *notebook.views().iter().find(|(_, view)| named(view)).unwrap().0;
    let part = Content::of(&notebook, &Scope::View(id), &|| false).unwrap();
    let shown = notebook
        .nodes()
        .keys()
        .filter(|id| notebook.entity(**id).is_some_and(|entity| entity.kind() == Kind::Event));
    let shown = shown.count();
    assert!(shown > 0);
    assert!(part.entities().all(|(_, entity)| entity.kind() == Kind::Event));
    assert_eq!(part.entities().count(), shown);
}

fn casebook(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook")).args(args).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_command_writes_each_format_and_the_same_bytes_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for format in FORMATS {
        let args = ["export", SAMPLE, "--to", format.id, "-o", "out", "--force", "--json"];
        let output = casebook(at, &args);
        assert!(output.status.success(), "{}: {}", format.id, said(&output));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (json["format"].as_str(), json["output"].as_str()),
            (Some(format.id), Some("out"))
        );
        if format.packaging == Packaging::Folder {
            assert!(at.join("out").join(json["files"][0].as_str().unwrap()).is_file());
            let stream = casebook(at, &["export", SAMPLE, "--to", format.id, "-o", "-"]);
            assert_eq!(stream.status.code(), Some(1));
            assert!(said(&stream).contains("name a folder"), "{}", said(&stream));
            fs::remove_dir_all(at.join("out")).unwrap();
        } else {
            let stream = casebook(at, &["export", SAMPLE, "--to", format.id, "-o", "-"]);
            assert!(stream.status.success());
            assert_eq!(fs::read(at.join("out")).unwrap(), stream.stdout, "{}", format.id);
            assert_eq!(json["bytes"], stream.stdout.len());
            fs::remove_file(at.join("out")).unwrap();
        }
    }
}

#[test]
fn the_command_refuses_what_it_does_not_know_or_may_not_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let unknown = casebook(at, &["export", SAMPLE, "--to", "wordstar", "-o", "out"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(FORMATS.iter().all(|format| said(&unknown).contains(format.id)));
    fs::write(at.join("out"), "precious").unwrap();
    let there = casebook(at, &["export", SAMPLE, "--to", "ics", "-o", "out"]);
    assert_eq!(there.status.code(), Some(1));
    assert!(said(&there).contains("--force"), "{}", said(&there));
    let folder_over_file = casebook(at, &["export", SAMPLE, "--to", "csv", "-o", "out", "--force"]);
    assert_eq!(folder_over_file.status.code(), Some(1));
    assert_eq!(fs::read_to_string(at.join("out")).unwrap(), "precious");
    let view = casebook(at, &["export", SAMPLE, "--to", "ics", "-o", "new", "--view", "Nobody’s"]);
    assert_eq!(view.status.code(), Some(1));
    assert!(said(&view).contains("there is no view"), "{}", said(&view));
    fs::copy(SAMPLE, at.join("n.ron")).unwrap();
    let itself = casebook(at, &["export", "n.ron", "--to", "ics", "-o", "n.ron", "--force"]);
    assert_eq!(itself.status.code(), Some(1));
    assert_eq!(fs::read(at.join("n.ron")).unwrap(), fs::read(SAMPLE).unwrap());
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_not_replaced_and_a_stream_that_takes_no_more_is_an_error() {
    let (notebook, _) =
        generate(1, Size { articles: 1, text: 99, entities: 3, mentions: 3, links: 1 });
    let content = Content::everything(&notebook);
    let full = Path::new("/dev/full");
    if full.exists() {
        let refused = write_to(full, format("ics").unwrap(), &content, true, &|| false, &|_| {});
        assert!(matches!(refused, Err(ExportError::Output(OutputError::NotAFile(_)))));
        let out = Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(["export", SAMPLE, "--to", "ftm", "-o", "-"])
            .stdout(fs::OpenOptions::new().write(true).open(full).unwrap())
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(1), "{}", said(&out));
    }
}

/// A session with the sample open.
fn with_sample() -> Session {
    let mut s = Session::open();
    s.run(AppCommand::OpenSample);
    s
}

fn export_dialog(s: &mut Session) -> Option<ExportChoice> {
    // The window would open it; without a desktop it is asked for as a path.
    s.program().asked::<EnterPath>().and_then(|asked| match &asked.kind {
        DialogKind::Export { choice, .. } => Some(choice.clone()),
        _ => None,
    })
}

#[test]
fn the_page_offers_every_format_with_what_it_keeps_and_works_by_keyboard() {
    let mut s = with_sample();
    s.run(AppCommand::Export);
    assert!(s.program().asked::<ExportNotebook>().is_some());
    for format in FORMATS {
        s.0.get_by_role_and_label(egui::accesskit::Role::RadioButton, format.name);
    }
    s.0.get_by_label(FORMATS[0].keeps);
    // The first format has the keyboard; the next one is chosen from there.
    s.key(egui::Modifiers::NONE, Key::ArrowDown);
    s.key(egui::Modifiers::NONE, Key::Space);
    s.0.get_by_label(FORMATS[1].keeps);
    s.key(egui::Modifiers::NONE, Key::Escape);
    assert!(s.program().question().is_none());
}

#[test]
fn what_is_chosen_on_the_page_is_exported_where_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut s = with_sample();
    let entity = s.id("Solène Varquier");
    s.send(Intent::Select(Selection::entity(entity)));
    s.run(AppCommand::Export);
    s.0.get_by_label("Graph (GraphML)").click();
    s.0.run();
    s.0.get_by_label("Selection").click();
    s.0.run();
    s.0.get_by_label("Export…");
    s.send(Intent::Cancel);
    let choice = ExportChoice {
        format: "graphml",
        scope: Scope::of_selection(s.open_notebook()).unwrap(),
        hide: Hide::Nobody,
    };
    let path = folder.path().join("one");
    s.send(Intent::Session(SessionIntent::ExportTo(path.clone(), choice.clone())));
    let file = folder.path().join("one.graphml");
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.matches("<node ").count(), 1);
    let notice = s.program().notices().last().unwrap().clone();
    assert_eq!(notice.level, Level::Info);
    assert!(notice.text.contains("one.graphml"), "{}", notice.text);
    // Again: the ending was added here, so nobody was asked.
    s.send(Intent::Session(SessionIntent::ExportTo(path, choice)));
    assert!(s.program().asked::<ReplaceExport>().is_some());
    s.0.get_by_label("Replace").click();
    s.settle();
    assert!(s.program().question().is_none());
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn without_a_file_dialog_the_path_is_typed_and_an_error_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut s = with_sample();
    let choice = ExportChoice { format: "csv", scope: Scope::Everything, hide: Hide::Nobody };
    let kind = DialogKind::Export {
        folder: folder.path().to_owned(),
        name: "tables".to_owned(),
        choice: choice.clone(),
    };
    s.send(Intent::DialogFailed(kind, "this desktop has none".to_owned()));
    assert_eq!(export_dialog(&mut s), Some(choice.clone()));
    s.key(egui::Modifiers::NONE, Key::Enter);
    assert!(folder.path().join("tables/entities.csv").is_file());
    let nowhere = folder.path().join("nowhere/tables");
    s.send(Intent::Session(SessionIntent::ExportTo(nowhere, choice.clone())));
    let notice = s.program().notices().last().unwrap().clone();
    assert_eq!(notice.level, Level::Error);
    assert!(notice.text.contains("choose another"), "{}", notice.text);
    fs::write(folder.path().join("tables/mine.odt"), "mine").unwrap();
    let path = folder.path().join("tables");
    s.send(Intent::Session(SessionIntent::ExportTo(path, choice)));
    s.send(Intent::Answer(Answer::Overwrite));
    let notice = s.program().notices().last().unwrap().clone();
    assert!(notice.text.contains("mine.odt"), "{}", notice.text);
    assert!(folder.path().join("tables/mine.odt").is_file());
}

#[test]
fn a_notebook_that_is_only_read_can_be_exported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("n.ron");
    fs::copy(SAMPLE, &file).unwrap();
    let _held = casebook::storage::Lock::acquire(&file).unwrap();
    let mut s = Session::open();
    s.send(Intent::Session(SessionIntent::OpenPath(file.clone())));
    assert!(s.open_notebook().read_only().is_some());
    assert!(s.program().is_enabled(AppCommand::Export));
    let choice = ExportChoice { format: "ics", scope: Scope::Everything, hide: Hide::Nobody };
    s.program().dispatch(Intent::Session(SessionIntent::AskWhereToExport(choice.clone())));
    let asked = s.program().take_effects();
    assert!(asked.iter().any(|effect| matches!(
        effect,
        Effect::Dialog(DialogKind::Export { name, .. }) if name == "n.ics"
    )));
    let to = folder.path().join("n.ics");
    s.send(Intent::Session(SessionIntent::ExportTo(to.clone(), choice.clone())));
    assert!(fs::read_to_string(to).unwrap().starts_with("BEGIN:VCALENDAR"));
    // Never over the notebook itself.
    let before = fs::read(&file).unwrap();
    s.send(Intent::Session(SessionIntent::ExportTo(file.clone(), choice)));
    assert_eq!(fs::read(&file).unwrap(), before);
}
