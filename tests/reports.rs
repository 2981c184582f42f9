//! The reports, HTML and Word: nothing of a notebook is markup in them, nothing is loaded, every link leads somewhere, and
//! every assertion has its footnote. What browsers and office programs make of them, `tests/judges` tells.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::sync::Arc;

use casebook::edit::{AboutFields, Edit, EntityFields, Ref, apply, parse_script};
use casebook::export::{Content, Quoted, Scope, Single, format};
use casebook::inquiry::sources::ASSUMED;
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{ArticleId, Kind, Notebook, Target};
use proptest::prelude::*;
use regex::Regex;
use sha2::{Digest as _, Sha256};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/port-leonie.ron");

/// Names that a browser or an office program could obey.
const HOSTILE: [&str; 10] = [
    "</title></style><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "<!-- --> ]]> <![CDATA[ &amp; &#60;",
    "a\u{0}b\u{1}c\u{1b}d\u{fffe}e\u{ffff}",
    "\u{202e}desrever\u{2066} \u{200f}x",
    "</w:t></w:r></w:p><w:p>",
    "HYPERLINK \"file:///etc/passwd\" \\l",
    "<bdi><a href=\"http://x.example\" id=\"summary\">",
];

fn bytes(id: &str, content: &Content<'_>) -> Vec<u8> {
    let mut sink = Single(Vec::new());
    format(id).unwrap().write(content, &mut sink, &|| false, &|_| {}).unwrap();
    sink.0
}

fn html(content: &Content<'_>) -> String {
    String::from_utf8(bytes("html", content)).unwrap()
}

/// The parts of a Word document.
fn docx(content: &Content<'_>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes("docx", content))).unwrap();
    let mut parts = BTreeMap::new();
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert!(parts.insert(file.name().unwrap().into_owned(), text).is_none(), "a part twice");
    }
    parts
}

fn sample() -> Notebook {
    casebook::storage::load(Path::new(SAMPLE), &|| false, &|_| {}).unwrap().notebook
}

fn named(seed: u64, names: &[String]) -> Notebook {
    let size = Size { articles: 3, text: 900, entities: 14, mentions: 40, links: 14 };
    let (mut notebook, _) = generate(seed, size);
    let mut names = names.iter().cycle().cloned();
    for id in notebook.entities().keys().copied().collect::<Vec<_>>() {
        let name = names.next().unwrap_or_default();
        let with = EntityFields {
            note: Some(format!("{name}\n{name}")),
            name: Some(name),
            ..EntityFields::default()
        };
        // What is no name stays as it was.
        let _ =
            apply(&mut notebook, &Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) });
    }
    for id in notebook.articles().keys().copied().collect::<Vec<_>>() {
        let with = AboutFields {
            title: names.next(),
            url: names.next(),
            author: names.next(),
            ..AboutFields::default()
        };
        let _ = apply(&mut notebook, &Edit::Describe { article: Some(Ref::Id(id)), with });
    }
    notebook
}

fn hostile(seed: u64) -> Notebook {
    named(seed, &HOSTILE.map(str::to_owned))
}

/// An element as it is opened: its name and its attributes. Fails for anything that is not written as this page is.
fn opened(tag: &str) -> (String, BTreeMap<String, String>) {
    let word = Regex::new(r"^[a-zA-Z][a-zA-Z0-9]*").unwrap();
    let name = word.find(tag).unwrap_or_else(|| panic!("a tag: {tag:.80}")).as_str();
    let mut rest = tag[name.len()..].trim_end_matches('/').trim_end();
    let mut attributes = BTreeMap::new();
    let attribute = Regex::new(r#"^\s+([a-zA-Z-]+)(?:="([^"<>]*)")?"#).unwrap();
    while !rest.is_empty() {
        let found = attribute.captures(rest).unwrap_or_else(|| panic!("attributes: {tag:.200}"));
        let value = found.get(2).map_or("", |value| value.as_str());
        let key = found[1].to_owned();
        assert!(attributes.insert(key, value.to_owned()).is_none(), "twice: {tag:.200}");
        rest = &rest[found[0].len()..];
    }
    (name.to_owned(), attributes)
}

/// What a page of the report may hold, and no more.
const ELEMENTS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "nav",
    "p",
    "ul",
    "li",
    "span",
    "div",
    "label",
    "input",
    "script",
    "main",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "section",
    "b",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "article",
    "ol",
    "blockquote",
    "cite",
    "bdi",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "svg",
    "path",
    "rect",
    "circle",
    "text",
    "br",
];
const VOID: &[&str] = &["meta", "input", "br"];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "href",
    "id",
    "aria-label",
    "aria-hidden",
    "hidden",
    "for",
    "type",
    "autocomplete",
    "placeholder",
    "role",
    "scope",
    "colspan",
    "data-item",
    "data-of",
    "data-note",
    "rel",
    "title",
    "value",
    "dir",
    "tabindex",
    "xmlns",
    "viewBox",
    "width",
    "height",
    "d",
    "x",
    "y",
    "rx",
    "cx",
    "cy",
    "r",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-linejoin",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "text-anchor",
    "direction",
];

/// Checks a page: its elements nest, no id stands twice, every link leads to a place in it or to the web, nothing is
/// loaded, and the style and script are those that the policy names.
fn check_page(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html>\n") && page.ends_with("</html>\n"));
    let bad = |c: char| c.is_control() && !"\n\t".contains(c);
    assert!(!page.contains(bad), "a control character");
    let (mut open, mut ids, mut links) = (Vec::<String>::new(), BTreeSet::new(), Vec::new());
    let (mut policy, mut hashes) = (String::new(), Vec::new());
    let mut rest = page.strip_prefix("<!DOCTYPE html>").unwrap();
    while let Some((text, after)) = rest.split_once('<') {
        assert!(!text.contains('>'), "text: {text:.80}");
        let (tag, after) = after.split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "…{tag:.80}");
            continue;
        }
        let (name, attributes) = opened(tag);
        assert!(ELEMENTS.contains(&&*name) || name == "title", "an element {name}");
        for (key, value) in &attributes {
            assert!(ATTRIBUTES.contains(&&**key), "an attribute {key} of {name}");
            match key.as_str() {
                "id" => assert!(ids.insert(value.clone()), "the id {value} twice"),
                "href" => links.push(value.clone()),
                "fill" | "stroke" => {
                    let own = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                    let name = value.strip_prefix("var(--").and_then(|it| it.strip_suffix(')'));
                    assert!(
                        value == "none" || name.is_some_and(|it| it.chars().all(own)),
                        "{value}"
                    );
                }
                "content" if value.starts_with("default-src") => policy.clone_from(value),
                _ => {}
            }
        }
        if matches!(&*name, "style" | "script") {
            let (inside, after) = rest.split_once(&format!("</{name}>")).unwrap();
            hashes.push((name, Sha256::digest(inside)));
            rest = after;
        } else if !VOID.contains(&&*name) && !tag.ends_with('/') {
            if name == "a" {
                assert!(!open.contains(&name), "a link in a link: {tag:.80}");
            }
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    for link in links {
        match link.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{link} leads nowhere"),
            None => assert!(
                link.starts_with("http://") || link.starts_with("https://"),
                "a link to {link}"
            ),
        }
    }
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    let names: Vec<&str> = hashes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["style", "script"]);
    let told = Regex::new("sha256-([A-Za-z0-9+/=]+)").unwrap();
    let told: Vec<&str> =
        told.captures_iter(&policy).map(|found| found.get(1).unwrap().as_str()).collect();
    let hashed: Vec<String> = hashes.iter().map(|(_, hash)| base64(hash)).collect();
    assert_eq!(told, hashed);
}

/// Base64, bit by bit: for comparing only.
fn base64(bytes: &[u8]) -> String {
    let signs: Vec<char> =
        ('A'..='Z').chain('a'..='z').chain('0'..='9').chain("+/".chars()).collect();
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let mut out = String::new();
    for start in (0..bits.len()).step_by(6) {
        let six = format!("{:0<6}", &bits[start..bits.len().min(start + 6)]);
        out.push(signs[usize::from_str_radix(&six, 2).unwrap()]);
    }
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}

/// Checks that tags nest and that nothing but what XML 1.0 allows is in it.
fn check_xml(name: &str, text: &str) {
    let bad = |c: char| (c.is_control() && !"\n\t".contains(c)) || "\u{fffe}\u{ffff}".contains(c);
    assert!(!text.contains(bad), "{name}: a character that XML does not take");
    let mut open = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap();
        rest = after;
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{tag}"),
            None => open.push(tag.split(' ').next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

fn all<'a>(pattern: &str, text: &'a str) -> Vec<&'a str> {
    let pattern = Regex::new(pattern).unwrap();
    pattern.captures_iter(text).map(|found| found.get(1).unwrap().as_str()).collect()
}

/// Checks a document; how many footnotes it has.
fn check_document(content: &Content<'_>) -> usize {
    let parts = docx(content);
    for (name, text) in &parts {
        check_xml(name, text);
    }
    let types = &parts["[Content_Types].xml"];
    for name in parts.keys().filter(|name| name.ends_with(".xml") && !name.starts_with('[')) {
        assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name} has no type");
    }
    let related: BTreeSet<&str> =
        all("Target=\"([^\"]*)\"", &parts["word/_rels/document.xml.rels"]).into_iter().collect();
    assert!(related.iter().all(|target| parts.contains_key(&format!("word/{target}"))));
    let (document, notes) = (&parts["word/document.xml"], &parts["word/footnotes.xml"]);
    let ids = all("<w:footnote (?:w:type=\"\\w+\" )?w:id=\"(-?\\d+)\">", notes);
    assert_eq!(ids[..2], ["-1", "0"]);
    assert_eq!(all("<w:footnote w:type=\"(\\w+)\"", notes), ["separator", "continuationSeparator"]);
    let (separators, others) =
        notes.split_at(notes.find("<w:footnote w:id").unwrap_or(notes.len()));
    assert!(!separators.contains("footnoteRef") && !separators.contains("rStyle"), "{separators}");
    let called = all("<w:footnoteReference w:id=\"(-?\\d+)\"/>", document);
    assert_eq!(called, ids[2..], "references and footnotes, in one order");
    assert_eq!(called.iter().collect::<BTreeSet<_>>().len(), called.len(), "an id twice");
    assert_eq!(others.matches("<w:footnoteRef/>").count(), called.len());
    let marks = all("<w:bookmarkStart w:id=\"(\\d+)\"", document);
    assert_eq!(marks.iter().collect::<BTreeSet<_>>().len(), marks.len());
    let places: BTreeSet<&str> = all("w:name=\"([^\"]*)\"/>", document).into_iter().collect();
    for place in all("w:anchor=\"([^\"]*)\"", document) {
        assert!(places.contains(place), "{place}");
    }
    for address in all("HYPERLINK &quot;(.*?)&quot; </w:instrText>", notes) {
        assert!(address.starts_with("http://") || address.starts_with("https://"), "{address}");
    }
    called.len()
}

#[test]
fn nothing_of_a_hostile_notebook_is_markup_and_every_link_leads_somewhere() {
    for seed in 0..6 {
        let notebook = hostile(seed);
        let content = Content::everything(&notebook);
        check_page(&html(&content));
        check_document(&content);
    }
}

#[test]
fn the_reports_of_the_sample_and_of_an_empty_notebook_are_sound() {
    for notebook in [sample(), Notebook::new(""), Notebook::new("<Title> & \"more\"")] {
        let content = Content::everything(&notebook);
        check_page(&html(&content));
        check_document(&content);
        for id in ["html", "docx"] {
            assert_eq!(bytes(id, &content), bytes(id, &content), "{id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn any_names_stay_text(seed in 0_u64..500, names in prop::collection::vec(".{1,40}", 1..8)) {
        let notebook = named(seed, &names);
        let content = Content::everything(&notebook);
        check_page(&html(&content));
        check_document(&content);
    }
}

#[test]
fn a_part_holds_nothing_of_the_rest_but_names() {
    let notebook = sample();
    let (id, link) = notebook.links().iter().find(|(_, link)| !link.evidence.is_empty()).unwrap();
    let Target::Entity(to) = link.to else { panic!("the first link leads to an entity") };
    let scope = Scope::Selection {
        entities: [link.from, to].into(),
        links: [*id].into(),
        cards: Default::default(),
    };
    let part = Content::of(&notebook, &scope, &|| false).unwrap();
    let page = html(&part);
    check_page(&page);
    check_document(&part);
    for other in notebook.entities().keys().filter(|id| !part.has_entity(**id)) {
        assert!(!page.contains(&format!("id=\"{other}\"")), "{}", notebook.name(*other));
    }
    assert!(page.contains("A part of the notebook"));
}

#[test]
fn links_and_statements_lead_to_their_sentences_and_the_caveat_stands_by_the_figures() {
    let notebook = sample();
    let page = html(&Content::everything(&notebook));
    let text = page.split_once("<section id=\"articles\">").unwrap().1;
    for (id, mention) in notebook.mentions() {
        assert!(text.contains(&format!("id=\"{id}\"")), "{id} has no place in its article");
        if mention.statement.is_some() {
            assert!(page.contains(&format!("<blockquote><a class=\"to\" href=\"#{id}\">")), "{id}");
        }
    }
    for (id, link) in notebook.links() {
        let own = page.split_once(&format!("<article class=\"card link\" id=\"{id}\"")).unwrap().1;
        let own = own.split_once("</article>").unwrap().0;
        assert_eq!(
            own.matches("<blockquote><a class=\"to\" href=\"#").count(),
            link.evidence.len(),
            "{id}"
        );
    }
    for section in ["summary", "claims", "canvas"] {
        let own = page.split_once(&format!("<section id=\"{section}\">")).unwrap().1;
        assert!(own.split_once("</section>").unwrap().0.contains(ASSUMED), "{section}");
    }
    for waiver in notebook.waivers().values() {
        let words =
            waiver.reason.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
        assert!(page.contains(&words), "{words}");
    }
    // Marks do not change the text: without them it is the article's.
    let tags = Regex::new("<[^>]*>").unwrap();
    for article in notebook.articles().values() {
        let words = article.text.get(article.text.paragraph(1)).unwrap();
        let bare = tags.replace_all(text, "");
        let escaped = words.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;");
        assert!(bare.contains(&escaped), "{words:.60}");
    }
}

/// A notebook with one claim stated so many times, in an article from the web.
fn stated(times: usize) -> Notebook {
    let lines: Vec<String> = (0..times.max(1))
        .map(|n| format!("Witness {n} said that the harbour would close."))
        .collect();
    let mut notebook = Notebook::new("Harbour");
    let text = casebook::text::Text::canonical(&lines.join("\n"));
    let about = casebook::notebook::About {
        title: "The harbour".to_owned(),
        url: "https://paper.example/harbour?a=1&b=2".to_owned(),
        date: "2031-03-14".to_owned(),
        ..Default::default()
    };
    let article = casebook::notebook::Article {
        about,
        origin: Default::default(),
        text,
        earlier: Vec::new(),
    };
    let add = Edit::AddArticle(ArticleId::random(), Arc::new(article));
    apply(&mut notebook, &add).unwrap();
    let mut list = "[AddEntity(kind: Claim, name: \"It would close.\", handle: \"$c\"),".to_owned();
    for n in 0..times {
        list.push_str(&format!(
            "Tag(at: Quote(\"Witness {n} said that the harbour would close\"), entity: \"$c\"),"
        ));
    }
    list.push(']');
    let edits = parse_script(&list).unwrap();
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    notebook
}

#[test]
fn every_statement_has_its_footnote_whether_there_are_none_one_two_or_a_thousand() {
    for times in [0, 1, 2, 1_000] {
        let notebook = stated(times);
        let content = Content::everything(&notebook);
        assert_eq!(check_document(&content), times);
        let notes = &docx(&content)["word/footnotes.xml"];
        assert_eq!(notes.matches("The harbour").count(), times);
        assert_eq!(notes.matches(", paragraph ").count(), times);
        assert_eq!(notes.matches("“Witness ").count(), times);
        // Where the field leads; what is shown is the address alone.
        let address = "https://paper.example/harbour?a=1&amp;b=2#:~:text=Witness%20";
        assert_eq!(notes.matches(address).count(), times);
        assert_eq!(notes.matches(">https://paper.example/harbour?a=1&amp;b=2<").count(), times);
    }
}

#[test]
fn a_quotation_has_its_source_as_text_and_as_markdown() {
    let notebook = stated(2);
    let id = *notebook.articles().keys().next().unwrap();
    let text = &notebook.article(id).unwrap().text;
    let start = text.as_str().find("harbour").unwrap();
    let quoted = Quoted::Words(id, start..start + "harbour".len());
    let address =
        "https://paper.example/harbour?a=1&b=2#:~:text=said%20that%20the-,harbour,-would%20close";
    assert_eq!(
        quoted.text(&notebook),
        format!("“harbour”\n— “The harbour”, 2031-03-14, paragraph 1\n{address}")
    );
    assert_eq!(
        quoted.markdown(&notebook),
        format!("> harbour\n>\n> — *The harbour*, 2031-03-14, paragraph 1, <{address}>\n")
    );
    let (mention, _) = notebook.mentions().iter().next().unwrap();
    assert!(Quoted::Mention(*mention).text(&notebook).contains("paragraph "));
    let nobody = casebook::notebook::LinkId::random();
    assert_eq!(Quoted::Evidence(nobody).text(&notebook), "");
}

#[test]
fn claims_that_are_one_are_counted_once() {
    let mut notebook = stated(2);
    let list = "[AddEntity(kind: Claim, name: \"Another\", handle: \"$d\"), Link(from: \"It would close.\", relation: \"equivalent\", to: \"$d\")]";
    let edits = parse_script(list).unwrap();
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    assert_eq!(notebook.count(Kind::Claim), 2);
    let content = Content::everything(&notebook);
    let page = html(&content);
    check_page(&page);
    assert_eq!(page.matches("<ol class=\"chain\">").count(), 1);
    assert!(page.contains("Counted as one with") && page.contains("Counted together with"));
    check_document(&content);
}
