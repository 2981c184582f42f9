//! Articles: what is said about them, the versions of their texts, and how those were set.

use super::*;

impl Building<'_> {
    /// Reads the articles and their texts.
    pub(super) fn articles(&mut self, sections: &mut Sections<'_>) -> Result<(), RecordFault> {
        let mut texts: HashMap<v1::TextKey, Text> = need(&mut sections.texts, "texts")?
            .0
            .into_iter()
            .map(|(key, paragraphs)| (key, Text::new(paragraphs.0)))
            .collect();
        for (id, record) in need(&mut sections.articles, "articles")?.0 {
            let mut versions = Vec::with_capacity(record.versions.len());
            for (number, origin) in (1_u32..).zip(record.versions) {
                if !Origin::is_file_name(&origin.file_name) {
                    return Err(RecordFault::new(
                        id,
                        "file_name",
                        format!(
                            "“{}” is no file's name: an article's file is named without folders, “..”, drives or addresses",
                            crate::text::shown_name(&origin.file_name)
                        ),
                    ));
                }
                let key = v1::TextKey(id, number);
                let text = texts.remove(&key).ok_or_else(|| {
                    RecordFault::new(id, "", format!("the text {key} of this article is missing"))
                })?;
                let origin = self::origin(origin);
                if !origin.structure.fits(u32::try_from(text.paragraph_count()).unwrap_or(u32::MAX))
                {
                    let what = format!(
                        "what the lines of version {number} are, or where its pages begin, is out of order or past its end"
                    );
                    return Err(RecordFault::new(id, "blocks", what));
                }
                versions.push(Version { origin, text });
            }
            let current = versions.pop().ok_or_else(|| {
                RecordFault::new(id, "versions", "the article has no version of its text")
            })?;
            if let Some(publisher) = record.publisher {
                self.known.actor(id, publisher)?;
            }
            let article = Arc::new(Article {
                about: About {
                    order: record.order,
                    title: record.title,
                    publisher: record.publisher,
                    author: record.author,
                    date: record.date,
                    url: record.url,
                    language: record.language,
                    folder: record.folder,
                },
                origin: current.origin,
                text: current.text,
                earlier: versions,
            });
            self.known.articles.insert(id, Arc::clone(&article));
            self.notebook.replace(Change::Article(id, Some(article)));
        }
        match texts.keys().min() {
            None => Ok(()),
            Some(key) => Err(RecordFault::new(
                key,
                "",
                format!("the text {key} belongs to no version of an article"),
            )),
        }
    }
}

fn origin(origin: v5::Origin) -> Origin {
    let v5::Origin {
        file_name,
        sha256,
        bytes,
        encoding,
        reader,
        read_at,
        captured_at,
        kept,
        blocks,
        pages,
    } = origin;
    let kind = |kind| match kind {
        v5::BlockKind::Heading(level) => BlockKind::Heading(level),
        v5::BlockKind::Item(depth, sign) => BlockKind::Item(depth, sign),
        v5::BlockKind::Quotation(depth) => BlockKind::Quotation(depth),
        v5::BlockKind::Row => BlockKind::Row,
        v5::BlockKind::Note => BlockKind::Note,
        v5::BlockKind::Preformatted => BlockKind::Preformatted,
    };
    let structure = Structure {
        blocks: blocks.into_iter().map(|(line, k)| Block { line, kind: kind(k) }).collect(),
        pages: pages
            .into_iter()
            .map(|(label, line, column)| Page { label, line, column })
            .collect(),
    };
    let structure = Arc::new(structure);
    Origin { file_name, sha256, bytes, encoding, reader, read_at, captured_at, kept, structure }
}
