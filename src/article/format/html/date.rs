//! Dates as pages, mails and books write them, as EDTF days and as moments.

/// The day, month or year that a date names, in its own time zone: `2031-03-04`, `2031-03` or `2031`. `None` where it
/// names none.
pub(in crate::article::format) fn edtf(written: &str) -> Option<String> {
    let written = written.trim();
    if written.len() > 200 {
        return None;
    }
    iso(written).or_else(|| in_words(written)).map(|(year, month, day)| match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    })
}

type Parts = (u16, Option<u8>, Option<u8>);

/// `2031-03-04T10:00:00+01:00` and shorter, also with `/` and `.`, and `20310304`.
fn iso(written: &str) -> Option<Parts> {
    let digits = written.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 || digits == 14 {
        let part = |from: usize, to: usize| written.get(from..to)?.parse().ok();
        return checked(written.get(..4)?.parse().ok()?, Some(part(4, 6)?), Some(part(6, 8)?));
    }
    if digits != 4 {
        return None;
    }
    let mut rest = written.get(4..)?;
    let year = written.get(..4)?.parse().ok()?;
    let mut parts = [None; 2];
    for slot in &mut parts {
        let Some(after) = rest.strip_prefix(['-', '/', '.', ':']) else { break };
        let length = after.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&length) {
            break;
        }
        *slot = after.get(..length)?.parse::<u8>().ok();
        rest = after.get(length..)?;
    }
    // “2031 words” is no date.
    if parts == [None; 2] && !rest.is_empty() {
        return None;
    }
    checked(year, parts[0], parts[1])
}

/// `Tue, 4 Mar 2031 10:00`, `March 4, 2031` and `4 mars 2031`, whose month is a word.
fn in_words(written: &str) -> Option<Parts> {
    let words: Vec<&str> = written
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'))
        .filter(|word| !word.is_empty())
        .take(8)
        .collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words.get(at)?)?;
    let number = |at: Option<usize>| -> Option<u16> {
        let word = words.get(at?)?.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º');
        word.parse().ok()
    };
    let (before, after) = (number(at.checked_sub(1)), number(Some(at + 1)));
    let year = |number: Option<u16>| number.filter(|year| *year > 1000);
    if let Some(year) = year(after) {
        return checked(year, Some(month), before.and_then(|day| day.try_into().ok()));
    }
    let day = after.and_then(|day| u8::try_from(day).ok());
    // `Tue Mar 04 2031`, `March 4 10:15:00 2031`
    let year = (at + 2..words.len()).find_map(|at| year(number(Some(at))))?;
    checked(year, Some(month), day)
}

fn month(word: &str) -> Option<u8> {
    // The names of months in English, French, German, Spanish, Italian, Portuguese and Dutch, by their beginnings.
    const MONTHS: [&[&str]; 12] = [
        &["jan", "ene", "gen"],
        &["feb", "fév", "fev"],
        &["mar", "mär", "mrt", "maa"],
        &["apr", "avr", "abr"],
        &["may", "mai", "mei", "mag"],
        &["jun", "juin", "giu"],
        &["jul", "juil", "lug"],
        &["aug", "aoû", "aou", "ago"],
        &["sep", "set"],
        &["oct", "okt", "ott", "out"],
        &["nov"],
        &["dec", "déc", "dez", "dic"],
    ];
    let word = word.to_lowercase();
    if word.chars().count() > 10 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    // “juin” and “juil” before “jui”: the longest beginning decides.
    let at = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    u8::try_from(at + 1).ok()
}

fn checked(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Parts> {
    if !(1000..=2999).contains(&year) {
        return None;
    }
    // `2031-00-00`: what is 0 is not known.
    let month = month.filter(|month| (1..=12).contains(month));
    let day = day.filter(|_| month.is_some()).filter(|day| {
        let date = jiff::civil::Date::new(
            i16::try_from(year).unwrap_or(0),
            i8::try_from(month.unwrap_or(1)).unwrap_or(0),
            i8::try_from(*day).unwrap_or(0),
        );
        date.is_ok()
    });
    Some((year, month, day))
}

/// The moment that a date names, as RFC 3339: of a mail's header, an ISO date, and what JavaScript writes
/// (`Tue Mar 04 2031 10:15:00 GMT+0100 (…)`). `None` where the zone or the time is missing.
pub(in crate::article::format) fn moment(written: &str) -> Option<String> {
    let written = written.trim();
    if written.len() > 200 {
        return None;
    }
    if written.parse::<jiff::Timestamp>().is_ok() {
        return Some(written.replace(' ', "T"));
    }
    let day = edtf(written).filter(|day| day.len() == 10)?;
    let words: Vec<&str> = written.split_ascii_whitespace().collect();
    let time =
        words.iter().find(|word| word.contains(':') && word.as_bytes()[0].is_ascii_digit())?;
    let mut parts = time.split(':').map(|part| part.get(..2)?.parse::<u8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().flatten().unwrap_or(0);
    let zone = words.iter().find_map(|word| {
        let word = word.strip_prefix("GMT").or_else(|| word.strip_prefix("UTC")).unwrap_or(word);
        let digits = word.strip_prefix(['+', '-'])?.replace(':', "");
        (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| format!("{}{}:{}", &word[..1], &digits[..2], &digits[2..]))
    });
    let zone = zone.or_else(|| {
        words.iter().any(|word| matches!(*word, "GMT" | "UTC" | "UT" | "Z")).then(|| "Z".to_owned())
    })?;
    let moment = format!("{day}T{hour:02}:{minute:02}:{second:02}{zone}");
    moment.parse::<jiff::Timestamp>().is_ok().then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        for (written, day) in [
            ("2031-03-04T23:30:00-08:00", Some("2031-03-04")),
            ("2031-03", Some("2031-03")),
            ("2031", Some("2031")),
            ("2031-00-00", Some("2031")),
            ("2031-02-31", Some("2031-02")),
            ("2031/3/4", Some("2031-03-04")),
            ("20310304", Some("2031-03-04")),
            ("20310304101500", Some("2031-03-04")),
            ("Tue, 4 Mar 2031 10:15:00 +0100", Some("2031-03-04")),
            ("Tue Mar 04 2031 10:15:00 GMT+0100 (CET)", Some("2031-03-04")),
            ("March 4th, 2031", Some("2031-03-04")),
            ("4 juin 2031", Some("2031-06-04")),
            ("4 juillet 2031", Some("2031-07-04")),
            ("1er août 2031", Some("2031-08-01")),
            ("März 2031", Some("2031-03")),
            ("2031 words", None),
            ("today", None),
            ("", None),
            ("99999-01-01", None),
        ] {
            assert_eq!(edtf(written).as_deref(), day, "{written}");
        }
    }

    #[test]
    fn moments_keep_their_zone() {
        for (written, moment) in [
            (
                "Tue Mar 04 2031 10:15:00 GMT+0100 (Central European Time)",
                Some("2031-03-04T10:15:00+01:00"),
            ),
            ("Tue, 04 Mar 2031 10:15:00 -0000", Some("2031-03-04T10:15:00-00:00")),
            ("2031-03-04T10:15:00Z", Some("2031-03-04T10:15:00Z")),
            ("4 Mar 2031 10:15 GMT", Some("2031-03-04T10:15:00Z")),
            ("4 Mar 2031", None),
            ("yesterday 10:15", None),
        ] {
            assert_eq!(super::moment(written).as_deref(), moment, "{written}");
        }
    }
}
