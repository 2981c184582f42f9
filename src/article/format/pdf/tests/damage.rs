//! Files made to do harm, and damaged ones.

use super::made::{Made, lines, packed, page, text, wide, wide_font};
use super::*;

#[test]
fn files_made_to_do_harm_end_in_a_document_or_a_clear_error() {
    for (name, bytes) in super::hostile_pdf::hostile() {
        match read_it(&bytes) {
            Ok(document) => {
                assert!(
                    document
                        .structure
                        .fits(u32::try_from(document.text.split('\n').count()).expect("lines")),
                    "{name}"
                );
            }
            Err(error) => assert!(error.to_string().ends_with('.'), "{name}: {error}"),
        }
    }
}

#[test]
fn no_page_can_be_seen_through() {
    let mut made = Made::new();
    let content = text("F1", 12.0, 72.0, 700.0, "Words")
        + "/G gs 0.2 0.7 0.3 rg 100.3 300.2 m 200 350 l 130 390 l f 0.5 g 72 500 50 50 re f\n";
    made.page_with(&content, "/ExtGState << /G << /ca 0.5 >> >>", "");
    let image = page_image(&made.bytes(), PageAt::Number(0), 160).expect("a picture");
    let (pixels, rest) = image.rgba.as_chunks::<4>();
    assert!(rest.is_empty() && pixels.iter().all(|pixel| pixel[3] == 255));
    let tinted = pixels.iter().filter(|[red, green, ..]| red < green).count();
    assert!(tinted > 50 && pixels[0] == [255; 4], "{tinted}");
}

/// Files with most of what a PDF may hold, to be mutated.
fn seeds() -> Vec<Vec<u8>> {
    let mut made = Made::new();
    let font = wide_font(&mut made, &["ﬁ", "ש", "a", "\u{ad}"]) + "||";
    let map = made.stream("/Filter /FlateDecode", &packed(lines(72.0, 500.0, &PROSE).as_bytes()));
    made.page_with(&(lines(72.0, 700.0, &PROSE) + &wide(72.0, 640.0, &[1, 2, 3, 4])), &font, "");
    let second_page = made.add(format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate 90 /Contents [{map} 0 R {map} 0 R] /Resources << /Font << /F3 << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >> >>"
    ));
    made.catalog(&format!("/PageLabels << /Nums [0 << /S /r >>] >> /Lang (fr) /Outlines << /First << /Title (x) /Dest [{second_page} 0 R] >> >>"));
    let first = made.bytes();
    let second =
        page(&(made::PICTURE.to_owned() + &lines(72.0, 700.0, &PROSE) + "3 Tr (hidden) Tj"));
    let tabular: String = (0..6)
        .map(|at| {
            text("F1", 10.0, 72.0, 700.0 - 14.0 * at as f32, "cell")
                + &text("F2", 10.0, 200.0, 700.0 - 14.0 * at as f32, "12")
        })
        .collect();
    vec![first, second, page(&tabular)]
}

#[test]
fn damaged_files_never_panic() {
    let long = std::env::var_os("CASEBOOK_LONG").is_some();
    let seeds = seeds();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % u64::try_from(below.max(1)).expect("small")).expect("small")
    };
    for round in 0..if long { 20_000 } else { 300 } {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=next(8) {
            let (at, to) = (next(bytes.len()), next(bytes.len()));
            match next(6) {
                0 => bytes[at] ^= 1 << next(8),
                1 => bytes[at] = b"0 1<>[]()/%R"[next(12)],
                2 => bytes.truncate(at.max(1)),
                3 => {
                    bytes.drain(at.min(to)..at.max(to).min(at.min(to) + 40));
                }
                4 => {
                    let part = bytes[at.min(to)..at.max(to).min(at.min(to) + 60)].to_vec();
                    let into = next(bytes.len() + 1);
                    bytes.splice(into..into, part);
                }
                _ => {
                    let other = &seeds[next(seeds.len())];
                    let from = next(other.len());
                    let part = other[from..(from + 80).min(other.len())].to_vec();
                    bytes.splice(at..at, part);
                }
            }
            if bytes.is_empty() {
                bytes.push(b'%');
            }
        }
        let begun = std::time::Instant::now();
        let read = read_it(&bytes);
        if let Ok(document) = read {
            assert!(
                document
                    .structure
                    .fits(u32::try_from(document.text.split('\n').count()).expect("lines"))
            );
        }
        if long {
            assert!(begun.elapsed().as_secs() < 2, "round {round}");
        }
    }
}
