//! GUIDs for formats that want one for everything: version 8 of RFC 9562, always the same for the same record, and one
//! of a record leads back to its id.

use sha2::{Digest as _, Sha256};

use crate::notebook::EntityId;

/// Ids hold so many bits.
const ID_BITS: u32 = 50;

/// The GUID of a record with this id (of any kind: a letter and ten digits).
pub(crate) fn of_record(id: &str) -> String {
    match parts(id) {
        Some((letter, bits)) => guid(check(id), u64::from(letter) << ID_BITS | bits),
        None => of(id),
    }
}

/// The GUID of something that is no record, by a name of its own.
pub(crate) fn of(name: &str) -> String {
    let digest = Sha256::digest(format!("Casebook name {name}").as_bytes());
    guid(number(&digest[..8]) >> 4, number(&digest[8..16]))
}

/// The id of the record whose GUID this is; `None` for any other.
pub(crate) fn record_of(text: &str) -> Option<String> {
    let hex: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    if hex.len() != 32 {
        return None;
    }
    let low = u64::from_str_radix(&hex[16..], 16).ok()?;
    let letter = char::from(u8::try_from(low >> ID_BITS & 0xff).ok()?);
    let entity = EntityId::from_bits(low & ((1 << ID_BITS) - 1)).to_string();
    let id = format!("{letter}{}", entity.get(1..)?);
    let same = |c: char| c.is_ascii_hexdigit().then(|| c.to_ascii_lowercase());
    of_record(&id).chars().filter_map(same).eq(hex.chars().filter_map(same)).then_some(id)
}

/// The letter and the bits of an id.
fn parts(id: &str) -> Option<(u8, u64)> {
    let letter = *id.as_bytes().first().filter(|letter| letter.is_ascii_lowercase())?;
    let bits = format!("e{}", id.get(1..)?).parse::<EntityId>().ok()?.bits();
    Some((letter, bits))
}

/// What tells the GUID of a record from one that only looks like it: 60 bits.
fn check(id: &str) -> u64 {
    number(&Sha256::digest(format!("Casebook record {id}").as_bytes())[..8]) >> 4
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// 60 bits and 62 bits, with the version and the variant between them.
fn guid(high: u64, low: u64) -> String {
    let (a, b) = (high >> 12 & 0xffff_ffff_ffff, high & 0xfff);
    let c = low & ((1 << 62) - 1) | 1 << 63;
    format!(
        "{:08x}-{:04x}-8{b:03x}-{:04x}-{:012x}",
        a >> 16,
        a & 0xffff,
        c >> 48,
        c & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guid_of_a_record_leads_back_to_it() {
        for bits in [0, 1, 77, 0x2_ffff_ffff_ffff] {
            let id = EntityId::from_bits(bits).to_string();
            for id in [id.clone(), id.replacen('e', "m", 1), id.replacen('e', "l", 1)] {
                let guid = of_record(&id);
                assert_eq!((guid.len(), guid.as_bytes()[14]), (36, b'8'));
                assert_eq!(record_of(&guid), Some(id.clone()));
                assert_eq!(record_of(&format!("{{{}}}", guid.to_uppercase())), Some(id));
            }
        }
        assert_eq!(record_of(&of("canvas")), None);
        assert_eq!(record_of("123e4567-e89b-12d3-a456-426614174000"), None);
        assert_eq!(record_of("é"), None);
        assert_eq!(of("canvas"), of("canvas"));
    }
}
