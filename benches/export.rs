//! How long a notebook of 20,000 mentions on 1 MB of text takes to each format (`export/…`), and back from those that can be
//! imported, into an empty notebook (`import/…`: reading and working out what is new).
//!
//! An export goes through a sink that only counts: the disk's part is that of saving. What it takes of memory is said once for
//! each format, where the system tells (Linux): how much the program has held at most since it began.

use std::io;

use casebook::export::{Content, FORMATS, Format, Sink};
use casebook::import::{self, Source, SourceFile};
use casebook::notebook::Notebook;
use casebook::notebook::generate::{Size, generate};
use criterion::{Criterion, criterion_group, criterion_main};

/// Counts what is written.
#[derive(Default)]
struct Counter(u64);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Counter {
    fn begin(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps what is written.
#[derive(Default)]
struct Files(Vec<SourceFile>);

impl io::Write for Files {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            self.begin("export")?;
        }
        if let Some(file) = self.0.last_mut() {
            file.bytes.extend_from_slice(bytes);
        }
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

/// The most memory the program has held, in MB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

fn write(format: &Format, content: &Content<'_>, sink: &mut dyn Sink) {
    format.write(content, sink, &|| false, &|_| {}).expect("memory takes it");
}

fn exchange(criterion: &mut Criterion) {
    let (notebook, _) = generate(1, Size::bench(20_000));
    let content = Content::everything(&notebook);
    let before = peak();
    let mut group = criterion.benchmark_group("export");
    group.sample_size(10);
    for format in FORMATS {
        group.bench_function(format.id, |bench| {
            bench.iter(|| {
                let mut counter = Counter::default();
                write(format, &content, &mut counter);
                counter.0
            });
        });
        if let (Some(before), Some(peak)) = (before, peak()) {
            println!("{}: at most {peak} MB so far, {before} MB before any", format.id);
        }
    }
    group.finish();
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    for format in import::FORMATS {
        let Some(exported) = casebook::export::format(format.id) else { continue };
        let mut files = Files::default();
        write(exported, &content, &mut files);
        let source = Source { name: "case".to_owned(), files: files.0 };
        group.bench_function(format.id, |bench| {
            bench.iter(|| {
                let case = format.read(&source, &|| false).expect("it reads back");
                let empty = Notebook::new("");
                import::plan(case, &empty, "Import", &|| false, &|_| {})
                    .expect("nobody cancels")
                    .new
            });
        });
    }
    group.finish();
}

criterion_group!(benches, exchange);
criterion_main!(benches);
