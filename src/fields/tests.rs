//! The laws of the tables: what is written is what is read, whatever the notebook.

use super::*;
use crate::edit::{Applied, Refusal, apply};
use crate::notebook::generate::{Size, generate};
use crate::notebook::{Detail, check};

fn notebook(seed: u64) -> Notebook {
    let size = Size { articles: 2, text: 900, entities: 14, mentions: 24, links: 12 };
    generate(seed, size).0
}

/// Every value that some record holds in a field, with the record.
fn values<R: Record>(notebook: &Notebook, ids: &[R::Id], field: &Field<R>) -> Vec<(R::Id, Value)> {
    let value = |id: &R::Id| Some((*id, field.value(R::find(notebook, *id)?)?));
    ids.iter().filter_map(value).collect()
}

/// Gives each record the values that others hold; what the notebook takes is what is read afterwards.
fn written_is_read<R: Record>(fields: &'static [Field<R>], notebook: &Notebook, ids: &[R::Id]) {
    let mut written = 0;
    for field in fields.iter().filter(|field| field.is_editable()) {
        let all = values(notebook, ids, field);
        for (id, _) in &all {
            for (_, value) in all.iter().step_by(1 + all.len() / 6) {
                let edit = field.set(Ref::Id(*id), value);
                let Some(edit) = edit else {
                    // A link to a link is moved to no other, an orphan to no place.
                    assert!(matches!(value, Value::Target(_) | Value::Anchor(_)), "{}", field.key);
                    continue;
                };
                let mut now = notebook.clone();
                let done: Result<Applied, Refusal> = apply(&mut now, &edit);
                // The notebook may have reasons: a span of another article, an owner of itself.
                let Ok(done) = done else { continue };
                let read = R::find(&now, *id).and_then(|record| field.value(record));
                let same = match (&read, value) {
                    (Some(Value::Names(read)), Value::Names(value)) => {
                        // A name is no alias of its own.
                        read.iter().all(|name| value.contains(name))
                    }
                    (Some(Value::Participants(read)), Value::Participants(value)) => {
                        // Each part only once.
                        read.iter().all(|part| value.contains(part))
                            && value.iter().all(|part| read.contains(part))
                    }
                    (Some(Value::Entities(read)), Value::Entities(value)) => {
                        read.iter().all(|id| value.contains(id))
                            && value.iter().all(|id| read.contains(id))
                    }
                    // A mention stays in its article, and is read there now.
                    (Some(Value::Anchor(read)), Value::Anchor(value)) => {
                        read.article != value.article || read.is_where(value)
                    }
                    (read, value) => read.as_ref() == Some(value),
                };
                assert!(same, "{}: {value:?} was written, {read:?} is read", field.key);
                assert!(check(&now).len() <= check(notebook).len());
                let _ = done.step.take_back(&mut now);
                assert!(now == *notebook, "{}", field.key);
                written += 1;
            }
        }
    }
    assert!(written > 0);
}

#[test]
fn what_is_written_is_what_is_read() {
    for seed in 0..4 {
        let notebook = notebook(seed);
        let articles: Vec<_> = notebook.articles().keys().copied().collect();
        let entities: Vec<_> = notebook.entities().keys().copied().collect();
        let mentions: Vec<_> = notebook.mentions().keys().copied().collect();
        let links: Vec<_> = notebook.links().keys().copied().collect();
        written_is_read(ARTICLE, &notebook, &articles);
        written_is_read(ENTITY, &notebook, &entities);
        written_is_read(MENTION, &notebook, &mentions);
        written_is_read(LINK, &notebook, &links);
        if notebook.mentions().values().any(|mention| mention.statement.is_some()) {
            written_is_read(STATEMENT, &notebook, &mentions);
        }
    }
}

fn keys_are_unique<R: Record>(fields: &'static [Field<R>]) {
    for (n, field) in fields.iter().enumerate() {
        assert!(fields[..n].iter().all(|other| other.key != field.key), "{}", field.key);
        assert!(!field.label.is_empty() && !field.noun.is_empty());
        assert!(!field.in_bulk || field.is_editable(), "{}", field.key);
    }
}

#[test]
fn every_field_has_a_name_of_its_own() {
    keys_are_unique(ARTICLE);
    keys_are_unique(ENTITY);
    keys_are_unique(MENTION);
    keys_are_unique(STATEMENT);
    keys_are_unique(LINK);
}

#[test]
fn records_are_alike_exactly_when_their_fields_are() {
    let notebook = notebook(7);
    for a in notebook.entities().values() {
        for b in notebook.entities().values() {
            assert_eq!(a == b, changes(ENTITY, &**a, &**b).is_empty());
        }
    }
    for a in notebook.links().values() {
        for b in notebook.links().values() {
            assert_eq!(a == b, changes(LINK, &**a, &**b).is_empty());
        }
    }
    for a in notebook.mentions().values() {
        for b in notebook.mentions().values() {
            let mut differs = changes(MENTION, &**a, &**b);
            differs.extend(changes(STATEMENT, &**a, &**b));
            assert_eq!(a == b, differs.is_empty());
        }
    }
}

/// What a text stands for, and that its words stand for it again.
fn round<R: Record>(key: &str, notebook: &Notebook, record: &R) {
    let field = field::<R>(key).expect("there is such a field");
    let Some(value) = field.value(record) else { return };
    let text = field.text(notebook, record);
    assert_eq!(field.parse(notebook, &text).ok(), Some(value), "{key}: {text}");
}

#[test]
fn the_words_of_a_value_are_read_as_the_value() {
    let notebook = notebook(5);
    for entity in notebook.entities().values() {
        for key in [
            "actor_kind",
            "status",
            "accusation",
            "reliability",
            "credibility",
            "date",
            "place",
            "to_check",
            "kind",
        ] {
            round(key, &notebook, &**entity);
        }
    }
    for link in notebook.links().values() {
        for key in ["relation", "directed", "basis", "strength", "written", "date", "to_check"] {
            round(key, &notebook, &**link);
        }
    }
}

#[test]
fn what_is_no_value_is_refused_in_a_sentence() {
    let notebook = notebook(2);
    let entity = |key: &str, text: &str| {
        field::<Entity>(key).expect("there").parse(&notebook, text).map_err(|why| why.to_string())
    };
    assert_eq!(entity("reliability", " b "), Ok(Value::Number(2)));
    assert_eq!(entity("reliability", ""), Ok(Value::Number(0)));
    assert_eq!(entity("credibility", "3"), Ok(Value::Number(3)));
    assert_eq!(entity("actor_kind", "public BODY"), Ok(Value::Number(4)));
    assert_eq!(entity("actor_kind", "PublicBody"), Ok(Value::Number(4)));
    assert_eq!(entity("aliases", "a; b ;;"), Ok(Value::Names(vec!["a".into(), "b".into()])));
    assert_eq!(entity("owner", ""), Ok(Value::Entity(None)));
    for (key, text, why) in [
        ("name", "  ", "blank"),
        ("date", "last Tuesday", "last Tuesday"),
        ("reliability", "G", "A · completely reliable"),
        ("owner", "nobody of this name", "nobody is called"),
        ("participants", "Kervel", "cannot be written as text"),
    ] {
        let refused = entity(key, text).expect_err("it is no value");
        assert!(refused.contains(why), "{refused}");
    }
    let anyone = notebook.entities().iter().find(|(_, e)| matches!(e.detail, Detail::Actor(_)));
    let (id, actor) = anyone.expect("there is an actor");
    assert_eq!(entity("owner", &id.to_string()), Ok(Value::Entity(Some(*id))));
    let named = entity("owner", &actor.name);
    assert!(
        named == Ok(Value::Entity(Some(*id))) || named.is_err_and(|why| why.contains("several"))
    );
}

#[test]
fn values_in_words_name_entities_and_never_ids() {
    let notebook = notebook(3);
    for link in notebook.links().values() {
        for field in LINK {
            let words = field.text(&notebook, &**link);
            assert!(!words.contains(&link.from.to_string()), "{}: {words}", field.key);
        }
    }
}
