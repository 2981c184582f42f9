//! Names and texts that resemble each other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

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

/// How many words a shingle has (Broder 1997, w-shingling).
const SHINGLE: usize = 5;
/// How many hash values stand for a text, in bands of four.
const HASHES: usize = 64;
const BAND: usize = 4;
/// Texts are alike from this share of common shingles on.
const ALIKE: f64 = 0.7;

/// The pairs of texts that have most of their shingles in common: by number, with the share (Jaccard), 1 for the same
/// text. Candidates are found by MinHash in bands (Broder 1997; Leskovec et al. 2014, chapter 3), and then counted.
pub(crate) fn alike_texts(texts: &[&str], stop: &dyn Fn() -> bool) -> Vec<(usize, usize, f64)> {
    let mut bands: HashMap<(usize, [u64; BAND]), Vec<usize>> = HashMap::new();
    let mut all: Vec<HashSet<u64>> = Vec::with_capacity(texts.len());
    for (number, text) in texts.iter().enumerate() {
        if stop() {
            return Vec::new();
        }
        let shingles = shingles(text);
        let mut least = [u64::MAX; HASHES];
        for shingle in &shingles {
            for (i, least) in least.iter_mut().enumerate() {
                *least = (*least)
                    .min(mixed(*shingle ^ (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            }
        }
        if !shingles.is_empty() {
            for (i, band) in least.chunks_exact(BAND).enumerate() {
                let mut key = [0; BAND];
                key.copy_from_slice(band);
                bands.entry((i, key)).or_default().push(number);
            }
        }
        all.push(shingles);
    }
    let mut candidates: BTreeSet<(usize, usize)> = BTreeSet::new();
    for numbers in bands.values().filter(|numbers| numbers.len() <= COMMON) {
        for (i, a) in numbers.iter().enumerate() {
            candidates.extend(numbers[i + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let share = |a: usize, b: usize| {
        if texts[a] == texts[b] {
            return 1.0;
        }
        let both = all[a].intersection(&all[b]).count();
        let any = all[a].len() + all[b].len() - both;
        // The same shingles in another order are not the same text.
        (both as f64 / any.max(1) as f64).min(0.99)
    };
    let found = candidates.into_iter().map(|(a, b)| (a, b, share(a, b)));
    found.filter(|(.., share)| *share >= ALIKE).collect()
}

/// The hashes of every few words in a row; of a shorter text, of all of it.
fn shingles(text: &str) -> HashSet<u64> {
    let hash = |words: &[u64]| {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    };
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut hasher = DefaultHasher::new();
            fold(word).hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    if words.is_empty() {
        return HashSet::new();
    }
    if words.len() < SHINGLE {
        return HashSet::from([hash(&words)]);
    }
    words.windows(SHINGLE).map(hash).collect()
}

const fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
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

    #[test]
    fn copies_of_a_text_are_found_and_other_texts_are_not() {
        let wire = "The harbour master said on Friday that two mooring lines had parted in the night, \
                    and that nobody was hurt. The barge drifted for an hour before a tug took it in tow. \
                    An inquiry has begun, the port authority said in a statement.";
        let copy = wire.replace("on Friday", "on Saturday");
        let other = "Nothing of the kind was ever found in the ledgers of the company, its treasurer told us \
                     when we met her at the quay, and she would know: she kept them for thirty years.";
        let found = alike_texts(&[wire, other, &copy, wire, ""], &|| false);
        let pairs: Vec<_> = found.iter().map(|(a, b, share)| (*a, *b, *share >= 1.0)).collect();
        assert_eq!(pairs, [(0, 2, false), (0, 3, true), (2, 3, false)]);
    }
}
