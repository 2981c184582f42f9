//! Circles between files: whether files of one room import each other, directly or by way of others.
//!
//! Imports are read off the sources: `use` declarations, and paths written out in the code, each resolved to the file
//! that defines the name (a re-export is followed). A folder's `mod.rs` and the files below it count as one: a table and
//! its rows, a view and its parts know each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::sources;

/// Files that hold the state of every part of `app`. Their methods stand in the parts that own the state, so each part
/// imports them and they import each part.
const WHOLES: [&str; 2] = ["src/app/program.rs", "src/app/open_notebook.rs"];

/// Pairs of files that do import each other.
const PAIRS: [(&str, &str); 1] = [
    // A kind of value can be a choice, and the list of choices is found by kind of value.
    ("src/fields/choices.rs", "src/fields/value.rs"),
];

/// A name that a file takes from elsewhere, or hands on.
struct Import {
    /// Whether it is handed on (`pub use`).
    public: bool,
    /// As written, in segments.
    path: Vec<String>,
    /// What it is called here; `*` for all there is.
    name: String,
}

/// A file as a module.
struct Module {
    file: String,
    /// Its place in the crate: `["graph", "layered", "rank"]`.
    place: Vec<String>,
    imports: Vec<Import>,
    /// Its code without the imports and without the tests in it.
    code: String,
    /// The names of the items in that code.
    items: BTreeSet<String>,
}

static TESTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"#\[cfg\(test\)\]\s*(#\[[^\]]*\]\s*)*mod \w+ \{").unwrap());
static USES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^\s*(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);").unwrap());
static ITEMS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:fn|struct|enum|trait|type|const|static|union|macro_rules!)\s+(\w+)").unwrap()
});

/// The parts of a `use` tree, each as a path in segments and the name it has afterwards.
fn leaves(tree: &str) -> Vec<(Vec<String>, String)> {
    let tree = tree.trim();
    if let Some((before, rest)) = tree.split_once('{') {
        let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
        let (mut depth, mut parts) = (0, vec![String::new()]);
        for c in inside.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    parts.push(String::new());
                    continue;
                }
                _ => {}
            }
            parts.last_mut().unwrap().push(c);
        }
        let parts = parts.iter().filter(|part| !part.trim().is_empty());
        return parts.flat_map(|part| leaves(&format!("{before}{}", part.trim()))).collect();
    }
    let (path, name) = match tree.split_once(" as ") {
        Some((path, name)) => (path, Some(name.trim().to_owned())),
        None => (tree, None),
    };
    let path: Vec<String> = path.split("::").map(|segment| segment.trim().to_owned()).collect();
    let name = name.unwrap_or_else(|| path.last().unwrap().clone());
    vec![(path, name)]
}

impl Module {
    fn of(file: &str, source: &str) -> Self {
        let mut place: Vec<String> =
            file["src/".len()..file.len() - ".rs".len()].split('/').map(str::to_owned).collect();
        if place.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            place.pop();
        }
        let code = TESTS.find(source).map_or(source, |tests| &source[..tests.start()]);
        let mut imports = Vec::new();
        for found in USES.captures_iter(code) {
            for (path, name) in leaves(&found[2]) {
                imports.push(Import { public: found.get(1).is_some(), path, name });
            }
        }
        let code = USES.replace_all(code, "").into_owned();
        let items = ITEMS.captures_iter(&code).map(|found| found[1].to_owned()).collect();
        Self { file: file.to_owned(), place, imports, code, items }
    }

    /// Whether it defines this name itself.
    fn defines(&self, name: &str) -> bool {
        self.items.contains(name)
    }
}

/// All modules, by their place in the crate.
struct Crate(BTreeMap<Vec<String>, Module>);

impl Crate {
    fn read() -> Self {
        let mut modules = BTreeMap::new();
        for source in sources("src") {
            let name = source.path.rsplit('/').next().unwrap();
            if name.ends_with("tests.rs") || name == "main.rs" {
                continue;
            }
            let module = Module::of(&source.path, &source.lines.join("\n"));
            modules.insert(module.place.clone(), module);
        }
        Self(modules)
    }

    /// A path as written in a module, from the root of the crate; `None` where it leads out of the crate.
    fn absolute(&self, from: &Module, path: &[String]) -> Option<Vec<String>> {
        let mut place = from.place.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => return Some(path[1..].to_vec()),
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|segment| segment == "super") {
                    place.pop();
                    rest = &rest[1..];
                }
            }
            first => {
                place.push(first.to_owned());
                let is_child = self.0.contains_key(&place);
                place.pop();
                if !is_child {
                    return None;
                }
            }
        }
        place.extend_from_slice(rest);
        Some(place)
    }

    /// The module that defines what this path, from the root of the crate, leads to.
    fn defining(&self, path: &[String], depth: usize) -> Option<&Module> {
        let at = (0..=path.len()).rev().find(|n| self.0.contains_key(&path[..*n]))?;
        let module = &self.0[&path[..at]];
        let Some(name) = path.get(at) else { return Some(module) };
        if depth > 8 || module.defines(name) {
            return Some(module);
        }
        let further = |import: &Import, rest: &[String]| {
            let mut path = self.absolute(module, &import.path)?;
            path.extend_from_slice(rest);
            self.defining(&path, depth + 1)
        };
        if let Some(import) = module.imports.iter().find(|import| import.name == *name) {
            return further(import, &path[at + 1..]);
        }
        let all = module.imports.iter().filter(|import| import.name == "*").find_map(|import| {
            let mut whole = self.absolute(module, &import.path[..import.path.len() - 1])?;
            whole.extend_from_slice(&path[at..]);
            self.defining(&whole, depth + 1).filter(|found| found.defines(name))
        });
        Some(all.unwrap_or(module))
    }

    /// What each file takes from which other of its room: the names.
    fn edges(&self) -> BTreeMap<(String, String), BTreeSet<String>> {
        let written_out = Regex::new(r"\b(?:\w+::)+\w+").unwrap();
        let mut edges: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for module in self.0.values() {
            let mut paths = Vec::new();
            for import in module.imports.iter().filter(|import| !import.public) {
                let whole = import.path.len() - usize::from(import.name == "*");
                paths.extend(self.absolute(module, &import.path[..whole]));
            }
            for found in written_out.find_iter(&module.code) {
                let path: Vec<String> = found.as_str().split("::").map(str::to_owned).collect();
                // `graph::Point` where `graph` is a module that was imported by its name.
                let imported = module.imports.iter().find(|import| import.name == path[0]);
                let imported = imported.and_then(|import| self.absolute(module, &import.path));
                match imported.filter(|place| self.0.contains_key(place)) {
                    Some(mut place) => {
                        place.extend_from_slice(&path[1..]);
                        paths.push(place);
                    }
                    None => paths.extend(self.absolute(module, &path)),
                }
            }
            for path in paths {
                let Some(other) = self.defining(&path, 0) else { continue };
                let (a, b) = (&module.place, &other.place);
                let one = a.starts_with(b) || b.starts_with(a);
                if a.first() == b.first() && !one {
                    let names = edges.entry((module.file.clone(), other.file.clone())).or_default();
                    names.insert(path.last().cloned().unwrap_or_default());
                }
            }
        }
        edges
    }
}

/// What is left of these edges when each that no circle needs is taken away.
fn circles<T>(mut edges: BTreeMap<(String, String), T>) -> BTreeMap<(String, String), T> {
    loop {
        let from: BTreeSet<String> = edges.keys().map(|(from, _)| from.clone()).collect();
        let to: BTreeSet<String> = edges.keys().map(|(_, to)| to.clone()).collect();
        let before = edges.len();
        edges.retain(|(a, b), _| to.contains(a) && from.contains(b));
        if edges.len() == before {
            return edges;
        }
    }
}

#[test]
fn imports_are_seen() {
    let paths: Vec<String> =
        leaves("a::{b, c::{d as e, f}, *}").iter().map(|(path, _)| path.join("::")).collect();
    assert_eq!(paths, ["a::b", "a::c::d", "a::c::f", "a::*"]);
    let all = Crate::read();
    let defined = |path: &str| {
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        all.defining(&path, 0).map(|module| module.file.clone())
    };
    // Through the re-export of the room.
    assert_eq!(defined("graph::Options").as_deref(), Some("src/graph/options.rs"));
    assert_eq!(defined("graph::layout").as_deref(), Some("src/graph/layout.rs"));
    let edges = all.edges();
    let named = |a: &str, b: &str| edges.contains_key(&(a.to_owned(), b.to_owned()));
    assert!(named("src/graph/layout.rs", "src/graph/options.rs"));
    assert!(!named("src/graph/options.rs", "src/graph/layout.rs"));
}

#[test]
fn a_circle_is_found() {
    let edge = |a: &str, b: &str| ((a.to_owned(), b.to_owned()), ());
    let chain = [edge("a", "b"), edge("b", "c"), edge("d", "c")];
    assert!(circles(chain.clone().into()).is_empty());
    let mut closed: BTreeMap<_, _> = chain.into();
    closed.insert(("c".to_owned(), "a".to_owned()), ());
    assert_eq!(circles(closed).len(), 3);
}

#[test]
fn no_files_of_one_room_import_each_other_in_a_circle() {
    let all = Crate::read().edges();
    for pair in PAIRS {
        let named = |a: &str, b: &str| all.contains_key(&(a.to_owned(), b.to_owned()));
        assert!(
            named(pair.0, pair.1) && named(pair.1, pair.0),
            "{pair:?} is no exception any more"
        );
    }
    let mut edges = all;
    edges.retain(|(a, b), _| {
        !WHOLES.contains(&b.as_str())
            && !PAIRS.iter().any(|pair| (*a == *pair.0) && (*b == *pair.1))
    });
    let left: Vec<String> = circles(edges)
        .into_iter()
        .map(|((a, b), names)| {
            format!("{a} takes {} from {b}", names.into_iter().collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert!(
        left.is_empty(),
        "move what both need into a file of its own, which knows neither\n{}",
        left.join("\n")
    );
}
