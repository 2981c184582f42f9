//! `docs/edit-lists.md`: its examples are edit lists that can be applied, and it names every edit, every field of
//! every edit, what each takes, and which must be there.

use std::collections::BTreeSet;
use std::sync::Arc;

use casebook::article;
use casebook::edit::{Edit, apply, parse_script};
use casebook::notebook::{About, Article, ArticleId, Notebook, ViewState, check};
use casebook::storage;

use crate::page::{below, blocks, read, rows};
use crate::shape::{Content, Field, Shape, Shapes, shapes};

const PAGE: &str = "docs/edit-lists.md";

/// Ids stand in examples for those of these things, by name: real ones are random.
const SAMPLE_ENTITY: (&str, &str) = ("e7q0w3k5m2x", "Mara Quill");
const SAMPLE_ARTICLE: &str = "a7q0w3k5m2x";

/// A notebook of the article that the page shows.
fn notebook(page: &str) -> (Notebook, ArticleId) {
    let text = blocks(page).into_iter().find(|block| block.language == "text").unwrap().code;
    let read = article::decode("harbour.txt", text.into_bytes(), &article::ReadOptions::default())
        .unwrap();
    let id = ArticleId::random();
    let article = Article {
        about: About { title: read.title, ..About::default() },
        origin: read.origin,
        text: read.text,
        earlier: Vec::new(),
    };
    let mut notebook = Notebook::new("");
    apply(&mut notebook, &Edit::AddArticle(id, Arc::new(article))).unwrap();
    // With a conflict that a merge left: no edit makes one.
    let source = storage::render(&notebook, &ViewState::default());
    let conflict = r#""c0123456789": (of: Title, field: "title", base: "null", ours: "\"\"", theirs: "\"Port Ellis\"")"#;
    let source = source.replace("conflicts: {\n", &format!("conflicts: {{\n{conflict},\n"));
    (storage::parse(&source).unwrap().0, id)
}

#[test]
fn every_example_can_be_applied_in_order() {
    let page = read(PAGE);
    let (mut notebook, article) = notebook(&page);
    let mut seen = 0;
    for block in blocks(&page).into_iter().filter(|block| block.language == "ron") {
        let line = block.line;
        let mut list = block.code.replace(SAMPLE_ARTICLE, &article.to_string());
        if list.contains(SAMPLE_ENTITY.0) {
            let entities = notebook.entities();
            let (id, _) = entities.iter().find(|(_, e)| e.name == SAMPLE_ENTITY.1).unwrap();
            list = list.replace(SAMPLE_ENTITY.0, &id.to_string());
        }
        let edits =
            parse_script(&list).unwrap_or_else(|why| panic!("example at line {line}: {why}"));
        let before = notebook.clone();
        let several = edits.len() > 1;
        let applied = apply(&mut notebook, &Edit::Batch(String::new(), edits))
            .unwrap_or_else(|why| panic!("example at line {line}: {why}"));
        // A list that takes back what it made leaves nothing behind.
        assert!(several || !applied.made.is_empty(), "the example at line {line} changes nothing");
        assert_eq!(check(&notebook), [], "the example at line {line}");
        if block.before == "<!-- on a copy -->" {
            notebook = before;
        }
        seen += 1;
    }
    assert!(seen > 30, "only {seen} examples were found");
}

#[test]
fn every_edit_has_a_section_with_its_fields_and_an_example() {
    let page = read(PAGE);
    let Shapes { enums, .. } = shapes::<Edit>();
    for (edit, content) in &enums["Edit"] {
        let section = below(&page, &format!("### `{edit}`"))
            .unwrap_or_else(|| panic!("{PAGE} has no section “### `{edit}`”"));
        let examples = blocks(section).into_iter().filter(|block| block.language == "ron");
        let examples: String = examples.map(|block| block.code).collect();
        assert!(examples.contains(&format!("{edit}(")), "{PAGE}: {edit} has no example");
        match content {
            Content::Fields(fields) => {
                fields_are_told(edit, section, fields);
                for Field { name, .. } in fields {
                    // In which article can be left out everywhere in the same way.
                    let used = *name == "article" || examples.contains(&format!("{name}: "));
                    assert!(used, "{PAGE}: no example of {edit}.{name}");
                }
            }
            Content::Value(_) => assert!(rows(section).is_empty(), "{PAGE}: {edit} has no fields"),
            Content::Nothing => {}
        }
    }
}

#[test]
fn every_record_has_a_section_with_its_fields() {
    let page = read(PAGE);
    let Shapes { records, .. } = shapes::<Edit>();
    assert!(records.len() >= 11, "{:?}", records.keys());
    let code: String = blocks(&page).into_iter().map(|block| block.code).collect();
    for (record, fields) in &records {
        let section = below(&page, &format!("<!-- {record} -->"))
            .unwrap_or_else(|| panic!("{PAGE} has no section marked “<!-- {record} -->”"));
        fields_are_told(record, section, fields);
        for Field { name, .. } in fields {
            assert!(code.contains(&format!("{name}: ")), "{PAGE}: no example of {record}.{name}");
        }
    }
}

#[test]
fn every_way_of_naming_a_place_and_evidence_is_told() {
    let page = read(PAGE);
    let Shapes { enums, .. } = shapes::<Edit>();
    let code: String = blocks(&page).into_iter().map(|block| block.code).collect();
    for name in ["Spot", "EvidenceRef"] {
        let section = below(&page, &format!("<!-- {name} -->")).unwrap();
        let table = rows(section);
        for (variant, content) in &enums[name] {
            let row = table
                .iter()
                .find(|row| row[0].starts_with(&format!("`{variant}(")))
                .unwrap_or_else(|| panic!("{PAGE}: the table of {name} has no row of {variant}"));
            assert!(code.contains(&format!("{variant}(")), "{PAGE}: no example of {variant}");
            if let Content::Fields(fields) = content {
                for Field { name: field, shape, required } in fields {
                    assert!(row[0].contains(&format!("{field}: ")), "{PAGE}: {variant}.{field}");
                    let value = row[1].split(';').find(|part| part.contains(&format!("`{field}`")));
                    let value = value.unwrap_or_else(|| panic!("{PAGE}: {variant}.{field}"));
                    value_is_told(&format!("{variant}.{field}"), value, shape, *required);
                }
            }
        }
        assert_eq!(table.len(), enums[name].len(), "{PAGE}: {name}");
    }
    // All other enums are lists of words, and told where a field takes them.
    for (name, variants) in &enums {
        let words = variants.iter().all(|(_, content)| *content == Content::Nothing);
        assert!(words || ["Edit", "Spot", "EvidenceRef"].contains(name), "{name} is told nowhere");
    }
}

/// The table of a section tells of these fields, of each what it takes, and of no others.
fn fields_are_told(of: &str, section: &str, fields: &[Field]) {
    let table = rows(section);
    let told: BTreeSet<&str> = table.iter().map(|row| row[0].trim_matches('`')).collect();
    let there: BTreeSet<&str> = fields.iter().map(|field| field.name).collect();
    assert_eq!(told, there, "{PAGE}: the fields of {of}");
    for Field { name, shape, required } in fields {
        let row = table.iter().find(|row| row[0] == format!("`{name}`")).unwrap();
        assert!(row.len() == 3 && !row[2].is_empty(), "{PAGE}: the row of {of}.{name}");
        value_is_told(&format!("{of}.{name}"), &row[1], shape, *required);
    }
}

/// What a table says of a field's value is what the code takes.
fn value_is_told(of: &str, told: &str, shape: &Shape, required: bool) {
    assert_eq!(told.contains("required"), required, "{PAGE}: whether {of} must be there: {told}");
    takes(of, told, shape);
    assert_eq!(told.contains("list of"), matches!(shape, Shape::List(_)), "{PAGE}: {of}: {told}");
}

fn takes(of: &str, told: &str, shape: &Shape) {
    match shape {
        // Ids, handles, names and dates are texts with a meaning.
        Shape::Plain("text") => {
            let words = [
                "text", "article", "entit", "actor", "mention", "link", "group", "card", "view",
                "ids of",
            ];
            assert!(words.iter().any(|word| told.contains(word)), "{PAGE}: {of}: {told}");
        }
        Shape::Plain(word) => assert!(told.contains(word), "{PAGE}: {of} is a {word}: {told}"),
        Shape::List(item) => takes(of, told, item),
        Shape::Tuple(parts) => {
            assert!(told.contains('('), "{PAGE}: {of} is a pair or more: {told}");
            parts.iter().for_each(|part| takes(of, told, part));
        }
        Shape::OneOf("Spot") => assert!(told.contains("(#places-in-an-article)"), "{of}: {told}"),
        Shape::OneOf("EvidenceRef") => assert!(told.contains("(#evidence)"), "{of}: {told}"),
        Shape::OneOf(name) => {
            for (word, _) in &shapes::<Edit>().enums[name] {
                assert!(told.contains(&format!("`{word}`")), "{PAGE}: {of} can be {word}: {told}");
            }
        }
        Shape::Record(name) => {
            // The section of the record is the one that its mark stands in.
            let page = read(PAGE);
            let (before, _) = page.split_once(&format!("<!-- {name} -->")).unwrap();
            let heading = before.lines().rfind(|line| line.starts_with('#')).unwrap();
            let link = format!("(#{})", heading.trim_start_matches('#').trim().to_lowercase());
            let link = link.replace(' ', "-");
            assert!(told.contains(&link), "{PAGE}: {of} is told below {heading}: {told}");
        }
    }
}

#[test]
fn the_example_of_the_help_can_be_applied() {
    let text = "Harbour\n\nAccording to the authority, nothing. Later the authority said “the harbour would \
                close in May”.\n";
    let read =
        article::decode("harbour.txt", text.as_bytes().to_vec(), &article::ReadOptions::default())
            .unwrap();
    let article = Article {
        about: About { title: read.title, ..About::default() },
        origin: read.origin,
        text: read.text,
        earlier: Vec::new(),
    };
    let mut notebook = Notebook::new("");
    apply(&mut notebook, &Edit::AddArticle(ArticleId::random(), Arc::new(article))).unwrap();
    let edits = parse_script(casebook::edit::EXAMPLE).unwrap();
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    assert_eq!(check(&notebook), []);
}
