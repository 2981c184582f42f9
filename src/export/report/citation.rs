//! Where words stand, told so that others find them: article, publisher, author, date, paragraph, words, address.

use std::ops::Range;

use crate::export::fragment::address_of;
use crate::export::location::{Cited, one_line, web_address};
use crate::notebook::{Anchor, Article, Notebook, Pages, ReadIn};

/// Words in an article, as a footnote or a quotation cites them.
#[derive(Clone, Debug)]
pub(in crate::export) struct Citation<'a> {
    /// The article's title.
    pub title: &'a str,
    /// Who published it, who signed it, and when: those that are known.
    pub by: Vec<&'a str>,
    /// The paragraph, from 1; `None` for words that are no longer in the text.
    pub paragraph: Option<usize>,
    /// The pages, where the article has some.
    pub pages: Option<Pages>,
    /// The words.
    pub words: &'a str,
    /// In which version of the article they were read, where it has several.
    pub read_in: Option<ReadIn<'a>>,
    /// Where it was found, with a fragment that leads to the words; `None` where it is no address of the web.
    pub address: Option<String>,
}

impl<'a> Citation<'a> {
    /// The words at an anchor.
    pub(in crate::export) fn of(notebook: &'a Notebook, anchor: &'a Anchor) -> Self {
        let at = Cited::at(notebook, anchor);
        let address = at.article.and_then(|article| match anchor.range() {
            Some(range) => address_of(&article.about.url, &article.text, range),
            None => web_address(&article.about.url),
        });
        Self {
            title: at.title(),
            by: at.article.map_or_else(Vec::new, |article| by(notebook, article)),
            paragraph: at.paragraph,
            words: at.words,
            pages: notebook.pages(anchor),
            read_in: notebook.read_in(anchor),
            address,
        }
    }

    /// Words in an article that nothing is anchored at.
    pub(in crate::export) fn of_words(
        notebook: &'a Notebook,
        article: &'a Article,
        range: Range<usize>,
    ) -> Self {
        Self {
            title: &article.about.title,
            by: by(notebook, article),
            paragraph: Some(article.text.paragraph_at(range.start) + 1),
            pages: article.pages_of(&range),
            words: article.text.get(range.clone()).unwrap_or(""),
            read_in: None,
            address: address_of(&article.about.url, &article.text, range),
        }
    }

    /// An article as a whole.
    pub(in crate::export) fn of_article(notebook: &'a Notebook, article: &'a Article) -> Self {
        Self {
            title: &article.about.title,
            by: by(notebook, article),
            paragraph: None,
            pages: None,
            words: "",
            read_in: None,
            address: web_address(&article.about.url),
        }
    }

    /// The article: its title as `title` writes it, then who published it, who signed it and when, as `text` writes that.
    pub(in crate::export) fn source(
        &self,
        title: impl Fn(&str) -> String,
        text: impl Fn(&str) -> String,
    ) -> String {
        let mut all = title(&one_line(self.title));
        for part in &self.by {
            all.push_str(", ");
            all.push_str(&text(&one_line(part)));
        }
        all
    }

    /// Where in the article, in words, and in which version of it the words were read.
    pub(in crate::export) fn place(&self) -> String {
        let place = match self.paragraph {
            Some(number) => format!("paragraph {number}"),
            None => "no longer in the text".to_owned(),
        };
        // What an editor looks for first is the page.
        let place = match &self.pages {
            Some(pages) => format!("{pages}, {place}"),
            None => place,
        };
        match &self.read_in {
            Some(read_in) => format!("{place}, {read_in}"),
            None => place,
        }
    }
}

/// Who published an article, who signed it, and when.
fn by<'a>(notebook: &'a Notebook, article: &'a Article) -> Vec<&'a str> {
    let about = &article.about;
    let publisher = about.publisher.map_or("", |id| notebook.name(id));
    [publisher, &about.author, &about.date].into_iter().filter(|part| !part.is_empty()).collect()
}
