//! Carrying out what the views send.

use std::sync::Arc;

use super::arrange::arrangement_of;
use super::availability::acts_on_what_is_shown;
use super::notice::sentence;
use super::question::After;
use super::{
    Answer, Book, Caret, Command, Effect, Intent, Level, OnCanvas, Pane, Program, Purpose,
    Question, Selection, TextSettings, Theme, Tool,
};
use crate::edit::{Applied, Created, Deed, Edit, How, Ref, apply};
use crate::inquiry::Measure;
use crate::notebook::{Filter, Kind};

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

    /// Runs a command with a name.
    pub fn run(&mut self, command: Command) {
        if !self.is_enabled(command) {
            if let Some(why) = self.why_not(command) {
                self.notify(Level::Info, why.into_owned());
            }
            return;
        }
        if acts_on_what_is_shown(command) {
            self.keep_what_is_shown();
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
            Command::Backups => self.show_backups(),
            Command::TakeOver => self.take_over(),
            Command::CloseNotebook => self.leave(After::CloseNotebook),
            Command::Quit => self.leave(After::Close),
            Command::Undo => self.step_history(true),
            Command::Redo => self.step_history(false),
            Command::Copy => self.copy(),
            Command::Cut => self.cut(),
            Command::Find => self.open_find(false),
            Command::FindEverywhere => self.open_find(true),
            Command::FindNext => self.find_step(1),
            Command::FindPrevious => self.find_step(-1),
            Command::Rename => {
                if let Some(what) = self.book.as_ref().and_then(|b| b.selection.only_on_board()) {
                    self.write_on(what);
                    return;
                }
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
            Command::TagAll => self.open_rest_of_words(),
            Command::WhoSays => {
                self.effects.push(Effect::ShowPane(Pane::Inspector));
                self.effects.push(Effect::FocusPane(Pane::Inspector));
            }
            Command::NextSuggestion => self.step_suggestion(true),
            Command::PreviousSuggestion => self.step_suggestion(false),
            Command::DismissSuggestion => self.dismiss_suggestion(),
            Command::RestoreSuggestion => self.restore_suggestion(),
            Command::NextMention => self.step_mention(true),
            Command::PreviousMention => self.step_mention(false),
            Command::CycleMentions => self.cycle_mentions(),
            Command::Fit => self.effects.push(Effect::Fit),
            Command::StopArranging => self.stop_arranging(),
            Command::KeepArrangement => self.keep_arrangement(),
            Command::DiscardArrangement => _ = self.discard_arrangement(),
            Command::Arrange
            | Command::ArrangeLayered
            | Command::ArrangeCircular
            | Command::ArrangeGrid
            | Command::ArrangeSelection
            | Command::ArrangeSelectionLayered
            | Command::ArrangeSelectionCircular
            | Command::ArrangeSelectionGrid => {
                if let Some((how, selection)) = arrangement_of(command) {
                    self.start_arrange(how, selection);
                }
            }
            Command::NewEntity => self.open_picker(Purpose::Place(None)),
            Command::AlignLeft
            | Command::AlignCentre
            | Command::AlignRight
            | Command::AlignTop
            | Command::AlignMiddle
            | Command::AlignBottom
            | Command::DistributeHorizontally
            | Command::DistributeVertically => self.align(command),
            Command::NewCard => self.put_card(None),
            Command::GroupSelection => self.group_selection(),
            Command::Ungroup => self.ungroup(),
            Command::AddToGroup => self.add_to_group(),
            Command::TakeOutOfGroup => self.take_out_of_group(),
            Command::ToggleFold => self.toggle_fold(),
            Command::SelectGroup => self.select_group(),
            Command::TogglePin => self.toggle_pin(),
            Command::FindOnCanvas => self.question = Some(Question::FindOnCanvas),
            Command::ToggleFilter => self.toggle_filter_panel(),
            Command::ClearFilter => self.set_filter(Filter::default()),
            Command::FocusOne => self.focus_on_selection(1),
            Command::FocusTwo => self.focus_on_selection(2),
            Command::FocusThree => self.focus_on_selection(3),
            Command::KeepView => self.ask_view_name(None),
            Command::ShowPaths => self.show_paths(),
            Command::LeaveFocus => self.leave_focus(),
            Command::ViewBack => self.effects.push(Effect::StepView(-1)),
            Command::ViewForward => self.effects.push(Effect::StepView(1)),
            Command::ToggleMap => self.toggle_map(),
            Command::ToggleLegend => self.toggle_legend(),
            Command::SizeAlike => self.size_by(Measure::None),
            Command::SizeByDegree => self.size_by(Measure::Degree),
            Command::SizeByBetweenness => self.size_by(Measure::Betweenness),
            Command::SizeByPageRank => self.size_by(Measure::PageRank),
            Command::SizeByCore => self.size_by(Measure::Core),
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
            Command::ToggleTable => self.effects.push(Effect::TogglePane(Pane::Table)),
            Command::Suggestions => self.effects.push(Effect::ShowPane(Pane::Suggestions)),
            Command::ResetPanes => self.effects.push(Effect::ResetPanes),
            Command::NextPane => self.effects.push(Effect::StepPane(1)),
            Command::PreviousPane => self.effects.push(Effect::StepPane(-1)),
            Command::NextArticle => self.step_article(1),
            Command::PreviousArticle => self.step_article(-1),
            Command::Back => self.step_place(true),
            Command::Forward => self.step_place(false),
            Command::SideBySide => self.toggle_side_by_side(),
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
            Command::ToggleSuggestions => {
                self.prefs.suggestions = !self.prefs.suggestions;
                self.keep_prefs();
            }
            Command::TextPanel => {
                let open = !self.text_panel;
                self.open_text_panel(open);
            }
            Command::TextLarger => self.step_text(1),
            Command::TextSmaller => self.step_text(-1),
            Command::TextUsual => self.step_text(0),
            Command::ToggleCursor => self.toggle_cursor(),
            Command::Keys => self.question = Some(Question::Keys),
            Command::About => self.question = Some(Question::About),
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

    fn step_history(&mut self, back: bool) {
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

    fn set_theme(&mut self, theme: Theme) {
        self.prefs.theme = theme;
        self.keep_prefs();
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
