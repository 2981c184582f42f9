//! Describe an article: title, publisher, author, date, address, language; where it came from, and its encoding.

use egui::{RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::ArticleDetails;
use crate::app::{Answer, Intent, OpenNotebook, Program, SessionIntent};
use crate::article::{Format, ReadOptions, format_of_reader};
use crate::edit::{AboutFields, Edit, EntityFields, Ref};
use crate::inquiry::fuzzy;
use crate::notebook::{ActorKind, Article, ArticleId, EntityId, Kind, check_edtf};
use crate::ui::theme::Style;

/// What is typed, until it is taken.
#[derive(Default)]
pub struct Draft {
    title: String,
    publisher: String,
    author: String,
    date: String,
    url: String,
    language: String,
    /// The fields that hold what the document says about itself, and nobody confirmed yet.
    proposed: Vec<&'static str>,
    /// The title as the article had it in the last frame.
    was: String,
}

impl Page for Draft {
    type Question = ArticleDetails;

    fn open(asked: &ArticleDetails, program: &Program) -> Self {
        let Some(notebook) = program.open_notebook().map(OpenNotebook::notebook) else {
            return Self::default();
        };
        let Some(article) = notebook.article(asked.0) else { return Self::default() };
        let about = &article.about;
        let publisher = about.publisher.map_or_else(String::new, |id| notebook.name(id).to_owned());
        // What the document says about itself stands where nothing is written yet, and counts once it is taken.
        let book = program.open_notebook();
        let said = book.and_then(|book| book.description(asked.0)).cloned().unwrap_or_default();
        let mut proposed = Vec::new();
        let mut or_said = |name: &'static str, now: String, said: String| {
            if now.is_empty() && !said.is_empty() {
                proposed.push(name);
                said
            } else {
                now
            }
        };
        let date = if check_edtf(&said.date).is_ok() { said.date } else { String::new() };
        Self {
            title: about.title.clone(),
            publisher: or_said("publisher", publisher, said.publisher),
            author: or_said("author", about.author.clone(), said.author),
            date: or_said("date", about.date.clone(), date),
            url: or_said("URL", about.url.clone(), said.url),
            language: or_said("language", about.language.clone(), said.language),
            proposed,
            was: about.title.clone(),
        }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &ArticleDetails, frame: &mut PageFrame<'_>) {
        let (style, id, out) = (frame.style, asked.0, &mut *frame.out);
        let Some(book) = frame.program.open_notebook() else { return };
        let notebook = book.notebook();
        let Some(article) = notebook.article(id) else { return };
        // Read in another encoding, the article has another title: it is taken over where none was typed.
        if self.was != article.about.title {
            if self.title == self.was {
                self.title.clone_from(&article.about.title);
            }
            self.was.clone_from(&article.about.title);
        }
        ui.set_width(540.0);
        title(ui, style, "Article details");
        let date_error = check_edtf(self.date.trim()).err();
        egui::Grid::new("describe").num_columns(2).spacing([14.0, 8.0]).show(ui, |ui| {
            field(ui, style, "Title", &mut self.title, "", frame.just_opened);
            ui.label(RichText::new("Publisher").color(style.muted));
            self.publisher_field(ui, notebook, style);
            ui.end_row();
            field(ui, style, "Author", &mut self.author, "As in the byline", false);
            field(ui, style, "Date", &mut self.date, "2023-11-19, 2023-11, 2023-11-19~", false);
            field(ui, style, "URL", &mut self.url, "https://… (stored only, never opened)", false);
            field(ui, style, "Language", &mut self.language, "fr, en…", false);
            if article.origin.encoding.is_empty() {
                whole_page(ui, book, id, article, style, out);
            } else {
                ui.label(RichText::new("Encoding").color(style.muted));
                encoding(ui, book, id, article, style, out);
                ui.end_row();
                readings(ui, book, id, article, style, out);
            }
            ui.label(RichText::new("Source").color(style.muted));
            origin(ui, article, style);
            ui.end_row();
            super::kept_source::row(ui, book, id, style, out);
            self.versions(ui, notebook, id, article, style, out, book.changed_article_file(id));
        });
        if !self.proposed.is_empty() {
            ui.add_space(6.0);
            let all = in_words(&self.proposed);
            let it = if self.proposed.len() == 1 { "it" } else { "them" };
            let note = format!("From the file: {all}. Check before “Done” takes {it}.");
            ui.add(egui::Label::new(RichText::new(note).color(style.accent)).wrap());
        }
        if let Some(error) = &date_error {
            ui.label(RichText::new(error.to_string()).color(style.accent));
        }
        ui.add_space(12.0);
        let ready = !self.title.trim().is_empty() && date_error.is_none();
        ui.horizontal(|ui| {
            let take = ui.add_enabled(ready, egui::Button::new("Done"));
            let enter =
                ready && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
            if take.clicked() || enter {
                if let Some(edit) = self.edit(notebook, id, article) {
                    out.push(Intent::Session(SessionIntent::Edit(edit)));
                }
                out.push(Intent::Answer(Answer::Cancel));
            }
            if ui.button("Cancel").clicked() {
                out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}

impl Draft {
    fn publisher_field(
        &mut self,
        ui: &mut Ui,
        notebook: &crate::notebook::Notebook,
        style: &Style,
    ) {
        ui.vertical(|ui| {
            let response = ui.add(
                crate::ui::limits::line(&mut self.publisher)
                    .hint_text("Outlet: an actor in this notebook, or a new one")
                    .desired_width(380.0),
            );
            response.widget_info(|| {
                crate::ui::text_fields::text_field(&self.publisher, &self.publisher, "Publisher")
            });
            if !self.publisher.trim().is_empty() && publisher(notebook, &self.publisher).is_none() {
                ui.horizontal_wrapped(|ui| {
                    ui.label(
                        RichText::new(format!("New actor (media): {}", self.publisher.trim()))
                            .font(style.small())
                            .color(style.muted),
                    );
                    for (id, _) in
                        fuzzy(notebook, Some(Kind::Actor), &self.publisher).into_iter().take(3)
                    {
                        let name = notebook.name(id);
                        if ui.small_button(name).clicked() {
                            self.publisher = name.to_owned();
                        }
                    }
                });
            }
        });
    }

    /// How many versions its text has, and that its file holds another one. What is typed is taken before the page is left.
    #[allow(clippy::too_many_arguments, reason = "a row of the page, drawn with what the page has")]
    fn versions(
        &self,
        ui: &mut Ui,
        notebook: &crate::notebook::Notebook,
        id: ArticleId,
        article: &Article,
        style: &Style,
        out: &mut Vec<Intent>,
        changed_file: Option<&std::path::Path>,
    ) {
        if article.versions() < 2 && changed_file.is_none() {
            return;
        }
        let leave_for = |out: &mut Vec<Intent>, intent: SessionIntent| {
            if let Some(edit) = self.edit(notebook, id, article) {
                out.push(Intent::Session(SessionIntent::Edit(edit)));
            }
            out.push(Intent::Session(intent));
        };
        ui.label(RichText::new("Versions").color(style.muted));
        ui.horizontal_wrapped(|ui| {
            match article.versions() {
                1 => ui.label("1"),
                n => ui.label(n.to_string()),
            };
            if article.versions() > 1 && ui.button("Compare versions…").clicked() {
                leave_for(out, SessionIntent::CompareLatest(id));
            }
            if let Some(path) = changed_file {
                ui.label(RichText::new("Its file has changed.").color(style.accent));
                let update = ui.button("Update article…");
                let shown = path.display().to_string();
                if update.on_hover_text(crate::text::shown_name(&shown)).clicked() {
                    leave_for(out, SessionIntent::UpdateArticle(id, path.to_owned()));
                }
            }
        });
        ui.end_row();
    }

    /// One step: the description, and the publisher where it is a new actor. `None` where nothing changed.
    fn edit(
        &self,
        notebook: &crate::notebook::Notebook,
        id: ArticleId,
        article: &Article,
    ) -> Option<Edit> {
        let about = &article.about;
        let changed = |new: &str, old: &str| (new.trim() != old).then(|| new.trim().to_owned());
        let name = self.publisher.trim();
        let known = publisher(notebook, name);
        let mut edits = Vec::new();
        let publisher = if name.is_empty() {
            about.publisher.map(|_| Ref::none())
        } else if let Some(known) = known {
            (about.publisher != Some(known)).then_some(Ref::Id(known))
        } else {
            edits.push(Edit::AddEntity {
                kind: Kind::Actor,
                name: name.to_owned(),
                handle: "publisher".to_owned(),
                with: Box::new(EntityFields {
                    actor_kind: Some(ActorKind::Media),
                    ..EntityFields::default()
                }),
                at: None,
            });
            Some(Ref::handle("publisher"))
        };
        let with = AboutFields {
            title: changed(&self.title, &about.title),
            publisher,
            author: changed(&self.author, &about.author),
            date: changed(&self.date, &about.date),
            url: changed(&self.url, &about.url),
            language: changed(&self.language, &about.language),
            order: None,
            folder: None,
        };
        if with == AboutFields::default() {
            return None;
        }
        edits.push(Edit::Describe { article: Some(Ref::Id(id)), with });
        Some(Edit::Batch(format!("Edit details of “{}”", self.title.trim()), edits))
    }
}

/// Names in a row: “author, date and URL”.
fn in_words(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// Of a web page: whether only its article was taken, or all that stands on it.
fn whole_page(
    ui: &mut Ui,
    book: &OpenNotebook,
    id: ArticleId,
    article: &Article,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    if !format_of_reader(&article.origin.reader).is_some_and(Format::is_of_web) {
        return;
    }
    ui.label(RichText::new("Text").color(style.muted));
    let now = ReadOptions::as_by(&article.origin.reader);
    ui.horizontal_wrapped(|ui| {
        let can = book.can_reread(id);
        for (everything, words) in [(false, "The article"), (true, "Everything on the page")] {
            let choice =
                ui.add_enabled(can, egui::RadioButton::new(now.everything == everything, words));
            if choice.clicked() && now.everything != everything {
                let options = ReadOptions { everything, ..now.clone() };
                out.push(Intent::Session(SessionIntent::Reread(id, options)));
            }
        }
        if !can {
            let why = if book.notebook().mention_count_in(id) > 0 {
                "Something is tagged in it. Untag it to choose."
            } else {
                "Open the file again to choose."
            };
            ui.label(RichText::new(why).font(style.small()).color(style.muted));
        }
    });
    ui.end_row();
}

/// The actor that bears this name or alias, when only one does.
fn publisher(notebook: &crate::notebook::Notebook, name: &str) -> Option<EntityId> {
    let key = crate::text::fold(name);
    let mut found = notebook
        .entities()
        .iter()
        .filter(|(_, e)| e.kind() == Kind::Actor && e.names().any(|n| crate::text::fold(n) == key));
    let first = found.next()?;
    found.next().is_none().then_some(*first.0)
}

fn field(ui: &mut Ui, style: &Style, name: &str, text: &mut String, hint: &str, focus: bool) {
    ui.label(RichText::new(name).color(style.muted));
    let mut layout = crate::ui::text_fields::field_layout(false);
    let response = ui.add(
        crate::ui::limits::line(text)
            .with(|edit| edit.layouter(&mut layout))
            .hint_text(hint.to_owned())
            .desired_width(380.0),
    );
    response.widget_info(|| crate::ui::text_fields::text_field(text.as_str(), text.as_str(), name));
    if focus {
        response.request_focus();
    }
    ui.end_row();
}

fn encoding(
    ui: &mut Ui,
    book: &OpenNotebook,
    id: ArticleId,
    article: &Article,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let now = &article.origin.encoding;
    if !book.can_reread(id) {
        let why = if book.notebook().mention_count_in(id) > 0 {
            "Something is tagged in it. Untag it to choose another."
        } else {
            "Open the file again to choose another."
        };
        ui.horizontal(|ui| {
            ui.label(now);
            ui.label(RichText::new(why).font(style.small()).color(style.muted));
        });
        return;
    }
    let combo = egui::ComboBox::from_id_salt("encoding").selected_text(now).width(200.0);
    let combo = combo.show_ui(ui, |ui| {
        for label in crate::article::encodings() {
            if ui.selectable_label(now.eq_ignore_ascii_case(label), *label).clicked() {
                out.push(Intent::Session(SessionIntent::Reread(
                    id,
                    ReadOptions::in_encoding(Some(*label)),
                )));
            }
        }
    });
    crate::ui::widgets::named(ui, &combo.response, "Encoding");
    ui.ctx().accesskit_node_builder(combo.response.id, |node| node.set_value(now.as_str()));
}

/// Where the encoding is not certain: those that the file could be in, each with the words that read otherwise in it.
fn readings(
    ui: &mut Ui,
    book: &crate::app::OpenNotebook,
    id: ArticleId,
    article: &Article,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let guess = book.encoding_guess(id).filter(|(_, guess)| !guess.sure);
    let Some((first, guess)) = guess.filter(|_| book.can_reread(id)) else { return };
    let now = &article.origin.encoding;
    ui.allocate_exact_size(egui::Vec2::ZERO, egui::Sense::hover());
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = 20.0;
        let note = RichText::new("The encoding is not certain. Choose the reading that is right:");
        ui.add(egui::Label::new(note.font(style.small()).color(style.muted)).wrap());
        let as_read = guess.alternatives.first().map_or("", |other| &other.as_read);
        let others = guess.alternatives.iter().map(|other| (&*other.name, &*other.sample));
        for (name, sample) in std::iter::once((first, as_read)).chain(others) {
            let words = format!("{name}: “{}”", crate::text::shown_name(sample));
            let chosen = now.eq_ignore_ascii_case(name);
            if ui.radio(chosen, words).clicked() && !chosen {
                out.push(Intent::Session(SessionIntent::Reread(
                    id,
                    ReadOptions::in_encoding(Some(name)),
                )));
            }
        }
    });
    ui.end_row();
}

fn origin(ui: &mut Ui, article: &Article, style: &Style) {
    let origin = &article.origin;
    let sha: String = origin.sha256.chars().take(12).collect();
    let captured = match &*origin.captured_at {
        "" => String::new(),
        at => format!(" · saved from the web {at}"),
    };
    let text = format!(
        "{} · {} · {} bytes · read {}{captured} · SHA-256 {sha}…",
        if origin.file_name.is_empty() { "the clipboard" } else { &origin.file_name },
        origin.reader,
        origin.bytes,
        origin.read_at,
    );
    let text = RichText::new(crate::text::shown_name(&text)).font(style.small()).color(style.muted);
    ui.add(egui::Label::new(text).wrap()).on_hover_text(crate::text::shown_name(&origin.sha256));
}
