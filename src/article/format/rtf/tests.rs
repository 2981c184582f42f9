//! The reader of Rich Text on files made here, in the manner of the programs that write it.

use super::*;
use crate::article::format::office::made::lines;

const FONTS: &str = "{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}{\\f1\\fcharset178 Arial{\\*\\falt Other};}{\\f2\\fcharset2 Symbol;}\
    {\\f3\\fcharset128 MS Gothic;}{\\f4\\fcharset204 Times Cyr;}{\\f5\\fcharset2 Wingdings;}}";

fn document(body: &str) -> Document {
    let bytes = format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{FONTS}{body}}}");
    assert!(looks_like(bytes.as_bytes()));
    read(bytes.as_bytes(), &Options::default()).unwrap()
}

fn text(body: &str) -> String {
    document(body).text
}

#[test]
fn words_signs_and_breaks_are_taken() {
    let body = "\\pard A {\\b bold}\r\n word\\line next\\~x\\_y\\-z \\ldblquote q\\rdblquote \\emdash\\par\n\
        C:\\\\dir \\{b\\}\\\n\\'e9\\tab t\\sect last";
    assert_eq!(text(body), "A bold word\nnext\u{a0}x\u{2011}yz “q”—\n\nC:\\dir {b}\n\né t\n\nlast");
}

#[test]
fn bytes_are_read_as_their_fonts_have_them() {
    let arabic = "\\f1\\rtlch\\lang1025\\'c7\\'e4\\u1740? \\'81";
    assert_eq!(text(arabic), "انی پ");
    // The second byte of a pair stands there as it is, or as a number.
    assert_eq!(text("\\f3\\'82\\'b1\\'82\\'f1\\'83A\\'81\\'49 \\f4\\'cf"), "こんア！ П");
    assert_eq!(text("\\f2 a\\'b7\\u61537 ? \\f5 J\\f0 J"), "α•α ☺J");
    assert_eq!(text("\u{e9}t\u{e9}"), "été");
    let mac = "{\\rtf1\\mac\\deff0{\\fonttbl{\\f0 Geneva;}}\\f0 caf\\'8e}";
    assert_eq!(read(mac.as_bytes(), &Options::default()).unwrap().text, "café");
    let page = "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset0 A;}}\\f0\\'cf\\'f0}";
    assert_eq!(read(page.as_bytes(), &Options::default()).unwrap().text, "Пр");
}

#[test]
fn unicode_passes_over_what_stands_for_it() {
    for (body, shown) in [
        ("a\\u160?c", "a\u{a0}c"),
        ("a\\u8217\\'92b", "a’b"),
        ("\\uc0 a\\u8217b", "a’b"),
        ("\\uc2 \\u20320\\'c4\\'e3b{\\uc1\\u20320?c}\\u20320ABd", "你b你c你d"),
        ("\\u-10179?\\u-8704?x", "\u{1f600}x"),
        ("\\u128512?x", "\u{1f600}x"),
        ("\\u-10179?x", "x"),
        ("\\u8220\\ldblquote a\\u8221{\\b b}", "“a”b"),
        ("a\\u233\\par b", "aé\n\nb"),
        ("{\\upr{a?}{\\*\\ud{a\\u233?}}}b", "aéb"),
    ] {
        assert_eq!(text(body), shown, "{body}");
    }
}

#[test]
fn what_is_no_text_is_passed_over() {
    let body = "{\\colortbl;\\red0;}{\\*\\generator Word;}{\\pict\\wmetafile8 0102}{\\*\\shppict{\\pict 00}}{\\bin5 {}}{x}\
        {\\*\\unknown words}{\\header Top 1\\par}{\\footer 12}a{\\xe index}{\\v hidden}{\\*\\bkmkstart x}b\
        {\\object\\objemb{\\*\\objdata 0102}{\\result shown}}{\\*\\annotation remark}{\\deleted gone}{\\revised new}";
    let body = body.replace("{\\bin5 {}}{x}", "{\\*\\data\\bin5 }}}}}x}");
    let document = document(&body);
    assert_eq!(document.text, "abshownnew");
    assert_eq!(
        document.remarks,
        [
            "One tracked deletion was left out; insertions were kept.",
            "A comment in the margin was left out.",
            "Words that are hidden in the document were left out.",
            "Words in the headers and footers of the pages were left out."
        ]
    );
}

#[test]
fn styles_say_what_paragraphs_are() {
    let styles = "{\\stylesheet{Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s2\\sbasedon1 Mine;}{\\s3 Intense Quote;}{\\s4 \\'dcberschrift 2;}\
        {\\*\\cs9 Char;}{\\s5\\sbasedon6 loop;}{\\s6\\sbasedon5 loop;}{\\s7 Title;}}";
    let body = "\\pard\\s7 T\\par\\pard\\s1 A\\par\\pard\\plain\\s2 B\\par{\\pard\\s3 C\\par}\\pard\\s4 D\\par\\pard\\s5 E\\par\\pard\\outlinelevel2 F\\par\\pard\\s1\\outlinelevel9 G";
    let document = document(&format!("{styles}{body}"));
    assert_eq!(lines(&document), ["h1 T", "h1 A", "h1 B", "q1 C", "h2 D", "E", "h3 F", "G"]);
    assert_eq!(document.description.title, "T");
}

#[test]
fn lists_of_every_program_are_items() {
    let word = "{\\listtext\\pard\\plain\\f2 \\'b7\\tab}\\pard\\ilvl0\\ls1 a\\par{\\listtext 1.1\\tab}\\pard\\ilvl1\\ls1 b\\par";
    let wordpad = "{\\pntext\\f2\\'B7\\tab}{\\*\\pn\\pnlvlblt\\pnf2{\\pntxtb\\'B7}}\\pard\\fi-360\\li720 c\\par";
    let text_edit = "\\pard\\li720\\fi-720\\ls1\\ilvl0 {\\listtext\t\\uc0\\u8226 \t}d\\\n";
    let pandoc = "{\\pard\\li360\\fi-360 1.\\tx360\\tab e\\par}{\\pard\\li720\\fi-360 (a)\\tx360\\tab f\\par}{\\pard\\li360\\fi-360 \\bullet\\tab g\\par}";
    let none = "{\\pard\\li360 1.\\tab h\\par}{\\stylesheet{\\s1\\outlinelevel0 heading 1;}}{\\listtext 2.\\tab}\\pard\\s1 i\\par{\\listtext\\tab}\\pard j\\par";
    let all = [word, wordpad, text_edit, pandoc, none].concat();
    assert_eq!(
        lines(&document(&all)),
        [
            "i1 • a", "i2 1.1 b", "i1 • c", "i1 • d", "i1 1. e", "i2 (a) f", "i1 • g", "1. h",
            "h1 2. i", "j"
        ]
    );
}

#[test]
fn tables_are_rows_also_in_one_another() {
    let body = "\\trowd\\cellx1\\cellx2\\pard\\intbl a\\par b\\cell c\\cell\\row\
        \\trowd\\pard\\intbl\\cell\\pard\\intbl d\\cell\\row\
        \\pard\\plain\\itap2\\intbl n\\nestcell m\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}{\\nonesttables\\par}\\pard\\intbl e\\cell f\\cell\\row\
        \\pard after\\par";
    assert_eq!(lines(&document(body)), ["row a b|c", "row |d", "row n m e|f", "after"]);
    // Cells that do not say that they are.
    assert_eq!(lines(&document("\\trowd a\\cell b\\cell\\row\\pard c")), ["row a|b", "c"]);
}

#[test]
fn notes_fields_and_boxes_are_read() {
    let body = "a{\\super\\chftn}{\\footnote\\pard\\plain {\\super\\chftn} First\\par of two}b{\\super *}{\\footnote * Own}\
        c{\\super\\chftn}{\\*\\footnote\\ftnalt\\chftn\\~{\\pard End\\par}}\
        {\\field{\\*\\fldinst HYPERLINK \"http://x\"}{\\fldrslt link}}{\\field{\\*\\fldinst{SYMBOL 183 \\\\f \"Symbol\"}}{\\fldrslt}}\
        {\\field{\\*\\fldinst IF {\\field{\\*\\fldinst X}{\\fldrslt no}} = 1}{\\fldrslt yes}}\
        {\\shp{\\*\\shpinst{\\sp{\\sn name}{\\sv value}}{\\shptxt \\pard box\\par}}{\\shprslt{\\*\\do{\\dptxbxtext box\\par}}}} d\\par e";
    assert_eq!(
        lines(&document(body)),
        [
            "a[1]b[*]c[2]link•yes d",
            "box",
            "e",
            "note [1] First",
            "note of two",
            "note [*] Own",
            "note [2] End"
        ]
    );
}

#[test]
fn mails_of_outlook_keep_their_words() {
    let body = "\\fromhtml1 \\deff0{\\*\\htmltag19 <html>}{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 Dear Ann,\\htmlrtf\\par}\\htmlrtf0\
        {\\*\\htmltag72 </p>}{\\*\\htmltag84 &nbsp;}\\htmlrtf\\'a0\\htmlrtf0 yes{\\*\\mhtmltag84 x}";
    assert_eq!(text(body), "Dear Ann,\n\n\u{a0}yes");
}

#[test]
fn what_it_says_about_itself_is_taken() {
    let info = "{\\info{\\title The b\\'f4ard}{\\author Ann Ker;Bo Li}{\\operator X}{\\creatim\\yr2031\\mo3\\dy4\\hr10}{\\revtim\\yr2031\\mo5\\dy4}{\\*\\company The Post}{\\doccomm words}}";
    let said = document(&format!("{info}\\deflang1033 x {{\\lang1036 Le conseil}}")).description;
    assert_eq!((&*said.title, &*said.author), ("The bôard", "Ann Ker, Bo Li"));
    assert_eq!(
        (&*said.date, &*said.publisher, &*said.language),
        ("2031-03-04", "The Post", "fr-FR")
    );
    let by_style = document("{\\stylesheet{\\lang1031 Normal;}}words").description;
    assert_eq!(by_style.language, "de-DE");
}

#[test]
fn what_is_cut_off_or_nests_without_end_is_read_as_far_as_it_goes() {
    let bytes = b"{\\rtf1\\ansi {\\b words\\par more";
    let cut = read(bytes, &Options::default()).unwrap();
    assert_eq!((&*cut.text, cut.remarks.len()), ("words\n\nmore", 1));
    let deep = format!("{{\\rtf1 a{}deep{}b}}", "{".repeat(100_000), "}".repeat(100_000));
    let deep = read(deep.as_bytes(), &Options::default()).unwrap();
    assert_eq!((&*deep.text, deep.remarks.len()), ("ab", 1));
    assert_eq!(read(b"{\\rtf1\\ansi }", &Options::default()), Err(DocumentError::Empty));
    assert!(matches!(read(b"words", &Options::default()), Err(DocumentError::Damaged { .. })));
    // What stands after the end is not of it.
    assert_eq!(read(b"{\\rtf1 a}b{c}", &Options::default()).unwrap().text, "a");
    assert_eq!(read(b"{\\rtf1 a\\bin2147483647 b}", &Options::default()).unwrap().text, "a");
}
