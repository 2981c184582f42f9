//! Every text field of the window takes so much and no more, and says so: what is pasted into it beyond its limit is
//! told, and what a file holds beyond it is shown and never cut.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::BTreeSet;

use casebook::app::{
    ChartingIntent, Command, DialogKind, Intent, OnCanvas, Pane, Selection, SessionIntent,
    TaggingIntent,
};
use casebook::edit::{Edit, GroupFields, Ref};
use casebook::notebook::Kind;
use casebook::ui::limits::{LINE, LINES, PATH};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[path = "common/session.rs"]
mod session;

use session::{Session, program};

const TEXT: &str = "Le port ferme\n\
Selon le Guetteur, la maire Ysé Alban aurait renoncé au port vendredi.\n\
Des sources internes l’affirment. L’autorité portuaire dément.";

const SCRIPT: &str = r#"[
  AddEntity(kind: Actor, name: "Ysé Alban", handle: "$yse", at: (-300, 0)),
  AddEntity(kind: Actor, name: "Le Guetteur", handle: "$guetteur", at: (300, 0)),
  AddEntity(kind: Event, name: "Renoncement", handle: "$event", at: (0, 200)),
  AddEntity(kind: Claim, name: "La maire a renoncé au port.", handle: "$claim", at: (0, -200), with: (status: Disputed, reason: "new", accusation: true, replies: [(actor: "$yse")])),
  Tag(at: Quote("Ysé Alban"), entity: "$yse"),
  Tag(at: Quote("le Guetteur"), entity: "$guetteur"),
  Tag(at: Quote("la maire Ysé Alban aurait renoncé au port"), entity: "$claim",
      statement: (chain: [(actor: "$guetteur", cue: "Selon", source: Reported)])),
  Link(from: "$yse", relation: "agent", to: "$event"),
  AddMatrix(with: (title: "Renonce-t-elle ?", claims: ["$claim"])),
  AddCard(with: (text: "to do", at: (600, 300))),
  AddGroup(with: (title: "La mairie", members: ["$yse", "$event"])),
]"#;

/// Of no letter that a name in the notebook has, so that nothing is found and taken.
fn two_megabytes() -> String {
    "zq ".repeat(700_000)
}

impl Session {
    /// The text fields that there are now, by name, and whether they are of several lines.
    fn fields(&self) -> Vec<(String, bool)> {
        let fields = self.0.root().children_recursive();
        fields
            .filter_map(|node| {
                let node = node.accesskit_node();
                let lines = match node.role() {
                    Role::MultilineTextInput => true,
                    Role::TextInput | Role::SearchInput => false,
                    _ => return None,
                };
                Some((node.label().expect("a field has a name"), lines))
            })
            .collect()
    }

    /// The name of the field that has the keyboard, and what it holds.
    fn focused_field(&self) -> Option<(String, String)> {
        let mut all = self.0.root().children_recursive();
        let node = all.find(|node| {
            let fields = [Role::TextInput, Role::SearchInput, Role::MultilineTextInput];
            node.accesskit_node().is_focused() && fields.contains(&node.accesskit_node().role())
        })?;
        Some((node.accesskit_node().label()?, node.value().unwrap_or_default()))
    }

    /// Opens something, and pastes two megabytes into each field that there is now and was not there before: it keeps as
    /// much as it takes, and says so.
    fn paste_into_new(
        &mut self,
        place: &str,
        met: &mut BTreeSet<String>,
        open: impl Fn(&mut Self),
    ) {
        let before = self.fields();
        open(self);
        self.0.run();
        let mut seen: Vec<String> = Vec::new();
        for (name, lines) in self.fields() {
            let n = seen.iter().filter(|other| **other == name).count();
            seen.push(name.clone());
            if n < before.iter().filter(|(other, _)| *other == name).count() {
                continue;
            }
            let role = if lines { Role::MultilineTextInput } else { Role::TextInput };
            // What was done in another field may have taken this one away.
            match self.0.query_all_by_role_and_label(role, &name).nth(n) {
                Some(field) => field.focus(),
                None => continue,
            }
            self.0.run();
            self.paste_into_focused(place, &name, lines, met);
        }
        self.key(Modifiers::NONE, Key::Escape);
        self.key(Modifiers::NONE, Key::Escape);
    }

    fn paste_into_focused(
        &mut self,
        place: &str,
        name: &str,
        lines: bool,
        met: &mut BTreeSet<String>,
    ) {
        if self.focused_field().is_none_or(|(focused, _)| focused != name) {
            return;
        }
        let most = match (name, lines) {
            ("Path", _) => PATH,
            (_, true) => LINES,
            (_, false) => LINE,
        };
        self.0.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.0.event(Event::Paste(two_megabytes()));
        self.settle();
        let (focused, kept) = self.focused_field().expect(name);
        assert_eq!((&*focused, kept.chars().count()), (name, most));
        let told = format!("Full: it holds {most} characters");
        assert!(self.0.query_by_label_contains(&told).is_some(), "{name} does not say it");
        met.insert(format!("{place}: {name}"));
        self.0.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.0.event(Event::Text("zq".to_owned()));
        self.settle();
        assert!(self.0.query_by_label_contains("Full: it holds").is_none(), "{name}");
    }
}

/// Every field that is met below: where it is, and its name.
const FIELDS: &[&str] = &[
    "actor: Add alias",
    "actor: Name",
    "actor: Note",
    "actor: Reason for the judgement",
    "article: Author",
    "article: Date",
    "article: Language",
    "article: Publisher",
    "article: Title",
    "article: URL",
    "as of: Day shown",
    "card on the canvas: Note text",
    "card: Note text",
    "cell: Edit Date",
    "cell: Edit Date as written",
    "cell: Edit Note",
    "cell: To: type a name",
    "chooser: Owner: type a name",
    "claim: Add alias",
    "claim: Asked by",
    "claim: Asked on",
    "claim: Note",
    "claim: Proposition",
    "claim: Reason for the judgement",
    "event: Add alias",
    "event: Date",
    "event: Date as written",
    "event: Note",
    "event: Place",
    "event: Title",
    "filter: From",
    "filter: Until",
    "find: Find in this article",
    "folder: Folder",
    "group on the canvas: Group title",
    "group: Group title",
    "link from: Target: type to find an entity",
    "link: Date",
    "link: Date as written",
    "link: Note",
    "link: Reason for the judgement",
    "matrix: Title of the matrix",
    "new claim: Entity name",
    "new entity: Entity name",
    "no dialog: Path",
    "note: Note",
    "palette: Search or run a command",
    "reading settings: Search installed fonts",
    "relation: Relation: type to find one",
    "rename: Title",
    "statement: Cue for Le Guetteur",
    "statement: Note on this mention",
    "table: Filter the links",
    "view: View name",
    "window: Filter the lists",
    "your name: Your name",
];

#[test]
fn every_field_keeps_what_it_takes_of_two_megabytes_and_says_so() {
    let mut s = Session::open();
    let mut met = BTreeSet::new();
    s.paste_into_new("window", &mut met, |s| {
        s.send(Intent::Session(SessionIntent::AddText(TEXT.to_owned())));
        s.send(Intent::Session(SessionIntent::Edit(program::batch("Set up", SCRIPT))));
        s.run(Command::Fit);
    });
    let [actor, outlet, event, claim] =
        ["Ysé Alban", "Le Guetteur", "Renoncement", "La maire a renoncé au port."]
            .map(|name| s.id(name));
    let notebook = s.open_notebook().notebook();
    let said = notebook.mentions_of(claim).next().unwrap();
    let (said, link) =
        (Selection::mention(said, notebook), *notebook.links().keys().next().unwrap());
    let group = *notebook.groups().keys().next().unwrap();
    let card = *notebook.cards().keys().next().unwrap();
    let part = Selection::on_canvas;
    for (place, selection) in [
        ("actor", Selection::entity(actor)),
        ("event", Selection::entity(event)),
        ("claim", Selection::entity(claim)),
        ("statement", said),
        ("link", Selection::link(link)),
        ("group", part(OnCanvas::Group(group))),
        ("card", part(OnCanvas::Card(card))),
    ] {
        s.send(Intent::Select(Selection::none()));
        s.paste_into_new(place, &mut met, |s| s.send(Intent::Select(selection.clone())));
    }
    // Its page was not scrolled yet.
    s.send(Intent::Select(Selection::entity(outlet)));
    s.paste_into_new("chooser", &mut met, |s| {
        s.0.get_by_role_and_label(Role::Button, "Owner").click()
    });
    for (place, part) in [
        ("group on the canvas", OnCanvas::Group(group)),
        ("card on the canvas", OnCanvas::Card(card)),
    ] {
        s.send(Intent::Select(Selection::none()));
        s.paste_into_new(place, &mut met, |s| {
            s.send(Intent::Charting(ChartingIntent::WriteOn(part)));
        });
    }
    s.send(Intent::Select(Selection::none()));
    for (place, command) in [
        ("find", Command::FindEverywhere),
        ("palette", Command::Palette),
        ("rename", Command::RenameNotebook),
        ("your name", Command::YourName),
        ("matrix", Command::Pane(casebook::ui::competing::PANE)),
        ("article", Command::DescribeArticle),
        ("folder", Command::MoveToFolder),
        ("new entity", Command::NewEntity),
        ("view", Command::KeepView),
        ("filter", Command::ToggleFilter),
        ("reading settings", Command::TextPanel),
    ] {
        s.paste_into_new(place, &mut met, |s| s.run(command));
    }
    s.paste_into_new("new claim", &mut met, |s| {
        s.run(Command::NewEntity);
        s.send(Intent::Tagging(TaggingIntent::PickerKind(Kind::Claim)));
    });
    s.send(Intent::Select(Selection::entity(actor)));
    s.paste_into_new("link from", &mut met, |s| s.run(Command::Link));
    s.send(Intent::Select(Selection::entity(actor)));
    s.paste_into_new("note", &mut met, |s| s.run(Command::Note));
    let both = Selection { entities: [actor, outlet].into(), ..Selection::none() };
    s.send(Intent::Select(both));
    s.paste_into_new("relation", &mut met, |s| s.run(Command::Link));
    s.paste_into_new("no dialog", &mut met, |s| {
        let kind = DialogKind::SaveAs { name: "one.ron".to_owned(), folder: std::env::temp_dir() };
        s.send(Intent::DialogFailed(kind, "there is none".to_owned()));
    });
    s.paste_into_new("table", &mut met, |s| s.run(Command::Pane(Pane::TABLE)));
    s.send(Intent::Select(Selection::link(link)));
    for _ in 0..12 {
        s.0.ctx.memory_mut(|memory| memory.request_focus(casebook::ui::table::Table::id()));
        s.key(Modifiers::NONE, Key::ArrowRight);
        s.key(Modifiers::NONE, Key::Enter);
        if let Some((name, _)) = s.focused_field() {
            let lines = s.fields().contains(&(name.clone(), true));
            s.paste_into_focused("cell", &name, lines, &mut met);
        }
        s.key(Modifiers::NONE, Key::Escape);
    }
    s.paste_into_new("as of", &mut met, |s| s.run(Command::AsOf));
    let met: Vec<&str> = met.iter().map(String::as_str).collect();
    assert_eq!(met, FIELDS);
}

/// A text as long as an article may be is no text of a field: all of it is taken, and its beginning shown.
#[test]
fn an_article_of_two_megabytes_is_pasted_whole() {
    let mut s = Session::open();
    s.run(Command::PasteArticle);
    s.0.run();
    s.0.get_by_label("Article text").focus();
    s.0.run();
    s.0.event(Event::Paste(two_megabytes()));
    s.0.run();
    assert!(s.0.query_by_label_contains("only its beginning is shown").is_some());
    s.0.get_by_label("Add article").click();
    s.settle();
    let notebook = s.open_notebook().notebook();
    let article = notebook.articles().values().next().unwrap();
    assert!(article.text.len() > 2_000_000);
}

/// What a file holds beyond a field's limit is shown as too long, and never cut by looking at it.
#[test]
fn what_is_longer_than_its_field_is_shown_and_never_cut() {
    let mut s = Session::open();
    s.send(Intent::Session(SessionIntent::AddText(TEXT.to_owned())));
    s.send(Intent::Session(SessionIntent::Edit(program::batch("Set up", SCRIPT))));
    let long = two_megabytes();
    s.send(Intent::Session(SessionIntent::Edit(Edit::Title(long.clone()))));
    let group = *s.open_notebook().notebook().groups().keys().next().unwrap();
    let with = GroupFields { title: Some(long.clone()), ..GroupFields::default() };
    s.send(Intent::Session(SessionIntent::Edit(Edit::SetGroup { group: Ref::Id(group), with })));
    let before = s.open_notebook().snapshot();
    s.run(Command::RenameNotebook);
    s.0.run();
    assert!(s.0.query_by_label_contains("Longer than can be changed here").is_some());
    s.0.get_by_label("Done").click();
    s.settle();
    s.send(Intent::Charting(ChartingIntent::WriteOn(OnCanvas::Group(group))));
    s.0.run();
    s.0.event(Event::Text("x".to_owned()));
    s.0.run();
    s.key(Modifiers::NONE, Key::Escape);
    s.settle();
    assert!(*s.open_notebook().snapshot() == *before);
}
