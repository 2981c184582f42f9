//! Which rows the list of articles has: folders, with what is in them, in an order that the user chooses.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::notebook::{Article, ArticleId, Day, Notebook, edtf_span};
use crate::text::{NaturalKey, fold};

/// What articles are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArticleOrder {
    /// As they were added.
    #[default]
    Added,
    /// By their titles.
    Title,
    /// The oldest first, those without a date last.
    Date,
    /// By the names of their publishers, those without one last.
    Publisher,
    /// The most mentions first.
    Mentions,
}

impl ArticleOrder {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] =
        [Self::Added, Self::Title, Self::Date, Self::Publisher, Self::Mentions];

    /// Its name in the menu.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Added => "As they were added",
            Self::Title => "By title",
            Self::Date => "By date",
            Self::Publisher => "By publisher",
            Self::Mentions => "Most mentions first",
        }
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleLine {
    /// A folder.
    Folder(FolderLine),
    /// An article, so many folders deep.
    Article(ArticleId, u8),
}

/// The row of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderLine {
    /// Its path.
    pub path: String,
    /// So many folders deep.
    pub depth: u8,
    /// How many articles are in it and in the folders in it.
    pub count: usize,
    /// What is in it is not shown.
    pub closed: bool,
}

impl FolderLine {
    /// Its own name.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// What is known of an article for sorting and filtering.
#[derive(Debug)]
struct Known {
    /// The record it is of.
    record: Arc<Article>,
    title: NaturalKey,
    /// When it was published; the end of what began at an unknown time.
    day: Option<Day>,
    /// Everything that the filter looks at, folded.
    words: String,
}

impl Known {
    fn of(record: &Arc<Article>) -> Self {
        let about = &record.about;
        let (title, author, folder) = (&about.title, &about.author, &about.folder);
        let (date, file) = (&about.date, &record.origin.file_name);
        Self {
            record: Arc::clone(record),
            title: NaturalKey::of(title),
            day: edtf_span(date).map(|(from, to)| if from.0 == i64::MIN { to } else { from }),
            words: fold(&format!("{title} {author} {folder} {date} {file}")),
        }
    }
}

/// Makes the rows; keeps what it needs of each article as long as that is the same record.
#[derive(Debug, Default)]
pub struct ArticleRows {
    known: HashMap<ArticleId, Known>,
}

impl ArticleRows {
    /// The rows, and how many articles pass the filter: those in which each of its words stands, in title, author,
    /// publisher, folder, date or file name. While there is a filter, closed folders are open.
    pub fn lines(
        &mut self,
        notebook: &Notebook,
        filter: &str,
        order: ArticleOrder,
        closed: &BTreeSet<String>,
    ) -> (Vec<ArticleLine>, usize) {
        self.know(notebook);
        let filter = fold(filter);
        let words: Vec<&str> = filter.split_whitespace().collect();
        let mut ids = notebook.articles_in_order();
        ids.retain(|id| self.passes(notebook, *id, &words));
        self.sort(notebook, &mut ids, order);
        let count = ids.len();
        let nothing = BTreeSet::new();
        let closed = if words.is_empty() { closed } else { &nothing };
        (in_folders(notebook, &ids, closed), count)
    }

    fn know(&mut self, notebook: &Notebook) {
        self.known.retain(|id, _| notebook.article(*id).is_some());
        for (id, record) in notebook.articles() {
            let same = |known: &Known| Arc::ptr_eq(&known.record, record);
            if !self.known.get(id).is_some_and(same) {
                self.known.insert(*id, Known::of(record));
            }
        }
    }

    fn passes(&self, notebook: &Notebook, id: ArticleId, words: &[&str]) -> bool {
        if words.is_empty() {
            return true;
        }
        let Some(known) = self.known.get(&id) else { return false };
        let publisher = known.record.about.publisher.map(|id| fold(notebook.name(id)));
        let publisher = publisher.unwrap_or_default();
        words.iter().all(|word| known.words.contains(word) || publisher.contains(word))
    }

    fn sort(&self, notebook: &Notebook, ids: &mut [ArticleId], order: ArticleOrder) {
        let known = |id: &ArticleId| self.known.get(id);
        match order {
            ArticleOrder::Added => {}
            ArticleOrder::Title => {
                ids.sort_by(|a, b| known(a).map(|it| &it.title).cmp(&known(b).map(|it| &it.title)))
            }
            ArticleOrder::Date => ids.sort_by_key(|id| {
                let day = known(id).and_then(|it| it.day);
                (day.is_none(), day)
            }),
            ArticleOrder::Publisher => ids.sort_by_cached_key(|id| {
                let publisher = known(id).and_then(|it| it.record.about.publisher);
                let name = publisher.map(|id| NaturalKey::of(notebook.name(id)));
                (name.is_none(), name)
            }),
            ArticleOrder::Mentions => {
                ids.sort_by_key(|id| std::cmp::Reverse(notebook.mention_count_in(*id)));
            }
        }
    }
}

/// What folders are sorted by: name by name, so that what is in one stands right behind it.
type FolderKey = Vec<NaturalKey>;

fn key_of(folder: &str) -> FolderKey {
    folder.split('/').map(NaturalKey::of).collect()
}

/// Puts articles into their folders: in each the folders in it come first, then its articles.
fn in_folders(
    notebook: &Notebook,
    ids: &[ArticleId],
    closed: &BTreeSet<String>,
) -> Vec<ArticleLine> {
    let mut of_folder: HashMap<&str, Vec<ArticleId>> = HashMap::new();
    for id in ids {
        let folder = notebook.article(*id).map_or("", |article| &*article.about.folder);
        of_folder.entry(folder).or_default().push(*id);
    }
    // The folders that hold something, and those they lie in, with how much is in each.
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (folder, articles) in &of_folder {
        let mut path = *folder;
        while !path.is_empty() {
            *counts.entry(path).or_default() += articles.len();
            path = path.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    let folders: BTreeMap<(FolderKey, &str), usize> =
        counts.into_iter().map(|(path, count)| ((key_of(path), path), count)).collect();
    let mut lines = Vec::with_capacity(ids.len() + folders.len());
    let mut open: Vec<&str> = Vec::new();
    let mut under_closed: Option<&str> = None;
    let articles_of = |lines: &mut Vec<ArticleLine>, folder: &str, depth: usize| {
        let articles = of_folder.get(folder).into_iter().flatten();
        lines.extend(articles.map(|id| ArticleLine::Article(*id, small(depth))));
    };
    for ((_, path), count) in &folders {
        while let Some(last) = open.pop_if(|last| !is_in(path, last)) {
            articles_of(&mut lines, last, open.len() + 1);
        }
        if under_closed.is_some_and(|above| is_in(path, above)) {
            continue;
        }
        let is_closed = closed.contains(*path);
        lines.push(ArticleLine::Folder(FolderLine {
            path: (*path).to_owned(),
            depth: small(open.len()),
            count: *count,
            closed: is_closed,
        }));
        if is_closed {
            under_closed = Some(path);
        } else {
            open.push(path);
        }
    }
    while let Some(last) = open.pop() {
        articles_of(&mut lines, last, open.len() + 1);
    }
    articles_of(&mut lines, "", 0);
    lines
}

fn is_in(path: &str, above: &str) -> bool {
    crate::app::is_in_folder(path, above)
}

fn small(depth: usize) -> u8 {
    u8::try_from(depth).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, apply};
    use crate::notebook::{About, Origin};
    use crate::text::Text;

    fn notebook(articles: &[(&str, &str, &str)]) -> Notebook {
        let mut notebook = Notebook::new("");
        for (title, folder, date) in articles {
            let about = About {
                title: (*title).to_owned(),
                folder: (*folder).to_owned(),
                date: (*date).to_owned(),
                ..About::default()
            };
            let article = Article {
                about,
                origin: Origin::default(),
                text: Text::new((*title).to_owned()),
                earlier: Vec::new(),
            };
            let edit = Edit::AddArticle(ArticleId::random(), Arc::new(article));
            apply(&mut notebook, &edit).expect("an article");
        }
        notebook
    }

    /// The rows as text: “+” and “-” for open and closed folders, a dot for each folder deep.
    fn shown(
        notebook: &Notebook,
        filter: &str,
        order: ArticleOrder,
        closed: &[&str],
    ) -> Vec<String> {
        let closed = closed.iter().map(|it| (*it).to_owned()).collect();
        let (lines, _) = ArticleRows::default().lines(notebook, filter, order, &closed);
        lines
            .iter()
            .map(|line| match line {
                ArticleLine::Folder(folder) => {
                    let sign = if folder.closed { '-' } else { '+' };
                    let dots = ".".repeat(folder.depth.into());
                    format!("{dots}{sign}{} {}", folder.name(), folder.count)
                }
                ArticleLine::Article(id, depth) => {
                    let title = &notebook.article(*id).expect("there").about.title;
                    format!("{}{title}", ".".repeat((*depth).into()))
                }
            })
            .collect()
    }

    #[test]
    fn folders_come_first_and_articles_below_them() {
        let notebook = notebook(&[
            ("Page 10", "", ""),
            ("Page 9", "", ""),
            ("Minutes", "Board/2023", ""),
            ("Letter", "Board", ""),
            ("Wire", "Agency", ""),
        ]);
        let all = shown(&notebook, "", ArticleOrder::Added, &[]);
        let folders = ["+Agency 1", ".Wire", "+Board 2", ".+2023 1", "..Minutes", ".Letter"]
            .map(str::to_owned);
        assert_eq!(all[..6], folders);
        assert_eq!(all[6..], ["Page 10", "Page 9"]);
        let titles = shown(&notebook, "", ArticleOrder::Title, &["Board", "Agency"]);
        assert_eq!(titles, ["-Agency 1", "-Board 2", "Page 9", "Page 10"]);
        let found = shown(&notebook, "2023 min", ArticleOrder::Added, &["Board"]);
        assert_eq!(found, ["+Board 1", ".+2023 1", "..Minutes"]);
    }

    #[test]
    fn the_oldest_comes_first_and_what_has_no_date_last() {
        let notebook = notebook(&[("c", "", ""), ("b", "", "2024-02"), ("a", "", "2023-11-17")]);
        assert_eq!(shown(&notebook, "", ArticleOrder::Date, &[]), ["a", "b", "c"]);
    }
}
