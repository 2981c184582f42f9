//! The fields of an article.

use super::{Field, Value, ValueKind};
use crate::edit::{AboutFields, Edit, Ref};
use crate::notebook::{Article, ArticleId, Kind};

/// The fields of an article.
pub static ARTICLE: &[Field<Article>] = &[
    Field {
        required: true,
        write: Some(|id, value| text(id, value, |with| &mut with.title)),
        ..Field::line("title", "Title", "title", |a| Some(&a.about.title))
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| {
            let Value::Entity(publisher) = value else { return None };
            let publisher = Some(publisher.map_or_else(Ref::none, Ref::Id));
            Some(describe(id, AboutFields { publisher, ..AboutFields::default() }))
        }),
        ..Field::of(
            ValueKind::Entity(Some(Kind::Actor), true),
            "publisher",
            "Publisher",
            "publisher",
            |a| Some(Value::Entity(a.about.publisher)),
        )
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| text(id, value, |with| &mut with.author)),
        ..Field::line("author", "Author", "author", |a| Some(&a.about.author))
    },
    Field {
        kind: ValueKind::Date,
        in_bulk: true,
        write: Some(|id, value| text(id, value, |with| &mut with.date)),
        ..Field::line("date", "Date", "date", |a| Some(&a.about.date))
    },
    Field {
        write: Some(|id, value| text(id, value, |with| &mut with.url)),
        ..Field::line("url", "URL", "URL", |a| Some(&a.about.url))
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| text(id, value, |with| &mut with.language)),
        ..Field::line("language", "Language", "language", |a| Some(&a.about.language))
    },
    Field {
        in_bulk: true,
        write: Some(|id, value| text(id, value, |with| &mut with.folder)),
        ..Field::line("folder", "Folder", "folder", |a| Some(&a.about.folder))
    },
    Field {
        write: Some(|id, value| {
            let Value::Number(order) = value else { return None };
            let order = Some(u32::try_from(*order).ok()?);
            Some(describe(id, AboutFields { order, ..AboutFields::default() }))
        }),
        ..Field::of(ValueKind::Number, "order", "Position", "position", |a| {
            Some(Value::Number(a.about.order as usize))
        })
    },
    Field::line("file_name", "File", "file", |a| Some(&a.origin.file_name)),
    Field::line("sha256", "SHA-256", "SHA-256", |a| Some(&a.origin.sha256)),
    Field::line("encoding", "Encoding", "encoding", |a| Some(&a.origin.encoding)),
    Field {
        ..Field::of(ValueKind::Body, "text", "Text", "text", |a| Some(Value::Body(a.text.clone())))
    },
];

fn describe(article: Ref<ArticleId>, with: AboutFields) -> Edit {
    Edit::Describe { article: Some(article), with }
}

fn text(
    article: Ref<ArticleId>,
    value: &Value,
    field: fn(&mut AboutFields) -> &mut Option<String>,
) -> Option<Edit> {
    let Value::Text(text) = value else { return None };
    let mut with = AboutFields::default();
    *field(&mut with) = Some(text.clone());
    Some(describe(article, with))
}
