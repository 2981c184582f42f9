//! Articles: texts, how they were set, their versions and publishers.

use super::*;

impl Maker {
    fn text(&mut self, length: usize) -> Text {
        let mut text = String::with_capacity(length + 64);
        while text.len() < length {
            text.push_str(self.word());
            text.push_str(if self.one_in(90) { "\n" } else { " " });
        }
        Text::new(text)
    }

    /// How some texts were set: now and then a heading, a list, a row; two pages, the second inside a line.
    fn structure(&mut self, text: &Text) -> Structure {
        let mut structure = Structure::default();
        if self.version < 5 || !self.one_in(3) {
            return structure;
        }
        let lines = u32::try_from(text.paragraph_count()).unwrap_or(0);
        for line in 0..lines.min(40) {
            let kind = match self.next() % 12 {
                0 => BlockKind::Heading(2),
                1 => BlockKind::Item(1, "•".to_owned()),
                2 => BlockKind::Quotation(1),
                3 => BlockKind::Row,
                4 => BlockKind::Note,
                5 => BlockKind::Preformatted,
                _ => continue,
            };
            structure.blocks.push(Block { line, kind });
        }
        structure.pages.push(Page { label: "i".to_owned(), line: 0, column: 0 });
        let column = text.get(text.paragraph(0)).map_or(0, |words| words.chars().count() / 2);
        let column = u32::try_from(column).unwrap_or(0);
        structure.pages.push(Page { label: "1".to_owned(), line: 0, column });
        structure
    }

    fn origin(&mut self, text: &Text) -> Origin {
        Origin {
            file_name: Origin::file_name_of(&format!("{}.txt", self.words(2))),
            sha256: format!("{:064x}", self.next()),
            bytes: text.len() as u64,
            encoding: "UTF-8".to_owned(),
            reader: "plain text".to_owned(),
            read_at: "2031-03-14T09:26:53Z".to_owned(),
            captured_at: if self.version > 4 && self.one_in(4) {
                "2031-03-13T08:00:00Z".to_owned()
            } else {
                String::new()
            },
            kept: self.version > 4 && self.one_in(3),
            structure: Arc::new(self.structure(text)),
        }
    }

    pub(super) fn article(&mut self, length: usize) -> ArticleId {
        let id = ArticleId::from_bits(self.next());
        let text = self.text(length);
        let earlier = if self.one_in(5) {
            let text = self.text(length / 8);
            vec![Version { origin: self.origin(&text), text }]
        } else {
            Vec::new()
        };
        let article = Article {
            about: About {
                order: self.notebook.articles().len() as u32,
                title: self.words(6),
                publisher: None,
                author: self.words_or_none(2),
                date: if self.one_in(2) { "2031-03-14".to_owned() } else { String::new() },
                url: self.words_or_none(1),
                language: "fr".to_owned(),
                folder: if self.version > 4 { self.words_or_none(1) } else { String::new() },
            },
            origin: self.origin(&text),
            text,
            earlier,
        };
        self.put(Change::Article(id, Some(Arc::new(article))));
        id
    }

    pub(super) fn publishers(&mut self, articles: &[ArticleId]) {
        for id in articles {
            let publisher = self.actor();
            if let Some(article) = self.notebook.article(*id) {
                let mut article = Article::clone(article);
                article.about.publisher = publisher;
                self.put(Change::Article(*id, Some(Arc::new(article))));
            }
        }
    }
}
