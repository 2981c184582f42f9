//! `casebook show`: what a notebook says, for reading or for another program.

mod words;

use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::args::Show;
use super::named::entity_named;
use super::output::{self, one_line};
use crate::fields::{ARTICLE, ENTITY, Field, LINK, MENTION, Record, STATEMENT, field};
use crate::notebook::{
    Article, ArticleId, EntityId, Evidence, Fit, Kind, Link, LinkId, Matrix, MatrixId, Mention,
    MentionId, Notebook, SetAside, SetAsideId, Subject, Waiver, WaiverId,
};
use crate::storage::load;
use crate::text::fold;
use words::{plain, words};

#[derive(Serialize)]
struct Shown {
    title: String,
    articles: Vec<ShownArticle>,
    entities: Vec<ShownEntity>,
    links: Vec<ShownLink>,
    derived_links: Vec<ShownDerived>,
    waivers: Vec<Value>,
    set_aside: Vec<Value>,
    matrices: Vec<Value>,
}

/// The fields of a record, by their keys, in the order of their table.
struct Fields(Vec<(&'static str, Value)>);

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Fields {
    /// Those that a record has, but for some.
    fn of<R: Record>(
        fields: &'static [Field<R>],
        notebook: &Notebook,
        record: &R,
        but: &[&str],
    ) -> Self {
        let shown = fields.iter().filter(|field| !but.contains(&field.key));
        Self(shown.filter_map(|f| Some((f.key, f.json(notebook, record)?))).collect())
    }

    fn get(&self, key: &str) -> &Value {
        self.0.iter().find(|(known, _)| *known == key).map_or(&Value::Null, |(_, value)| value)
    }

    /// A field in words: names, not ids.
    fn words(&self, key: &str) -> String {
        one_line(&plain(self.get(key)))
    }

    fn is_on(&self, key: &str) -> bool {
        self.get(key) == &Value::Bool(true)
    }
}

#[derive(Serialize)]
struct ShownArticle {
    id: String,
    #[serde(flatten)]
    fields: Fields,
    characters: usize,
    mentions: usize,
    versions: u32,
}

#[derive(Serialize)]
struct ShownEntity {
    id: String,
    #[serde(flatten)]
    fields: Fields,
    mentions: Vec<ShownMention>,
    #[serde(skip)]
    kind: Kind,
}

#[derive(Serialize)]
struct ShownMention {
    id: String,
    /// Where: article, start, end (Unicode scalar values, end exclusive), quote, orphan.
    #[serde(flatten)]
    at: Value,
    #[serde(flatten)]
    fields: Fields,
    /// Null for a mention of an actor or event.
    statement: Option<Fields>,
}

#[derive(Serialize)]
struct ShownLink {
    id: String,
    #[serde(flatten)]
    fields: Fields,
}

/// A derived link, and the mentions that it follows from.
#[derive(Serialize)]
struct ShownDerived {
    id: String,
    from: Value,
    relation: String,
    to: Value,
    follows_from: Vec<Value>,
}

pub(super) fn run(args: &Show) -> anyhow::Result<ExitCode> {
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    output::complain_of_orphans(&loaded.orphans);
    let notebook = &loaded.notebook;
    let only = args.entity.as_deref().map(|name| entity_named(notebook, name, None)).transpose()?;
    let shown = shown(notebook, only);
    if args.json {
        output::json(&shown)?;
    } else {
        output::text(&words(&shown, only.is_none())?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn shown(notebook: &Notebook, only: Option<EntityId>) -> Shown {
    let entities = |kind: Kind| {
        let mut of_kind: Vec<_> = notebook
            .entities()
            .iter()
            .filter(move |(id, e)| e.kind() == kind && only.is_none_or(|only| only == **id))
            .map(|(id, e)| (fold(&e.name), *id))
            .collect();
        of_kind.sort();
        of_kind.into_iter().filter_map(|(_, id)| entity(notebook, id))
    };
    let wanted: Vec<(LinkId, &Link)> = match only {
        None => notebook.links().iter().map(|(id, link)| (*id, &**link)).collect(),
        Some(only) => {
            notebook.links_of(only).filter_map(|id| Some((id, &**notebook.link(id)?))).collect()
        }
    };
    Shown {
        title: notebook.title().to_owned(),
        articles: notebook
            .articles_in_order()
            .into_iter()
            .filter_map(|id| Some(article(notebook, id, notebook.article(id)?)))
            .collect(),
        entities: Kind::ALL.into_iter().flat_map(entities).collect(),
        links: wanted.into_iter().map(|(id, l)| link(notebook, id, l)).collect(),
        derived_links: match only {
            None => notebook.derived_links().map(|(id, it)| derived(notebook, id, it)).collect(),
            Some(only) => notebook
                .derived_links_of(only)
                .filter_map(|id| Some(derived(notebook, id, notebook.any_link(id)?)))
                .collect(),
        },
        waivers: if only.is_some() { Vec::new() } else { waivers(notebook) },
        set_aside: if only.is_some() { Vec::new() } else { set_aside(notebook) },
        matrices: if only.is_some() { Vec::new() } else { matrices(notebook) },
    }
}

fn named(notebook: &Notebook, subject: Subject) -> Value {
    json!({ "id": subject.to_string(), "name": notebook.subject_name(subject) })
}

fn waivers(notebook: &Notebook) -> Vec<Value> {
    let one = |(id, waiver): (&WaiverId, &Arc<Waiver>)| {
        json!({
            "id": id.to_string(),
            "rule": waiver.rule,
            "of": waiver.of.iter().map(|of| named(notebook, *of)).collect::<Vec<_>>(),
            "reason": waiver.reason,
            "at": waiver.at,
            "by": waiver.by,
        })
    };
    notebook.waivers().iter().map(one).collect()
}

fn set_aside(notebook: &Notebook) -> Vec<Value> {
    let one = |(id, aside): (&SetAsideId, &Arc<SetAside>)| {
        json!({
            "id": id.to_string(),
            "what": named(notebook, aside.what),
            "from": aside.from,
            "reason": aside.reason,
            "at": aside.at,
            "by": aside.by,
        })
    };
    notebook.set_aside().iter().map(one).collect()
}

fn matrices(notebook: &Notebook) -> Vec<Value> {
    let one = |(id, matrix): (&MatrixId, &Arc<Matrix>)| {
        let claims = matrix.claims.iter().map(|claim| {
            let mut shown = named(notebook, Subject::Entity(*claim));
            shown["inconsistent"] = json!(matrix.count(*claim, Fit::Inconsistent));
            shown
        });
        let rows = matrix.rows.iter().map(|row| {
            let cells = matrix.claims.iter().map(|claim| matrix.cell(*claim, *row).map(Fit::label));
            let mut shown = named(notebook, *row);
            shown["cells"] = json!(cells.collect::<Vec<_>>());
            shown
        });
        json!({
            "id": id.to_string(),
            "title": matrix.title,
            "claims": claims.collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
        })
    };
    notebook.matrices().iter().map(one).collect()
}

fn article(notebook: &Notebook, id: ArticleId, article: &Article) -> ShownArticle {
    ShownArticle {
        id: id.to_string(),
        // The text is in the file, and the order is that of the list.
        fields: Fields::of(ARTICLE, notebook, article, &["text", "order"]),
        characters: article.text.scalars(),
        mentions: notebook.mention_count_in(id),
        versions: article.versions(),
    }
}

fn entity(notebook: &Notebook, id: EntityId) -> Option<ShownEntity> {
    let entity = notebook.entity(id)?;
    Some(ShownEntity {
        id: id.to_string(),
        fields: Fields::of(ENTITY, notebook, entity, &[]),
        mentions: notebook.mentions_of(id).filter_map(|id| mention(notebook, id)).collect(),
        kind: entity.kind(),
    })
}

fn mention(notebook: &Notebook, id: MentionId) -> Option<ShownMention> {
    let mention = notebook.mention(id)?;
    let fields = Fields::of(MENTION, notebook, mention, &["entity", "at"]);
    let at = field::<Mention>("at").and_then(|at| at.json(notebook, mention));
    Some(ShownMention {
        id: id.to_string(),
        at: at.unwrap_or_default(),
        fields,
        statement: mention
            .statement
            .as_ref()
            .map(|_| Fields::of(STATEMENT, notebook, mention, &[])),
    })
}

fn link(notebook: &Notebook, id: LinkId, link: &Link) -> ShownLink {
    ShownLink { id: id.to_string(), fields: Fields::of(LINK, notebook, link, &[]) }
}

fn derived(notebook: &Notebook, id: LinkId, link: &Link) -> ShownDerived {
    let end = |id: EntityId| json!({ "id": id.to_string(), "name": notebook.name(id) });
    let places = field::<Mention>("at").map_or_else(Vec::new, |at| {
        let mentions = link.evidence.iter().filter_map(|evidence| match evidence {
            Evidence::Mention(id) => Some((id, notebook.mention(*id)?)),
            Evidence::Quote(_) => None,
        });
        mentions
            .map(|(id, mention)| {
                let mut place = at.json(notebook, mention).unwrap_or_default();
                place["mention"] = Value::String(id.to_string());
                place
            })
            .collect()
    });
    ShownDerived {
        id: id.to_string(),
        from: end(link.from),
        relation: notebook.relation_label(&link.relation).to_owned(),
        to: link.to_entity().map_or(Value::Null, end),
        follows_from: places,
    }
}
