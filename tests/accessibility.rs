//! What assistive technology is told, in every state that a command leads to: each control has a name, no name holds an
//! icon, what drops down has its value, and of a group of choices one is taken.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use casebook::app::{
    Caret, Command, Intent, Program, ReadingIntent, Selection, SessionIntent, TaggingIntent,
};
use casebook::notebook::{Kind, Target};
use common::Session;
use egui::accesskit::{Action, Role};
use egui_kittest::kittest::NodeT as _;

#[path = "common/session.rs"]
mod common;

/// What is wrong with what is told now, each fault once, with the state it was first seen in.
fn sweep(session: &Session, state: &str, seen: &mut BTreeSet<String>, faults: &mut Vec<String>) {
    let icon = |text: &str| {
        text.chars().any(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}'))
    };
    let mut count = 0;
    for node in session.0.root().children_recursive() {
        let node = node.accesskit_node();
        let (role, data) = (node.role(), node.data());
        let name = node.label().unwrap_or_default();
        let value = node.value().unwrap_or_default();
        let control = data.supports_action(Action::Click) || data.supports_action(Action::Focus);
        count += usize::from(control);
        let mut told = |what: &str| {
            let bounds = node.raw_bounds();
            let size = bounds.map(|it| (it.width().round(), it.height().round()));
            let fault = format!("{what}: {role:?} {name:?} {value:?} {size:?}");
            if seen.insert(fault.clone()) {
                faults.push(format!("{state}: {fault} at {bounds:?}"));
            }
        };
        // Of a label the words are its value; what scrolls a list is told by its role.
        let named = !name.trim().is_empty()
            || role == Role::Label && !value.trim().is_empty()
            || matches!(role, Role::Window | Role::ScrollBar);
        if control && !named {
            told("no name");
        }
        if icon(&name) || icon(&value) {
            told("an icon in words");
        }
        if role == Role::ComboBox && value.trim().is_empty() {
            told("no value");
        }
        if role == Role::RadioGroup {
            let taken =
                node.children().flat_map(|child| child.children().chain([child])).filter(|child| {
                    child.is_selected() == Some(true)
                        || child.toggled() == Some(egui::accesskit::Toggled::True)
                });
            // Where several things differ none is, and no value is told.
            if (taken.count() == 1) == value.is_empty() {
                told("not one choice is taken");
            }
        }
    }
    assert!(count > 3, "{state}: {count} controls");
}

#[test]
fn every_control_is_told_by_name_value_and_selection_in_every_state() {
    let (mut seen, mut faults) = (BTreeSet::new(), Vec::new());
    let mut session = Session::open();
    sweep(&session, "the welcome page", &mut seen, &mut faults);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.ron");
    std::fs::copy(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("saves/port-leonie.ron"), &path)
        .unwrap();
    session.send(Intent::Session(SessionIntent::OpenPath(path)));
    sweep(&session, "an article", &mut seen, &mut faults);

    // What can be selected, one of each, and several.
    let notebook = session.open_notebook().notebook();
    let entity = |kind: Kind| {
        let mut all = notebook.entities().iter().filter(|(_, entity)| entity.kind() == kind);
        *all.next().unwrap().0
    };
    let ends = |to_link: bool| {
        let mut links = notebook.links().iter();
        links.find(|(_, link)| matches!(link.to, Target::Link(_)) == to_link).map(|(id, _)| *id)
    };
    let kinds = Kind::ALL.map(entity);
    let statement = notebook.mentions_of(kinds[2]).next();
    let mut selections: Vec<Selection> = kinds.map(Selection::entity).to_vec();
    selections.extend([ends(false), ends(true)].into_iter().flatten().map(Selection::link));
    selections.extend(statement.map(|mention| Selection::mention(mention, notebook)));
    selections.push(Selection { entities: kinds.into(), ..Selection::none() });
    let links = notebook.links().keys().copied().take(3).collect();
    selections.push(Selection { links, ..Selection::none() });
    for selection in &selections {
        session.send(Intent::Select(selection.clone()));
        sweep(&session, &format!("{selection:?}"), &mut seen, &mut faults);
    }

    // Whatever a command opens, on an entity with words selected; not those that open the system's dialogs or leave.
    let elsewhere = [
        Command::Open,
        Command::Save,
        Command::SaveAs,
        Command::Quit,
        Command::CloseNotebook,
        Command::NewNotebook,
        Command::OpenSample,
        Command::CloseTab,
    ];
    let article = session.open_notebook().article().unwrap();
    let words = {
        let text = &session.open_notebook().notebook().article(article).unwrap().text;
        let start = text.as_str().find("déjeuner").unwrap();
        start..start + "déjeuner".len()
    };
    let all = session.program().commands();
    for selection in [&selections[0], &selections[selections.len() - 2]] {
        for command in all.iter().copied().filter(|command| !elsewhere.contains(command)) {
            session.send(Intent::Reading(ReadingIntent::SetCaret(
                article,
                Caret::over(words.clone()),
            )));
            session.send(Intent::Select(selection.clone()));
            let before = history(session.program());
            session.send(Intent::Run(command));
            sweep(&session, command.text(), &mut seen, &mut faults);
            session.send(Intent::Cancel);
            session.send(Intent::Cancel);
            while history(session.program()) > before {
                session.send(Intent::Run(Command::Undo));
            }
        }
    }
    // Words alone, and what is open over them.
    session.send(Intent::Select(Selection::none()));
    session.send(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(words))));
    for kind in Kind::ALL {
        session.send(Intent::Tagging(TaggingIntent::Tag(kind)));
        sweep(&session, &format!("the picker of {kind:?}"), &mut seen, &mut faults);
        session.send(Intent::Cancel);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn history(program: &Program) -> usize {
    program.open_notebook().map_or(0, |book| book.history().len())
}
