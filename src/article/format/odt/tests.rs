//! The reader of OpenDocument texts on files made here.

use super::*;
use crate::article::format::office::made::{lines, pages, zipped};

/// A flat file with these styles and this text.
fn flat(styles: &str, text: &str) -> String {
    format!(
        "<?xml version='1.0'?><office:document office:mimetype='{MIME}' xmlns:office='o' xmlns:text='t'>\
         <office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document>"
    )
}

fn document(styles: &str, text: &str) -> Document {
    let bytes = flat(styles, text);
    assert!(looks_like(bytes.as_bytes()));
    read(bytes.as_bytes(), &Options::default()).unwrap()
}

fn text(text: &str) -> String {
    document("", text).text
}

fn p(words: &str) -> String {
    format!("<text:p>{words}</text:p>")
}

/// A file of this content.
fn file(content: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{content}</office:text></office:body></office:document-content>"
    );
    let mut entries = vec![("mimetype", MIME), ("content.xml", &*content)];
    entries.extend(parts);
    zipped(&entries)
}

#[test]
fn words_spaces_and_breaks_are_taken() {
    let body = "<text:p>A <text:span>long\n  word<text:s text:c='3'/></text:span><text:tab/>end<text:line-break/>\
        next <text:a>link</text:a> <text:page-number>7</text:page-number><text:bookmark text:name='x'/></text:p>\
        <text:p><text:s text:c='4000000000'/></text:p>";
    assert_eq!(text(body), "A long word end\nnext link 7");
    let code = "<text:p text:style-name='Preformatted_20_Text'>a<text:s text:c='3'/>b</text:p>";
    assert_eq!(text(&format!("{code}{code}")), "a   b\na   b");
}

#[test]
fn styles_say_what_paragraphs_are_through_their_parents() {
    let styles = "<style:style style:name='P1' style:family='paragraph' style:parent-style-name='Quotations'/>\
        <style:style style:name='P2' style:family='paragraph' style:parent-style-name='P3'/>\
        <style:style style:name='P3' style:family='paragraph' style:parent-style-name='P2' style:default-outline-level='3'/>\
        <style:style style:name='T1' style:family='text'><style:text-properties text:display='none'/></style:style>";
    let body = "<text:p text:style-name='Title'>T</text:p><text:h text:outline-level='2'>H</text:h><text:p text:style-name='P1'>Q</text:p>\
        <text:p text:style-name='P2'>L</text:p><text:p>a<text:span text:style-name='T1'>hidden</text:span>b</text:p>";
    let document = document(styles, body);
    assert_eq!(lines(&document), ["h1 T", "h2 H", "q1 Q", "h3 L", "ab"]);
    assert_eq!(document.remarks, ["Words that are hidden in the document were left out."]);
    assert_eq!(document.description.title, "T");
}

#[test]
fn lists_count_go_on_and_nest() {
    let level =
        |at: u8, more: &str| format!("<text:list-level-style-number text:level='{at}' {more}/>");
    let styles = format!(
        "<text:list-style style:name='L'>{}{}{}</text:list-style>\
         <text:list-style style:name='B'><text:list-level-style-bullet text:level='1' text:bullet-char='\u{f0b7}'/></text:list-style>",
        level(1, "style:num-format='1' style:num-suffix='.' text:start-value='2'"),
        level(
            2,
            "style:num-format='a' style:num-prefix='(' style:num-suffix=')' text:display-levels='2'"
        ),
        level(3, "style:num-format='I' loext:num-list-format='%1%/%3%'"),
    );
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let list = |more: &str, inner: &str| format!("<text:list {more}>{inner}</text:list>");
    let first = list(
        "text:style-name='L' xml:id='one'",
        &(item(&(p("a") + &p("more")))
            + &item(
                &(p("b") + &list("", &(item(&p("b1")) + &item(&list("", &item(&p("deep"))))))),
            )),
    );
    let body = first
        + &p("between")
        + &list("text:style-name='L' text:continue-numbering='true'", &item(&p("c")))
        + &list("text:style-name='L'", &item(&p("anew")))
        + &list(
            "text:style-name='L' text:continue-list='one'",
            &(item(&p("d"))
                + "<text:list-item text:start-value='9'><text:p>nine</text:p></text:list-item><text:list-header><text:p>head</text:p></text:list-header>"),
        )
        + &list("text:style-name='B'", &item(&p("bullet")));
    assert_eq!(
        lines(&document(&styles, &body)),
        [
            "i1 2. a",
            "i1  more",
            "i1 3. b",
            "i2 (3.a) b1",
            "i3 3/I deep",
            "between",
            "i1 4. c",
            "i1 2. anew",
            "i1 5. d",
            "i1 9. nine",
            "i1  head",
            "i1 • bullet"
        ]
    );
}

#[test]
fn headings_have_the_numbers_of_the_outline() {
    let styles = "<text:outline-style><text:outline-level-style text:level='1' style:num-format='1'/>\
        <text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/></text:outline-style>";
    let h =
        |level: u8, words: &str| format!("<text:h text:outline-level='{level}'>{words}</text:h>");
    let body = h(1, "One")
        + &h(2, "Sub")
        + &h(1, "Two")
        + "<text:h text:outline-level='1' text:is-list-header='true'>None</text:h>"
        + "<text:h text:outline-level='2'><text:number>2.7</text:number>Said</text:h>";
    assert_eq!(
        lines(&document(styles, &body)),
        ["h1 1 One", "h2 1.1 Sub", "h1 2 Two", "h1 None", "h2 2.7 Said"]
    );
    assert_eq!(lines(&document("", &h(1, "One"))), ["h1 One"]);
}

#[test]
fn notes_stand_at_the_end_in_order() {
    let note = |class: &str, label: &str, words: &str| {
        format!(
            "<text:note text:note-class='{class}'><text:note-citation{label}>1</text:note-citation><text:note-body>{words}</text:note-body></text:note>"
        )
    };
    let body = format!(
        "<text:p>a{} b{} c{}</text:p>",
        note("footnote", "", &(p("first") + &p("of two"))),
        note("endnote", "", &p("end")),
        note("footnote", " text:label='*'", &p("own"))
    );
    assert_eq!(
        lines(&document("", &body)),
        ["a[1] b[2] c[*]", "note [1] first", "note of two", "note [2] end", "note [*] own"]
    );
}

#[test]
fn tables_are_rows_and_absurd_repetitions_end() {
    let cell = |more: &str, words: &str| {
        format!("<table:table-cell {more}>{}</table:table-cell>", p(words))
    };
    let body = format!(
        "<table:table><table:table-column table:number-columns-repeated='1048576'/><table:table-header-rows><table:table-row>{}{}</table:table-row></table:table-header-rows>\
         <table:table-row>{}<table:covered-table-cell/>{}<table:table-cell table:number-columns-repeated='1048576'/></table:table-row>\
         <table:table-row table:number-rows-repeated='1048576'>{}</table:table-row></table:table>",
        cell("", "a"),
        cell("", "b"),
        cell("table:number-columns-spanned='2'", "c"),
        cell("", "d"),
        cell("table:number-columns-repeated='1048576'", "")
    );
    assert_eq!(lines(&document("", &body)), ["row a|b", "row c||d"]);
    let many = format!(
        "<table:table><table:table-row table:number-rows-repeated='4000000000'>{}{}</table:table-row></table:table>",
        cell("", "x"),
        cell("", "y")
    );
    let document = document("", &many);
    assert_eq!(document.text.lines().count(), 64);
    assert_eq!(document.remarks.len(), 1);
}

#[test]
fn what_was_deleted_said_in_the_margin_or_hidden_is_left_out() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>\
        <text:changed-region><text:insertion><office:change-info><dc:creator>x</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>\
        <text:p>ke<text:change text:change-id='a'/>pt<office:annotation><dc:creator>x</dc:creator><text:p>remark</text:p></office:annotation> <text:change-start/>new<text:change-end/></text:p>\
        <text:section text:display='none'><text:p>hidden</text:p></text:section>\
        <text:section text:display='condition' text:is-hidden='false'><text:p>shown<text:hidden-text text:is-hidden='true' text:string-value='x'>x</text:hidden-text></text:p></text:section>\
        <text:p>whole<text:hidden-paragraph text:is-hidden='true'/></text:p>\
        <text:table-of-content><text:table-of-content-source><text:index-title-template>Template</text:index-title-template></text:table-of-content-source>\
        <text:index-body><text:index-title><text:p>Contents</text:p></text:index-title></text:index-body></text:table-of-content>";
    let document = document("", body);
    assert_eq!(document.text, "kept new\n\nshown\n\nContents");
    assert_eq!(
        document.remarks,
        [
            "One tracked deletion was left out; insertions were kept.",
            "A comment in the margin was left out.",
            "Words that are hidden in the document were left out."
        ]
    );
}

#[test]
fn pages_are_those_that_the_program_saw() {
    let styles = "<style:style style:name='N' style:family='paragraph' style:master-page-name='M'><style:paragraph-properties style:page-number='7'/></style:style>\
        <style:style style:name='B' style:family='paragraph'><style:paragraph-properties fo:break-before='page'/></style:style>";
    let body = "<text:p text:style-name='N'>first</text:p><text:p>on <text:soft-page-break/>second</text:p><text:p text:style-name='B'>third</text:p>\
        <table:table><table:table-row><table:table-cell><text:p>a<text:soft-page-break/>b</text:p></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>";
    assert_eq!(pages(&document(styles, body)), ["7:first", "8:secon", "9:third", "10:b\tc"]);
    assert!(
        document(styles, &body.replace("<text:soft-page-break/>", "")).structure.pages.is_empty()
    );
}

#[test]
fn boxes_readings_and_formulas_are_read_and_pictures_are_not() {
    let body = "<text:p>be<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:title>alt</svg:title></draw:frame>fore \
        <draw:frame><draw:image><office:binary-data>QUJD</office:binary-data></draw:image></draw:frame>\
        <draw:frame><draw:object xlink:href='./Object 1'/><draw:image/></draw:frame>\
        <text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby></text:p>";
    let math = "<math><semantics><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>+</mo><msup><mi>x</mi><mn>2</mn></msup></mrow><annotation>{a} over b</annotation></semantics></math>";
    let bytes = file(body, &[("Object 1/content.xml", math)]);
    assert!(looks_like(&bytes));
    assert_eq!(
        read(&bytes, &Options::default()).unwrap().text,
        "before a/b+x^2漢字(かんじ)\n\nbox"
    );
}

#[test]
fn what_it_says_about_itself_is_taken() {
    let meta = "<office:document-meta><office:meta><dc:title>The board</dc:title><meta:initial-creator>Ann Ker</meta:initial-creator><dc:creator>Bo Li</dc:creator>\
        <meta:creation-date>2031-03-04T10:00:00</meta:creation-date><dc:date>2031-05-04T10:00:00</dc:date>{}</office:meta></office:document-meta>";
    let styles = "<office:document-styles><office:styles><style:default-style style:family='paragraph'><style:text-properties fo:language='fr' fo:country='FR'/></style:default-style></office:styles>\
        <office:master-styles><style:master-page><style:header><text:p>Secret</text:p></style:header></style:master-page></office:master-styles></office:document-styles>";
    let said = |more: &str| {
        let bytes =
            file(&p("x"), &[("meta.xml", &meta.replace("{}", more)), ("styles.xml", styles)]);
        read(&bytes, &Options::default()).unwrap()
    };
    let first = said("");
    assert_eq!(first.remarks, ["Words in the headers and footers of the pages were left out."]);
    let first = first.description;
    assert_eq!(
        (&*first.title, &*first.author, &*first.date, &*first.language),
        ("The board", "Ann Ker", "2031-03-04", "fr-FR")
    );
    let second = said("<dc:language>en</dc:language><meta:user-defined meta:name='date'>2030-01-02</meta:user-defined>").description;
    assert_eq!((&*second.date, &*second.language), ("2030-01-02", "en"));
}

#[test]
fn what_is_encrypted_old_damaged_or_something_else_says_so() {
    let error = |bytes: &[u8]| read(bytes, &Options::default()).unwrap_err();
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path='content.xml'><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    assert_eq!(error(&file("", &[("META-INF/manifest.xml", manifest)])), DocumentError::Encrypted);
    assert_eq!(
        error(&zipped(&[("mimetype", MIME), ("encrypted-package", "x")])),
        DocumentError::Encrypted
    );
    let old = zipped(&[("mimetype", OLD_MIME), ("content.xml", "<a/>")]);
    assert!(looks_like(&old) && matches!(error(&old), DocumentError::OldFormat { .. }));
    assert!(matches!(error(&zipped(&[("mimetype", MIME)])), DocumentError::Damaged { .. }));
    let sheet = flat("", "").replace("office:text", "office:spreadsheet");
    assert!(matches!(error(sheet.as_bytes()), DocumentError::Damaged { .. }));
    assert_eq!(error(flat("", "<text:p/>").as_bytes()), DocumentError::Empty);
    assert!(!looks_like(b"<html>") && !looks_like(&zipped(&[("a", "b")])));
    // The first file of an archive says what it is, as it stands there.
    assert!(looks_like(format!("PK\x03\x04 mimetype{MIME}PK\x03\x04 content").as_bytes()));
    let whole = flat("", &(p("words") + &p("more")));
    let cut = whole.find("more").unwrap();
    let document = read(&whole.as_bytes()[..cut], &Options::default()).unwrap();
    assert!(document.text == "words" && document.remarks[0].contains("damaged"));
    let deep = "<text:section>".repeat(100_000) + &p("deep") + &"</text:section>".repeat(100_000);
    assert_eq!(text(&(p("a") + &deep + &p("b"))), "a\n\nb");
}
