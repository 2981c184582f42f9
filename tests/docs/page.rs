//! A page of the documentation, read as far as the tests need it: headings, tables, blocks of code.

use std::fs;
use std::path::{Path, PathBuf};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages that users and contributors read, from the root of the repository.
pub fn pages() -> Vec<PathBuf> {
    let markdown = |folder: &str| {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        entries
            .map(|entry| PathBuf::from(folder).join(entry.unwrap().file_name()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
            .collect::<Vec<_>>()
    };
    let mut pages = [markdown(""), markdown("docs")].concat();
    pages.push(PathBuf::from("src/storage/FORMAT.md"));
    pages.sort();
    pages
}

pub fn read(page: impl AsRef<Path>) -> String {
    let path = root().join(page);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The lines below a heading (or another line), as far as the next heading of any depth.
pub fn below<'a>(page: &'a str, line: &str) -> Option<&'a str> {
    let at = page.match_indices(line).map(|(at, _)| at).find(|at| {
        let whole = page[at + line.len()..].chars().next().is_none_or(|c| c == '\n');
        whole && (*at == 0 || page[..*at].ends_with('\n'))
    })?;
    let rest = page[at + line.len()..].trim_start_matches('\n');
    let end = rest.find("\n#").map_or(rest.len(), |end| end + 1);
    // A line that begins with `#` inside a block of code is none of ours: no example has one.
    Some(if rest.starts_with('#') { "" } else { &rest[..end] })
}

/// The rows of the tables of a part of a page, without headings; each a list of cells.
pub fn rows(part: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = part.lines().collect();
    let is_row = |line: &str| line.starts_with('|');
    let rule = |line: &str| is_row(line) && line.chars().all(|c| "|-: ".contains(c));
    let mut rows = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let heading = lines.get(number + 1).is_some_and(|next| rule(next));
        if is_row(line) && !rule(line) && !heading {
            let cells = line.trim_matches('|').split('|');
            rows.push(cells.map(|cell| cell.trim().to_owned()).collect());
        }
    }
    rows
}

/// A block of code: the line it begins at (from 1), the line before it, its language, and what stands in it.
pub struct Block {
    pub line: usize,
    pub before: String,
    pub language: String,
    pub code: String,
}

pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut before = "";
    for (number, line) in page.lines().enumerate() {
        match line.trim_start().strip_prefix("```") {
            Some(language) if !open => {
                blocks.push(Block {
                    line: number + 1,
                    before: before.to_owned(),
                    language: language.trim().to_owned(),
                    code: String::new(),
                });
                open = true;
            }
            Some(_) => open = false,
            None if open => {
                let block = blocks.last_mut().unwrap();
                block.code.push_str(line);
                block.code.push('\n');
            }
            None => {}
        }
        before = line;
    }
    assert!(!open, "a block of code is not closed");
    blocks
}

/// Compares what stands in a page between two marks, `<!-- NAME: generated -->` and `<!-- /NAME: generated -->`, with
/// what it should be; with `CASEBOOK_WRITE_DOCS` set, writes it instead.
pub fn generated(page: &str, name: &str, text: &str) {
    let all = read(page);
    let (begin, end) =
        (format!("<!-- {name}: generated -->\n"), format!("<!-- /{name}: generated -->"));
    let (before, rest) = all.split_once(&begin).unwrap();
    let (now, after) = rest.split_once(&end).unwrap();
    if std::env::var_os("CASEBOOK_WRITE_DOCS").is_some() {
        std::fs::write(root().join(page), format!("{before}{begin}{text}{end}{after}")).unwrap();
    } else {
        assert!(
            now == text,
            "{page} is out of date: run CASEBOOK_WRITE_DOCS=1 cargo test --test docs {name}"
        );
    }
}
