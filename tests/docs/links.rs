//! Links between the pages lead to files that are there, and to headings in them.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use regex::Regex;

use crate::page::{pages, read, root};

/// A heading as GitHub names it in addresses: lower case, no punctuation, `-` for spaces.
fn address(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A page without what stands in blocks of code.
fn prose(page: &str) -> String {
    let mut inside = false;
    let mut prose = String::new();
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if !inside {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

fn headings(page: &Path) -> BTreeSet<String> {
    let lines = prose(&read(page));
    lines
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|l| address(l.trim_start_matches('#')))
        .collect()
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

#[test]
fn links_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let mut seen = 0;
    for page in pages() {
        let text = prose(&read(&page));
        for found in link.captures_iter(&text) {
            let target = &found[1];
            if target.contains("://") {
                continue;
            }
            seen += 1;
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let folder = page.parent().unwrap();
            let file = if file.is_empty() { page.clone() } else { plain(&folder.join(file)) };
            let page = page.display();
            assert!(root().join(&file).exists(), "{page}: there is no {}", file.display());
            assert!(
                heading.is_empty() || headings(&file).contains(heading),
                "{page}: {} has no heading #{heading}",
                file.display()
            );
        }
    }
    assert!(seen > 30, "only {seen} links were found");
}

#[test]
fn paths_that_contributors_are_told_are_there() {
    let path =
        Regex::new(r"`((?:src|tests|benches|fuzz|docs|assets|saves|\.ci|\.github)/[\w./-]*)`")
            .unwrap();
    let mut seen = 0;
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        for found in path.captures_iter(&read(page)) {
            seen += 1;
            // What a fuzzer finds is there only when it has found something.
            let there = &found[1] == "fuzz/artifacts" || root().join(&found[1]).exists();
            assert!(there, "{page}: there is no {}", &found[1]);
        }
    }
    assert!(seen > 50, "only {seen} paths were found");
}

#[test]
fn every_test_is_told_of() {
    let page = read("CONTRIBUTING.md");
    for entry in std::fs::read_dir(root().join("tests")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let slash = if entry.path().is_dir() { "/" } else { "" };
        let told = page.contains(&format!("`tests/{name}{slash}`"));
        assert!(told, "CONTRIBUTING.md: its table of tests has no tests/{name}{slash}");
    }
}

#[test]
fn every_page_of_the_documentation_is_linked_from_the_readme() {
    let readme = read("README.md");
    for page in pages().iter().filter(|page| page.as_os_str() != "README.md") {
        let page = page.to_str().unwrap();
        let through = ["src/storage/FORMAT.md"].contains(&page);
        assert!(
            through || readme.contains(&format!("({page}")),
            "the README does not lead to {page}"
        );
    }
}

#[test]
fn headings_have_the_addresses_that_github_gives_them() {
    assert_eq!(address(" Places in an article"), "places-in-an-article");
    assert_eq!(address(" `casebook new`"), "casebook-new");
    assert_eq!(address(" What’s new, in short"), "whats-new-in-short");
}
