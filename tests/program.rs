//! Scripts of commands on the whole program, without a window: what a person does, and what comes of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use casebook::app::{
    After, Answer, Book, Caret, Command, DialogKind, Effect, Faces, FindQuery, Intent, Level,
    LinkDraft, Pane, Prefs, PrefsFile, Program, Purpose, Question, Selection, TextSettings, Tool,
};
use casebook::edit::{Edit, EntityFields, LinkFields, Ref, StatementFields};
use casebook::inquiry::{Meaning, Why, review};
use casebook::notebook::{
    ActorKind, ArticleId, Detail, EntityId, Evidence, Kind, LinkId, MentionId, ReadingPlace,
    RelationId, Target, View,
};
use casebook::storage::{self, Expected, Lock};
use tempfile::TempDir;

/// Far longer than anything here takes: only a fault reaches it.
const LONG: Duration = Duration::from_secs(120);

const ARTICLE: &str = "Bras de fer à Port-Léonie

Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur. Des sources internes évoquent un désaccord.
Kervel dément. « Rien n’a changé », dit Kervel. Ormelot se tait.
";

const OTHER: &str = "The harbour waits

A spokesperson for the Port Authority said nothing. Sources told The Lookout that Kervel may leave.
";

struct Script {
    program: Program,
    folder: TempDir,
}

impl Script {
    fn new() -> Self {
        Self { program: Program::new(PrefsFile::none()), folder: tempfile::tempdir().unwrap() }
    }

    /// With an article open.
    fn open() -> Self {
        let mut script = Self::new();
        script.open_file("article.txt", ARTICLE.as_bytes());
        script
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open_file(&mut self, name: &str, bytes: &[u8]) -> ArticleId {
        std::fs::write(self.path(name), bytes).unwrap();
        self.go(Intent::OpenPath(self.path(name)));
        self.book().article().unwrap()
    }

    /// Carries an intent out, and everything it starts.
    fn go(&mut self, intent: Intent) {
        self.program.dispatch(intent);
        assert!(self.program.settle(LONG), "a job does not end");
    }

    fn run(&mut self, command: Command) {
        self.go(Intent::Run(command));
    }

    fn book(&self) -> &Book {
        self.program.book().unwrap()
    }

    fn article(&self) -> ArticleId {
        self.book().article().unwrap()
    }

    /// Where these words stand the n-th time, from 0, in the article in front.
    fn find(&self, words: &str, n: usize) -> Range<usize> {
        let text = &self.book().notebook().article(self.article()).unwrap().text;
        let (at, _) = text.as_str().match_indices(words).nth(n).unwrap();
        at..at + words.len()
    }

    fn select(&mut self, words: &str, n: usize) -> Range<usize> {
        let range = self.find(words, n);
        self.go(Intent::SetCaret(self.article(), Caret::over(range.clone())));
        range
    }

    /// Tags words and takes what Enter takes.
    fn tag(&mut self, kind: Kind, words: &str, n: usize) -> (EntityId, MentionId) {
        self.select(words, n);
        self.go(Intent::Tag(kind));
        self.go(Intent::PickerAccept);
        let selection = self.book().selection();
        (selection.only_entity().unwrap(), selection.mention.unwrap())
    }

    fn name(&self, id: EntityId) -> &str {
        self.book().notebook().name(id)
    }

    fn words(&self, mention: MentionId) -> &str {
        let notebook = self.book().notebook();
        notebook.words(&notebook.mention(mention).unwrap().anchor)
    }

    fn edit(&mut self, edit: Edit) {
        self.go(Intent::Edit(edit));
    }

    fn set(&mut self, entity: EntityId, with: EntityFields) {
        self.edit(Edit::SetEntity { entity: Ref::Id(entity), with: Box::new(with) });
    }

    fn link(&mut self, draft: LinkDraft) -> LinkId {
        self.go(Intent::StartLink(draft));
        self.go(Intent::MakeLink);
        self.book().selection().only_link().unwrap()
    }

    fn evidence(&self, link: LinkId) -> Vec<&str> {
        let notebook = self.book().notebook();
        let link = notebook.link(link).unwrap();
        link.evidence
            .iter()
            .map(|evidence| notebook.words(notebook.evidence_anchor(evidence).unwrap()))
            .collect()
    }

    fn told(&self) -> (Level, &str) {
        let notice = self.program.notices().last().expect("a notice");
        (notice.level, &notice.text)
    }

    fn save_as(&mut self, name: &str) -> PathBuf {
        let path = self.path(name);
        self.go(Intent::SaveTo(path.clone()));
        path
    }

    fn undo(&self) -> String {
        self.program.command_text(Command::Undo)
    }

    fn is_sound(&self) -> bool {
        casebook::notebook::check(self.book().notebook()).is_empty()
    }
}

fn person(name: &str) -> EntityFields {
    EntityFields { name: Some(name.to_owned()), ..EntityFields::default() }
}

#[test]
fn an_article_is_opened_and_three_kinds_are_tagged() {
    let mut s = Script::open();
    let article = s.book().notebook().article(s.article()).unwrap();
    assert_eq!(article.about.title, "Bras de fer à Port-Léonie");
    assert_eq!(article.origin.file_name, "article.txt");
    assert!(s.book().is_modified());

    let (kervel, mention) = s.tag(Kind::Actor, "Anne Kervel", 0);
    assert_eq!((s.name(kervel), s.words(mention)), ("Anne Kervel", "Anne Kervel"));
    assert!(s.book().caret(s.article()).is_empty(), "the next key must not tag these words again");

    let (met, _) = s.tag(Kind::Event, "rencontré", 0);
    assert_eq!(s.name(met), "rencontré");

    // A claim's span stays the quote; its proposition is written.
    s.select("Rien n’a changé", 0);
    s.go(Intent::Tag(Kind::Claim));
    assert_eq!(s.book().picker().unwrap().text, "Rien n’a changé");
    s.go(Intent::PickerText("Nothing has changed at the port.".to_owned()));
    s.go(Intent::PickerAccept);
    let claim = s.book().selection().only_entity().unwrap();
    let mention = s.book().selection().mention.unwrap();
    assert_eq!(s.name(claim), "Nothing has changed at the port.");
    assert_eq!(s.words(mention), "Rien n’a changé");
    let statement = &s.book().notebook().mention(mention).unwrap().statement;
    assert!(statement.as_ref().is_some_and(|statement| statement.chain.is_empty()));

    assert_eq!(Kind::ALL.map(|kind| s.book().count(kind)), [1, 1, 1]);
    let places: Vec<_> = s.book().notebook().nodes().values().map(|n| (n.x, n.y)).collect();
    assert_eq!(places.len(), 3, "each stands on the canvas");
    assert!(places[0] != places[1] && places[1] != places[2] && places[0] != places[2]);
    assert!(s.is_sound());
}

#[test]
fn nothing_is_tagged_without_words_and_the_user_is_told_why() {
    let mut s = Script::open();
    for command in [Command::TagActor, Command::TagClaim, Command::Link, Command::Untag] {
        s.run(command);
        assert!(matches!(s.book().tool(), Tool::None));
        assert!(s.told().1.contains("Select"), "{command:?}: {}", s.told().1);
    }
    // White space alone is no words.
    let end = s.find("\n\nAnne", 0);
    s.go(Intent::SetCaret(s.article(), Caret::over(end.start..end.start + 2)));
    s.go(Intent::Tag(Kind::Actor));
    assert!(s.book().picker().is_none());
    s.go(Intent::TagRecent(1));
    assert_eq!(s.book().notebook().mentions().len(), 0);
}

#[test]
fn an_alias_is_remembered_only_on_request() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    // The only person with that name is meant.
    let (again, _) = s.tag(Kind::Actor, "Kervel", 1);
    assert_eq!(again, kervel);
    assert!(s.book().notebook().entity(kervel).unwrap().aliases.is_empty());

    s.select("Kervel", 2);
    s.go(Intent::Tag(Kind::Actor));
    s.go(Intent::PickerRemember(true));
    s.go(Intent::PickerAccept);
    assert_eq!(s.book().notebook().entity(kervel).unwrap().aliases, ["Kervel"]);
    s.run(Command::Undo);
    assert!(s.book().notebook().entity(kervel).unwrap().aliases.is_empty());
    assert_eq!(s.book().notebook().mention_count_of(kervel), 2);
}

#[test]
fn the_picker_finds_what_is_typed_and_another_kind_is_one_key_away() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    s.select("Ormelot", 1);
    s.go(Intent::Tag(Kind::Actor));
    s.go(Intent::PickerText("anne".to_owned()));
    let row = |s: &Script| {
        let choices = &s.book().picker().unwrap().choices;
        choices.rows[choices.highlighted].meaning.clone()
    };
    assert_eq!(row(&s), Meaning::Existing(kervel));
    s.go(Intent::PickerMove(-1));
    assert_eq!(row(&s), Meaning::New("anne".to_owned()));
    s.go(Intent::PickerMove(-1));
    assert_eq!(row(&s), Meaning::Existing(kervel), "the highlight goes round");
    s.go(Intent::PickerKind(Kind::Event));
    assert_eq!(row(&s), Meaning::New("anne".to_owned()));
    s.go(Intent::PickerText("  ".to_owned()));
    s.go(Intent::PickerAccept);
    assert!(s.told().1.contains("name"), "{:?}", s.told());
    assert!(s.book().picker().is_some(), "nothing typed is lost");
    s.go(Intent::Cancel);
    assert!(s.book().picker().is_none());
    assert!(s.book().selected_words().is_some(), "the words stay selected");
    assert_eq!(s.book().notebook().mentions().len(), 1);
}

#[test]
fn an_unnamed_source_is_someone_new_each_time_and_named_with_its_outlet() {
    let mut s = Script::open();
    let (outlet, _) = s.tag(Kind::Actor, "Le Guetteur", 0);
    let media = EntityFields { actor_kind: Some(ActorKind::Media), ..EntityFields::default() };
    s.set(outlet, media.clone());
    s.edit(Edit::Describe {
        article: None,
        with: casebook::edit::AboutFields {
            publisher: Some(Ref::Id(outlet)),
            ..Default::default()
        },
    });
    let (first, _) = s.tag(Kind::Actor, "sources internes", 0);
    assert_eq!(s.name(first), "sources internes (Le Guetteur)");
    assert!(s.book().notebook().entity(first).unwrap().is_anonymous());

    s.open_file("other.txt", OTHER.as_bytes());
    let (lookout, _) = s.tag(Kind::Actor, "The Lookout", 0);
    s.set(lookout, media);
    let (second, _) = s.tag(Kind::Actor, "Sources", 0);
    assert_eq!(s.name(second), "Sources (The Lookout)");
    assert_ne!(first, second);

    // Whoever knows who it is may say so: then it is no unnamed source.
    s.select("A spokesperson", 0);
    s.go(Intent::Tag(Kind::Actor));
    s.go(Intent::PickerText("Ines Marchetti".to_owned()));
    s.go(Intent::PickerAccept);
    let named = s.book().selection().only_entity().unwrap();
    assert_eq!(s.name(named), "Ines Marchetti");
    assert!(!s.book().notebook().entity(named).unwrap().is_anonymous());
}

#[test]
fn the_rest_of_the_places_is_tagged_in_one_step() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let aliases = EntityFields { aliases: Some(vec!["Kervel".to_owned()]), ..Default::default() };
    s.set(kervel, aliases);
    s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::TagTheRest);
    let Tool::Rest(rest) = s.book().tool() else { panic!("not open") };
    assert_eq!(rest.places.len(), 3, "in both articles, and never inside “Anne Kervel”");
    assert_eq!(rest.count(), 3);
    s.go(Intent::RestToggle(0));
    s.go(Intent::RestApply);
    assert_eq!(s.book().notebook().mention_count_of(kervel), 3);
    assert_eq!(s.undo(), "Undo: Tag 2 more places as “Anne Kervel”");
    s.run(Command::TagTheRest);
    let Tool::Rest(rest) = s.book().tool() else { panic!("not open") };
    assert_eq!(rest.places.len(), 1);
    s.go(Intent::RestAll(false));
    s.go(Intent::RestApply);
    assert!(s.told().1.contains("Tick"), "{:?}", s.told());
    s.go(Intent::RestAll(true));
    s.go(Intent::RestApply);
    assert_eq!(s.book().notebook().mention_count_of(kervel), 4);
    s.run(Command::TagTheRest);
    assert!(s.told().1.contains("nowhere else"), "{:?}", s.told());
    s.run(Command::Undo);
    s.run(Command::Undo);
    assert_eq!(s.book().notebook().mention_count_of(kervel), 1);
}

#[test]
fn a_links_evidence_is_the_one_sentence_or_the_selected_words_or_nothing() {
    let mut s = Script::open();
    let (kervel, k) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, o) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let article = s.article();
    let span = |s: &Script, a: MentionId, b: MentionId| {
        let at = |id| s.book().notebook().mention(id).unwrap().anchor.range().unwrap();
        (article, at(a).start.min(at(b).start)..at(a).end.max(at(b).end))
    };

    let spans = span(&s, k, o);
    let one = s.link(LinkDraft::between(kervel, ormelot, Some(spans)));
    let sentence = "Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur.";
    assert_eq!(s.evidence(one), [sentence]);
    let link = s.book().notebook().link(one).unwrap();
    assert_eq!((link.from, link.to), (kervel, Target::Entity(ormelot)));
    assert_eq!(s.book().notebook().relation_label(&link.relation), "associated with");
    assert!(!link.directed, "that relation holds both ways");

    // Two sentences: the words selected, here none.
    let (_, silent) = s.tag(Kind::Actor, "Ormelot", 1);
    let spans = span(&s, k, silent);
    let two = s.link(LinkDraft::between(ormelot, kervel, Some(spans.clone())));
    assert_eq!(s.evidence(two), [""; 0]);
    s.select("se tait", 0);
    let three = s.link(LinkDraft::between(ormelot, kervel, Some(spans)));
    assert_eq!(s.evidence(three), ["se tait"]);
    assert_eq!(s.book().notebook().links_of(kervel).count(), 3, "several between the same two");

    // More evidence, from the words selected next.
    s.select("Kervel dément.", 0);
    s.go(Intent::Select(Selection::link(two)));
    s.run(Command::AddEvidence);
    assert_eq!(s.evidence(two), ["Kervel dément."]);
    s.edit(Edit::RemoveEvidence { link: Ref::Id(two), index: 0 });
    assert_eq!(s.evidence(two), [""; 0]);

    s.run(Command::ReverseLink);
    let link = s.book().notebook().link(two).unwrap();
    assert_eq!((link.from, link.to), (kervel, Target::Entity(ormelot)));
    s.run(Command::Delete);
    assert!(s.book().notebook().link(two).is_none());
    assert!(s.book().selection().is_empty());
}

#[test]
fn a_link_by_keyboard_starts_at_what_is_selected_and_needs_an_end() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (met, _) = s.tag(Kind::Event, "rencontré", 0);
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::Link);
    let Tool::Link(draft) = s.book().tool() else { panic!("not open") };
    assert_eq!((draft.from, draft.to), (kervel, None));
    let draft = draft.clone();
    s.go(Intent::MakeLink);
    assert!(s.told().1.contains("Choose"), "{:?}", s.told());
    s.go(Intent::LinkDraft(LinkDraft { to: Some(met), ..draft.clone() }));
    s.go(Intent::MakeLink);
    let link = s.book().selection().only_link().unwrap();
    let link = s.book().notebook().link(link).unwrap();
    assert_eq!(link.relation, RelationId::from("agent"));
    assert!(link.directed);
    // A relation of one's own is defined with the link, in one step.
    s.go(Intent::StartLink(LinkDraft {
        to: Some(met),
        relation: Some(RelationId::from("boycotted")),
        ..draft
    }));
    s.go(Intent::MakeLink);
    let own = RelationId::from("boycotted");
    assert!(s.book().notebook().relations().contains_key(&own));
    s.run(Command::Undo);
    assert!(!s.book().notebook().relations().contains_key(&own));
    assert_eq!(s.book().notebook().links().len(), 1);
}

#[test]
fn undo_and_redo_name_their_step_and_bring_everything_back() {
    let mut s = Script::open();
    let empty = s.book().snapshot();
    assert_eq!(s.undo(), "Undo: Add the article “Bras de fer à Port-Léonie”");
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    assert_eq!(s.undo(), "Undo: Tag “Anne Kervel” as actor");
    let tagged = s.book().snapshot();
    s.set(kervel, person("A. Kervel"));
    assert_eq!(s.undo(), "Undo: Rename “Anne Kervel”");
    s.run(Command::Undo);
    assert_eq!(s.program.command_text(Command::Redo), "Redo: Rename “Anne Kervel”");
    assert!(s.book().notebook() == &*tagged);
    s.run(Command::Undo);
    assert!(s.book().notebook() == &*empty);
    assert!(s.book().selection().is_empty(), "what is gone is not selected");
    assert!(s.book().recent().is_empty(), "what is gone has no key");
    s.run(Command::Redo);
    s.run(Command::Redo);
    assert_eq!(s.name(kervel), "A. Kervel");
    assert!(!s.program.is_enabled(Command::Redo));
    s.run(Command::Undo);
    s.tag(Kind::Event, "rencontré", 0);
    s.run(Command::Redo);
    assert_eq!(s.name(kervel), "Anne Kervel", "a new step forgets what was undone");
    for _ in 0..9 {
        s.run(Command::Undo);
    }
    assert_eq!(s.book().notebook().articles().len(), 0);
    assert!(s.book().article().is_none());
}

#[test]
fn a_long_claim_has_a_short_name_in_the_edit_menu() {
    let mut s = Script::open();
    let sentence = "Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur.";
    s.tag(Kind::Claim, sentence, 0);
    assert!(s.undo().chars().count() < 60, "{}", s.undo());
}

#[test]
fn typing_into_one_field_is_one_step_and_nothing_else_joins_it() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let steps = s.book().history().len();
    let note = |text: &str| Edit::SetEntity {
        entity: Ref::Id(kervel),
        with: Box::new(EntityFields { note: Some(text.to_owned()), ..EntityFields::default() }),
    };
    let type_in = |s: &mut Script, field: u64, text: &str| {
        s.go(Intent::EditOn { edit: note(text), field });
    };
    let noted = |s: &Script| s.book().notebook().entity(kervel).unwrap().note.clone();
    for text in ["s", "so", "so.", "soon"] {
        type_in(&mut s, 1, text);
    }
    assert_eq!(s.book().history().len(), steps + 1);
    // Looking around is not leaving the field.
    s.go(Intent::SetReading(s.article(), ReadingPlace::default()));
    type_in(&mut s, 1, "sooner");
    assert_eq!(s.book().history().len(), steps + 1);
    type_in(&mut s, 2, "later");
    assert_eq!(s.book().history().len(), steps + 2);
    s.run(Command::Undo);
    assert_eq!(noted(&s), "sooner");
    type_in(&mut s, 2, "again");
    assert_eq!(s.book().history().len(), steps + 2, "after an undo, typing is a new step");
    s.run(Command::Undo);
    s.run(Command::Undo);
    assert_eq!(noted(&s), "");

    // Typing that changes nothing is no step that later typing could join.
    s.set(kervel, person("K."));
    type_in(&mut s, 3, "");
    type_in(&mut s, 3, "x");
    s.run(Command::Undo);
    assert_eq!((noted(&s).as_str(), s.name(kervel)), ("", "K."));

    // A job's result that comes in while typing is a step of its own.
    type_in(&mut s, 4, "a");
    s.run(Command::Arrange);
    type_in(&mut s, 4, "ab");
    s.run(Command::Undo);
    assert_eq!((noted(&s).as_str(), s.name(kervel)), ("a", "K."));
    assert_eq!(s.undo(), "Undo: Arrange the canvas", "what was shown was kept by going on");
}

#[test]
fn a_saved_notebook_reopens_as_it_was_left() {
    let mut s = Script::open();
    assert_eq!(s.book().name(), "Untitled notebook");
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    s.link(LinkDraft::between(kervel, ormelot, None));
    s.edit(Edit::Place(vec![(Ref::Id(kervel), 120.5, -33.25)]));
    let reading = ReadingPlace { paragraph: 2, offset: 7.5 };
    let view = View { x: 10.0, y: -4.0, zoom: 1.25 };
    s.go(Intent::SetReading(s.article(), reading));
    s.go(Intent::SetView(view));
    let article = s.article();

    s.run(Command::Save);
    let effects = s.program.take_effects();
    assert!(
        effects.iter().any(|e| matches!(e, Effect::Dialog(DialogKind::SaveAs { name, .. }) if name == "bras-de-fer-a-port-leonie.ron")),
        "{effects:?}"
    );
    let path = s.save_as("harbour");
    assert_eq!(s.book().path(), Some(&s.path("harbour.ron")), "the ending is added");
    assert!(!path.exists());
    assert!(!s.book().is_modified());
    assert_eq!(s.told().0, Level::Info);
    assert_eq!(s.book().name(), "harbour");
    let saved = s.book().snapshot();

    s.set(kervel, person("K."));
    assert!(s.book().is_modified());
    s.run(Command::Undo);
    assert!(!s.book().is_modified(), "back at the saved state");
    s.run(Command::Redo);
    s.run(Command::Save);
    assert!(!s.book().is_modified());
    s.run(Command::Undo);
    assert!(s.book().is_modified(), "before the saved state is not the saved state");
    s.run(Command::Save);

    s.run(Command::CloseNotebook);
    assert!(s.program.book().is_none());
    s.go(Intent::OpenPath(s.path("harbour.ron")));
    assert!(s.book().notebook() == &*saved);
    assert!(!s.book().is_modified());
    assert_eq!(s.article(), article);
    assert_eq!(s.book().desk().reading.get(&article), Some(&reading));
    assert_eq!(s.book().desk().canvas, Some(view));
    assert_eq!(s.program.prefs().recent, [s.path("harbour.ron")]);
}

#[test]
fn leaving_unsaved_work_asks_and_each_answer_does_what_it_says() {
    let leave = [Command::Quit, Command::CloseNotebook, Command::NewNotebook, Command::OpenSample];
    let left = |s: &mut Script, command: Command| match command {
        Command::Quit => s.program.take_effects().contains(&Effect::Close),
        Command::CloseNotebook => s.program.book().is_none(),
        Command::NewNotebook => s.book().notebook().articles().is_empty(),
        _ => s.book().notebook().articles().len() == 2,
    };
    for command in leave {
        let mut s = Script::open();
        let _ = s.program.take_effects();
        s.run(command);
        assert!(matches!(s.program.question(), Some(Question::Unsaved(_))));
        s.go(Intent::Answer(Answer::Cancel));
        assert!(s.program.question().is_none());
        assert!(!left(&mut s, command) && s.book().is_modified());

        s.run(command);
        s.go(Intent::Answer(Answer::Discard));
        assert!(left(&mut s, command), "{command:?} after Discard");

        // Save, where there is no file yet: it goes on once the dialog has given one.
        let mut s = Script::open();
        s.run(command);
        s.go(Intent::Answer(Answer::Save));
        assert!(!left(&mut s, command));
        let path = s.save_as("kept.ron");
        assert!(left(&mut s, command), "{command:?} after Save");
        assert!(path.exists());
    }
    // Save, where there is one.
    let mut s = Script::open();
    let path = s.save_as("kept.ron");
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.run(Command::Quit);
    assert!(matches!(s.program.question(), Some(Question::Unsaved(After::Close))));
    s.go(Intent::Answer(Answer::Save));
    assert!(s.program.take_effects().contains(&Effect::Close));
    assert!(std::fs::read_to_string(path).unwrap().contains("Anne Kervel"));
}

#[test]
fn a_save_that_does_not_happen_leaves_nothing_behind() {
    let mut s = Script::open();
    s.run(Command::Quit);
    s.go(Intent::Answer(Answer::Save));
    s.program.dialog_cancelled();
    let _ = s.program.take_effects();
    s.save_as("a.ron");
    assert!(!s.program.take_effects().contains(&Effect::Close), "the dialog had been cancelled");

    // The same when the question is put away by opening something else.
    s.tag(Kind::Actor, "Anne Kervel", 0);
    std::fs::write(s.path("a.ron"), "something else").unwrap();
    s.run(Command::Quit);
    s.go(Intent::Answer(Answer::Save));
    assert!(matches!(s.program.question(), Some(Question::ChangedOnDisk(_))));
    s.open_file("other.txt", OTHER.as_bytes());
    assert!(s.program.question().is_none());
    s.save_as("b.ron");
    assert!(!s.program.take_effects().contains(&Effect::Close));
}

#[test]
fn a_save_that_ends_late_is_not_taken_for_another_notebook() {
    let mut s = Script::open();
    let path = s.save_as("first.ron");
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.program.dispatch(Intent::Run(Command::Save));
    s.program.dispatch(Intent::Run(Command::NewNotebook));
    s.program.dispatch(Intent::Answer(Answer::Discard));
    assert!(s.program.settle(LONG));
    assert_eq!(s.book().path(), None, "the new notebook has no file");
    s.go(Intent::AddText("Something else altogether".to_owned()));
    s.run(Command::Save);
    assert!(std::fs::read_to_string(path).unwrap().contains("Anne Kervel"));
}

#[test]
fn a_notebook_that_is_open_is_not_opened_again() {
    let mut s = Script::open();
    let path = s.save_as("one.ron");
    let before = s.book().snapshot();
    s.go(Intent::OpenPath(path));
    assert!(s.told().1.contains("open already"), "{:?}", s.told());
    #[cfg(unix)]
    {
        let other_name = s.path("two.ron");
        std::os::unix::fs::symlink(s.path("one.ron"), &other_name).unwrap();
        s.go(Intent::DismissNotice(s.program.notices().last().unwrap().serial));
        s.go(Intent::OpenPath(other_name));
        assert!(s.told().1.contains("open already"), "{:?}", s.told());
    }
    assert!(s.book().notebook() == &*before);
    // The same article twice is told, not refused.
    s.open_file("copy.txt", ARTICLE.as_bytes());
    assert!(s.told().1.contains("the same file"), "{:?}", s.told());
    assert_eq!(s.book().notebook().articles().len(), 2);
}

#[test]
fn a_notebook_that_another_casebook_has_open_can_only_be_read() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    let path = s.save_as("one.ron");
    s.run(Command::CloseNotebook);
    let lock = Lock::acquire(&path).unwrap();
    let kept = std::fs::read(&path).unwrap();
    s.go(Intent::OpenPath(path.clone()));
    let why = s.book().read_only().expect("read-only").to_owned();
    let process = format!("process {}", std::process::id());
    assert!(why.contains("another Casebook") && why.contains(&process), "{why}");
    let before = s.book().snapshot();
    for command in [Command::TagActor, Command::Save, Command::Arrange, Command::RenameNotebook] {
        assert!(!s.program.is_enabled(command), "{command:?}");
        assert!(s.program.why_not(command).is_some_and(|said| said.contains(&process)));
    }
    s.edit(Edit::Title("Mine".to_owned()));
    assert!(s.told().1.contains(&process), "{:?}", s.told());
    assert!(s.book().notebook() == &*before && !s.book().is_modified());
    s.go(Intent::SaveTo(path.clone()));
    assert_eq!(std::fs::read(&path).unwrap(), kept);
    s.run(Command::TakeOver);
    assert!(s.book().read_only().is_some() && s.told().1.contains("Close it there"));
    drop(lock);
    s.run(Command::TakeOver);
    assert_eq!(s.book().read_only(), None);
    s.edit(Edit::Title("Mine".to_owned()));
    s.run(Command::Save);
    assert!(!s.book().is_modified());

    // Another writes it, and is gone: taking over reads what is there now.
    s.run(Command::CloseNotebook);
    let lock = Lock::acquire(&path).unwrap();
    s.go(Intent::OpenPath(path.clone()));
    let (notebook, desk, _) = storage::parse(&String::from_utf8(kept).unwrap()).unwrap();
    storage::save(&path, &notebook, &desk, &Expected::New, &|| false).unwrap();
    drop(lock);
    s.run(Command::TakeOver);
    assert_eq!((s.book().read_only(), s.book().notebook().title()), (None, ""));

    // Under another name it can be changed at once.
    s.run(Command::CloseNotebook);
    let _lock = Lock::acquire(&path).unwrap();
    s.go(Intent::OpenPath(path));
    s.save_as("two.ron");
    assert_eq!(s.book().read_only(), None);
}

fn change_on_disk(s: &Script, path: &Path) -> Vec<u8> {
    let (notebook, desk, _) =
        storage::parse(&std::fs::read_to_string(path).unwrap()).expect("was saved whole");
    let mut notebook = notebook;
    let edit = Edit::Title("By somebody else".to_owned());
    assert!(casebook::edit::apply(&mut notebook, &edit).is_ok());
    storage::save(path, &notebook, &desk, &Expected::New, &|| false).unwrap();
    assert!(s.book().notebook().title().is_empty());
    std::fs::read(path).unwrap()
}

#[test]
fn a_file_that_changed_on_disk_is_not_overwritten_unasked() {
    let mut s = Script::open();
    let path = s.save_as("one.ron");
    let theirs = change_on_disk(&s, &path);
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.run(Command::Save);
    assert!(matches!(s.program.question(), Some(Question::ChangedOnDisk(p)) if *p == path));
    s.go(Intent::Answer(Answer::Cancel));
    assert!(s.book().is_modified());
    assert_eq!(std::fs::read(&path).unwrap(), theirs);

    s.run(Command::Save);
    s.go(Intent::Answer(Answer::SaveAs));
    assert!(
        s.program
            .take_effects()
            .iter()
            .any(|e| matches!(e, Effect::Dialog(DialogKind::SaveAs { .. })))
    );
    s.save_as("mine.ron");
    assert!(!s.book().is_modified());
    assert_eq!(std::fs::read(&path).unwrap(), theirs);

    // Writing over it is there too, for who means it.
    let mine = s.path("mine.ron");
    change_on_disk(&s, &mine);
    s.run(Command::Undo);
    s.run(Command::Save);
    s.go(Intent::Answer(Answer::Overwrite));
    assert!(!s.book().is_modified());
    assert!(!std::fs::read_to_string(&mine).unwrap().contains("By somebody else"));
}

#[test]
fn a_file_that_nobody_agreed_to_replace_is_kept() {
    let mut s = Script::open();
    std::fs::write(s.path("there.ron"), "precious").unwrap();
    let precious = |s: &Script| std::fs::read_to_string(s.path("there.ron")).unwrap() == "precious";
    // The dialog was asked about “there”, not about “there.ron”.
    s.save_as("there");
    assert!(matches!(s.program.question(), Some(Question::Replace(_))));
    s.go(Intent::Answer(Answer::Cancel));
    assert!(precious(&s) && s.book().is_modified());
    // A path typed by hand was asked about by nobody.
    let kind = DialogKind::SaveAs { folder: s.folder.path().to_owned(), name: String::new() };
    s.go(Intent::DialogFailed(kind, "no dialog".to_owned()));
    s.save_as("there.ron");
    assert!(matches!(s.program.question(), Some(Question::Replace(_))));
    assert!(precious(&s));
    s.go(Intent::Answer(Answer::Overwrite));
    assert!(!precious(&s) && !s.book().is_modified());
}

#[test]
fn what_cannot_be_saved_is_told_and_nothing_is_lost() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    let before = s.book().snapshot();
    // Folders marked read-only do not stop an administrator, who may run this: a file does.
    let read_only = s.path("read-only.ron");
    std::fs::write(&read_only, "as it was").unwrap();
    let mut permissions = std::fs::metadata(&read_only).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&read_only, permissions).unwrap();
    for (path, word) in [
        (read_only.clone(), "read-only"),
        (s.path("article.txt").join("a.ron"), "folder"),
        (s.path("nowhere").join("a.ron"), "folder"),
    ] {
        s.go(Intent::SaveTo(path.clone()));
        let (level, why) = s.told();
        assert_eq!(level, Level::Error, "{why}");
        assert!(why.contains(word) && why.contains("Save as"), "{why}");
        assert!(s.book().is_modified() && s.book().path().is_none());
    }
    assert!(s.book().notebook() == &*before);
    assert_eq!(std::fs::read_to_string(read_only).unwrap(), "as it was");
    let left: Vec<_> = std::fs::read_dir(s.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.') && !name.ends_with(".lock"))
        .collect();
    assert_eq!(left, [""; 0], "no scraps");
}

#[test]
fn what_cannot_be_opened_is_told_with_its_name_and_changes_nothing() {
    let mut s = Script::open();
    let before = s.book().snapshot();
    std::fs::write(s.path("empty.txt"), "").unwrap();
    std::fs::write(s.path("binary.txt"), [0_u8, 1, 2, 3, 0, 0, 200]).unwrap();
    std::fs::write(s.path("broken.ron"), "(format: \"casebook\", version: 1, oops").unwrap();
    std::fs::create_dir(s.path("folder")).unwrap();
    for name in ["missing.txt", "empty.txt", "binary.txt", "broken.ron", "folder"] {
        s.go(Intent::OpenPath(s.path(name)));
        let (level, why) = s.told();
        assert_eq!(level, Level::Error, "{name}: {why}");
        assert!(why.contains(name), "{name}: {why}");
    }
    assert!(s.book().notebook() == &*before);
}

#[test]
fn find_counts_steps_round_and_says_where_a_pattern_is_bad() {
    let mut s = Script::open();
    let look = |s: &mut Script, pattern: &str, change: fn(&mut FindQuery)| {
        let mut query = FindQuery { pattern: pattern.to_owned(), ..FindQuery::default() };
        change(&mut query);
        s.go(Intent::FindQuery(query));
        s.book().find().unwrap().total()
    };
    s.select("Kervel", 0);
    s.run(Command::Find);
    let find = s.book().find().unwrap();
    assert_eq!((find.query.pattern.as_str(), find.total()), ("Kervel", 3));
    assert!(s.program.take_effects().contains(&Effect::FocusFind));

    let third = s.find("Kervel", 2);
    s.run(Command::FindNext);
    s.run(Command::FindNext);
    assert_eq!(s.book().goto().unwrap().range, third);
    assert_eq!(
        s.book().caret(s.article()).range(),
        third,
        "the hit is selected, ready to be tagged"
    );
    s.run(Command::FindNext);
    assert_eq!(s.book().find().unwrap().position(), Some(0), "after the last comes the first");
    s.run(Command::FindPrevious);
    assert_eq!(s.book().goto().unwrap().range, third);

    assert_eq!(look(&mut s, "kervel", |_| ()), 3);
    assert_eq!(look(&mut s, "kervel", |q| q.case_sensitive = true), 0);
    assert_eq!(look(&mut s, "Orme", |_| ()), 2);
    assert_eq!(look(&mut s, "Orme", |q| q.whole_word = true), 0);
    assert_eq!(look(&mut s, r"\b[a-zé]\w+ kervel", |q| q.regex = true), 2);
    assert_eq!(look(&mut s, "nowhere", |_| ()), 0);
    assert!(!s.program.is_enabled(Command::FindNext));
    assert_eq!(look(&mut s, "(oops", |q| q.regex = true), 0);
    let why = s.book().find().unwrap().error.clone().expect("told");
    assert!(why.contains("‸(oops"), "{why}");
    assert_eq!(look(&mut s, "(oops", |_| ()), 0);
    assert!(s.book().find().unwrap().error.is_none(), "as plain words it is fine");
    s.go(Intent::Cancel);
    assert!(s.book().find().is_none());
}

#[test]
fn the_next_keystroke_overtakes_a_search() {
    let mut s = Script::open();
    let text = format!("{ARTICLE}{}", "Kervel et Ormelot, encore.\n".repeat(200_000));
    s.open_file("long.txt", text.as_bytes());
    let look = |s: &mut Script, pattern: &str| {
        let query = FindQuery { pattern: pattern.to_owned(), ..FindQuery::default() };
        s.program.dispatch(Intent::FindQuery(query));
        s.book().find().unwrap().job.expect("a job looks")
    };
    let first = look(&mut s, "e");
    let second = look(&mut s, "Marchetti");
    assert_ne!(first, second);
    assert!(s.program.settle(LONG));
    let find = s.book().find().unwrap();
    assert_eq!((find.total(), find.job), (0, None), "nothing of the first search is shown");
    look(&mut s, "encore");
    s.go(Intent::Cancel);
    assert!(s.program.settle(LONG) && s.book().find().is_none());
    s.run(Command::Find);
    assert_eq!(s.book().find().unwrap().query.pattern, "encore", "it is kept");
}

#[test]
fn find_looks_in_all_articles_and_its_hits_are_tagged_in_one_step() {
    let mut s = Script::open();
    let first = s.article();
    let (_, tagged) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let second = s.open_file("other.txt", OTHER.as_bytes());
    s.run(Command::FindEverywhere);
    assert!(s.program.take_effects().contains(&Effect::ShowPane(Pane::Places)));
    let query = FindQuery {
        pattern: "(anne )?kervel".to_owned(),
        regex: true,
        everywhere: true,
        ..FindQuery::default()
    };
    s.go(Intent::FindQuery(query));
    let find = s.book().find().unwrap();
    assert_eq!(find.total(), 4);
    assert_eq!((find.hits_in(first).len(), find.hits_in(second).len()), (3, 1));
    s.go(Intent::FindGo(0));
    assert_eq!((s.article(), s.book().find().unwrap().position()), (first, Some(0)));
    s.run(Command::FindPrevious);
    assert_eq!((s.article(), s.book().find().unwrap().position()), (second, Some(3)));

    s.go(Intent::TagHits);
    let Tool::Rest(rest) = s.book().tool() else { panic!("not open") };
    assert_eq!(rest.count(), 3, "one is tagged already");
    s.go(Intent::RestApply);
    let picker = s.book().picker().expect("whom do they mean?");
    assert!(matches!(&picker.purpose, Purpose::TagAll(places) if places.len() == 3));
    s.go(Intent::PickerText("Kervel".to_owned()));
    s.go(Intent::PickerAccept);
    let kervel = s.book().notebook().mention(tagged).unwrap().entity;
    assert_eq!(s.book().notebook().mention_count_of(kervel), 4);
    s.go(Intent::TagHits);
    assert!(s.told().1.contains("already"), "{:?}", s.told());
    assert_eq!(s.undo(), "Undo: Tag 3 places as “Anne Kervel”");
    s.run(Command::Undo);
    assert_eq!(s.book().notebook().mention_count_of(kervel), 1);

    // The same for selected words, as someone new.
    s.go(Intent::ShowArticle(first));
    s.go(Intent::Select(Selection::none()));
    s.select("Kervel", 1);
    s.run(Command::TagAll);
    s.go(Intent::RestApply);
    s.go(Intent::PickerText("Paul Kervel".to_owned()));
    s.go(Intent::PickerHighlight(0));
    s.go(Intent::PickerAccept);
    let new = s.book().selection().only_entity().unwrap();
    assert_eq!((s.name(new), s.book().notebook().mention_count_of(new)), ("Paul Kervel", 4));
    assert_eq!(s.undo(), "Undo: Tag 4 places as “Paul Kervel”");
}

#[test]
fn suggestions_are_walked_taken_and_dismissed() {
    let mut s = Script::open();
    let article = s.article();
    let about = casebook::edit::AboutFields {
        language: Some("fr".to_owned()),
        date: Some("2031-03-12".to_owned()),
        ..Default::default()
    };
    s.go(Intent::Edit(Edit::Describe { article: Some(Ref::Id(article)), with: about }));
    let words = |s: &Script| {
        let (article, range) = s.book().selected_words().unwrap();
        s.book().notebook().article(article).unwrap().text.get(range).unwrap().to_owned()
    };
    s.go(Intent::SetCaret(article, Caret::at(0)));
    let mut walked = Vec::new();
    for _ in 0..6 {
        s.run(Command::NextSuggestion);
        walked.push(words(&s));
    }
    assert_eq!(
        walked,
        ["Port-Léonie", "Anne Kervel", "Paul Ormelot", "vendredi", "selon", "Le Guetteur"]
    );
    s.run(Command::PreviousSuggestion);
    assert_eq!(words(&s), "selon");

    // Of an attribution, an actor is who is named by it.
    s.go(Intent::Tag(Kind::Actor));
    assert_eq!(s.book().picker().unwrap().words, "Le Guetteur");
    s.go(Intent::PickerAccept);
    let guetteur = s.book().selection().only_entity().unwrap();
    // … and a claim is the sentence, said by them.
    let at = s.find("selon", 0);
    s.go(Intent::SetCaret(article, Caret::over(at.clone())));
    s.go(Intent::Tag(Kind::Claim));
    assert!(s.book().picker().unwrap().words.starts_with("Anne Kervel a rencontré"));
    s.go(Intent::PickerText("They met.".to_owned()));
    s.go(Intent::PickerAccept);
    let said = s.book().selected_statement().unwrap();
    let statement = s.book().notebook().mention(said).unwrap().statement.clone().unwrap();
    assert_eq!((statement.chain[0].actor, statement.chain[0].cue.as_str()), (guetteur, "selon"));
    assert!(
        !s.book()
            .suggestions(article)
            .all
            .iter()
            .any(|one| one.range == at && s.book().is_open(article, one)),
        "what is tagged is no longer suggested"
    );

    // A date gives its event the day, told by the article's: a Wednesday.
    s.go(Intent::SetCaret(article, Caret::over(s.find("vendredi", 0))));
    s.go(Intent::Tag(Kind::Event));
    s.go(Intent::PickerText("They meet".to_owned()));
    s.go(Intent::PickerAccept);
    let met = s.book().selection().only_entity().unwrap();
    let entity = s.book().notebook().entity(met).unwrap().clone();
    let Detail::Event(event) = &entity.detail else { panic!("an event") };
    assert_eq!((event.date.edtf.as_str(), event.date.written.as_str()), ("2031-03-07", "vendredi"));

    // Dismissed for good, and brought back by undo.
    s.go(Intent::SetCaret(article, Caret::over(s.find("Paul Ormelot", 0))));
    s.run(Command::DismissSuggestion);
    assert_ne!(words(&s), "Paul Ormelot", "the next one is selected");
    s.go(Intent::SetCaret(article, Caret::over(s.find("Anne Kervel", 0))));
    s.run(Command::NextSuggestion);
    assert_ne!(words(&s), "Paul Ormelot");
    assert_eq!(s.undo(), "Undo: Dismiss “Paul Ormelot”");
    s.run(Command::Undo);
    s.go(Intent::SetCaret(article, Caret::over(s.find("Anne Kervel", 0))));
    s.run(Command::NextSuggestion);
    assert_eq!(words(&s), "Paul Ormelot");
}

#[test]
fn find_follows_the_article_in_front_without_moving_the_view() {
    let mut s = Script::open();
    let first = s.article();
    let (_, kervel) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let second = s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::FindQuery(FindQuery { pattern: "Kervel".to_owned(), ..FindQuery::default() }));
    assert_eq!(s.book().find().unwrap().total(), 1);
    s.go(Intent::GoToMention(kervel));
    let find = s.book().find().unwrap();
    assert_eq!((find.hits[0].article, find.total()), (first, 3));
    assert_eq!(s.book().goto().unwrap().range, s.find("Anne Kervel", 0), "the mention, not a hit");
    s.run(Command::NextArticle);
    assert_eq!(s.article(), second);
    assert_eq!(s.book().find().unwrap().total(), 1);
    s.run(Command::RemoveArticle);
    assert_eq!(s.article(), first);
    assert!(s.book().find().is_none_or(|find| find.hits[0].article == first));
}

#[test]
fn review_lists_what_is_open_and_forgets_what_is_mended() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (claim, said) = s.tag(Kind::Claim, "Rien n’a changé", 0);
    let open = |s: &Script| review(s.book().notebook());
    let has = |s: &Script, why: Why| open(s).iter().any(|open| open.why == why);
    assert!(has(&s, Why::NoSpeaker(said)));
    assert!(has(&s, Why::NotLinked(kervel)) && has(&s, Why::NotLinked(claim)));
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, Why::EntityToCheck(kervel)));
    let link = s.link(LinkDraft::between(claim, kervel, None));
    assert!(has(&s, Why::NoSentence(link)) && !has(&s, Why::NotLinked(kervel)));
    s.go(Intent::Select(Selection {
        entities: [kervel].into(),
        links: [link].into(),
        ..Selection::none()
    }));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, Why::EntityToCheck(kervel)) && has(&s, Why::LinkToCheck(link)));
    s.run(Command::ToggleToCheck);
    assert!(!has(&s, Why::EntityToCheck(kervel)) && !has(&s, Why::LinkToCheck(link)));

    s.go(Intent::Select(Selection::mention(said, s.book().notebook())));
    s.run(Command::ToggleToCheck);
    assert!(has(&s, Why::MentionToCheck(said)));
    s.edit(Edit::SetStatement {
        mention: Ref::Id(said),
        with: StatementFields {
            chain: Some(vec![casebook::edit::HopFields {
                actor: Ref::Id(kervel),
                cue: "dit".to_owned(),
                source: Default::default(),
            }]),
            ..StatementFields::default()
        },
    });
    assert!(!has(&s, Why::NoSpeaker(said)));
    s.edit(Edit::Untag { mention: Ref::Id(said) });
    assert!(has(&s, Why::NoStatement(claim)));
    let headings: Vec<_> = open(&s).iter().map(|open| open.why.heading()).collect();
    let mut once = headings.clone();
    once.dedup();
    assert_eq!(
        once.len(),
        once.iter().collect::<std::collections::BTreeSet<_>>().len(),
        "each heading stands once: {headings:?}"
    );
}

#[test]
fn words_that_left_their_article_are_listed_and_kept() {
    let mut s = Script::open();
    let (_, kept) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (_, lost) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let path = s.save_as("one.ron");
    s.run(Command::CloseNotebook);
    let source = std::fs::read_to_string(&path).unwrap();
    // Somebody's editor changed the article inside the notebook.
    let (before, after) = source.split_once("Anne Kervel a rencontré").unwrap();
    std::fs::write(&path, format!("{before}Anna Kerval a rencontré{after}")).unwrap();
    s.go(Intent::OpenPath(path));
    let (level, why) = s.told();
    assert_eq!(level, Level::Warning);
    assert!(why.contains("Anne Kervel") && why.starts_with('1'), "{why}");
    assert!(review(s.book().notebook()).iter().any(|open| open.why == Why::Orphan(lost)));
    assert_eq!((s.words(lost), s.words(kept)), ("Anne Kervel", "Paul Ormelot"));
    assert!(!s.book().is_modified());
    s.go(Intent::GoToMention(lost));
    assert!(s.told().1.contains("no longer"), "{:?}", s.told());
    s.run(Command::Boundaries);
    assert!(matches!(s.book().tool(), Tool::None), "what has no place has no ends to move");
}

#[test]
fn an_article_is_read_in_another_encoding_only_before_it_is_tagged() {
    let mut s = Script::new();
    let greek = "Ελληνικά\n\nΗ Άννα μίλησε. Και ο Παύλος.\n";
    let (bytes, _, _) = (encode_1253(greek), 0, 0);
    let article = s.open_file("greek.txt", &bytes);
    s.go(Intent::Reread(article, "windows-1252".to_owned()));
    let now = |s: &Script| s.book().notebook().article(article).unwrap().clone();
    assert_eq!(now(&s).origin.encoding, "windows-1252");
    assert!(now(&s).text.as_str().contains("Ç ¢ííá") || !now(&s).text.as_str().contains("Άννα"));
    let misread = now(&s).about.title.clone();
    s.go(Intent::SetCaret(article, Caret::over(3..9)));
    s.go(Intent::FindQuery(FindQuery { pattern: "Άννα".to_owned(), ..FindQuery::default() }));
    assert_eq!(s.book().find().unwrap().total(), 0);

    s.go(Intent::Reread(article, "windows-1253".to_owned()));
    assert_eq!(now(&s).text.as_str(), greek);
    assert_eq!(now(&s).about.title, "Ελληνικά", "the title had been misread too");
    assert_eq!(s.book().find().unwrap().total(), 1, "the new text is searched");
    let caret = s.book().caret(article);
    assert!(now(&s).text.is_grapheme_boundary(caret.anchor));
    assert!(now(&s).text.is_grapheme_boundary(caret.head));
    s.run(Command::Undo);
    assert_eq!(now(&s).about.title, misread, "one step");
    s.run(Command::Redo);

    // A title that the user gave stays.
    let title =
        casebook::edit::AboutFields { title: Some("Mine".to_owned()), ..Default::default() };
    s.edit(Edit::Describe { article: None, with: title });
    s.go(Intent::Reread(article, "windows-1252".to_owned()));
    assert_eq!(now(&s).about.title, "Mine");
    s.go(Intent::Reread(article, "windows-1253".to_owned()));

    s.tag(Kind::Actor, "Άννα", 0);
    assert!(!s.book().can_reread(article));
    let before = s.book().snapshot();
    s.go(Intent::Reread(article, "windows-1252".to_owned()));
    assert!(s.told().1.contains("tagged already"), "{:?}", s.told());
    assert!(s.book().notebook() == &*before);
}

/// Greek letters as one byte each: windows-1253.
fn encode_1253(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            'Ά' => 0xa2,
            'ά'..='ώ' => u8::try_from(u32::from(c) - 0x3ac + 0xdc).unwrap(),
            'Α'..='Ω' => u8::try_from(u32::from(c) - 0x391 + 0xc1).unwrap(),
            c => u8::try_from(c).unwrap(),
        })
        .collect()
}

#[test]
fn arranging_moves_nothing_that_is_pinned_and_is_one_step() {
    let mut s = Script::open();
    let (a, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (b, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (c, _) = s.tag(Kind::Event, "rencontré", 0);
    let (d, _) = s.tag(Kind::Actor, "Le Guetteur", 0);
    s.link(LinkDraft::between(a, c, None));
    s.link(LinkDraft::between(b, c, None));
    s.edit(Edit::Place(vec![
        (Ref::Id(a), 0.1, -0.0),
        (Ref::Id(b), 0.2, 0.3),
        (Ref::Id(c), 0.3, 0.1),
        (Ref::Id(d), 1.0 / 3.0, 2.0 / 3.0),
    ]));
    s.go(Intent::Select(Selection { entities: [a, d].into(), ..Selection::none() }));
    s.run(Command::TogglePin);
    let place = |s: &Script, id: EntityId| {
        let node = s.book().notebook().nodes()[&id];
        (node.x.to_bits(), node.y.to_bits(), node.pinned)
    };
    let before = [a, b, c, d].map(|id| place(&s, id));
    assert_eq!(before.map(|p| p.2), [true, false, false, true]);
    let steps = s.book().history().len();
    let _ = s.program.take_effects();
    s.run(Command::Arrange);
    assert_eq!([a, b, c, d].map(|id| place(&s, id)), before, "it is only shown so far");
    assert_eq!(s.book().history().len(), steps);
    s.run(Command::KeepArrangement);
    let after = [a, b, c, d].map(|id| place(&s, id));
    assert_eq!((after[0], after[3]), (before[0], before[3]), "bit for bit");
    assert!(after[1] != before[1] && after[2] != before[2]);
    assert_eq!(s.book().history().len(), steps + 1);
    assert_eq!(s.undo(), "Undo: Arrange the canvas");
    assert!(s.program.take_effects().contains(&Effect::ShowPane(Pane::Canvas)));
    s.run(Command::Undo);
    assert_eq!([a, b, c, d].map(|id| place(&s, id)), before);

    s.go(Intent::Select(Selection { entities: [a, b, c, d].into(), ..Selection::none() }));
    s.run(Command::TogglePin);
    s.run(Command::Arrange);
    assert!(s.told().1.contains("pinned"), "{:?}", s.told());

    // What is changed while it is being made stays changed, and the layout serves all the same.
    s.run(Command::TogglePin);
    s.program.dispatch(Intent::Run(Command::Arrange));
    s.program.dispatch(Intent::Edit(Edit::DeleteEntity { entity: Ref::Id(b) }));
    s.program.dispatch(Intent::Edit(Edit::Pin { entities: vec![Ref::Id(c)], pinned: true }));
    assert!(s.program.settle(LONG));
    s.run(Command::KeepArrangement);
    assert_eq!(s.undo(), "Undo: Arrange the canvas");
    assert!(place(&s, a) != before[0]);
    assert_eq!(place(&s, c).0, before[2].0, "pinned meanwhile");
}

#[test]
fn the_entities_used_lately_are_tagged_by_number() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    assert_eq!(s.book().recent(), [ormelot, kervel]);
    s.select("Kervel", 1);
    s.go(Intent::TagRecent(2));
    assert_eq!(s.book().recent(), [kervel, ormelot]);
    assert_eq!(s.words(s.book().selection().mention.unwrap()), "Kervel");
    assert_eq!(s.book().notebook().mention_count_of(kervel), 2);
    s.select("Kervel", 2);
    s.go(Intent::TagRecent(7));
    assert_eq!(s.book().notebook().mentions().len(), 3, "no such number");
    s.edit(Edit::DeleteEntity { entity: Ref::Id(kervel) });
    assert_eq!(s.book().recent(), [ormelot], "what is gone has no number");
}

#[test]
fn a_mentions_ends_are_moved_and_the_mention_stays_itself() {
    let mut s = Script::open();
    let (_, mention) = s.tag(Kind::Actor, "Kervel", 0);
    s.run(Command::Boundaries);
    let Tool::Boundary { range, .. } = s.book().tool() else { panic!("not open") };
    assert_eq!(*range, s.find("Kervel", 0));
    s.go(Intent::Boundary(s.find("Anne Kervel", 0)));
    s.go(Intent::BoundaryAccept);
    assert_eq!(s.words(mention), "Anne Kervel");
    assert!(matches!(s.book().tool(), Tool::None));
    s.run(Command::Boundaries);
    let steps = s.book().history().len();
    s.go(Intent::BoundaryAccept);
    assert!(matches!(s.book().tool(), Tool::None));
    assert_eq!(s.book().history().len(), steps, "nothing moved, no step");
    s.run(Command::Boundaries);
    s.go(Intent::Boundary(5..5));
    s.go(Intent::BoundaryAccept);
    assert!(matches!(s.book().tool(), Tool::Boundary { .. }), "refused, and still at it");
    s.go(Intent::Cancel);
    assert_eq!(s.words(mention), "Anne Kervel");
}

#[test]
fn a_mention_is_retagged_split_off_and_merged_back() {
    let mut s = Script::open();
    let (kervel, first) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (_, second) = s.tag(Kind::Actor, "Kervel", 1);
    s.link(LinkDraft::between(kervel, ormelot, None));

    // Tagged as somebody else, with no other words than before.
    s.go(Intent::Select(Selection::mention(second, s.book().notebook())));
    s.run(Command::Retag);
    assert_eq!(s.book().picker().unwrap().purpose, Purpose::Retag(second));
    s.go(Intent::PickerText("Ormelot".to_owned()));
    s.go(Intent::PickerAccept);
    assert_eq!(s.book().notebook().mention(second).unwrap().entity, ormelot);
    assert_eq!(s.book().selection().only_entity(), Some(ormelot));
    s.run(Command::Undo);
    assert_eq!(s.book().notebook().mention(second).unwrap().entity, kervel);
    assert_eq!(
        s.book().selection().only_entity(),
        Some(kervel),
        "the selected entity is the selected mention's"
    );

    s.run(Command::SplitMention);
    s.go(Intent::PickerText("Marie Kervel".to_owned()));
    s.go(Intent::PickerAccept);
    let marie = s.book().notebook().mention(second).unwrap().entity;
    assert_eq!(s.name(marie), "Marie Kervel");
    assert_eq!(s.book().notebook().mention_count_of(kervel), 1);
    assert_eq!(s.book().notebook().links_of(marie).count(), 0);

    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::Merge);
    let picker = s.book().picker().unwrap();
    assert!(picker.choices.rows.iter().all(|row| !matches!(row.meaning, Meaning::New(_))));
    assert!(picker.choices.rows.iter().all(|row| row.meaning != Meaning::Existing(kervel)));
    s.go(Intent::PickerText("Marie".to_owned()));
    s.go(Intent::PickerRemember(true));
    s.go(Intent::PickerAccept);
    assert_eq!(s.undo(), "Undo: Merge “Anne Kervel” into “Marie Kervel”");
    assert_eq!(s.book().selection().only_entity(), Some(marie));
    assert_eq!(s.book().notebook().entity(marie).unwrap().aliases, ["Anne Kervel"]);
    assert_eq!(s.book().notebook().mentions_of(marie).count(), 2);
    assert_eq!(s.book().notebook().mention(first).unwrap().entity, marie);
    assert_eq!(s.book().notebook().links_of(marie).count(), 1);
    assert!(s.is_sound());
    s.run(Command::Undo);
    assert_eq!(s.book().notebook().mention(first).unwrap().entity, kervel);
    assert!(s.is_sound());
}

#[test]
fn delete_deletes_all_that_is_selected_in_one_step() {
    let mut s = Script::open();
    let (a, m) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (b, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    let (c, _) = s.tag(Kind::Event, "rencontré", 0);
    let ab = s.link(LinkDraft::between(a, b, None));
    let bc = s.link(LinkDraft::between(b, c, None));
    let before = s.book().snapshot();
    // A link and the entity it ends at: it goes only once.
    s.go(Intent::Select(Selection {
        entities: [a, b].into(),
        links: [ab, bc].into(),
        ..Selection::none()
    }));
    s.run(Command::Delete);
    assert_eq!(s.book().notebook().entities().len(), 1);
    assert_eq!(s.book().notebook().links().len(), 0);
    assert_eq!(s.undo(), "Undo: Delete 4 items");
    assert!(s.book().selection().is_empty() && s.is_sound());
    s.run(Command::Undo);
    assert!(s.book().notebook() == &*before);

    // With a mention selected, Delete takes the mention, not its entity.
    s.go(Intent::GoToMention(m));
    s.run(Command::Delete);
    assert!(s.book().notebook().mention(m).is_none() && s.book().notebook().entity(a).is_some());
    s.run(Command::Undo);
    // A link added to that selection does not make it the entity's end.
    s.go(Intent::GoToMention(m));
    s.go(Intent::ToggleLink(bc));
    assert_eq!(s.book().selection().mention, None);
}

#[test]
fn links_on_links_are_deleted_with_what_they_are_about() {
    let mut s = Script::new();
    let source =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1.ron"))
            .unwrap();
    let path = s.path("golden.ron");
    std::fs::write(&path, source).unwrap();
    s.go(Intent::OpenPath(path));
    let links = s.book().notebook().links();
    let (on, about) = links
        .iter()
        .find_map(|(id, link)| match link.to {
            Target::Link(to) => Some((*id, to)),
            Target::Entity(_) => None,
        })
        .expect("the golden file has a link on a link");
    s.go(Intent::Select(Selection { links: [on, about].into(), ..Selection::none() }));
    s.run(Command::Delete);
    assert!(s.book().notebook().link(on).is_none() && s.book().notebook().link(about).is_none());
}

#[test]
fn escape_steps_back_one_thing_at_a_time() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    s.go(Intent::FindQuery(FindQuery { pattern: "Kervel".to_owned(), ..FindQuery::default() }));
    s.select("Ormelot", 0);
    s.go(Intent::Tag(Kind::Actor));
    s.run(Command::Keys);
    let state = |s: &Script| {
        (
            s.program.question().is_some(),
            s.book().picker().is_some(),
            s.book().find().is_some(),
            s.book().selected_words().is_some(),
            !s.book().selection().is_empty(),
        )
    };
    let mut now = state(&s);
    assert_eq!(now, (true, true, true, true, true));
    for step in [
        (false, true, true, true, true),
        (false, false, true, true, true),
        (false, false, false, true, true),
        (false, false, false, false, true),
        (false, false, false, false, false),
    ] {
        s.go(Intent::Cancel);
        now = state(&s);
        assert_eq!(now, step);
    }
    s.go(Intent::Cancel);
    assert_eq!(state(&s), now);
}

#[test]
fn the_keyboard_walks_from_mention_to_mention_and_through_overlaps() {
    let mut s = Script::open();
    let (_, a) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (_, b) = s.tag(Kind::Actor, "Kervel", 1);
    let sentence = "Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur.";
    let (_, c) = s.tag(Kind::Claim, sentence, 0);
    s.go(Intent::Select(Selection::none()));
    s.go(Intent::SetCaret(s.article(), Caret::at(0)));
    let selected = |s: &Script| s.book().selection().mention;
    s.run(Command::NextMention);
    assert_eq!(selected(&s), Some(c), "the outer one first");
    s.run(Command::NextMention);
    assert_eq!(selected(&s), Some(a));
    s.run(Command::NextMention);
    assert_eq!(selected(&s), Some(b));
    s.run(Command::NextMention);
    assert!(s.told().1.contains("last"), "{:?}", s.told());
    s.run(Command::PreviousMention);
    assert_eq!(selected(&s), Some(a));
    s.run(Command::CycleMentions);
    assert_eq!(selected(&s), Some(c));
    s.run(Command::CycleMentions);
    s.run(Command::CycleMentions);
    assert_eq!(selected(&s), Some(c), "round and round");
    assert!(s.program.take_effects().iter().any(|e| matches!(e, Effect::ShowPane(_))));
}

#[test]
fn back_and_forward_go_through_the_places_visited() {
    let mut s = Script::open();
    let first = s.article();
    let long = format!("Un long récit\n{}La fin est ici.\n", "Une phrase de plus.\n".repeat(2000));
    let second = s.open_file("long.txt", long.as_bytes());
    assert!(!s.program.is_enabled(Command::Forward));
    let reading = ReadingPlace { paragraph: 3, offset: 5.0 };
    s.go(Intent::SetReading(second, reading));
    s.go(Intent::SetCaret(second, Caret::at(60)));
    let end = long.find("La fin").unwrap();
    s.go(Intent::GoToPlace(second, end..end + 6));
    // What is near is no place of its own.
    s.go(Intent::SetReading(second, ReadingPlace { paragraph: 1998, offset: 0.0 }));
    s.go(Intent::GoToPlace(second, end..end + 3));
    s.go(Intent::ShowArticle(first));

    s.run(Command::Back);
    assert_eq!(s.article(), second);
    assert_eq!(s.book().caret(second).range(), end..end + 3);
    s.run(Command::Back);
    assert_eq!((s.article(), s.book().caret(second)), (second, Caret::at(60)));
    let goto = s.book().goto().unwrap();
    assert_eq!((goto.article, goto.reading), (second, Some(reading)));
    s.run(Command::Forward);
    assert_eq!(s.book().caret(second).range(), end..end + 3);
    s.run(Command::Forward);
    assert_eq!(s.article(), first);
    assert!(!s.program.is_enabled(Command::Forward));
    // An article that is gone is passed over.
    s.go(Intent::ShowArticle(second));
    s.run(Command::RemoveArticle);
    s.run(Command::Back);
    assert_eq!(s.article(), first);
}

#[test]
fn two_articles_stand_side_by_side_and_each_comes_to_the_front() {
    let mut s = Script::open();
    let first = s.article();
    assert!(!s.program.is_enabled(Command::SideBySide));
    let second = s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::ShowArticle(first));
    s.run(Command::SideBySide);
    let panes = |s: &Script| (s.book().article_in(false), s.book().article_in(true));
    assert_eq!(panes(&s), (Some(first), Some(second)));
    // Work in the second one brings it to the front, where it stands.
    s.go(Intent::SetCaret(second, Caret::over(0..11)));
    assert_eq!((s.article(), panes(&s)), (second, (Some(first), Some(second))));
    s.go(Intent::Tag(Kind::Event));
    s.go(Intent::PickerAccept);
    assert_eq!(s.book().notebook().mention_count_in(second), 1);
    s.run(Command::NextArticle);
    assert_eq!((s.article(), panes(&s)), (first, (Some(first), Some(second))));
    // A third takes the place of the one whose tab was used.
    let third = s.open_file("third.txt", b"A third article, of no importance.");
    assert_eq!(panes(&s), (Some(third), Some(second)));
    s.go(Intent::ShowArticleIn(first, true));
    assert_eq!((s.article(), panes(&s)), (first, (Some(third), Some(first))));
    // What is left of three is shown; of two, one alone.
    s.run(Command::RemoveArticle);
    assert_eq!(panes(&s), (Some(third), Some(second)));
    s.run(Command::RemoveArticle);
    assert!(!s.book().is_side_by_side());
    s.run(Command::Undo);
    s.run(Command::SideBySide);
    assert!(s.book().is_side_by_side());
    s.run(Command::SideBySide);
    assert!(!s.book().is_side_by_side());
}

#[test]
fn pasted_text_becomes_an_article_and_nothing_does_not() {
    let mut s = Script::new();
    s.run(Command::PasteArticle);
    assert!(matches!(s.program.question(), Some(Question::Paste(_))));
    s.go(Intent::AddText("  \n ".to_owned()));
    assert!(s.program.question().is_some(), "still there to be filled");
    assert_eq!(s.told().0, Level::Warning);
    s.go(Intent::AddText("A headline\r\n\r\nA body.\r\n".to_owned()));
    assert!(s.program.question().is_none());
    let article = s.book().notebook().article(s.article()).unwrap();
    assert_eq!(article.about.title, "A headline");
    assert_eq!(article.text.as_str(), "A headline\n\nA body.\n");
    assert_eq!(article.origin.reader, "pasted");
    s.go(Intent::Reread(s.article(), "windows-1252".to_owned()));
    assert!(s.told().1.contains("open it again"), "{:?}", s.told());
}

#[test]
fn a_refused_edit_is_told_and_is_no_step() {
    let mut s = Script::open();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (before, steps) = (s.book().snapshot(), s.book().history().len());
    s.set(kervel, person("   "));
    assert!(s.told().1.contains("needs a name"), "{:?}", s.told());
    let dated = EntityFields { date: Some("2031".to_owned()), ..EntityFields::default() };
    s.set(kervel, dated);
    assert!(s.told().1.contains("belongs to events"), "{:?}", s.told());
    s.edit(Edit::Link {
        from: Ref::Id(kervel),
        relation: RelationId::from("owns"),
        to: Ref::Id(kervel),
        evidence: Vec::new(),
        with: LinkFields { date: Some("soon".to_owned()), ..LinkFields::default() },
        handle: String::new(),
    });
    assert!(s.told().1.contains("“soon” is not a date"), "{:?}", s.told());
    assert!(s.book().notebook() == &*before);
    assert_eq!(s.book().history().len(), steps);
    // The same words again, as the same: told, and the picker stays.
    s.select("Anne Kervel", 0);
    s.go(Intent::Tag(Kind::Actor));
    s.go(Intent::PickerAccept);
    assert!(s.told().1.contains("already tagged"), "{:?}", s.told());
}

#[test]
fn a_removed_article_takes_its_mentions_and_quotes_and_comes_back() {
    let mut s = Script::open();
    let first = s.article();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    s.select("Kervel dément.", 0);
    let link = s.link(LinkDraft::between(kervel, ormelot, None));
    s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::ShowArticle(first));
    let before = s.book().snapshot();
    s.run(Command::RemoveArticle);
    assert_ne!(s.article(), first);
    assert_eq!(s.book().notebook().mentions().len(), 0);
    assert_eq!(s.book().notebook().link(link).unwrap().evidence, [] as [Evidence; 0]);
    assert!(s.is_sound());
    let path = s.save_as("less.ron");
    assert!(!std::fs::read_to_string(path).unwrap().contains(&first.to_string()));
    s.run(Command::Undo);
    assert!(s.book().notebook() == &*before);
}

#[test]
fn selected_words_are_whole_characters() {
    let mut s = Script::new();
    s.go(Intent::AddText("Title\n\nun \u{301}accent".to_owned()));
    // The space and the accent on it are one character: leaving out the white space must not cut it.
    let space = s.find(" \u{301}", 0);
    let end = s.find("accent", 0).end;
    s.go(Intent::SetCaret(s.article(), Caret::over(space.start..end)));
    let (_, words) = s.book().selected_words().unwrap();
    assert_eq!(words, space.start..end);
    s.go(Intent::Tag(Kind::Actor));
    s.go(Intent::PickerAccept);
    assert_eq!(s.book().notebook().mentions().len(), 1);
}

#[test]
fn settings_are_changed_and_a_sample_is_there() {
    let mut s = Script::new();
    let prefs = Prefs { zoom: 1.5, ..s.program.prefs().clone() };
    s.go(Intent::SetPrefs(prefs.clone()));
    assert_eq!(s.program.prefs(), &prefs);
    s.run(Command::OpenSample);
    assert!(!s.book().is_modified() && s.book().path().is_none());
    assert!(s.is_sound());
    for entity in s.book().notebook().entities().values() {
        if let Detail::Actor(actor) = &entity.detail {
            assert!(ActorKind::ALL.contains(&actor.kind));
        }
    }
    let counts = Kind::ALL.map(|kind| s.book().count(kind));
    assert!(counts[0] >= 14 && counts[1] >= 8 && counts[2] >= 12, "{counts:?}");
    assert!(s.book().notebook().mentions().len() >= 60);
    assert!(s.book().notebook().links().len() >= 30);
}

#[test]
fn how_the_text_is_set_is_kept_between_starts() {
    let folder = tempfile::tempdir().unwrap();
    let file = || PrefsFile::in_folder(folder.path());
    let mut program = Program::new(file());
    let set = TextSettings { size: 22.0, width: 55.0, ..TextSettings::default() };
    program.dispatch(Intent::SetText(set.clone()));
    for size in 23..40_u8 {
        program.dispatch(Intent::GrowText(f32::from(size)));
    }
    program.dispatch(Intent::Run(Command::TextLarger));
    assert!(program.settle(LONG));
    let again = Program::new(file());
    assert_eq!(again.prefs().text, TextSettings { size: 40.0, ..set });
    // Out of range is brought into it, and the usual size is a command away.
    program.dispatch(Intent::GrowText(4000.0));
    assert_eq!(program.prefs().text.size, *TextSettings::SIZES.end());
    program.dispatch(Intent::Run(Command::TextUsual));
    assert_eq!(program.prefs().text.size, TextSettings::default().size);
    assert!(program.settle(LONG));
}

#[test]
fn a_font_that_is_gone_is_told_once() {
    let mut program = Program::new(PrefsFile::none());
    let face = Some("Gentium".to_owned());
    program
        .dispatch(Intent::SetText(TextSettings { face: face.clone(), ..TextSettings::default() }));
    let found = Faces { names: vec!["Amiri".to_owned()].into(), missing: face, ..Faces::default() };
    program.dispatch(Intent::FacesFound(found.clone()));
    let told = |program: &Program| {
        program.notices().iter().filter(|notice| notice.text.contains("“Gentium”")).count()
    };
    assert_eq!(told(&program), 1);
    let serial = program.notices()[0].serial;
    program.dispatch(Intent::DismissNotice(serial));
    program.dispatch(Intent::FacesFound(found));
    assert_eq!(told(&program), 0, "it was told");
    assert_eq!(program.prefs().text.face.as_deref(), Some("Gentium"), "it may come back");
    assert_eq!(&program.faces().names[..], ["Amiri".to_owned()]);
}

#[test]
fn reading_goes_on_where_the_notebook_was_left_though_nothing_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut s = Script::open();
    let path = folder.path().join("case.ron");
    s.go(Intent::SaveTo(path.clone()));
    assert!(s.program.settle(LONG));
    let bytes = std::fs::read(&path).unwrap();
    let article = s.article();
    let place = ReadingPlace { paragraph: 2, offset: 12.75 };
    s.go(Intent::SetReading(article, place));
    s.run(Command::CloseNotebook);
    assert!(s.program.book().is_none());
    s.go(Intent::OpenPath(path.clone()));
    assert!(s.program.settle(LONG));
    assert_eq!(s.book().desk().reading.get(&article), Some(&place));
    assert!(!s.book().is_modified());
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "reading changes no file");
}
