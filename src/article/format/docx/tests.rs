//! The reader of Word files on files made here: each with the parts that the test is about.

use super::*;
use crate::article::format::office::made::{lines, pages, zipped};

const TYPES: &str = r#"<Types><Override PartName="/word/document.xml"
    ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

/// A file with this body, and other parts: their kind and what stands in them.
fn file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut named = Vec::new();
    let (mut roots, mut relations) = (String::new(), String::new());
    for (at, (kind, _)) in parts.iter().enumerate() {
        let name = format!("{kind}{at}.xml");
        let relation = format!("<Relationship Id='r{at}' Type='x/{kind}' Target='{name}'/>");
        if matches!(*kind, "core-properties" | "extended-properties") {
            roots += &relation;
            named.push(name);
        } else {
            relations += &relation;
            named.push(format!("word/{name}"));
        }
    }
    let document = format!(
        "<?xml version='1.0'?><w:document xmlns:w='w' xmlns:mc='mc'><w:body>{body}</w:body></w:document>"
    );
    let roots = format!(
        "<Relationships><Relationship Id='m' Type='http://x/officeDocument' Target='/word/document.xml'/>{roots}</Relationships>"
    );
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut entries = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", &roots),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &relations),
    ];
    entries.extend(named.iter().zip(parts).map(|(name, part)| (name.as_str(), part.1)));
    zipped(&entries)
}

fn document(body: &str, parts: &[(&str, &str)]) -> Document {
    let bytes = file(body, parts);
    assert!(looks_like(&bytes));
    read(&bytes, &Options::default()).unwrap()
}

fn text(body: &str) -> String {
    document(body, &[]).text
}

/// A paragraph of runs of these words.
fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

fn r(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

#[test]
fn runs_breaks_signs_and_white_space_become_words() {
    let body = format!(
        "<w:p>{}<w:r><w:t>\n  one </w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:cr/></w:r>\
         <w:r><w:t>co</w:t><w:softHyphen/><w:t>operate</w:t><w:noBreakHyphen/><w:t>ed</w:t></w:r>\
         <w:r><w:sym w:font='Symbol' w:char='F061'/><w:sym w:font='Wingdings' w:char='4A'/></w:r>\
         <w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\u{f062}b</w:t></w:r></w:p>",
        r("A ")
    );
    assert_eq!(text(&body), "A one two\nthree\ncooperate\u{2011}edα☺βb");
}

#[test]
fn content_controls_tags_links_and_insertions_are_gone_into() {
    let body = format!(
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}<w:p><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:hyperlink r:id='r9'>{}</w:hyperlink><w:smartTag><w:smartTagPr/>{}</w:smartTag><w:customXml>{}</w:customXml>\
         <w:ins>{}</w:ins><w:bdo w:val='rtl'>{}</w:bdo></w:p></w:sdtContent></w:sdt>",
        p("block"),
        r("a"),
        r("b"),
        r("c"),
        r("d"),
        r("e"),
        r("א")
    );
    assert_eq!(text(&body), "block\n\nabcdeא");
}

#[test]
fn deleted_and_moved_words_are_left_out_once_and_deleted_ends_join_paragraphs() {
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{}<w:del>{}<w:r><w:delText>gone</w:delText></w:r></w:del></w:p>\
         <w:p>{}</w:p><w:p><w:moveFrom>{}</w:moveFrom></w:p><w:p><w:moveTo>{}</w:moveTo></w:p>\
         <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        r("one "),
        r("gone"),
        r("two"),
        r("moved"),
        r("moved"),
        p("row gone"),
        p("a"),
        p("b")
    );
    let document = document(&body, &[]);
    assert_eq!(document.text, "one two\n\nmoved\n\na\tb");
    assert_eq!(document.remarks, ["2 tracked deletions were left out; insertions were kept."]);
}

#[test]
fn hidden_words_and_comments_are_left_out_and_said() {
    let styles = "<w:styles><w:style w:type='character' w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let body = format!(
        "<w:p>{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:rStyle w:val='h'/></w:rPr>\
         <w:t>too</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>here</w:t></w:r>\
         <w:r><w:commentReference w:id='0'/></w:r></w:p>",
        r("shown ")
    );
    let header = format!("<w:hdr>{}</w:hdr>", p("Confidential"));
    let footer = format!("<w:ftr>{}</w:ftr>", p("12"));
    let parts = [("styles", styles), ("footer", &*footer)];
    let first = document(&body, &parts);
    assert_eq!(first.text, "shown here");
    assert_eq!(
        first.remarks,
        [
            "A comment in the margin was left out.",
            "Words that are hidden in the document were left out."
        ]
    );
    let second = document(&p("x"), &[("header", &header)]);
    assert_eq!(second.remarks, ["Words in the headers and footers of the pages were left out."]);
}

#[test]
fn only_the_results_of_fields_are_shown() {
    let mark = |kind| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let does = |words| format!("<w:r><w:instrText>{words}</w:instrText></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    let nested = format!(
        "<w:p>{}{begin}{}{begin}{}{separate}{}{end}{}{separate}{}{end}{}</w:p>",
        r("a "),
        does("IF "),
        does("DATE"),
        r("not shown"),
        does("= 1"),
        r("result"),
        r(" b")
    );
    let form = format!(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='no'/>\
         <w:listEntry w:val='yes'/></w:ddList></w:ffData></w:fldChar></w:r>{end}{begin}{}{end}\
         <w:fldSimple w:instr='PAGE'>{}</w:fldSimple></w:p>",
        does(" SYMBOL 183 \\f \"Symbol\" "),
        r("7")
    );
    // A table of contents: one field over several paragraphs.
    let toc = format!(
        "<w:p>{begin}{}{separate}{}</w:p><w:p>{}{end}</w:p>",
        does("TOC"),
        r("I 1"),
        r("II 2")
    );
    assert_eq!(text(&(nested + &form + &toc)), "a result b\n\nyes•7\n\nI 1\n\nII 2");
    // A field that never ends does not take the document with it.
    let open = format!("<w:p>{}{begin}</w:p>", r("before")) + &p("x").repeat(60);
    assert!(text(&open).matches('x').count() >= 15);
}

#[test]
fn boxes_are_read_once_after_their_paragraph() {
    let choice = format!(
        "<mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>",
        p("box")
    );
    let fallback = format!(
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></mc:Fallback>",
        p("box")
    );
    let both = format!(
        "<w:p>{}<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>{}</w:p>",
        r("be"),
        r("fore")
    );
    assert_eq!(text(&(both + &p("after"))), "before\n\nbox\n\nafter");
    let empty = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice>{fallback}</mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(text(&empty), "box");
    let emoji = "<w:p><w:r><mc:AlternateContent><mc:Choice><w16se:symEx w16se:font='Segoe UI Emoji' w16se:char='1F60A'/></mc:Choice>\
        <mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    assert_eq!(text(emoji), "😊");
    let drawn = "<w:p><w:r><w:drawing><a:graphic><dgm:relIds r:dm='r0'/></a:graphic></w:drawing></w:r></w:p>";
    let data = "<dgm:dataModel><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>The </a:t></a:r><a:r><a:t>board</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>";
    assert_eq!(document(drawn, &[("diagramData", data)]).text, "The board");
}

#[test]
fn headings_quotations_lists_and_titles_are_structure() {
    let styles = "<w:styles><w:style w:styleId='T'><w:name w:val='Title'/></w:style>\
        <w:style w:styleId='berschrift2'><w:name w:val='heading 2'/><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='2'/></w:numPr></w:pPr></w:style>\
        <w:style w:styleId='Q'><w:name w:val='Intense Quote'/></w:style>\
        <w:style w:styleId='C'><w:name w:val='HTML Preformatted'/></w:style></w:styles>";
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1)'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>\
        <w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
    let styled = |style: &str, more: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/>{more}</w:pPr>{}</w:p>", r(words))
    };
    let item =
        |list: u8| format!("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{list}'/></w:numPr>");
    let body = styled("T", "", "The title")
        + &styled("berschrift2", "", "Scope")
        + &styled("Q", "", "Said so.")
        + &styled("C", "", "a  b")
        + &styled("C", "", "  c")
        + &styled("", &item(2), "first")
        + &styled("", &item(2), "")
        + &styled("", &item(2), "third")
        + &styled("berschrift2", &item(0), "No number")
        + &styled("", "<w:outlineLvl w:val='3'/>", "Outlined");
    let document = document(&body, &[("styles", styles), ("numbering", numbering)]);
    assert_eq!(
        lines(&document),
        [
            "h1 The title",
            "h2 3.1 Scope",
            "q1 Said so.",
            "pre a  b",
            "pre   c",
            "i1 3) first",
            "i1 5) third",
            "h2 No number",
            "h4 Outlined"
        ]
    );
    assert_eq!(document.description.title, "The title");
}

#[test]
fn drop_caps_join_their_word() {
    let cap =
        format!("<w:p><w:pPr><w:framePr w:dropCap='drop' w:lines='3'/></w:pPr>{}</w:p>", r("T"));
    assert_eq!(text(&(cap + &p("he harbour"))), "The harbour");
}

#[test]
fn tables_keep_their_columns() {
    let cell =
        |more: &str, words: &str| format!("<w:tc><w:tcPr>{more}</w:tcPr>{}</w:tc>", p(words));
    let nested = format!(
        "<w:tc><w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/></w:tc>",
        cell("", "n"),
        cell("", "m")
    );
    let body = format!(
        "<w:tbl><w:tblPr/><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr>\
         <w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{}{nested}</w:tr></w:tbl>",
        cell("<w:vMerge w:val='restart'/>", "a"),
        cell("<w:gridSpan w:val='2'/>", "b"),
        cell("", "c"),
        cell("<w:vMerge/>", ""),
        cell("", "d"),
        cell("", "e"),
        cell("", "f"),
    );
    assert_eq!(lines(&document(&body, &[])), ["row a|b||c", "row |d|e", "row |f|n m"]);
}

#[test]
fn notes_are_numbered_as_the_words_refer_to_them() {
    let refer = |kind: &str, id: &str| format!("<w:r><w:{kind}Reference w:id='{id}'/></w:r>");
    let own = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='4'/><w:t>*</w:t></w:r>";
    let note = |id: &str, words: &str| {
        format!(
            "<w:footnote w:id='{id}'><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
            r(words)
        )
    };
    let feet = format!(
        "<w:footnotes><w:footnote w:id='-1' w:type='separator'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{}{}{}{}</w:footnotes>",
        note("2", " second"),
        note("3", " first"),
        note("4", "* own"),
        note("9", "nobody refers to it")
    );
    let ends = format!(
        "<w:endnotes><w:endnote w:id='2'>{}{}</w:endnote></w:endnotes>",
        p("end"),
        p("of it")
    );
    let body = format!(
        "<w:p>{}{}{}{}{}{own}{}</w:p>",
        r("a"),
        refer("footnote", "3"),
        refer("endnote", "2"),
        r(" b"),
        refer("footnote", "2"),
        refer("footnote", "77")
    );
    let document = document(&body, &[("footnotes", &feet), ("endnotes", &ends)]);
    assert_eq!(
        lines(&document),
        [
            "a[1][2] b[3][*]",
            "note [1] first",
            "note [2] end",
            "note of it",
            "note [3] second",
            "note [*] own"
        ]
    );
    assert_eq!(document.remarks, ["Notes that the words refer to are missing in the file."]);
}

#[test]
fn pages_are_those_that_word_saw() {
    let seen = "<w:r><w:lastRenderedPageBreak/></w:r>";
    let put = "<w:r><w:br w:type='page'/></w:r>";
    let section =
        "<w:pPr><w:sectPr><w:pgNumType w:start='3' w:fmt='lowerRoman'/></w:sectPr></w:pPr>";
    let rows = format!(
        "<w:tbl><w:tr><w:tc><w:p>{}{seen}{}</w:p></w:tc><w:tc><w:p>{}{seen}{}</w:p></w:tc></w:tr></w:tbl>",
        r("c1"),
        r("c2"),
        r("d1"),
        r("d2")
    );
    let body = format!(
        "<w:p>{}{put}</w:p><w:p>{seen}{}</w:p><w:p>{section}{}</w:p><w:p>{seen}{}</w:p>{rows}<w:sectPr><w:pgNumType w:start='1'/></w:sectPr>",
        r("first"),
        r("second"),
        r("end"),
        r("third")
    );
    let with = document(&body, &[]);
    assert_eq!(pages(&with), ["iii:first", "iv:secon", "1:third", "2:c2\td1"]);
    // Without marks by Word there are no pages.
    assert!(document(&body.replace(seen, ""), &[]).structure.pages.is_empty());
}

#[test]
fn formulas_and_readings_are_words() {
    let e = |words: &str| format!("<m:e><m:r><m:t>{words}</m:t></m:r></m:e>");
    let body = format!(
        "<w:p>{}<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>\
         <m:sSup>{}<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup><m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr>{}{}</m:d></m:oMath></w:p>\
         <w:p><w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>",
        r("f = "),
        e("x"),
        e("y"),
        e("z"),
        r("かんじ"),
        r("漢字")
    );
    assert_eq!(text(&body), "f = a/bx^2[y|z]\n\n漢字(かんじ)");
}

#[test]
fn what_it_says_about_itself_is_taken() {
    let core = "<cp:coreProperties><dc:title> What the board knew</dc:title><dc:creator>Ann Ker;Bo Li</dc:creator>\
        <dcterms:created>2031-03-04T10:00:00Z</dcterms:created><dcterms:modified>2031-05-01T10:00:00Z</dcterms:modified></cp:coreProperties>";
    let app = "<Properties><Application>Word</Application><Company>The Harbour Post</Company></Properties>";
    let styles = "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='en-US'/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>";
    let parts = [("core-properties", core), ("extended-properties", app), ("styles", styles)];
    let french =
        "<w:p><w:r><w:rPr><w:lang w:val='fr-FR'/></w:rPr><w:t>Le conseil</w:t></w:r></w:p>";
    let said = document(&format!("{french}{}", p("x")), &parts).description;
    assert_eq!((&*said.title, &*said.author), ("What the board knew", "Ann Ker, Bo Li"));
    assert_eq!(
        (&*said.date, &*said.publisher, &*said.language),
        ("2031-03-04", "The Harbour Post", "fr-FR")
    );
    assert_eq!(document(&p("More words than that"), &parts).description.language, "en-US");
}

#[test]
fn the_main_part_may_be_anywhere_and_in_any_variety() {
    let strict = "<Relationships><Relationship Id='a' Type='http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument' Target='text\\Main.xml'/></Relationships>";
    let body = "<document xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'><body><p><r><t>strict</t></r></p></body></document>";
    let types = TYPES.replace("/word/document.xml", "/text/main.xml");
    let bytes = zipped(&[
        ("[Content_Types].xml", &types),
        ("_rels/.rels", strict),
        ("text/main.xml", body),
    ]);
    assert_eq!(read(&bytes, &Options::default()).unwrap().text, "strict");
    // Without any relationships the content type tells.
    let bytes = zipped(&[("[Content_Types].xml", &types), ("text/main.xml", body)]);
    assert_eq!(read(&bytes, &Options::default()).unwrap().text, "strict");
}

#[test]
fn what_is_damaged_encrypted_or_old_says_so() {
    let cut = "<w:document><w:body><w:p><w:r><w:t>words</w:t></w:r></w:p><w:p><w:r><w:t>more";
    let bytes = |main: &str| zipped(&[("[Content_Types].xml", TYPES), ("word/document.xml", main)]);
    let repaired = read(&bytes(cut), &Options::default()).unwrap();
    assert!(repaired.text.starts_with("words") && repaired.remarks[0].contains("damaged"));
    let error = |bytes: &[u8]| read(bytes, &Options::default()).unwrap_err();
    assert!(matches!(error(&bytes("<w:document><w:bo")), DocumentError::Damaged { .. }));
    assert!(matches!(error(&bytes("<html/>")), DocumentError::Damaged { .. }));
    assert_eq!(error(&bytes("<w:document><w:body/></w:document>")), DocumentError::Empty);
    assert!(matches!(error(&zipped(&[("a", "b")])), DocumentError::Damaged { .. }));
    let container = |name: &str| {
        let mut bytes = COMPOUND.to_vec();
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(error(&container("EncryptedPackage")), DocumentError::Encrypted);
    assert!(matches!(error(&container("WordDocument")), DocumentError::OldFormat { .. }));
    assert!(matches!(error(&container("Workbook")), DocumentError::Damaged { .. }));
    assert!(looks_like(&container("WordDocument")) && !looks_like(&container("Workbook")));
    assert!(!looks_like(&zipped(&[("xl/workbook.xml", "x")])));
    let whole = file(&p("words"), &[]);
    assert!(looks_like(&whole[..whole.len() / 2]));
}

#[test]
fn what_nests_without_end_is_left_out() {
    let deep = "<w:sdt><w:sdtContent>".repeat(50_000)
        + &p("deep")
        + &"</w:sdtContent></w:sdt>".repeat(50_000);
    let document = document(&(p("before") + &deep + &p("after")), &[]);
    assert_eq!(document.text, "before\n\nafter");
    assert!(document.remarks[0].contains("256 elements deep"));
}
