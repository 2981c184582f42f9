//! Contents as they travel: quoted-printable and base64 (RFC 2045, 6.7 and 6.8), read also where they are damaged.

/// Decodes quoted-printable; what is no code of it stays as it is.
pub(super) fn quoted_printable(encoded: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some(at) = memchr::memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let hex = |at: usize| rest.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if let (Some(high), Some(low)) = (hex(0), hex(1)) {
            decoded.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            rest = &rest[2..];
            continue;
        }
        // A line that goes on: white space may stand before its end.
        let white = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        match rest.get(white) {
            Some(b'\n') => rest = &rest[white + 1..],
            None => rest = &[],
            Some(_) => decoded.push(b'='),
        }
    }
    decoded.extend_from_slice(rest);
    decoded
}

/// Decodes base64; what is no sign of it is passed over. What stands after a padding is read too: some join encoded
/// pieces.
pub(super) fn base64(encoded: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(encoded.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in encoded {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, held) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            decoded.push(u8::try_from(bits >> held & 0xFF).unwrap_or(0));
            bits &= (1 << held) - 1;
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_is_read_also_where_it_is_none() {
        for (encoded, decoded) in [
            ("d=C3=A9j=c3=a0", "déjà"),
            ("one =\r\nline", "one line"),
            ("one = \t\nline", "one line"),
            ("a=b 1=2", "a=b 1=2"),
            ("cut=", "cut"),
            ("cut=C", "cut=C"),
        ] {
            assert_eq!(quoted_printable(encoded.as_bytes()), decoded.as_bytes(), "{encoded}");
        }
    }

    #[test]
    fn base64_passes_over_what_is_none() {
        for (encoded, decoded) in [
            ("S2VydmVs", "Kervel"),
            ("S2Vy\r\n dmVs!", "Kervel"),
            ("S2VydmU=", "Kerve"),
            ("S2VydmU", "Kerve"),
            ("S2VydmU=S2VydmVs", "KerveKervel"),
            ("", ""),
        ] {
            assert_eq!(base64(encoded.as_bytes()), decoded.as_bytes(), "{encoded}");
        }
    }
}
