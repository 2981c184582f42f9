//! Identifiers: random, stable, and short enough to read aloud.
//!
//! An id is 50 random bits, written as a letter that names the kind of thing and ten characters of
//! Crockford's base 32 (no I, L, O, U). Random ids in sorted maps let git merge two people's additions;
//! sequential ones conflict every time.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const NO_DIGIT: u8 = 255;
/// The value of each byte as a digit: a file of a hundred thousand mentions holds three times as many ids.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
};
const LENGTH: usize = 10;
const MASK: u64 = (1 << (5 * LENGTH as u64)) - 1;
/// What the id of a derived link has above those bits, so that it is unlike the id of any link that was made.
const DERIVED: u64 = 1 << 63;

/// A string that is not an identifier of the kind asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{found}” is not {wanted} id: expected “{letter}” and ten letters or digits (no i, l, o, u)"
)]
pub struct NotAnId {
    found: String,
    wanted: &'static str,
    letter: char,
}

fn random_bits() -> u64 {
    // A machine without a source of randomness still gets ids that differ within one process.
    getrandom::u64().unwrap_or_else(|_| {
        use std::sync::atomic::{AtomicU64, Ordering};
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| d.as_nanos() as u64);
        now.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed))
    }) & MASK
}

fn write_id(letter: char, bits: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let letter = if bits & DERIVED == 0 { letter } else { 'd' };
    let mut text = [0_u8; LENGTH];
    for (i, slot) in text.iter_mut().enumerate() {
        let shift = 5 * (LENGTH - 1 - i);
        *slot = ALPHABET[((bits >> shift) & 31) as usize];
    }
    write!(f, "{letter}{}", std::str::from_utf8(&text).unwrap_or(""))
}

fn parse_id(letter: char, text: &str) -> Option<u64> {
    let digits = text.strip_prefix(letter)?.as_bytes();
    if digits.len() != LENGTH {
        return None;
    }
    digits.iter().try_fold(0_u64, |bits, byte| match VALUES[*byte as usize] {
        NO_DIGIT => None,
        value => Some(bits << 5 | u64::from(value)),
    })
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal, $wanted:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The largest that [`Self::bits`] can be of an id that was made.
            pub const ALL_BITS: u64 = MASK;

            /// A new id, unlike any other.
            #[must_use]
            pub fn random() -> Self {
                Self(random_bits())
            }

            /// The id with these bits (the low 50 count): for tests and for generated notebooks.
            #[must_use]
            pub const fn from_bits(bits: u64) -> Self {
                Self(bits & MASK)
            }

            /// The bits behind the id: 50, and one more for a derived link.
            #[must_use]
            pub const fn bits(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_id($letter, self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse_id($letter, text).map(Self).ok_or_else(|| NotAnId {
                    found: text.chars().take(40).collect(),
                    wanted: $wanted,
                    letter: $letter,
                })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($wanted)?;
                        f.write_str(" id")
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Visitor)
            }
        }
    };
}

id!(
    /// Names one article of a notebook.
    ArticleId, 'a', "an article"
);
id!(
    /// Names one entity: an actor, event or claim.
    EntityId, 'e', "an entity"
);
id!(
    /// Names one mention.
    MentionId, 'm', "a mention"
);
id!(
    /// Names one link.
    LinkId, 'l', "a link"
);

impl LinkId {
    /// The id of a derived link: the same for the same bits, and written with a `d`. Files hold none, and none is read.
    pub(super) const fn derived(bits: u64) -> Self {
        Self(bits & MASK | DERIVED)
    }

    /// Whether it is the id of a derived link.
    #[must_use]
    pub const fn is_derived(self) -> bool {
        self.0 & DERIVED != 0
    }
}

id!(
    /// Names one group on the canvas.
    GroupId, 'g', "a group"
);
id!(
    /// Names one note card on the canvas.
    CardId, 'n', "a note card"
);
id!(
    /// Names one named view.
    ViewId, 'v', "a named view"
);
id!(
    /// Names one waiver of a finding of the review.
    WaiverId, 'w', "a waiver"
);
id!(
    /// Names one conflict: what two people changed differently.
    ConflictId, 'c', "a conflict"
);
id!(
    /// Names one source that is set aside.
    SetAsideId, 'd', "a “set aside”"
);
id!(
    /// Names one matrix of competing claims.
    MatrixId, 'x', "a matrix"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_itself() {
        for bits in [0, 1, 31, 32, MASK, 0x1_2345_6789_abcd] {
            let id = EntityId::from_bits(bits);
            assert_eq!(id.to_string().parse::<EntityId>(), Ok(id));
        }
        assert_eq!(EntityId::from_bits(0).to_string(), "e0000000000");
    }

    #[test]
    fn a_derived_link_has_an_id_of_its_own() {
        let derived = LinkId::derived(7);
        assert!(derived.is_derived() && !LinkId::from_bits(7).is_derived());
        assert_eq!(derived.to_string(), "d0000000007");
        assert!("d0000000007".parse::<LinkId>().is_err(), "no file names one");
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let mention = MentionId::from_bits(7).to_string();
        assert!(mention.parse::<EntityId>().is_err());
        assert!("e123".parse::<EntityId>().is_err());
        assert!("eilou000000".parse::<EntityId>().is_err());
    }
}
