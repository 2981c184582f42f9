//! Any notebook, in every format: an export ends, is the same twice, and what is told of names stays inside of its file.

#![no_main]

use std::io;

use casebook::edit::{Edit, EntityFields, Ref, apply};
use casebook::export::{Content, FORMATS, Packaging, Sink};
use casebook::notebook::generate::{Size, generate};
use libfuzzer_sys::fuzz_target;

/// Files in memory.
#[derive(Default, PartialEq)]
struct Files(Vec<(String, Vec<u8>)>);

impl io::Write for Files {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            self.begin("")?;
        }
        if let Some((_, file)) = self.0.last_mut() {
            file.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Files {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        assert!(!name.contains(['/', '\\', '\0']) && name != "." && name != "..");
        assert!(self.0.iter().all(|(one, _)| one.to_lowercase() != name.to_lowercase()));
        self.0.push((name.to_owned(), Vec::new()));
        Ok(())
    }
}

fuzz_target!(|input: (u64, Vec<String>)| {
    let (seed, names) = input;
    let size = Size { articles: 2, text: 400, entities: 9, mentions: 12, links: 8 };
    let (mut notebook, _) = generate(seed, size);
    let ids: Vec<_> = notebook.entities().keys().copied().collect();
    for (id, name) in ids.into_iter().zip(names) {
        let note = Some(format!("{name}\n{name}"));
        let with = EntityFields { name: Some(name), note, ..EntityFields::default() };
        // What is no name is refused.
        let _ = apply(&mut notebook, &Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) });
    }
    let content = Content::everything(&notebook);
    for format in FORMATS {
        let write = || {
            let mut files = Files::default();
            format.write(&content, &mut files, &|| false, &|_| {}).expect("memory takes it");
            files
        };
        let files = write();
        assert!(files == write(), "{}: another one the second time", format.id);
        if format.packaging != Packaging::Folder {
            assert!(files.0.len() <= 1, "{}", format.id);
        }
    }
});
