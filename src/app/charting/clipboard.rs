//! Copying, cutting and pasting: words as text, entities and links as a part of a notebook.

use crate::app::questions::PasteArticle;
use crate::app::{Effect, Level, OpenNotebook, Program, Selection};
use crate::edit::{Created, copy_part, parse_part};
use crate::export::Quoted;

impl OpenNotebook {
    /// What would be copied with its source: the selected words, if they were selected last; otherwise the evidence of the
    /// selected link, or the selected mention. `None` where none of them is.
    #[must_use]
    pub fn quoted(&self) -> Option<Quoted> {
        let selection = self.selection();
        if let Some((article, range)) = self.selected_words().filter(|_| self.copies_words()) {
            return Some(Quoted::Words(article, range));
        }
        let link = selection.only_link().and_then(|id| Some((id, self.notebook().any_link(id)?)));
        if let Some((id, _)) = link.filter(|(_, link)| !link.evidence.is_empty()) {
            return Some(Quoted::Evidence(id));
        }
        selection.mention.map(Quoted::Mention)
    }
}

impl Program {
    /// Copies the selected words, if they were selected last; otherwise the selected entities and links.
    pub(in crate::app) fn copy(&mut self) {
        let Some(book) = &self.book else { return };
        if book.copies_words() {
            let words = book.selected_words().and_then(|(article, range)| {
                book.document.notebook().article(article)?.text.get(range).map(str::to_owned)
            });
            if let Some(words) = words {
                self.emit(Effect::Copy(words));
            }
        } else {
            self.copy_selected();
        }
    }

    /// Copies what is selected as a quotation with its source.
    pub(in crate::app) fn copy_cited(&mut self, markdown: bool) {
        let Some(book) = &self.book else { return };
        let Some(quoted) = book.quoted() else { return };
        let notebook = book.notebook();
        let text = if markdown { quoted.markdown(notebook) } else { quoted.text(notebook) };
        self.emit(Effect::Copy(text));
    }

    /// Copies the selection and removes it from the notebook.
    pub(in crate::app) fn cut(&mut self) {
        if self.copy_selected() {
            // Cutting a group removes its members too; deleting one does not.
            self.with_open_notebook(|book| {
                let entities = book.chosen_entities();
                book.change_selection(|all| {
                    all.entities = entities;
                    all.groups.clear();
                });
            });
            self.delete_selected();
        }
    }

    fn copy_selected(&mut self) -> bool {
        let Some(book) = &self.book else { return false };
        let selection = book.selection();
        // A group is copied together with its members.
        let entities = book.chosen_entities();
        let text =
            copy_part(book.document.notebook(), &entities, &selection.links, &selection.cards);
        let Some(text) = text else { return false };
        self.emit(Effect::Copy(text));
        true
    }

    /// Handles text pasted outside any field: a part of a notebook, or the text of an article.
    pub(in crate::app) fn pasted(&mut self, text: String) {
        let part = match parse_part(&text) {
            None => {
                self.ask(PasteArticle(text));
                return;
            }
            Some(Err(error)) => {
                let why = format!(
                    "The copied part of a notebook cannot be read ({error}). Copy it again.",
                );
                self.notify(Level::Warning, why);
                return;
            }
            Some(Ok(part)) => part,
        };
        let (entities, links, cards) = part.counts();
        let parts: Vec<String> = [
            (entities, "entity", "entities"),
            (links, "link", "links"),
            (cards, "note card", "note cards"),
        ]
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
        .collect();
        let what = parts.join(", ");
        let book = self.open_notebook_or_new();
        let middle = book.canvas_view().map_or((0.0, 0.0), |view| (view.x, view.y));
        let edit = part.paste(book.document.notebook(), middle, format!("Paste {what}"));
        let Some(created) = self.edit(&edit) else { return };
        let mut selection = Selection::none();
        for made in created {
            match made {
                Created::Entity(id) => {
                    selection.entities.insert(id);
                }
                Created::Link(id) => {
                    selection.links.insert(id);
                }
                Created::Card(id) => {
                    selection.cards.insert(id);
                }
                _ => {}
            }
        }
        self.with_open_notebook(|book| book.select(selection));
        self.notify(
            Level::Info,
            format!("Pasted {what} as copies. Mentions stay with their articles."),
        );
    }
}
