//! Files in which git left two versions of a notebook, or put both of a record: what each version is.

use std::collections::HashMap;

use super::FormatError;

/// The two versions that a file holds, as sources of notebooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoVersions {
    /// What both began with, where the file says so: git does with `merge.conflictStyle` `diff3` or `zdiff3`.
    pub base: Option<String>,
    /// The version of the branch that was merged into.
    pub ours: String,
    /// The version of the branch that was merged in.
    pub theirs: String,
}

/// What a line of a file with conflict marks is, or is part of (git-merge, “How conflicts are presented”).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Both,
    Ours,
    Base,
    Theirs,
}

/// Where a line leads from one part to the next; `None` where it is no mark there.
fn after_mark(part: Part, line: &str) -> Option<Part> {
    match part {
        Part::Both if line.starts_with("<<<<<<< ") => Some(Part::Ours),
        Part::Ours if line.starts_with("||||||| ") || line == "|||||||" => Some(Part::Base),
        Part::Ours | Part::Base if line == "=======" => Some(Part::Theirs),
        Part::Theirs if line.starts_with(">>>>>>> ") => Some(Part::Both),
        _ => None,
    }
}

/// The two versions in a file that git could not merge, or in which it put a record of both; `None` in any other.
#[must_use]
pub fn two_versions(source: &str) -> Option<TwoVersions> {
    let is_marked = || source.lines().any(|line| line.starts_with("<<<<<<< "));
    // Cut off between its marks, it is neither.
    marked(source).or_else(|| if is_marked() { None } else { twice(source) })
}

fn marked(source: &str) -> Option<TwoVersions> {
    let (mut base, mut ours, mut theirs) = (String::new(), String::new(), String::new());
    let (mut part, mut marks, mut bases) = (Part::Both, 0_usize, 0_usize);
    for whole in source.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        if let Some(next) = after_mark(part, line) {
            marks += usize::from(next == Part::Both);
            bases += usize::from(next == Part::Base);
            part = next;
            continue;
        }
        match part {
            Part::Both => {
                [&mut base, &mut ours, &mut theirs].into_iter().for_each(|it| it.push_str(whole))
            }
            Part::Ours => ours.push_str(whole),
            Part::Base => base.push_str(whole),
            Part::Theirs => theirs.push_str(whole),
        }
    }
    (marks > 0 && part == Part::Both).then(|| TwoVersions {
        base: (bases == marks).then_some(base),
        ours,
        theirs,
    })
}

/// Where a key stands twice in a section, as two people's records of one id do: the first is of the one, the last of the
/// other.
fn twice(source: &str) -> Option<TwoVersions> {
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut places: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    let mut section = 0_usize;
    for (number, line) in lines.iter().enumerate() {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            section = number;
        } else if let Some(key) = key(line) {
            places.entry((section, key)).or_default().push(number);
        }
    }
    let mut ours: Vec<bool> = vec![true; lines.len()];
    let mut theirs = ours.clone();
    let mut any = false;
    for all in places.into_values().filter(|all| all.len() > 1) {
        any = true;
        for number in &all[1..] {
            ours[*number] = false;
        }
        for number in &all[..all.len() - 1] {
            theirs[*number] = false;
        }
    }
    let of = |keep: &[bool]| {
        lines.iter().zip(keep).filter(|(_, keep)| **keep).map(|(line, _)| *line).collect::<String>()
    };
    any.then(|| TwoVersions { base: None, ours: of(&ours), theirs: of(&theirs) })
}

/// The key of a record that is one line: `"e…"` or `("a…", 12, 20)`.
fn key(line: &str) -> Option<&str> {
    let end = match line.as_bytes() {
        [b'"', ..] => {
            let end = line.find("\": ")? + 1;
            line[end..].starts_with(": (").then_some(end)?
        }
        [b'(', b'"', ..] => {
            let end = line.find("): ")? + 1;
            // The paragraphs of a text follow on lines of their own.
            line[end..].starts_with(": \"").then_some(end)?
        }
        _ => return None,
    };
    line.get(..end)
}

/// The error for a source in which git left two versions.
pub(super) fn unmerged(source: &str) -> Option<FormatError> {
    let (mut part, mut first, mut marks) = (Part::Both, None, 0_usize);
    for (number, line) in source.lines().enumerate() {
        if let Some(next) = after_mark(part, line) {
            if next == Part::Ours {
                first.get_or_insert(number + 1);
            }
            marks += usize::from(next == Part::Both);
            part = next;
        }
    }
    let line = first.filter(|_| marks > 0)?;
    let places = if marks == 1 { "1 place".to_owned() } else { format!("{marks} places") };
    Some(FormatError {
        line,
        column: 1,
        what: format!(
            "git could not merge two versions of this notebook and left both in it at {places}, between “<<<<<<<” and \
             “>>>>>>>”; “git checkout --ours” or “--theirs” takes one of them whole"
        ),
        newer: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "(\ncasebook: 3,\nactors: {\n";

    #[test]
    fn both_versions_are_read_off_the_marks() {
        let source = format!(
            "{HEAD}<<<<<<< ours\n\"e1\": (a),\n||||||| base\n\"e1\": (b),\n=======\n\"e1\": (c),\n>>>>>>> theirs\n}},\n)\n"
        );
        let found = two_versions(&source).expect("found");
        let of = |record: &str| format!("{HEAD}\"e1\": ({record}),\n}},\n)\n");
        assert_eq!(found, TwoVersions { base: Some(of("b")), ours: of("a"), theirs: of("c") });
        let plain = source.replace("||||||| base\n\"e1\": (b),\n", "").replace('\n', "\r\n");
        let found = two_versions(&plain).expect("found");
        assert_eq!((found.base, found.ours), (None, of("a").replace('\n', "\r\n")));
        // Cut off in the middle it is neither.
        assert_eq!(two_versions(source.split("=======").next().expect("a part")), None);
    }

    #[test]
    fn a_record_that_stands_twice_is_one_of_each() {
        let source = format!(
            "{HEAD}\"e1\": (a),\n\"e2\": (b),\n\"e1\": (c),\n}},\nevents: {{\n\"e1\": (d),\n}},\n)\n"
        );
        let found = two_versions(&source).expect("found");
        assert!(found.ours.contains("(a)") && !found.ours.contains("(c)"));
        assert!(found.theirs.contains("(c)") && !found.theirs.contains("(a)"));
        assert!(found.ours.contains("(d)") && found.theirs.contains("(d)"));
        assert_eq!(two_versions(&found.ours), None);
    }
}
