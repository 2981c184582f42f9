//! Carrying out what the views send.

use std::sync::Arc;

use super::question::After;
use super::{
    Answer, Book, Caret, Command, Effect, Intent, Level, NoteOn, Pane, Program, Purpose, Question,
    Selection, Theme, Tool,
};
use crate::edit::{Applied, Created, Edit, EntityFields, LinkFields, Ref, apply};
use crate::notebook::{ArticleId, EntityId, Evidence, Kind, LinkId, MentionId, Target};

impl Program {
    /// Carries out one thing the user wants.
    pub fn dispatch(&mut self, intent: Intent) {
        if !matches!(intent, Intent::EditOn { .. } | Intent::SetReading(..) | Intent::SetView(_)) {
            self.typing = None;
        }
        match intent {
            Intent::Run(command) => self.run(command),
            Intent::Edit(edit) => {
                self.edit(&edit);
            }
            Intent::EditOn { edit, field } => self.edit_on(&edit, field),
            Intent::Select(selection) => self.with_book(|book| {
                book.selection = selection;
                book.selection.prune(&book.notebook);
            }),
            Intent::ToggleEntity(id) => self.with_book(|book| {
                book.selection.mention = None;
                if !book.selection.entities.remove(&id) {
                    book.selection.entities.insert(id);
                }
            }),
            Intent::ToggleLink(id) => self.with_book(|book| {
                book.selection.mention = None;
                if !book.selection.links.remove(&id) {
                    book.selection.links.insert(id);
                }
            }),
            Intent::GoToMention(id) => self.go_to_mention(id),
            Intent::GoToPlace(article, range) => self.go_to(article, range),
            Intent::ShowMentions(entity) => self.show_mentions(entity),
            Intent::ShowOnCanvas(entity) => {
                let serial = self.next_serial();
                self.with_book(|book| {
                    book.selection = Selection::entity(entity);
                    book.show = Some((serial, entity));
                });
                self.effects.push(Effect::ShowPane(Pane::Canvas));
            }
            Intent::ShowArticle(id) => self.show_article(id),
            Intent::SetCaret(article, caret) => self.with_book(|book| {
                book.carets.insert(article, caret);
                book.desk.article = Some(article);
            }),
            Intent::SetReading(article, place) => self.with_book(|book| {
                book.desk.reading.insert(article, place);
            }),
            Intent::SetView(view) => self.with_book(|book| book.desk.canvas = Some(view)),

            Intent::Tag(kind) => self.open_picker_on_selection(kind),
            Intent::TagRecent(n) => self.tag_recent(n),
            Intent::PickerText(text) => self.picker_text(text),
            Intent::PickerKind(kind) => self.picker_kind(kind),
            Intent::PickerMove(by) => self.picker_move(by),
            Intent::PickerHighlight(row) => self.with_picker(|picker| {
                if row < picker.choices.rows.len() {
                    picker.choices.highlighted = row;
                }
            }),
            Intent::PickerRemember(on) => self.with_picker(|picker| picker.remember = on),
            Intent::PickerAccept => self.picker_accept(),
            Intent::Cancel => self.cancel(),

            Intent::StartLink(draft) => self.start_link(draft),
            Intent::LinkDraft(draft) => self.change_link_draft(draft),
            Intent::MakeLink => self.make_link(),

            Intent::FindQuery(query) => self.find_query(query),
            Intent::FindStep(by) => self.find_step(by),

            Intent::RestToggle(i) => self.with_rest(|rest| {
                if let Some(ticked) = rest.ticked.get_mut(i) {
                    *ticked = !*ticked;
                }
            }),
            Intent::RestAll(on) => self.with_rest(|rest| rest.ticked.fill(on)),
            Intent::RestApply => self.rest_apply(),

            Intent::Boundary(new) => self.with_book(|book| {
                if let Tool::Boundary { range, .. } = &mut book.tool {
                    *range = new;
                }
            }),
            Intent::BoundaryAccept => self.boundary_accept(),

            Intent::OpenPath(path) => self.open_path(path),
            Intent::Pasted(text) => self.question = Some(Question::Paste(text)),
            Intent::AddText(text) => self.add_text(&text),
            Intent::Reread(article, encoding) => self.start_reread(article, encoding),
            Intent::SaveTo(path) => self.save_to(path),
            Intent::Answer(answer) => self.answer(answer),
            Intent::DialogFailed(kind, why) => self.question = Some(Question::Path { kind, why }),
            Intent::DismissNotice(serial) => self.notices.retain(|notice| notice.serial != serial),
            Intent::SetPrefs(prefs) => {
                self.prefs = prefs;
                self.keep_prefs();
            }
            Intent::StopJob(id) => self.jobs.stop(id),
            Intent::DesktopIsDark(dark) => self.desktop_dark = Some(dark),
        }
    }

    /// Whether a command makes sense now.
    #[must_use]
    pub fn is_enabled(&self, command: Command) -> bool {
        let Some(book) = &self.book else {
            return matches!(
                command,
                Command::Open
                    | Command::PasteArticle
                    | Command::NewNotebook
                    | Command::OpenSample
                    | Command::Quit
                    | Command::Palette
                    | Command::ThemeDark
                    | Command::ThemeLight
                    | Command::ThemeSystem
                    | Command::ZoomIn
                    | Command::ZoomOut
                    | Command::ZoomReset
                    | Command::ToggleSingleKeys
                    | Command::Keys
                    | Command::About
            );
        };
        let selection = &book.selection;
        match command {
            Command::Undo => book.history.undo_label().is_some(),
            Command::Redo => book.history.redo_label().is_some(),
            Command::Copy => book.selected_words().is_some(),
            Command::TagActor | Command::TagEvent | Command::TagClaim => {
                book.selected_words().is_some() || selection.mention.is_some()
            }
            Command::Untag | Command::Retag | Command::SplitMention | Command::Boundaries => {
                selection.mention.is_some()
            }
            Command::WhoSays => book.selected_statement().is_some(),
            Command::Rename | Command::Merge | Command::TagTheRest => {
                selection.only_entity().is_some()
            }
            Command::Link | Command::TogglePin => !selection.entities.is_empty(),
            Command::Delete | Command::ToggleToCheck | Command::Note => !selection.is_empty(),
            Command::ReverseLink => selection.only_link().is_some(),
            Command::AddEvidence => {
                selection.only_link().is_some() && book.selected_words().is_some()
            }
            Command::FindNext | Command::FindPrevious => {
                book.find.as_ref().is_some_and(|find| !find.hits.is_empty())
            }
            Command::Find
            | Command::NextMention
            | Command::PreviousMention
            | Command::CycleMentions
            | Command::DescribeArticle
            | Command::RemoveArticle => book.article().is_some(),
            Command::NextArticle | Command::PreviousArticle => book.notebook.articles().len() > 1,
            Command::Arrange => !book.notebook.nodes().is_empty(),
            _ => true,
        }
    }

    /// Runs a command with a name.
    pub fn run(&mut self, command: Command) {
        if !self.is_enabled(command) {
            if let Some(why) = self.why_not(command) {
                self.notify(Level::Info, why);
            }
            return;
        }
        match command {
            Command::Open => {
                let folder = self.start_folder();
                self.effects.push(Effect::Dialog(super::DialogKind::Open { folder }));
            }
            Command::PasteArticle => self.question = Some(Question::Paste(String::new())),
            Command::NewNotebook => self.leave(After::New),
            Command::OpenSample => self.open_sample(),
            Command::Save => self.save(),
            Command::SaveAs => self.ask_where_to_save(),
            Command::RenameNotebook => self.question = Some(Question::Title),
            Command::DescribeArticle => {
                self.question = self.book.as_ref().and_then(Book::article).map(Question::Describe);
            }
            Command::RemoveArticle => {
                if let Some(id) = self.book.as_ref().and_then(Book::article) {
                    self.edit(&Edit::RemoveArticle { article: Ref::Id(id) });
                }
            }
            Command::CloseNotebook => self.leave(After::CloseNotebook),
            Command::Quit => self.leave(After::Close),
            Command::Undo => self.step_history(true),
            Command::Redo => self.step_history(false),
            Command::Copy => {
                if let Some((article, range)) = self.book.as_ref().and_then(Book::selected_words)
                    && let Some(book) = &self.book
                    && let Some(words) =
                        book.notebook.article(article).and_then(|a| a.text.get(range))
                {
                    self.effects.push(Effect::Copy(words.to_owned()));
                }
            }
            Command::Find => self.open_find(),
            Command::FindNext => self.find_step(1),
            Command::FindPrevious => self.find_step(-1),
            Command::Rename => {
                self.effects.push(Effect::ShowPane(Pane::Inspector));
                self.effects.push(Effect::FocusName);
            }
            Command::Merge => {
                if let Some(id) = self.book.as_ref().and_then(|b| b.selection.only_entity()) {
                    self.open_picker(Purpose::Merge(id));
                }
            }
            Command::ToggleToCheck => self.toggle_to_check(),
            Command::Delete => self.delete_selected(),
            Command::TagActor => self.open_picker_on_selection(Kind::Actor),
            Command::TagEvent => self.open_picker_on_selection(Kind::Event),
            Command::TagClaim => self.open_picker_on_selection(Kind::Claim),
            Command::Link => self.start_link_from_selection(),
            Command::Untag => self.untag(),
            Command::Retag => {
                if let Some(id) = self.book.as_ref().and_then(|b| b.selection.mention) {
                    self.open_picker(Purpose::Retag(id));
                }
            }
            Command::SplitMention => {
                if let Some(id) = self.book.as_ref().and_then(|b| b.selection.mention) {
                    self.open_picker(Purpose::Split(id));
                }
            }
            Command::Boundaries => self.start_boundary(),
            Command::Note => self.open_note(),
            Command::TagTheRest => self.open_rest(),
            Command::WhoSays => {
                self.effects.push(Effect::ShowPane(Pane::Inspector));
                self.effects.push(Effect::FocusPane(Pane::Inspector));
            }
            Command::NextMention => self.step_mention(true),
            Command::PreviousMention => self.step_mention(false),
            Command::CycleMentions => self.cycle_mentions(),
            Command::Fit => self.effects.push(Effect::Fit),
            Command::Arrange => self.start_arrange(),
            Command::TogglePin => self.toggle_pin(),
            Command::ReverseLink => {
                if let Some(id) = self.book.as_ref().and_then(|b| b.selection.only_link()) {
                    self.edit(&Edit::Reverse { link: Ref::Id(id) });
                }
            }
            Command::AddEvidence => self.add_selected_words_as_evidence(),
            Command::Palette => self.question = Some(Question::Palette),
            Command::ToggleLists => self.effects.push(Effect::TogglePane(Pane::Lists)),
            Command::ToggleCanvas => self.effects.push(Effect::TogglePane(Pane::Canvas)),
            Command::ToggleInspector => self.effects.push(Effect::TogglePane(Pane::Inspector)),
            Command::Review => self.effects.push(Effect::ShowPane(Pane::Review)),
            Command::ResetPanes => self.effects.push(Effect::ResetPanes),
            Command::NextPane => self.effects.push(Effect::StepPane(1)),
            Command::PreviousPane => self.effects.push(Effect::StepPane(-1)),
            Command::NextArticle => self.step_article(1),
            Command::PreviousArticle => self.step_article(-1),
            Command::ThemeDark => self.set_theme(Theme::Dark),
            Command::ThemeLight => self.set_theme(Theme::Light),
            Command::ThemeSystem => self.set_theme(Theme::System),
            Command::ZoomIn => self.effects.push(Effect::Zoom(1)),
            Command::ZoomOut => self.effects.push(Effect::Zoom(-1)),
            Command::ZoomReset => self.effects.push(Effect::Zoom(0)),
            Command::ToggleSingleKeys => {
                self.prefs.single_keys = !self.prefs.single_keys;
                let state = if self.prefs.single_keys { "on" } else { "off" };
                self.notify(Level::Info, format!("Single-letter keys are {state}."));
                self.keep_prefs();
            }
            Command::Keys => self.question = Some(Question::Keys),
            Command::About => self.question = Some(Question::About),
        }
    }

    /// What the Edit menu and the palette show for a command: undo and redo name their step.
    #[must_use]
    pub fn command_text(&self, command: Command) -> String {
        let step = self.book.as_ref().and_then(|book| match command {
            Command::Undo => book.history.undo_label(),
            Command::Redo => book.history.redo_label(),
            _ => None,
        });
        match step {
            Some(step) => format!("{}: {step}", command.text()),
            None => command.text().to_owned(),
        }
    }

    /// What is missing for a command, where saying so helps.
    #[must_use]
    pub fn why_not(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::TagActor | Command::TagEvent | Command::TagClaim => {
                Some("Select the words to tag first: drag over them, or Shift+arrows.")
            }
            Command::Link => Some(
                "Select what the link starts from first, in the text, the lists or on the canvas.",
            ),
            Command::Untag | Command::Retag | Command::SplitMention | Command::Boundaries => {
                Some("Select a mention first: click a tagged span.")
            }
            Command::WhoSays => Some("Select a mention of a claim first."),
            Command::TagTheRest | Command::Rename | Command::Merge => {
                Some("Select one entity first.")
            }
            Command::Undo => Some("There is nothing to undo."),
            Command::Redo => Some("There is nothing to redo."),
            _ => None,
        }
    }

    /// Makes a change: one step of undo. What it made; `None` when it was refused, which the user is told.
    pub fn edit(&mut self, edit: &Edit) -> Option<Vec<Created>> {
        // What is typed after this is a step of its own.
        self.typing = None;
        let applied = self.try_edit(edit)?;
        let book = self.book.as_mut()?;
        book.history.push(applied.step);
        self.after_change();
        Some(applied.created)
    }

    fn edit_on(&mut self, edit: &Edit, field: u64) {
        let Some(applied) = self.try_edit(edit) else { return };
        if applied.step.is_empty() {
            // There is no step yet that more typing could join.
            return;
        }
        if let Some(book) = &mut self.book {
            if self.typing == Some(field) {
                book.history.join(applied.step);
            } else {
                book.history.push(applied.step);
            }
        }
        self.typing = Some(field);
        self.after_change();
    }

    fn try_edit(&mut self, edit: &Edit) -> Option<Applied> {
        let book = self.book_or_new();
        match apply(Arc::make_mut(&mut book.notebook), edit) {
            Ok(applied) => Some(applied),
            Err(refusal) => {
                let why = sentence(&refusal.to_string());
                self.notify(Level::Warning, why);
                None
            }
        }
    }

    fn step_history(&mut self, back: bool) {
        if let Some(book) = &mut self.book {
            let notebook = Arc::make_mut(&mut book.notebook);
            if back {
                book.history.undo(notebook)
            } else {
                book.history.redo(notebook)
            };
            book.tool = Tool::None;
        }
        self.after_change();
    }

    /// Lets go of what a change took away.
    pub(super) fn after_change(&mut self) {
        self.with_book(|book| {
            book.selection.prune(&book.notebook);
            book.recent.retain(|id| book.notebook.entity(*id).is_some());
            for (id, caret) in &mut book.carets {
                // A text read anew may be shorter, or have other characters there.
                if let Some(article) = book.notebook.article(*id) {
                    caret.anchor = article.text.floor_grapheme(caret.anchor);
                    caret.head = article.text.floor_grapheme(caret.head);
                }
            }
            if book.article().is_none() {
                book.desk.article = book.notebook.articles_in_order().first().copied();
            }
            let gone = match &book.tool {
                Tool::Boundary { mention, .. } => book.notebook.mention(*mention).is_none(),
                Tool::Rest(rest) => book.notebook.entity(rest.entity).is_none(),
                Tool::Link(draft) => book.notebook.entity(draft.from).is_none(),
                _ => false,
            };
            if gone {
                book.tool = Tool::None;
            }
            if book.find.as_ref().is_some_and(|find| {
                find.article.is_some_and(|id| book.notebook.article(id).is_none())
            }) {
                book.find = None;
            }
        });
        self.refresh_find();
    }

    pub(super) fn with_book(&mut self, act: impl FnOnce(&mut Book)) {
        if let Some(book) = &mut self.book {
            act(book);
        }
    }

    /// Brings an article's bytes into view and selects them.
    pub(super) fn go_to(&mut self, article: ArticleId, range: std::ops::Range<usize>) {
        self.bring_into_view(article, range.clone());
        self.with_book(|book| {
            book.carets.insert(article, Caret::over(range));
        });
    }

    pub(super) fn bring_into_view(&mut self, article: ArticleId, range: std::ops::Range<usize>) {
        let serial = self.next_serial();
        self.with_book(|book| {
            book.desk.article = Some(article);
            book.goto = Some(super::GoTo { serial, article, range });
        });
        self.refresh_find();
        self.effects.push(Effect::ShowPane(Pane::Reader));
    }

    pub(super) fn go_to_mention(&mut self, id: MentionId) {
        let Some(book) = &mut self.book else { return };
        let Some(mention) = book.notebook.mention(id).cloned() else { return };
        book.selection = Selection::mention(id, &book.notebook);
        match mention.anchor.range() {
            Some(range) => {
                book.carets.insert(mention.anchor.article, Caret::at(range.start));
                self.bring_into_view(mention.anchor.article, range);
            }
            None => self.notify(
                Level::Warning,
                "The words of this mention no longer stand in the article; tag them anew where they are now, or untag it.",
            ),
        }
    }

    fn show_mentions(&mut self, entity: EntityId) {
        let Some(book) = &mut self.book else { return };
        book.selection = Selection::entity(entity);
        let first = book.notebook.mentions_of(entity).find(|id| {
            book.notebook.mention(*id).is_some_and(|mention| mention.anchor.range().is_some())
        });
        match first {
            Some(first) => self.go_to_mention(first),
            None => self.effects.push(Effect::ShowPane(Pane::Inspector)),
        }
    }

    fn show_article(&mut self, id: ArticleId) {
        self.with_book(|book| {
            if book.notebook.article(id).is_some() {
                book.desk.article = Some(id);
            }
        });
        self.refresh_find();
    }

    fn step_article(&mut self, by: isize) {
        let Some(book) = &self.book else { return };
        let all = book.notebook.articles_in_order();
        let Some(now) = book.article().and_then(|id| all.iter().position(|other| *other == id))
        else {
            return;
        };
        let next = (now as isize + by).rem_euclid(all.len() as isize) as usize;
        self.show_article(all[next]);
    }

    fn step_mention(&mut self, forward: bool) {
        let Some(book) = &self.book else { return };
        let Some(article) = book.article() else { return };
        let order: Vec<MentionId> = book
            .notebook
            .mentions_in(article)
            .filter(|id| book.notebook.mention(*id).is_some_and(|m| m.anchor.range().is_some()))
            .collect();
        let selected =
            book.selection.mention.and_then(|id| order.iter().position(|other| *other == id));
        let next = match selected {
            Some(i) if forward => order.get(i + 1).copied(),
            Some(i) => i.checked_sub(1).and_then(|i| order.get(i).copied()),
            None => {
                let (after, before) =
                    book.notebook.mentions_around(article, book.caret(article).head);
                if forward { after } else { before }
            }
        };
        match next {
            Some(id) => self.go_to_mention(id),
            None => self.notify(
                Level::Info,
                if forward {
                    "That was the last mention of this article."
                } else {
                    "That was the first mention of this article."
                },
            ),
        }
    }

    fn cycle_mentions(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some(article) = book.article() else { return };
        let at = book
            .selection
            .mention
            .and_then(|id| book.notebook.mention(id))
            .filter(|mention| mention.anchor.article == article)
            .and_then(|mention| mention.anchor.range())
            .unwrap_or_else(|| book.caret(article).range());
        let here = book.notebook.mentions_touching(article, at);
        let now = book.selection.mention.and_then(|id| here.iter().position(|other| *other == id));
        let next = now.map_or(0, |i| (i + 1) % here.len().max(1));
        if let Some(id) = here.get(next) {
            book.selection = Selection::mention(*id, &book.notebook);
        }
    }

    fn untag(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(|b| b.selection.mention) {
            self.edit(&Edit::Untag { mention: Ref::Id(id) });
        }
    }

    fn delete_selected(&mut self) {
        let Some(book) = &self.book else { return };
        let selection = book.selection.clone();
        if selection.links.is_empty()
            && let Some(mention) = selection.mention
        {
            self.edit(&Edit::Untag { mention: Ref::Id(mention) });
            return;
        }
        // A link that goes with its entity, or with the link it targets, is not deleted twice: links go first, and
        // of them only those that no other one takes along.
        let taken_along = |mut id: LinkId| {
            for _ in 0..book.notebook.links().len() {
                match book.notebook.link(id).map(|link| link.to) {
                    Some(Target::Link(to)) if selection.links.contains(&to) => return true,
                    Some(Target::Link(to)) => id = to,
                    _ => return false,
                }
            }
            false
        };
        let mut edits: Vec<Edit> = selection
            .links
            .iter()
            .filter(|id| !taken_along(**id))
            .map(|id| Edit::DeleteLink { link: Ref::Id(*id) })
            .collect();
        edits.extend(
            selection.entities.iter().map(|id| Edit::DeleteEntity { entity: Ref::Id(*id) }),
        );
        match edits.len() {
            0 => {}
            1 => {
                self.edit(&edits.remove(0));
            }
            many => {
                self.edit(&Edit::Batch(format!("Delete {many} items"), edits));
            }
        }
    }

    fn toggle_to_check(&mut self) {
        let Some(book) = &self.book else { return };
        let notebook = &book.notebook;
        let edit = if let Some(id) = book.selection.mention {
            let now = notebook.mention(id).is_some_and(|mention| mention.to_check);
            Edit::SetMention { mention: Ref::Id(id), note: None, to_check: Some(!now) }
        } else {
            let (entities, links) = (&book.selection.entities, &book.selection.links);
            let now = entities.iter().all(|id| notebook.entity(*id).is_some_and(|e| e.to_check))
                && links.iter().all(|id| notebook.link(*id).is_some_and(|link| link.to_check));
            let to_check = Some(!now);
            let entities = entities.iter().map(|id| Edit::SetEntity {
                entity: Ref::Id(*id),
                with: Box::new(EntityFields { to_check, ..EntityFields::default() }),
            });
            let links = links.iter().map(|id| Edit::SetLink {
                link: Ref::Id(*id),
                with: LinkFields { to_check, ..LinkFields::default() },
            });
            let edits: Vec<Edit> = entities.chain(links).collect();
            let label = if now { "Unmark “to check”" } else { "Mark “to check”" };
            Edit::Batch(label.to_owned(), edits)
        };
        self.edit(&edit);
    }

    fn toggle_pin(&mut self) {
        let Some(book) = &self.book else { return };
        let all: Vec<EntityId> = book.selection.entities.iter().copied().collect();
        let pinned = |id: &EntityId| book.notebook.nodes().get(id).is_some_and(|n| n.pinned);
        let now = all.iter().all(pinned);
        let entities = all.into_iter().map(Ref::Id).collect();
        self.edit(&Edit::Pin { entities, pinned: !now });
    }

    fn open_note(&mut self) {
        let Some(book) = &self.book else { return };
        let on = if let Some(id) = book.selection.only_link() {
            NoteOn::Link(id)
        } else if let Some(id) = book.selection.mention {
            NoteOn::Mention(id)
        } else if let Some(id) = book.selection.only_entity() {
            NoteOn::Entity(id)
        } else {
            return;
        };
        self.question = Some(Question::Note(on));
    }

    fn set_theme(&mut self, theme: Theme) {
        self.prefs.theme = theme;
        self.keep_prefs();
    }

    fn cancel(&mut self) {
        if self.question.is_some() {
            self.answer(Answer::Cancel);
            return;
        }
        self.with_book(|book| {
            if !matches!(book.tool, Tool::None) {
                book.tool = Tool::None;
            } else if book.find.take().is_some() {
            } else if book.article().is_some_and(|id| !book.caret(id).is_empty()) {
                if let Some(id) = book.article() {
                    let head = book.caret(id).head;
                    book.carets.insert(id, Caret::at(head));
                }
            } else {
                book.selection = Selection::none();
            }
        });
    }
}

impl Book {
    /// The selected mention, when it is a statement.
    #[must_use]
    pub fn selected_statement(&self) -> Option<MentionId> {
        self.selection
            .mention
            .filter(|id| self.notebook.mention(*id).is_some_and(|m| m.statement.is_some()))
    }

    /// The article and bytes a piece of evidence is found at.
    #[must_use]
    pub fn place_of(&self, evidence: &Evidence) -> Option<(ArticleId, std::ops::Range<usize>)> {
        let anchor = self.notebook.evidence_anchor(evidence)?;
        Some((anchor.article, anchor.range()?))
    }
}

/// A refusal as a sentence: capital first, full stop last.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
