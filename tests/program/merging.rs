//! A file in which git left two versions: it is said, merged when that is wanted, and what they disagree on is settled.

use std::fs;

use casebook::app::questions::Unmerged;
use casebook::app::{Answer, Command, Finding, FindingsIntent, Intent, Program, SessionIntent};
use casebook::edit::apply;
use casebook::notebook::{Notebook, Subject, ViewState};
use casebook::storage;

use crate::program::{batch, entity, go};
use crate::script::Script;

fn version(note: &str) -> Notebook {
    let list = r#"[AddEntity(kind: Actor, name: "Anne Kervel")]"#;
    let mut notebook = Notebook::new("Harbour");
    // One id in both: the text of the first is taken for the second.
    apply(&mut notebook, &batch("", list)).unwrap();
    let id = entity(&notebook, "Anne Kervel");
    let source = storage::render(&notebook, &ViewState::default())
        .replace(&id.to_string(), "e000kerve00")
        .replace("name: \"Anne Kervel\"", &format!("name: \"Anne Kervel\", note: \"{note}\""));
    storage::parse(&source).unwrap().0
}

#[test]
fn two_versions_in_a_file_are_merged_and_settled() {
    let [ours, theirs] =
        ["mayor", "deputy"].map(|note| storage::render(&version(note), &ViewState::default()));
    let line = |source: &str| source.lines().find(|line| line.contains("note")).unwrap().to_owned();
    let marks =
        format!("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs", line(&ours), line(&theirs));
    let file = ours.replace(&line(&ours), &marks);
    let Script { mut program, folder } = Script::new();
    let path = folder.path().join("case.ron");
    fs::write(&path, &file).unwrap();
    go(&mut program, SessionIntent::OpenPath(path.clone()).into());
    let asked = program.asked::<Unmerged>().expect("it is asked");
    assert!(asked.why.contains("case.ron") && asked.why.contains("line"), "{}", asked.why);
    go(&mut program, Intent::Answer(Answer::Cancel));
    assert!(program.open_notebook().is_none(), "nothing is opened unasked");

    go(&mut program, SessionIntent::OpenPath(path.clone()).into());
    go(&mut program, Intent::Answer(Answer::Reload));
    let book = program.open_notebook().expect("open");
    assert!(book.is_modified() && book.path().is_none());
    let id = entity(book.notebook(), "Anne Kervel");
    let note = |program: &Program| {
        program.open_notebook().unwrap().notebook().entity(id).unwrap().note.clone()
    };
    assert_eq!(note(&program), "mayor");
    assert_eq!(fs::read_to_string(&path).unwrap(), file, "the file is as it was");

    let open = book.review().unwrap().open.iter().find(|open| open.rule.id == "conflict").unwrap();
    assert!(open.words.contains("“mayor”") && open.words.contains("“deputy”"), "{}", open.words);
    assert!(matches!(open.what, Subject::Conflict(_)));
    let finding = Finding::of(open);
    go(&mut program, FindingsIntent::LookAt(finding.clone()).into());
    assert_eq!(program.open_notebook().unwrap().selection().only_entity(), Some(id));
    // It is not let stand like a finding: one of the two is taken.
    assert!(program.is_enabled(Command::TakeOtherValue));
    go(&mut program, Intent::Run(Command::TakeOtherValue));
    assert_eq!(note(&program), "deputy");
    assert!(program.open_notebook().unwrap().notebook().conflicts().is_empty());
    assert!(!program.is_enabled(Command::TakeOtherValue));
    go(&mut program, Intent::Run(Command::Undo));
    assert_eq!(note(&program), "mayor");
    go(&mut program, FindingsIntent::LookAt(finding).into());
    go(&mut program, Intent::Run(Command::FixFinding));
    let notebook = program.open_notebook().unwrap().notebook();
    assert_eq!((notebook.conflicts().len(), &*notebook.entity(id).unwrap().note), (0, "mayor"));
    for _ in 0..2 {
        go(&mut program, Intent::Run(Command::Undo));
    }
    assert!(program.open_notebook().unwrap().notebook().conflicts().is_empty(), "our version");
}
