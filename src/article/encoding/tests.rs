//! What encoding is guessed for texts of many languages, and what is said where the guess is not sure.

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::*;

/// A text's bytes in an encoding, with the line ends that its system writes.
fn encoded(text: &str, name: &str) -> Vec<u8> {
    let charset = Charset::named(name).expect(name);
    let text = match name {
        "macintosh" | "x-mac-ce" | "x-mac-cyrillic" => text.replace('\n', "\r"),
        name if name.starts_with("cp") => text.replace('\n', "\r\n"),
        _ => text.to_owned(),
    };
    match charset {
        Charset::Standard(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let pair = if encoding == UTF_16LE { u16::to_le_bytes } else { u16::to_be_bytes };
            text.encode_utf16().flat_map(pair).collect()
        }
        Charset::Standard(encoding) => {
            let (bytes, _, unmappable) = encoding.encode(&text);
            assert!(!unmappable, "{name} cannot write “{text}”");
            bytes.into_owned()
        }
        Charset::Table(table) => {
            let byte = |c: char| match table.high.chars().position(|high| high == c) {
                Some(at) => u8::try_from(0x80 + at).expect("128 characters"),
                None => {
                    u8::try_from(c).ok().filter(u8::is_ascii).expect("a character of the table")
                }
            };
            text.chars().map(byte).collect()
        }
        Charset::Utf32Le => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        Charset::Utf32Be => text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
    }
}

#[track_caller]
fn is_read(bytes: &[u8], text: &str) -> EncodingGuess {
    let decoded = decode_guessing(bytes);
    let lines = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    assert_eq!(lines, text, "read as {}", decoded.encoding);
    decoded.guess
}

const WESTERN: &[&str] = &[
    "Le maire a déclaré que l'enquête n'était pas terminée et qu'il n'avait rien à cacher.\n",
    "NOM;PRÉNOM;VILLE\nLefèvre;Anaïs;Orléans\nBénard;Cédric;Besançon\n",
    "Die Geschäftsführerin hält die Vorwürfe für völlig haltlos und größtenteils erfunden.\n",
    "Straße;Größe;Stück\nHafenstraße;groß;übrig\n",
    "El alcalde negó ayer la información y señaló que ningún camión salió del puerto.\n",
    "O presidente da câmara não quis comentar a decisão e disse que não há informação.\n",
    "SÃO TOMÉ;PREÇO\nPÃO;maçã\n",
    "La società così pagò, però nessuno sa a chi.\n",
    "Borgmästaren säger att hamnen inte får stänga före påsk och att ingen vet varför.\n",
];

#[test]
fn the_languages_of_western_europe_are_read_in_each_of_their_encodings() {
    for name in ["windows-1252", "macintosh", "cp850"] {
        for text in WESTERN {
            is_read(&encoded(text, name), text);
        }
    }
}

#[test]
fn the_signs_of_newspapers_tell_windows_from_mac() {
    for text in [
        "Her note says the “gift” was for the “friends” of the “harbour”, and no more.\n",
        "“No deal”, she said.\n",
        "Orvelin™ and Kestra™ belong to the same house, a clerk said.\n",
        "It isn’t clear who’s paying: the minutes don’t say.\n",
        "She called it “a quiet deal”… and left – for good.\n",
        "Il a dit : « C’est réglé », puis il est parti… à l’hôtel.\n",
        "Der Rat nannte das „überflüssig“ und ging.\n",
    ] {
        for name in ["windows-1252", "macintosh"] {
            is_read(&encoded(text, name), text);
            // Whatever system wrote the line ends.
            is_read(&with_cr(&encoded(text, name)), text);
        }
    }
    let long = "The “gift” was for the board, and the clerk said so in her notes to the mayor. "
        .repeat(40);
    is_read(&encoded(&long, "windows-1252"), &long);
}

/// The bytes with CR for LF.
fn with_cr(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|b| if *b == b'\n' { b'\r' } else { *b }).collect()
}

#[test]
fn the_euro_and_oe_of_iso_8859_15_are_read() {
    for text in [
        "La sœur du maire a payé 300 € à l'hôtel.\n",
        "Un cœur, une œuvre : le chœur de l'église coûte cher.\n",
    ] {
        is_read(&encoded(text, "ISO-8859-15"), text);
    }
    let text = "It took 1½ hours and 3¼ pages, at £30, with a naïve café owner.\n";
    is_read(&encoded(text, "windows-1252"), text);
}

#[test]
fn other_alphabets_are_read() {
    for (names, text) in [
        (
            &["windows-1250", "ISO-8859-2", "cp852", "x-mac-ce"][..],
            "Starosta řekl, že přístav bude v květnu uzavřen a nikdo neví proč.\n",
        ),
        (
            &["windows-1250", "ISO-8859-2", "cp852", "x-mac-ce"],
            "Burmistrz powiedział, że port zostanie zamknięty w maju, i nikt nie wie dlaczego.\n",
        ),
        (
            &["windows-1250", "cp852"],
            "A társaság több pénzt fizetett a tisztviselőknek, mint a munkásoknak.\n",
        ),
        (
            &["windows-1254", "cp857"],
            "Şirket işçilerden çok memurlara ödeme yaptı, başkan bunu söyledi.\n",
        ),
        (
            &["windows-1257"],
            "Meras pasakė, kad uostas gegužę bus uždarytas, ir niekas nežino kodėl.\n",
        ),
        (
            &["windows-1251", "KOI8-R", "IBM866", "x-mac-cyrillic", "ISO-8859-5"],
            "Мэр сказал, что порт будет закрыт в мае, и никто не знает почему.\n",
        ),
        (
            &["windows-1251", "KOI8-U"],
            "Мер сказав, що порт буде закрито у травні, і його ґанок порожній.\n",
        ),
        (&["windows-1253", "ISO-8859-7"], "Ο δήμαρχος είπε ότι το λιμάνι θα κλείσει τον Μάιο.\n"),
        (&["windows-1255"], "ראש העיר אמר שהנמל ייסגר במאי ואיש אינו יודע מדוע.\n"),
        (&["windows-1256"], "قال رئيس البلدية إن الميناء سيغلق في مايو ولا أحد يعرف لماذا.\n"),
        (&["windows-874"], "นายกเทศมนตรีกล่าวว่าท่าเรือจะปิดในเดือนพฤษภาคม\n"),
        (&["GBK", "gb18030"], "市长说港口将在五月关闭，没有人知道为什么。\n"),
        (&["Big5"], "市長說港口將在五月關閉，沒有人知道為什麼。\n"),
        (
            &["Shift_JIS", "EUC-JP", "ISO-2022-JP"],
            "市長は五月に港を閉鎖すると述べたが、理由は誰も知らない。\n",
        ),
        (&["EUC-KR"], "시장은 오월에 항구를 닫을 것이라고 말했지만 이유는 아무도 모른다.\n"),
    ] {
        for name in names {
            is_read(&encoded(text, name), text);
        }
        for name in ["UTF-16LE", "UTF-16BE"] {
            is_read(&encoded(text, name), text);
        }
    }
    let rare = "董事会解雇了𠮷田和𠀋川，没有人知道原因。\n";
    let decoded = decode_guessing(&encoded(rare, "gb18030")).encoding;
    is_read(&encoded(rare, "gb18030"), rare);
    assert_eq!(decoded, "gb18030");
}

#[test]
fn utf16_needs_no_mark_and_no_zeros() {
    for text in [
        "Le bateau 🚢 part 😀 ce soir. « Rien », dit-il — 12 €.\n",
        "[3 五月 2031] D:\\港口\\文件: 完成, 共 12 项\n",
        "ab",
        "Чиновник молчит",
    ] {
        for name in ["UTF-16LE", "UTF-16BE"] {
            is_read(&encoded(text, name), text);
        }
    }
    // Words that happen to be characters of Chinese when two of their letters are taken together.
    for text in ["this app can break", "Bush hid the facts", "a plain line of words\n"] {
        is_read(text.as_bytes(), text);
    }
}

#[test]
fn utf32_is_read_with_and_without_a_mark() {
    for text in ["a", "L’été à Orléans 🚢\n", "董事会解雇了𠮷田\n", "\tЧиновник молчит\n"]
    {
        for name in ["UTF-32LE", "UTF-32BE"] {
            let marked = format!("\u{feff}{text}");
            for written in [text, &marked] {
                let mut bytes = encoded(written, name);
                is_read(&bytes, text);
                assert_eq!(decode_guessing(&bytes).encoding, name);
                let chosen = decode_as(&bytes, name).unwrap();
                assert_eq!((&*chosen.text, chosen.lossy), (text, false));
                // What fills a file up is no text, and long texts are not read to their end to be known.
                bytes.extend([0; 64]);
                is_read(&bytes, text);
                let long: Vec<u8> = bytes[..bytes.len() - 64].repeat(5000);
                assert_eq!(decode_guessing(&long).encoding, name);
            }
        }
    }
    // A letter and a line break each in UTF-16, and words of four letters.
    for bytes in [&b"a\0\n\0b\0\n\0"[..], b"\0a\0\n\0b\0\n", b"this that", b"\0\0\0\0", b""] {
        assert_eq!(guess::utf32(bytes), None);
    }
    let cut = decode_as(b"a\0\0\0\xFF\xFF\xFF\xFFb\0", "UTF-32LE").unwrap();
    assert_eq!((&*cut.text, cut.lossy), ("a\u{fffd}\u{fffd}", true));
}

#[test]
fn bytes_that_are_no_utf16_are_not_taken_for_it() {
    assert_eq!(guess::utf16(b"words\0words!"), None);
    assert_eq!(guess::utf16(b"\0\0\0\0\0\0"), None);
    assert_eq!(guess::utf16(b"\x01\0\x02\0\x03\0\x04\0"), None);
    assert_eq!(guess::utf16(b"a\0"), None);
    assert_eq!(guess::utf16(b"a\0b\0"), Some(UTF_16LE));
    assert_eq!(guess::utf16(b"\0a\0b\0"), Some(UTF_16BE));
}

#[test]
fn what_fills_a_file_up_is_no_text() {
    let text = "L’été à Orléans\n";
    for name in ["UTF-8", "windows-1252", "macintosh", "UTF-16LE", "UTF-16BE"] {
        for padding in [&b"\0"[..], b"\0\0", &[0; 500], b"\x1A", b"\x1A\0\0\0"] {
            if name.starts_with("UTF-16") && !padding.len().is_multiple_of(2) {
                continue;
            }
            if name.starts_with("UTF-16") && padding.contains(&0x1A) {
                continue;
            }
            is_read(&[encoded(text, name), padding.to_vec()].concat(), text);
        }
    }
}

#[test]
fn lines_in_another_encoding_are_mended_and_counted() {
    for (name, line) in [
        ("windows-1252", "La société déclare qu’elle paiera à l’été.\n"),
        ("windows-1252", "Der Bürgermeister müsse prüfen.\n"),
        ("macintosh", "La société a été vendue à l’été.\n"),
        ("cp850", "Le conseil a cédé, déjà.\n"),
        ("windows-1251", "Мэр сказал, что порт закрыт.\n"),
        ("Shift_JIS", "市長は五月に港を閉鎖すると述べた。\n"),
    ] {
        let charset = Charset::named(name).expect(name);
        let utf8 = "Le préfet a été prévenu.\n";
        let old = match charset {
            Charset::Standard(encoding) => encoding.encode(line).0.into_owned(),
            _ => encoded(line, name).iter().copied().filter(|b| *b != b'\r').collect(),
        };
        let bytes = [utf8.as_bytes(), &old, utf8.as_bytes(), &old].concat();
        let guess = is_read(&bytes, &format!("{utf8}{line}{utf8}{line}"));
        assert_eq!(guess.mended_lines, 2, "{name}");
        let decoded = decode_guessing(&bytes);
        assert_eq!((decoded.encoding, decoded.lossy), (format!("UTF-8 and {name}"), false));
        // By that name it is read the same way again.
        let again = decode_as(&bytes, &format!("UTF-8 and {name}")).expect("an encoding");
        assert_eq!((&*again.text, again.guess.mended_lines), (&*decoded.text, 2));
    }
    let table = [&b"Pr\xC3\xA9nom;Soci\xE9t\xE9\n"[..], "Noé;été\n".as_bytes()].concat();
    assert_eq!(is_read(&table, "Prénom;Société\nNoé;été\n").mended_lines, 1);
    assert!(
        decode_as(b"x", "UTF-8 and klingon").is_none()
            && decode_as(b"x", "KOI8-R and cp437").is_none()
    );
}

#[test]
fn a_doubtful_guess_says_so_and_shows_what_else_it_could_be() {
    let guess = decode_guessing(b"Pag\x97 in May.\n").guess;
    assert!(!guess.sure && !guess.alternatives.is_empty(), "{guess:?}");
    assert!(guess.alternatives.len() <= MOST_ALTERNATIVES);
    for bytes in [&b"Pag\x97 in May.\n"[..], b"Soci\x82t\x82\n", b"12 \xA4\n"] {
        let decoded = decode_guessing(bytes);
        for Alternative { name, sample, as_read } in &decoded.guess.alternatives {
            assert_ne!(sample, as_read);
            assert!(decoded.text.contains(as_read), "{as_read}");
            let other = decode_as(bytes, name).expect("an encoding that can be chosen");
            assert!(other.text.contains(sample), "{sample} in {name}");
        }
    }
    // A long text leaves no doubt, nor does one that says its encoding itself or has it chosen.
    let long = encoded(&WESTERN[..1].concat().repeat(5), "windows-1252");
    assert!(decode_guessing(&long).guess.sure);
    for sure in [&b"\xEF\xBB\xBFd\xC3\xA9j\xC3\xA0"[..], b"d\xC3\xA9j\xC3\xA0", b"words"] {
        assert_eq!(decode_guessing(sure).guess, EncodingGuess::sure());
    }
    assert_eq!(decode_as(b"Pag\x97", "cp850").expect("an encoding").guess, EncodingGuess::sure());
}

#[test]
fn alternatives_that_read_alike_are_proposed_once() {
    let guess = decode_guessing(&encoded("Bénard;Cédric;René\n", "cp850")).guess;
    let mut samples: Vec<&str> = guess.alternatives.iter().map(|a| a.sample.as_str()).collect();
    samples.sort_unstable();
    samples.dedup();
    assert_eq!(samples.len(), guess.alternatives.len());
}

#[test]
fn headlines_in_cyrillic_capitals_are_not_read_as_greek() {
    let text = "МЭР ГОРОДА ОПРОВЕРГ ОБВИНЕНИЯ\nПРОКУРАТУРА НАЧАЛА ПРОВЕРКУ\n";
    for name in ["KOI8-R", "windows-1251", "IBM866"] {
        is_read(&encoded(text, name), text);
        is_read(&encoded(&text.repeat(8), name), &text.repeat(8));
    }
    let greek = "Ο δήμαρχος διέψευσε τις κατηγορίες. Η εισαγγελία ερευνά.\n";
    for name in ["windows-1253", "ISO-8859-7"] {
        is_read(&encoded(greek, name), greek);
    }
}
