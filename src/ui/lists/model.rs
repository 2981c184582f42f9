//! What the lists show: rows in order, worked out once for each state of the notebook and of the filter.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::articles::{ArticleLine, ArticleOrder, ArticleRows, FolderLine};
use crate::inquiry::fuzzy;
use crate::notebook::{ArticleId, Day, Detail, Entity, EntityId, Kind, Notebook, edtf_span};
use crate::text::fold;

/// A part of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The articles.
    Articles,
    /// The entities of a kind.
    Of(Kind),
}

impl Section {
    /// The heading of the section.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Articles => "Articles",
            Self::Of(kind) => kind.plural(),
        }
    }

    /// What to do while there is nothing in it.
    pub const fn when_empty(self) -> &'static str {
        match self {
            Self::Articles => "Open an article to begin: Ctrl+O",
            Self::Of(Kind::Actor) => "Select words and press A",
            Self::Of(Kind::Event) => "Select words and press E",
            Self::Of(Kind::Claim) => "Select words and press C",
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A section's heading, with how many are in it.
    Heading(Section, usize),
    /// A folder of articles.
    Folder(FolderLine),
    /// An article, so many folders deep.
    Article(ArticleId, u8),
    /// An entity, with the alias that matched the filter.
    Entity(EntityId, Option<String>),
    /// Words in place of rows.
    Words(&'static str),
}

/// What the rows depend on besides the notebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only what matches this.
    pub filter: String,
    /// Only what is to check.
    pub to_check: bool,
    /// Most mentions first.
    pub by_mentions: bool,
    /// Sections that are closed.
    pub closed: BTreeSet<Section>,
    /// What articles are sorted by.
    pub articles_by: ArticleOrder,
    /// Folders of articles that are closed, by their paths.
    pub closed_folders: BTreeSet<String>,
}

/// What an entity is sorted by, where not by its mentions: events by their date, those without one last; then by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    undated: bool,
    day: Option<Day>,
    name: String,
}

impl Key {
    fn of(entity: &Entity) -> Self {
        let day = match &entity.detail {
            // What began at an unknown time is placed by its end.
            Detail::Event(event) => edtf_span(&event.date.edtf)
                .map(|(from, to)| if from.0 == i64::MIN { to } else { from }),
            _ => None,
        };
        Self { undated: day.is_none(), day, name: fold(&entity.name) }
    }
}

/// The rows.
#[derive(Debug, Default)]
pub struct Model {
    made_for: Option<(u64, Wanted)>,
    /// The rows, from the top.
    pub lines: Vec<Line>,
    /// All dated events are of one year: it need not be said.
    pub one_year: bool,
    /// Sort keys, kept as long as the entity is the same record.
    keys: HashMap<EntityId, (Arc<Entity>, Key)>,
    articles: ArticleRows,
}

impl Model {
    /// Makes the rows anew when something they depend on has changed.
    pub fn update(&mut self, notebook: &Notebook, wanted: &Wanted) {
        if self
            .made_for
            .as_ref()
            .is_some_and(|(revision, made)| *revision == notebook.revision() && made == wanted)
        {
            return;
        }
        self.made_for = Some((notebook.revision(), wanted.clone()));
        self.lines.clear();
        let filter = wanted.filter.trim();
        self.articles(notebook, wanted, filter);
        let checked = wanted.to_check.then(|| to_check(notebook));
        let wanted_here = |id: &EntityId| checked.as_ref().is_none_or(|ids| ids.contains(id));
        for kind in Kind::ALL {
            let rows: Vec<(EntityId, Option<String>)> = if filter.is_empty() {
                self.sorted(notebook, kind, wanted.by_mentions)
                    .into_iter()
                    .filter(wanted_here)
                    .map(|id| (id, None))
                    .collect()
            } else {
                fuzzy(notebook, Some(kind), filter)
                    .into_iter()
                    .filter(|(id, _)| wanted_here(id))
                    .collect()
            };
            let section = Section::Of(kind);
            self.lines.push(Line::Heading(section, rows.len()));
            if wanted.closed.contains(&section) {
                continue;
            }
            if rows.is_empty() {
                let words = match (filter.is_empty(), wanted.to_check) {
                    (false, _) => "No matches",
                    (_, true) => "Nothing to check",
                    _ => section.when_empty(),
                };
                self.lines.push(Line::Words(words));
            }
            self.lines.extend(rows.into_iter().map(|(id, alias)| Line::Entity(id, alias)));
        }
        self.keys.retain(|id, _| notebook.entity(*id).is_some());
        self.one_year = one_year(notebook);
    }

    fn articles(&mut self, notebook: &Notebook, wanted: &Wanted, filter: &str) {
        let (rows, count) =
            self.articles.lines(notebook, filter, wanted.articles_by, &wanted.closed_folders);
        self.lines.push(Line::Heading(Section::Articles, count));
        if wanted.closed.contains(&Section::Articles) {
            return;
        }
        if count == 0 {
            self.lines.push(Line::Words(if filter.is_empty() {
                Section::Articles.when_empty()
            } else {
                "No matches"
            }));
        }
        self.lines.extend(rows.into_iter().map(|row| match row {
            ArticleLine::Folder(folder) => Line::Folder(folder),
            ArticleLine::Article(id, depth) => Line::Article(id, depth),
        }));
    }

    fn sorted(&mut self, notebook: &Notebook, kind: Kind, by_mentions: bool) -> Vec<EntityId> {
        let mut ids: Vec<EntityId> = Vec::new();
        for (id, entity) in notebook.entities() {
            if entity.kind() != kind {
                continue;
            }
            ids.push(*id);
            let kept = self.keys.get(id).is_some_and(|(same, _)| Arc::ptr_eq(same, entity));
            if !kept {
                self.keys.insert(*id, (Arc::clone(entity), Key::of(entity)));
            }
        }
        let key = |id: &EntityId| self.keys.get(id).map(|(_, key)| key);
        let name = |id: &EntityId| key(id).map(|key| &key.name);
        if by_mentions {
            let count = |id: &EntityId| std::cmp::Reverse(notebook.mention_count_of(*id));
            ids.sort_by(|a, b| (count(a), name(a), a).cmp(&(count(b), name(b), b)));
        } else {
            ids.sort_by(|a, b| (key(a), a).cmp(&(key(b), b)));
        }
        ids
    }

    /// The lines of each section: where its heading stands, and the end of its rows.
    pub fn sections(&self) -> Vec<(usize, usize)> {
        let headings = self.lines.iter().enumerate();
        let headings = headings.filter(|(_, line)| matches!(line, Line::Heading(..)));
        let starts: Vec<usize> = headings.map(|(at, _)| at).collect();
        let ends = starts.iter().skip(1).copied().chain([self.lines.len()]);
        starts.iter().copied().zip(ends).collect()
    }
}

/// The entities marked “to check”, or with a mention that is.
fn to_check(notebook: &Notebook) -> BTreeSet<EntityId> {
    let marked = notebook.entities().iter().filter(|(_, e)| e.to_check).map(|(id, _)| *id);
    let mentioned = notebook.mentions().values().filter(|m| m.to_check).map(|m| m.entity);
    marked.chain(mentioned).collect()
}

fn one_year(notebook: &Notebook) -> bool {
    let mut years = notebook.entities().values().filter_map(|entity| match &entity.detail {
        Detail::Event(event) => event.date.edtf.get(..4),
        _ => None,
    });
    years.next().is_some_and(|first| years.all(|year| year == first))
}

/// A date of a list: `2023-11-18~` as “~18 Nov”, with its year unless all are of one; an interval by its ends. What
/// is not a plain date is shown as it is written.
pub fn short_date(edtf: &str, one_year: bool) -> String {
    let Some((from, to)) = edtf.split_once('/') else { return short_day(edtf, one_year) };
    let open = |end: &str| end.is_empty() || end == "..";
    match (open(from), open(to)) {
        (false, true) => format!("from {}", short_day(from, one_year)),
        (true, false) => format!("until {}", short_day(to, one_year)),
        // What both ends share is said once, at the end.
        _ if from.get(..7) == to.get(..7) && from.len() == 10 && to.len() == 10 => {
            let day = from.get(8..).unwrap_or("").trim_start_matches('0');
            format!("{day}–{}", short_day(to, one_year))
        }
        _ => {
            let same_year = from.get(..4) == to.get(..4);
            format!("{} – {}", short_day(from, one_year || same_year), short_day(to, one_year))
        }
    }
}

fn short_day(edtf: &str, one_year: bool) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // EDTF, level 1: 21 to 24 in place of a month.
    const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
    let (plain, doubt) = match edtf.strip_suffix(['~', '%']) {
        Some(plain) => (plain, "~"),
        None => (edtf, ""),
    };
    let (plain, question) = match plain.strip_suffix('?') {
        Some(plain) => (plain, "?"),
        None => (plain, ""),
    };
    let plain = plain.split_once('T').map_or(plain, |(day, _)| day);
    let parts: Vec<&str> = plain.split('-').collect();
    let name = |names: &'static [&'static str], text: &str, first: usize| {
        let number: usize = text.parse().ok()?;
        names.get(number.checked_sub(first)?).copied()
    };
    let month = |text: &str| name(&MONTHS, text, 1);
    let year = |year: &str| if one_year { String::new() } else { format!(" {year}") };
    let words = match parts[..] {
        [y, m, d] if y.len() == 4 => {
            month(m).zip(d.parse::<u8>().ok()).map(|(m, d)| format!("{d} {m}{}", year(y)))
        }
        [y, m] if y.len() == 4 => {
            month(m).or_else(|| name(&SEASONS, m, 21)).map(|m| format!("{m} {y}"))
        }
        _ => None,
    };
    words.map_or_else(|| edtf.to_owned(), |words| format!("{doubt}{words}{question}"))
}

/// How much of the height each section's rows get: what they need where there is room for all, otherwise the small
/// ones what they need and the others the same, but no less than `least`.
pub fn share(needs: &[f32], room: f32, least: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by(|a, b| needs[*a].total_cmp(&needs[*b]));
    let (mut shares, mut room) = (vec![0.0; needs.len()], room);
    for (n, at) in order.iter().enumerate() {
        let even = room / (needs.len() - n) as f32;
        shares[*at] = needs[*at].min(even.max(least));
        room -= shares[*at];
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_share_the_height() {
        assert_eq!(share(&[20.0, 30.0], 100.0, 10.0), [20.0, 30.0]);
        assert_eq!(share(&[200.0, 30.0, 500.0], 330.0, 10.0), [150.0, 30.0, 150.0]);
        assert_eq!(share(&[200.0, 300.0], 30.0, 40.0), [40.0, 40.0]);
        assert!(share(&[], 30.0, 40.0).is_empty());
    }

    #[test]
    fn events_stand_in_the_order_of_their_dates() {
        let dated = |name: &str, edtf: &str| {
            let mut entity = Entity::new(Kind::Event, name);
            if let Detail::Event(event) = &mut entity.detail {
                event.date.edtf = edtf.to_owned();
            }
            Key::of(&entity)
        };
        let mut keys = [
            dated("a later one", "2031-03-14"),
            dated("an undated one", ""),
            dated("until then", "/2031-03-02~"),
            dated("early", "0987"),
            dated("about a month", "2031-03~"),
            dated("another undated one", "one day"),
        ];
        keys.sort();
        let names: Vec<&str> = keys.iter().map(|key| key.name.as_str()).collect();
        let undated = ["an undated one", "another undated one"];
        assert_eq!(names[..4], ["early", "about a month", "until then", "a later one"]);
        assert_eq!(names[4..], undated);
    }

    #[test]
    fn dates_are_short_in_a_list() {
        assert_eq!(short_date("2023-11-17", true), "17 Nov");
        assert_eq!(short_date("2023-11-18~", true), "~18 Nov");
        assert_eq!(short_date("2023-11-18?", false), "18 Nov 2023?");
        assert_eq!(short_date("2023-11", true), "Nov 2023");
        assert_eq!(short_date("2023-11-17/..", true), "from 17 Nov");
        assert_eq!(short_date("/2023-11-17~", false), "until ~17 Nov 2023");
        assert_eq!(short_date("2023-11-08/2023-11-09", false), "8–9 Nov 2023");
        assert_eq!(short_date("2023-11-17/2023-12-02", false), "17 Nov – 2 Dec 2023");
        assert_eq!(short_date("2023-21", true), "spring 2023");
        assert_eq!(short_date("2023-24?", false), "winter 2023?");
        assert_eq!(short_date("2023-33", true), "2023-33");
        assert_eq!(short_date("", true), "");
    }
}
