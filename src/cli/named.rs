//! Entities, articles and views by what a person calls them.

use anyhow::bail;

use crate::notebook::{Article, ArticleId, EntityId, Kind, Notebook, ViewId};
use crate::text::{fold, same_name};

/// The entity of this id, name or alias; accents and case count only where they are needed to tell two apart.
pub(super) fn entity_named(
    notebook: &Notebook,
    name: &str,
    only: Option<Kind>,
) -> anyhow::Result<EntityId> {
    if let Ok(id) = name.parse::<EntityId>()
        && notebook.entity(id).is_some_and(|e| only.is_none_or(|kind| e.kind() == kind))
    {
        return Ok(id);
    }
    let folded = fold(name);
    let of_kind =
        || notebook.entities().iter().filter(|(_, e)| only.is_none_or(|kind| e.kind() == kind));
    let tries: [&dyn Fn(&str) -> bool; 3] =
        [&|n| same_name(n, name), &|n| fold(n) == folded, &|n| fold(n).contains(&folded)];
    for (number, matches) in tries.iter().enumerate() {
        let found: Vec<_> = of_kind().filter(|(_, e)| e.names().any(*matches)).collect();
        match found[..] {
            [] => {}
            // Part of a name is a guess: it is offered, not taken.
            [(id, _)] if number < 2 => return Ok(*id),
            _ => {
                let list: Vec<String> = found
                    .iter()
                    .take(20)
                    .map(|(id, e)| format!("{id} ({} “{}”)", e.kind().word(), e.name))
                    .collect();
                let says =
                    if number < 2 { "names several entities" } else { "is no entity’s name" };
                bail!("“{name}” {says}; name one by its id: {}", list.join(", "));
            }
        }
    }
    bail!(
        "no {} of this notebook is called “{name}”; “casebook show” without --entity lists them",
        only.map_or("entity", Kind::word)
    )
}

/// The articles of this id, title or file name.
pub(super) fn articles_called(notebook: &Notebook, name: &str) -> Vec<ArticleId> {
    let called = |id: &ArticleId, article: &Article| {
        id.to_string() == name
            || same_name(&article.about.title, name)
            || same_name(&article.origin.file_name, name)
    };
    let all = notebook.articles().iter().filter(|(id, article)| called(id, article));
    all.map(|(id, _)| *id).collect()
}

/// The article of this id, title or file name.
pub(super) fn article_named(notebook: &Notebook, name: &str) -> anyhow::Result<ArticleId> {
    match articles_called(notebook, name)[..] {
        [id] => Ok(id),
        [] => bail!(
            "no article is called “{name}”; name one by its id, title or file name:{}",
            list(notebook, notebook.articles().keys().copied())
        ),
        ref several => bail!(
            "more than one article could be meant; name one by its id with --article:{}",
            list(notebook, several.iter().copied())
        ),
    }
}

/// Articles, a line each.
pub(super) fn list(notebook: &Notebook, some: impl Iterator<Item = ArticleId>) -> String {
    let line = |id: ArticleId| {
        let article = notebook.article(id)?;
        Some(format!("\n  {id} “{}” ({})", article.about.title, article.origin.file_name))
    };
    some.filter_map(line).collect()
}

/// The named view of this name or id; capitals and accents count only where they tell two apart.
pub(super) fn view_of(notebook: &Notebook, name: &str) -> anyhow::Result<ViewId> {
    let views = notebook.views();
    if let Some(id) = name.parse().ok().filter(|id| views.contains_key(id)) {
        return Ok(id);
    }
    let exact: Vec<ViewId> =
        views.iter().filter(|(_, view)| view.name == name).map(|(id, _)| *id).collect();
    let alike = views.iter().filter(|(_, view)| fold(&view.name) == fold(name)).map(|(id, _)| *id);
    let found = if exact.is_empty() { alike.collect() } else { exact };
    match found[..] {
        [id] => Ok(id),
        [] if views.is_empty() => {
            bail!("there is no view “{name}”: the notebook has no named views")
        }
        [] => {
            let names: Vec<String> =
                views.values().map(|view| format!("“{}”", view.name)).collect();
            bail!("there is no view “{name}”; there is {}", names.join(", "))
        }
        _ => {
            let ids: Vec<String> = found.iter().map(ToString::to_string).collect();
            bail!("several views are called “{name}”: give the id of one, {}", ids.join(", "))
        }
    }
}
