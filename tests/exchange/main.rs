//! Exchange with other programs: what is exported and imported again is the same as far as the format can hold it, importing
//! twice adds nothing, and what other programs write is read with their quirks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod in_the_window;
mod of_others;
mod round_trips;

#[path = "../common/session.rs"]
mod session;

use std::io;
use std::path::Path;
use std::process::{Command, Output};

use casebook::edit::apply;
use casebook::export::{self, Content, Sink};
use casebook::import::{self, Plan, Source, SourceFile};
use casebook::notebook::{Notebook, check};
use casebook::storage::load;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/port-leonie.ron");

#[derive(Default)]
struct Files(Vec<SourceFile>);

impl io::Write for Files {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            self.begin("export")?;
        }
        self.0.last_mut().unwrap().bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Files {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.0.push(SourceFile { name: name.to_owned(), bytes: Vec::new() });
        Ok(())
    }
}

/// The sample notebook.
fn sample() -> Notebook {
    load(Path::new(SAMPLE), &|| false, &|_| {}).unwrap().notebook
}

fn exported(notebook: &Notebook, id: &str) -> Source {
    let mut files = Files::default();
    let content = Content::everything(notebook);
    export::format(id).unwrap().write(&content, &mut files, &|| false, &|_| {}).unwrap();
    Source { name: format!("case.{id}"), files: files.0 }
}

/// What this source makes of a notebook.
fn planned(source: &Source, id: &str, into: &Notebook) -> Plan {
    let case = import::format(id).unwrap().read(source, &|| false).unwrap();
    import::plan(case, into, "Import", &|| false, &|_| {}).unwrap()
}

fn imported(source: &Source, id: &str, into: &mut Notebook) -> Plan {
    let plan = planned(source, id, into);
    apply(into, &plan.edit).unwrap();
    assert!(check(into).is_empty(), "{id}: {:?}", check(into));
    let again = planned(source, id, into);
    assert_eq!(again.new.all(), 0, "{id}: importing twice adds nothing");
    let before = into.clone();
    apply(into, &again.edit).unwrap();
    assert!(*into == before, "{id}: importing twice changes nothing");
    plan
}

fn casebook(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook")).args(args).current_dir(folder).output().unwrap()
}
