//! Names that resemble each other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::text::fold;

/// A word that more names than this have in common says nothing about two of them.
const COMMON: usize = 40;

/// Names longer than this, in scalars, are compared as wholes only: nobody mistypes one letter of a page.
const LONGEST: usize = 100;

/// The pairs of names (each with its aliases) that may mean one: by number, the smaller first, with how they are alike.
///
/// Alike are names that are the same once folded, or the same words in another order; a name that is the last word of just
/// one longer one (“Varquier”, “Solène Varquier”); and names of five letters or more that differ by one letter, after the
/// deletion neighbourhoods of Bocek et al. 2007. When `stop` returns true, what was found so far.
pub(super) fn alike_names(
    names: &[Vec<&str>],
    stop: &dyn Fn() -> bool,
) -> Vec<(usize, usize, &'static str)> {
    let mut found: BTreeMap<(usize, usize), &'static str> = BTreeMap::new();
    let mut pair = |a: usize, b: usize, why: &'static str| {
        if a != b {
            found.entry((a.min(b), a.max(b))).or_insert(why);
        }
    };
    let folded: Vec<Vec<String>> =
        names.iter().map(|all| all.iter().map(|name| fold(name)).collect()).collect();
    let mut same: HashMap<String, Vec<usize>> = HashMap::new();
    let mut last: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut near: HashMap<String, Vec<(usize, &str)>> = HashMap::new();
    for (number, all) in folded.iter().enumerate() {
        if number % 256 == 0 && stop() {
            break;
        }
        for name in all {
            let mut words: Vec<&str> = name.split_whitespace().collect();
            if let [_, .., end] = words[..] {
                last.entry(end).or_default().push(number);
            }
            words.sort_unstable();
            same.entry(words.join(" ")).or_default().push(number);
            // The neighbours of a long name would take the square of its length.
            if (5..=LONGEST).contains(&name.chars().count()) {
                for neighbour in deletions(name) {
                    near.entry(neighbour).or_default().push((number, name));
                }
            }
        }
    }
    for numbers in same.values().filter(|numbers| numbers.len() <= COMMON) {
        for (i, a) in numbers.iter().enumerate() {
            numbers[i + 1..].iter().for_each(|b| pair(*a, *b, "the same name as"));
        }
    }
    for (number, all) in folded.iter().enumerate() {
        for name in all.iter().filter(|name| name.chars().count() >= 4) {
            let longer: BTreeSet<usize> =
                last.get(name.as_str()).into_iter().flatten().copied().collect();
            // Of a family’s name several may be meant, and it is not known which.
            if let Some(only) = longer.first().filter(|_| longer.len() == 1) {
                pair(number, *only, "may be short for or the full name of");
            }
        }
    }
    for close in near.values().filter(|close| close.len() <= COMMON) {
        for (i, (a, one)) in close.iter().enumerate() {
            for (b, other) in &close[i + 1..] {
                if one != other && differ_by_one(one, other) {
                    pair(*a, *b, "one letter from");
                }
            }
        }
    }
    found.into_iter().map(|((a, b), why)| (a, b, why)).collect()
}

/// A word, and what is left of it without one of its letters.
pub(crate) fn deletions(name: &str) -> HashSet<String> {
    let chars: Vec<char> = name.chars().collect();
    let without = (0..chars.len()).map(|at| {
        chars.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect::<String>()
    });
    without.chain([name.to_owned()]).collect()
}

/// Whether one letter added, left out or changed, or two neighbours swapped, make one of the other; a figure is no letter:
/// “Line 1” and “Line 2” are two.
pub(crate) fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = |chars: &[char]| chars.len() - start;
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take(rest(&a).min(rest(&b)))
        .take_while(|(x, y)| x == y)
        .count();
    let (x, y) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    let letters = x.iter().chain(y).all(|c| c.is_alphabetic());
    letters
        && match (x, y) {
            ([], [_]) | ([_], []) | ([_], [_]) => true,
            ([p, q], [r, s]) => p == s && q == r,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(names: &[&str]) -> Vec<(usize, usize)> {
        let names: Vec<Vec<&str>> = names.iter().map(|name| vec![*name]).collect();
        alike_names(&names, &|| false).into_iter().map(|(a, b, _)| (a, b)).collect()
    }

    #[test]
    fn names_that_may_mean_one_are_found() {
        assert_eq!(alike(&["Solène Varquier", "Varquier", "Hester Wadlow"]), [(0, 1)]);
        assert_eq!(alike(&["Le Phare", "le phare"]), [(0, 1)]);
        assert_eq!(alike(&["Kervel Anne", "Anne Kervel"]), [(0, 1)]);
        assert_eq!(alike(&["Quemar", "Quémar"]), [(0, 1)], "accents do not count");
        assert_eq!(alike(&["Ormelot", "Ormellot", "Ormleot"]), [(0, 1), (0, 2)]);
        assert_eq!(alike(&["Reuters", "Router"]), []);
    }

    #[test]
    fn what_only_looks_alike_to_a_machine_is_left() {
        assert_eq!(alike(&["Anne Kervel", "Paul Kervel", "Kervel"]), [], "either may be meant");
        assert_eq!(alike(&["Line 1", "Line 2", "Berth 12", "Berth 13"]), []);
        assert_eq!(alike(&["Ito", "Ita"]), [], "too short to tell");
        let many: Vec<String> = (0..200).map(|n| format!("Member {n} of the crew")).collect();
        assert_eq!(alike(&many.iter().map(String::as_str).collect::<Vec<_>>()), []);
    }

    #[test]
    fn a_name_of_megabytes_is_no_burden() {
        let long = "a".repeat(2 << 20);
        assert_eq!(alike(&[&long, "Anne Kervel", &long]), [(0, 2)]);
    }
}
