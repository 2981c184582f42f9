//! The rows of a table: filtered by words and sorted by a column.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::beside::Beside;
use super::column::Column;
use super::kind::TableKind;
use super::row_id::RowId;
use crate::inquiry::sources::AllSources;
use crate::notebook::{Detail, Entity, EntityId, Kind, Link, Notebook, RelationId};
use crate::text::fold;
use crate::timeline::{Doubts, Items, What, clashes};

/// A query for the rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowQuery {
    /// The table.
    pub which: TableKind,
    /// The filter: each of its words must occur in some cell of a row.
    pub filter: String,
    /// The column to sort by.
    pub by: Column,
    /// Whether to sort in descending order.
    pub descending: bool,
}

/// The rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows that pass the filter, from the top.
    pub shown: Vec<RowId>,
    /// The number of rows without the filter.
    pub total: usize,
    /// What speaks against the dates in the chronology.
    pub doubts: Doubts,
}

impl Rows {
    /// The rows of a notebook that match a query, `sources` for the columns about them; incomplete if `stop` returns true. Names that have not changed since
    /// `names` was last used are not folded again.
    pub fn of(
        notebook: &Notebook,
        sources: Option<&AllSources>,
        query: &RowQuery,
        names: &mut FoldedNames,
        stop: &dyn Fn() -> bool,
    ) -> Self {
        names.update(notebook);
        let doubts = match query.which {
            TableKind::Chronology => Doubts::of(&clashes(notebook, stop)),
            TableKind::Links | TableKind::Entities => Doubts::default(),
        };
        let words: Vec<Word> =
            fold(&query.filter).split_whitespace().map(|word| names.word(notebook, word)).collect();
        let mut rows = match query.which {
            TableKind::Links => names.links(notebook, query.by, &words, stop),
            TableKind::Entities => names.entities(notebook, sources, query.by, &words, stop),
            TableKind::Chronology => chronology(notebook, &doubts, query.by, &words, stop),
        };
        if !stop() {
            rows.sort_by(|a, b| {
                a.0.compare(&b.0, query.descending).then_with(|| (a.1, a.2).cmp(&(b.1, b.2)))
            });
        }
        let total = match query.which {
            TableKind::Links => notebook.count_all_links(),
            TableKind::Entities => notebook.entities().len(),
            TableKind::Chronology => {
                let statements = notebook.mentions().values().filter(|it| it.statement.is_some());
                notebook.count(Kind::Event) + statements.count()
            }
        };
        Self { shown: rows.into_iter().map(|row| row.2).collect(), total, doubts }
    }
}

/// The names of a notebook's entities, folded for comparison and cached from one query to the next.
#[derive(Clone, Debug, Default)]
pub struct FoldedNames {
    folded: HashMap<EntityId, (Arc<Entity>, Arc<str>)>,
    /// The rank of each entity when sorted by name.
    ranks: HashMap<EntityId, u32>,
}

/// The sort key of a row.
#[derive(Debug, PartialEq, Eq)]
enum Key {
    Number(i64),
    Text(String),
    /// An empty cell: such rows come last in either order.
    Nothing,
}

impl Key {
    fn text(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(fold(text)) }
    }

    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => turned(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => turned(a.cmp(b)),
            (Self::Nothing, Self::Nothing) => Ordering::Equal,
            (Self::Nothing, _) => Ordering::Greater,
            (_, Self::Nothing) => Ordering::Less,
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        }
    }
}

/// A word of the filter, with the entities and relations whose names contain it.
struct Word {
    word: String,
    entities: HashSet<EntityId>,
    relations: HashSet<RelationId>,
}

impl FoldedNames {
    fn update(&mut self, notebook: &Notebook) {
        let mut changed = self.folded.len() != notebook.entities().len();
        for (id, entity) in notebook.entities() {
            if !self.folded.get(id).is_some_and(|(same, _)| Arc::ptr_eq(same, entity)) {
                self.folded.insert(*id, (Arc::clone(entity), fold(&entity.name).into()));
                changed = true;
            }
        }
        if !changed {
            return;
        }
        self.folded.retain(|id, _| notebook.entity(*id).is_some());
        let mut order: Vec<(&str, EntityId)> =
            self.folded.iter().map(|(id, (_, name))| (&**name, *id)).collect();
        order.sort_unstable();
        self.ranks = order.into_iter().zip(0..).map(|((_, id), rank)| (id, rank)).collect();
    }

    fn rank(&self, id: EntityId) -> u32 {
        self.ranks.get(&id).copied().unwrap_or(u32::MAX)
    }

    fn word(&self, notebook: &Notebook, word: &str) -> Word {
        let has = |text: &str| fold(text).contains(word);
        let named = |(id, (entity, name)): (&EntityId, &(Arc<Entity>, Arc<str>))| {
            (name.contains(word) || entity.aliases.iter().any(|alias| has(alias))).then_some(*id)
        };
        Word {
            entities: self.folded.iter().filter_map(named).collect(),
            relations: notebook
                .relations()
                .iter()
                .filter(|(_, relation)| has(&relation.label))
                .map(|(id, _)| id.clone())
                .collect(),
            word: word.to_owned(),
        }
    }

    fn links(
        &self,
        notebook: &Notebook,
        by: Column,
        words: &[Word],
        stop: &dyn Fn() -> bool,
    ) -> Vec<(Key, u32, RowId)> {
        let mut rows = Vec::new();
        for (n, (id, link)) in notebook.all_links().enumerate() {
            if n % 4096 == 0 && stop() {
                break;
            }
            if !words.iter().all(|word| word.is_in_link(notebook, link)) {
                continue;
            }
            let key = match by {
                Column::From => Key::Number(self.rank(link.from).into()),
                Column::To => {
                    link.to_entity().map_or(Key::Nothing, |to| Key::Number(self.rank(to).into()))
                }
                Column::Strength => Key::Number(link.strength as i64),
                Column::Basis => Key::Number(link.basis as i64),
                Column::Direction => Key::Number(i64::from(!link.directed)),
                Column::Sentences => Key::Number(link.evidence.len() as i64),
                Column::ToCheck => Key::Number(i64::from(!link.to_check)),
                other => Key::text(&other.of_link(notebook, link)),
            };
            rows.push((key, self.rank(link.from), RowId::Link(id)));
        }
        rows
    }

    fn entities(
        &self,
        notebook: &Notebook,
        sources: Option<&AllSources>,
        by: Column,
        words: &[Word],
        stop: &dyn Fn() -> bool,
    ) -> Vec<(Key, u32, RowId)> {
        let mut rows = Vec::new();
        for (n, (id, entity)) in notebook.entities().iter().enumerate() {
            if n % 4096 == 0 && stop() {
                break;
            }
            if !words.iter().all(|word| word.is_in_entity(notebook, *id, entity)) {
                continue;
            }
            let rank = self.rank(*id);
            let key = match (by, &entity.detail) {
                (Column::Name, _) => Key::Number(rank.into()),
                (Column::Kind, _) => Key::Number(entity.kind() as i64),
                (Column::Mentions, _) => Key::Number(notebook.mention_count_of(*id) as i64),
                (Column::Links, _) => Key::Number(notebook.all_links_of(*id).count() as i64),
                (Column::ToCheck, _) => Key::Number(i64::from(!entity.to_check)),
                (Column::Confirmed | Column::AtMost, _) => sources
                    .and_then(|all| by.of_sources(all.of(*id)?))
                    .map_or(Key::Nothing, |figure| Key::Number(figure as i64)),
                (Column::Owner, Detail::Actor(actor)) => {
                    actor.owner.map_or(Key::Nothing, |owner| Key::Number(self.rank(owner).into()))
                }
                (other, _) => Key::text(&other.of_entity(notebook, *id, entity)),
            };
            rows.push((key, rank, RowId::Entity(*id)));
        }
        rows
    }
}

/// Events and statements, in the order of time; what has no date comes last.
fn chronology(
    notebook: &Notebook,
    doubts: &Doubts,
    by: Column,
    words: &[Word],
    stop: &dyn Fn() -> bool,
) -> Vec<(Key, u32, RowId)> {
    let row = |what: What| match what {
        What::Event(id) => RowId::Entity(id),
        What::Statement(id) => RowId::Statement(id),
    };
    let beside = Beside { sources: None, doubts: Some(doubts) };
    let items = Items::of(notebook, true, stop);
    let dated = items.dated.iter().map(|item| (row(item.what), true));
    let undated = items.undated.iter().map(|id| RowId::Entity(*id));
    let undated = undated.chain(items.undated_statements.iter().map(|id| RowId::Statement(*id)));
    let mut rows = Vec::new();
    for ((id, has_date), number) in dated.chain(undated.map(|id| (id, false))).zip(0_u32..) {
        if number % 1_024 == 0 && stop() {
            break;
        }
        let cell = |column: &Column| column.text(notebook, beside, id);
        let columns = TableKind::Chronology.columns();
        let holds = |word: &Word| columns.iter().any(|column| word.is_in(&cell(column)));
        if !words.iter().all(holds) {
            continue;
        }
        let key = match by {
            Column::Date if has_date => Key::Number(number.into()),
            Column::Date => Key::Nothing,
            other => Key::text(&cell(&other)),
        };
        rows.push((key, number, id));
    }
    rows
}

impl Word {
    fn is_in_link(&self, notebook: &Notebook, link: &Link) -> bool {
        const SHORT: [Column; 6] = [
            Column::Strength,
            Column::Basis,
            Column::Direction,
            Column::Date,
            Column::Written,
            Column::ToCheck,
        ];
        self.entities.contains(&link.from)
            || link.to_entity().is_some_and(|to| self.entities.contains(&to))
            || self.relations.contains(&link.relation)
            || SHORT.iter().any(|column| self.is_in(&column.of_link(notebook, link)))
            || self.is_in(&link.note)
            || self.is_in(&Column::Sentences.of_link(notebook, link))
    }

    fn is_in_entity(&self, notebook: &Notebook, id: EntityId, entity: &Entity) -> bool {
        self.entities.contains(&id)
            || self.is_in(&entity.note)
            || TableKind::Entities
                .columns()
                .iter()
                .filter(|column| !matches!(column, Column::Name | Column::Note | Column::Aliases))
                .filter(|column| !column.is_figure())
                .any(|column| self.is_in(&column.of_entity(notebook, id, entity)))
    }

    fn is_in(&self, text: &str) -> bool {
        !text.is_empty() && fold(text).contains(&self.word)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::edit::{Edit, LinkFields, Ref, apply};
    use crate::notebook::Kind;

    fn entity(kind: Kind, name: &str) -> Edit {
        let (name, handle) = (name.to_owned(), name.to_owned());
        Edit::AddEntity { kind, name, handle, with: Box::default(), at: None }
    }

    fn link(from: &str, relation: &str, to: &str) -> Edit {
        Edit::Link {
            from: Ref::handle(from),
            relation: RelationId::from(relation),
            to: Ref::handle(to),
            evidence: Vec::new(),
            with: LinkFields::default(),
            handle: String::new(),
        }
    }

    fn notebook() -> Notebook {
        let mut notebook = Notebook::new("test");
        let edits = vec![
            entity(Kind::Actor, "Zébuline"),
            entity(Kind::Actor, "abel"),
            entity(Kind::Event, "Mistral sale"),
            link("Zébuline", "owns", "abel"),
            link("abel", "agent", "Mistral sale"),
        ];
        apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
        notebook
    }

    /// The cells of one column, row by row, and the number of rows without the filter.
    fn cells(query: &RowQuery, column: Column) -> (Vec<String>, usize) {
        let notebook = notebook();
        let rows = Rows::of(&notebook, None, query, &mut FoldedNames::default(), &|| false);
        let texts = rows
            .shown
            .iter()
            .map(|row| column.text(&notebook, Beside::default(), *row).into_owned());
        (texts.collect(), rows.total)
    }

    fn query(which: TableKind, by: Column, filter: &str, descending: bool) -> RowQuery {
        RowQuery { which, filter: filter.to_owned(), by, descending }
    }

    #[test]
    fn rows_are_sorted_by_names_as_they_are_compared() {
        let up = query(TableKind::Entities, Column::Name, "", false);
        assert_eq!(cells(&up, Column::Name).0, ["abel", "Mistral sale", "Zébuline"]);
        let down = query(TableKind::Entities, Column::Name, "", true);
        assert_eq!(cells(&down, Column::Name).0, ["Zébuline", "Mistral sale", "abel"]);
    }

    #[test]
    fn empty_cells_come_last_whichever_way_is_sorted() {
        for descending in [false, true] {
            let by_sort = query(TableKind::Entities, Column::Sort, "", descending);
            assert_eq!(cells(&by_sort, Column::Name).0.last().unwrap(), "Mistral sale");
        }
    }

    #[test]
    fn each_word_of_the_filter_must_stand_in_some_cell() {
        let both = query(TableKind::Links, Column::From, "zebuline OWNS", false);
        assert_eq!(cells(&both, Column::To), (vec!["abel".to_owned()], 2));
        let neither = query(TableKind::Links, Column::From, "zebuline sale", false);
        assert_eq!(cells(&neither, Column::To), (Vec::new(), 2));
    }
}
