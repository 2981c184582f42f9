//! The pages people meet when something went wrong, on the real widgets; and names that try to be more than names.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::BTreeSet;
use std::time::Duration;

use casebook::app::questions::{NotSaved, OfferWork, Unreadable, Unsaved};
use casebook::app::{
    Answer, Command, Intent, PrefsFile, Program, ReadingIntent, Selection, SessionIntent,
};
use casebook::edit::{Edit, GroupFields, Ref};
use casebook::notebook::{EntityId, Kind, LinkId, MentionId};
use casebook::recovery::Folder;
use casebook::text::is_hidden;
use casebook::ui::Window;
use egui::accesskit::Role;
use egui::{Shape, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[path = "common/desk.rs"]
mod desk;

const LONG: Duration = Duration::from_secs(120);

struct Session {
    harness: Harness<'static, desk::Desk>,
    folder: tempfile::TempDir,
}

impl Session {
    /// A window on this program, in a folder of its own.
    fn of(folder: tempfile::TempDir, program: Program) -> Self {
        let harness = desk::open(vec2(1280.0, 800.0), program);
        Self { harness, folder }
    }

    fn new() -> Self {
        Self::of(tempfile::tempdir().unwrap(), Program::new(PrefsFile::none()))
    }

    fn window(&mut self) -> &mut Window {
        self.harness.state_mut().window()
    }

    fn program(&self) -> &Program {
        self.harness.state().program()
    }

    fn send(&mut self, intent: Intent) {
        let program = self.window().program_mut();
        program.dispatch(intent);
        desk::settle(&mut self.harness);
    }

    fn press(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        desk::settle(&mut self.harness);
    }

    fn press_starting(&mut self, name: &str) {
        self.harness.get_by_label_contains(name).click();
        desk::settle(&mut self.harness);
    }

    fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }
}

#[test]
fn after_a_fault_the_place_is_named_and_the_work_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let data = Folder::at(folder.path().join("data"));
    let mut before = Program::with_folder(PrefsFile::none(), data.clone());
    assert!(before.settle(LONG));
    before.dispatch(Intent::Session(SessionIntent::AddText("Zwirbeltal savait.\n".to_owned())));
    before
        .dispatch(Intent::Session(SessionIntent::Edit(Edit::Title("Before the fault".to_owned()))));
    assert!(before.settle(LONG) && before.flush_journal(LONG));
    // As unwinding does it: nothing is settled, what is kept stays.
    drop(before);

    let mut program = Program::with_folder(PrefsFile::none(), data);
    assert!(program.settle(LONG));
    program.report_crash("ui/reader/page.rs:120".to_owned());
    let mut session = Session::of(folder, program);
    assert!(session.says("Casebook crashed") && session.says("ui/reader/page.rs:120"));
    assert!(!session.says("Zwirbeltal"));
    session.press("Continue");
    assert!(session.program().question().is_none());
    assert!(session.says("Unsaved work from") && session.says("never saved to a file"));
    session.press_starting("Recover the unsaved work on");
    assert_eq!(session.program().open_notebook().unwrap().notebook().title(), "Before the fault");
    assert!(session.program().open_notebook().unwrap().is_modified());
}

#[test]
fn where_a_file_cannot_be_saved_another_place_is_offered() {
    let mut session = Session::new();
    session.send(Intent::Session(SessionIntent::AddText("Zwirbeltal savait.\n".to_owned())));
    let nowhere = session.folder.path().join("gone/case.ron");
    session.send(Intent::Session(SessionIntent::SaveTo(nowhere)));
    assert!(session.program().asked::<NotSaved>().is_some());
    assert!(session.says("Not saved") && session.says("The existing file was not changed."));
    assert!(session.harness.query_by_label("Save as…").is_some());
    // From the keyboard: the first button has the focus.
    assert!(session.harness.get_by_label("Save as…").accesskit_node().is_focused());
    session.press("Cancel");
    assert!(session.program().question().is_none());
    assert!(session.program().open_notebook().unwrap().is_modified(), "nothing is lost");
}

/// Everything painted as text in the last frame, and everything told to a screen reader.
fn shown(session: &Session) -> Vec<String> {
    fn add(shape: &Shape, all: &mut Vec<String>) {
        match shape {
            Shape::Text(text) => all.push(text.galley.text().to_owned()),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, all)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    let output = session.harness.output();
    for clipped in &output.shapes {
        add(&clipped.shape, &mut all);
    }
    // What fields hold is told as it is: it can be edited.
    let told = output.platform_output.accesskit_update.iter().flat_map(|update| &update.nodes);
    all.extend(told.filter_map(|(_, node)| node.label().map(str::to_owned)));
    all
}

/// What a hostile file calls things: it turns the line round, clears the terminal, breaks the line, hides.
const EVIL: &str = "ev\u{202e}il\u{1b}[2J\u{200b}\u{2066}\u{7}x";

#[test]
fn names_are_shown_and_never_obeyed() {
    const ARTICLE: &str = "Anne Kervel a rencontré Paul Ormelot vendredi.\nKervel dément.\n";
    let folder = tempfile::tempdir().unwrap();
    let data = Folder::at(folder.path().join("data"));
    let mut session = Session::of(folder, Program::with_folder(PrefsFile::none(), data.clone()));
    session.send(Intent::Session(SessionIntent::AddText(ARTICLE.to_owned())));
    let mut list = format!(
        "[Title({EVIL:?}), Describe(with: (title: {EVIL:?}, publisher: {EVIL:?}, author: {EVIL:?}, url: {EVIL:?})), "
    );
    list = list.replace(&format!("publisher: {EVIL:?}, "), "");
    for (n, kind) in ["Actor", "Actor", "Event", "Claim"].into_iter().enumerate() {
        list += &format!(
            "AddEntity(kind: {kind}, name: {:?}, handle: \"$e{n}\", with: (aliases: [{EVIL:?}], note: {EVIL:?}), at: ({}.0, {}.0)), ",
            format!("{EVIL}{n}"),
            n * 150,
            n * 40
        );
    }
    list += &format!(
        "Tag(at: Quote(\"Anne Kervel\"), entity: \"$e0\", note: {EVIL:?}), Tag(at: Quote(\"vendredi\"), entity: \"$e2\"),
        Tag(at: Quote(\"Kervel dément\"), entity: \"$e3\", statement: (chain: [(actor: \"$e0\", cue: {EVIL:?})])),
        SetRelation(relation: {EVIL:?}, label: {EVIL:?}, family: Argument, directed: true),
        Link(from: \"$e0\", relation: {EVIL:?}, to: \"$e3\", evidence: [Sentence(at: Quote(\"vendredi\"))], with: (note: {EVIL:?})),
        Link(from: \"$e0\", relation: \"denies\", to: \"$e2\"),
        AddCard(with: (text: {EVIL:?}, at: (200.0, 200.0))), AddView(with: (name: {EVIL:?}))]"
    );
    // `{:?}` of Rust and RON write the same escapes.
    let edits =
        casebook::edit::parse_script(&list).unwrap_or_else(|error| panic!("{error}: {list}"));
    session.send(Intent::Session(SessionIntent::Edit(Edit::Batch(EVIL.to_owned(), edits))));
    let book = session.program().open_notebook().unwrap();
    assert_eq!(book.notebook().entities().len(), 4, "{:?}", session.program().notices());
    let actors: BTreeSet<EntityId> = book.notebook().entities().keys().copied().collect();
    let group = GroupFields {
        title: Some(EVIL.to_owned()),
        members: Some(actors.iter().take(2).map(|id| Ref::Id(*id)).collect()),
        ..GroupFields::default()
    };
    session.send(Intent::Session(SessionIntent::Edit(Edit::AddGroup {
        handle: String::new(),
        with: group,
    })));

    let notebook = session.program().open_notebook().unwrap().snapshot();
    let links: Vec<LinkId> = notebook.links().keys().copied().collect();
    let mentions: Vec<MentionId> = notebook.mentions().keys().copied().collect();
    let entities =
        |all: &BTreeSet<EntityId>| Selection { entities: all.clone(), ..Selection::none() };
    let claim = *notebook.entities().iter().find(|(_, e)| e.kind() == Kind::Claim).unwrap().0;
    let mut stops: Vec<Intent> = vec![
        Intent::Select(entities(&actors)),
        Intent::Select(entities(&[claim].into())),
        Intent::Select(entities(&actors.iter().copied().take(1).collect())),
    ];
    for link in &links {
        stops.push(Intent::Select(Selection { links: [*link].into(), ..Selection::none() }));
    }
    stops.push(Intent::Select(Selection {
        links: links.into_iter().collect(),
        ..Selection::none()
    }));
    stops.extend(mentions.into_iter().map(|it| ReadingIntent::GoToMention(it).into()));
    // Every command that opens a pane or a page, and what stands there then.
    stops.extend(actors.iter().map(|id| Intent::Reading(ReadingIntent::ShowMentions(*id))));
    stops.extend(
        Command::TABLE
            .iter()
            .copied()
            .filter(|command| {
                ![
                    Command::Quit,
                    Command::Save,
                    Command::SaveAs,
                    Command::Open,
                    Command::NewNotebook,
                ]
                .contains(command)
                    && !matches!(command, Command::CloseNotebook | Command::OpenSample)
                    && !format!("{command:?}").contains("Delete")
            })
            .map(Intent::Run),
    );
    stops.push(Intent::Session(SessionIntent::SaveTo(
        session.folder.path().join(format!("{EVIL}/case.ron")),
    )));
    stops.push(Intent::Session(SessionIntent::OpenPath(
        session.folder.path().join(format!("{EVIL}.ron")),
    )));
    stops.push(Intent::Session(SessionIntent::SaveTo(
        session.folder.path().join(format!("{EVIL}.ron")),
    )));
    let mut wrong = BTreeSet::new();
    let mut most = 0;
    let mut look = |session: &Session, what: &str| {
        let texts = shown(session);
        most = most.max(texts.len());
        for text in texts.iter().filter(|text| text.chars().any(is_hidden)) {
            wrong.insert(format!("{text:?} after {}", what.chars().take(60).collect::<String>()));
        }
    };
    for stop in stops {
        let what = format!("{stop:?}");
        session.send(stop);
        look(&session, &what);
    }

    session.send(Intent::Answer(Answer::Cancel));
    for menu in ["File", "Edit", "View"] {
        session.harness.get_by_role_and_label(Role::Button, menu).click();
        session.harness.run();
        look(&session, menu);
        session.harness.key_press(egui::Key::Escape);
        session.harness.run();
    }

    // The pages about its file: changed by something else, compared, its backups, work on it, damaged, and at last
    // the welcome page, which names it.
    let path = session.folder.path().join(format!("{EVIL}.ron"));
    session.send(Intent::Answer(Answer::Cancel));
    session.send(Intent::Session(SessionIntent::Edit(Edit::Title(format!("{EVIL} again")))));
    std::fs::write(&path, std::fs::read_to_string(&path).unwrap().replace("Kervel", "Kervol"))
        .unwrap();
    let title = |n: usize| Intent::Session(SessionIntent::Edit(Edit::Title(format!("{EVIL}{n}"))));
    for stop in [
        Intent::Session(SessionIntent::Focused),
        Intent::Answer(Answer::Compare),
        Intent::Answer(Answer::Cancel),
        Intent::Run(Command::Save),
        Intent::Answer(Answer::Overwrite),
        title(1),
        Intent::Run(Command::Save),
        Intent::Run(Command::Backups),
        Intent::Answer(Answer::Cancel),
        title(2),
        Intent::Run(Command::CloseNotebook),
    ] {
        let what = format!("{stop:?}");
        session.send(stop);
        look(&session, &what);
    }
    assert!(session.program().asked::<Unsaved>().is_some());
    assert!(session.window().program_mut().flush_journal(LONG));
    let Session { harness, folder } = session;
    drop(harness);

    let mut program = Program::with_folder(PrefsFile::none(), data);
    assert!(program.settle(LONG));
    let mut session = Session::of(folder, program);
    look(&session, "the welcome page with work");
    let journal = session.program().unsaved_work()[0].journal.clone();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    session.send(Intent::Session(SessionIntent::OpenPath(path.clone())));
    assert!(session.program().asked::<Unreadable>().is_some());
    look(&session, "a damaged file");
    std::fs::write(&path, &whole).unwrap();
    session.send(Intent::Session(SessionIntent::OpenPath(path)));
    assert!(session.program().asked::<OfferWork>().is_some());
    look(&session, "work on it");
    session.send(Intent::Session(SessionIntent::CompareWork(journal.clone())));
    look(&session, "work compared");
    session.send(Intent::Session(SessionIntent::AskDiscardWork(journal)));
    look(&session, "work to be discarded");
    session.send(Intent::Answer(Answer::Cancel));
    session.send(Intent::Run(Command::CloseNotebook));
    look(&session, "recent notebooks");
    assert!(most > 60, "only {most} texts were painted");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
