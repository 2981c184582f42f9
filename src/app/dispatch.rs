//! Carrying out what the views send.

use std::sync::Arc;

use super::notice::sentence;
use super::{
    Answer, Arranging, Book, Caret, Command, Effect, Intent, Level, OnCanvas, Pane, Program,
    Purpose, Question, Selection, TextSettings, Tool,
};
use crate::edit::{Applied, Created, Deed, Edit, How, apply};

impl Program {
    /// Carries out one thing the user wants.
    pub fn dispatch(&mut self, intent: Intent) {
        self.carry_out(intent);
        self.refresh_ways();
        self.refresh_suggestions();
    }

    fn carry_out(&mut self, intent: Intent) {
        if !matches!(intent, Intent::EditOn { .. } | Intent::SetReading(..) | Intent::SetView(_)) {
            self.typing = None;
        }
        if matches!(
            intent,
            Intent::Select(_)
                | Intent::ToggleEntity(_)
                | Intent::ToggleLink(_)
                | Intent::ToggleOnCanvas(_)
        ) {
            self.with_book(|book| book.words_last = false);
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
            Intent::ToggleEntity(id) => self.with_book(|book| book.selection.toggle(id)),
            Intent::ToggleLink(id) => self.with_book(|book| {
                book.selection.mention = None;
                if !book.selection.links.remove(&id) {
                    book.selection.links.insert(id);
                }
            }),
            Intent::ToggleOnCanvas(what) => {
                self.with_book(|book| book.selection.toggle_on_canvas(what));
            }
            Intent::GoToMention(id) => self.go_to_mention(id),
            Intent::GoToPlace(article, range) => self.go_to(article, range),
            Intent::ListMentions(entity) => {
                self.with_book(|book| book.places = super::PlacesOf::Mentions(entity));
                self.effects.push(Effect::ShowPane(Pane::Places));
            }
            Intent::ShowMentions(entity) => self.show_mentions(entity),
            Intent::ShowOnCanvas(entity) => {
                self.show_part(OnCanvas::Entity(entity));
                self.say_if_hidden(entity);
                self.say_if_folded(entity);
            }
            Intent::ShowPart(what) => self.show_part(what),
            Intent::WriteOn(what) => self.write_on(what),
            Intent::AddToGroup(id) => self.add_to(id),
            Intent::PutCard(x, y) => self.put_card(Some((x, y))),
            Intent::ShowArticle(id) => self.show_article(id),
            Intent::ShowArticleIn(id, second) => self.show_article_in(id, second),
            Intent::LeaveFor(article, byte) => {
                self.with_book(|book| book.leave_for(article, &(byte..byte)));
            }
            Intent::SetCaret(article, caret) => self.with_book(|book| {
                book.words_last = !caret.is_empty();
                book.carets.insert(article, caret);
                book.bring_to_front(article);
            }),
            Intent::SetReading(article, place) => self.with_book(|book| {
                book.desk.reading.insert(article, place);
            }),
            Intent::SetView(view) => self.with_book(|book| book.desk.canvas = Some(view)),
            Intent::SetFilter(filter) => self.set_filter(*filter),
            Intent::KeepView(name) => self.keep_view(name),
            Intent::ShowView(id) => self.show_view(id),
            Intent::RenameView(id) => self.ask_view_name(Some(id)),
            Intent::ReplaceView(id) => self.replace_view(id),
            Intent::SelectPath(number) => self.select_path(number),

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

            Intent::PutHere(x, y) => {
                self.open_picker(Purpose::Place(Some((x.round() as i32, y.round() as i32))));
            }
            Intent::PutEntity(id, x, y) => self.put_entity(id, x, y),
            Intent::StartLink(draft) => self.start_link(draft),
            Intent::LinkToNew(kind, at) => self.link_to_new(kind, at),
            Intent::LinkDraft(draft) => self.change_link_draft(draft),
            Intent::MakeLink => self.make_link(),

            Intent::FindQuery(query) => self.find_query(query),
            Intent::FindStep(by) => self.find_step(by),
            Intent::FindGo(n) => self.find_go(n),
            Intent::ListHits => {
                self.with_book(|book| book.places = super::PlacesOf::Hits);
                self.effects.push(Effect::ShowPane(Pane::Places));
            }

            Intent::TagHits => self.tag_hits(),
            Intent::RestToggle(i) => self.with_rest(|rest| {
                if let Some(ticked) = rest.ticked.get_mut(i) {
                    *ticked = !*ticked;
                }
            }),
            Intent::RestAll(on) => self.with_rest(|rest| rest.ticked.fill(on)),
            Intent::RestApply => self.rest_apply(),

            Intent::Boundary(range) => self.draft_boundary(range),
            Intent::BoundaryAccept => self.boundary_accept(),

            Intent::OpenPath(path) => self.open_path(path),
            Intent::Pasted(text) => self.pasted(text),
            Intent::AddText(text) => self.add_text(&text),
            Intent::Reread(article, encoding) => self.start_reread(article, encoding),
            Intent::SaveTo(path) => self.save_to(path),
            Intent::Recover(journal) => self.recover(journal),
            Intent::CompareWork(journal) => self.compare_work(&journal),
            Intent::AskDiscardWork(journal) => self.ask_discard_work(&journal),
            Intent::DiscardWork(journal) => self.discard_work(&journal),
            Intent::CompareBackup(file) => self.compare_backup(file),
            Intent::RestoreBackup(file, notebook) => self.restore_backup(file, &notebook),
            Intent::AskPurgeBackups { all } => self.ask_purge_backups(all),
            Intent::PurgeBackups { all } => self.purge_backups(all),
            Intent::TakeOver => self.take_over(),
            Intent::Focused => self.look_at_file(),
            Intent::Answer(answer) => self.answer(answer),
            Intent::DialogFailed(kind, why) => self.question = Some(Question::Path { kind, why }),
            Intent::DismissNotice(serial) => self.notices.retain(|notice| notice.serial != serial),
            Intent::SetPrefs(prefs) => {
                self.prefs = prefs;
                self.keep_prefs();
            }
            Intent::SetText(text) => self.set_text(text),
            Intent::GrowText(size) => {
                self.set_text(TextSettings { size, ..self.prefs.text.clone() });
            }
            Intent::FacesFound(faces) => self.found_faces(faces),
            Intent::StopJob(id) => {
                self.jobs.stop(id);
                self.arranging_stopped(id);
            }
            Intent::DesktopIsDark(dark) => self.desktop_dark = Some(dark),
        }
    }

    /// Selects something that stands on the canvas, and brings it into view there.
    fn show_part(&mut self, what: OnCanvas) {
        let serial = self.next_serial();
        self.with_book(|book| {
            book.selection = Selection::on_canvas(what);
            book.show = Some((serial, what));
        });
        self.effects.push(Effect::ShowPane(Pane::Canvas));
    }

    /// Puts a question or a page over everything else.
    pub(super) fn ask(&mut self, question: Question) {
        self.question = Some(question);
    }

    /// Tells the window something.
    pub(super) fn tell(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// The step that undo or redo would take.
    pub(super) fn step_of(&self, command: Command) -> Option<&str> {
        let book = self.book.as_ref()?;
        match command {
            Command::Undo => {
                let shown = book.arranging().map(Arranging::label);
                shown.or_else(|| book.history.undo_label())
            }
            Command::Redo => book.history.redo_label(),
            _ => None,
        }
    }

    /// Makes a change: one step of undo. What it made; `None` when it was refused, which the user is told.
    pub fn edit(&mut self, edit: &Edit) -> Option<Vec<Created>> {
        // What is typed after this is a step of its own.
        self.typing = None;
        let Applied { step, created, made } = self.try_edit(edit)?;
        self.done(Deed { how: How::Step, label: step.label().to_owned(), changes: made });
        let book = self.book.as_mut()?;
        book.history.push(step);
        self.after_change();
        Some(created)
    }

    fn edit_on(&mut self, edit: &Edit, field: u64) {
        let Some(Applied { step, made, .. }) = self.try_edit(edit) else { return };
        if step.is_empty() {
            // There is no step yet that more typing could join.
            return;
        }
        let how = if self.typing == Some(field) { How::Join } else { How::Step };
        self.done(Deed { how, label: step.label().to_owned(), changes: made });
        if let Some(book) = &mut self.book {
            match how {
                How::Join => book.history.join(step),
                _ => book.history.push(step),
            }
        }
        self.typing = Some(field);
        self.after_change();
    }

    fn try_edit(&mut self, edit: &Edit) -> Option<Applied> {
        self.keep_what_is_shown();
        if let Some(why) = self.book.as_ref().and_then(Book::read_only) {
            let why = format!("Nothing was changed. {}.", why.trim_end_matches('.'));
            self.notify(Level::Warning, why);
            return None;
        }
        self.book_or_new();
        self.start_keeping();
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

    pub(super) fn step_history(&mut self, back: bool) {
        // An arrangement that is shown is the last thing that was done.
        if self.discard_arrangement() && back {
            return;
        }
        self.start_keeping();
        let how = if back { How::Undo } else { How::Redo };
        if let Some(deed) = self.book.as_ref().and_then(|book| book.history.next(how)) {
            self.done(deed);
        }
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
            book.settle_side_by_side();
            let gone = match &book.tool {
                Tool::Boundary { mention, .. } => book.notebook.mention(*mention).is_none(),
                Tool::Rest(rest) => match rest.of {
                    super::RestOf::Entity(id) => book.notebook.entity(id).is_none(),
                    super::RestOf::Words(_) => false,
                },
                Tool::Link(draft) => book.notebook.entity(draft.from).is_none(),
                _ => false,
            };
            if gone {
                book.tool = Tool::None;
            }
            if let super::PlacesOf::Mentions(id) = book.places
                && book.notebook.entity(id).is_none()
            {
                book.places = super::PlacesOf::Hits;
            }
            if book.notebook.articles().is_empty() {
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

    fn cancel(&mut self) {
        if self.question.is_some() {
            self.answer(Answer::Cancel);
            return;
        }
        let idle = self.book.as_ref().is_none_or(|book| matches!(book.tool, Tool::None));
        if idle && (self.open_text_panel(false) || self.discard_arrangement()) {
            return;
        }
        if idle && self.close_find() {
            return;
        }
        self.with_book(|book| {
            if !matches!(book.tool, Tool::None) {
                book.tool = Tool::None;
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
