//! What becomes of a page: its words, how they were set, and what it says about itself.

use super::*;
use crate::text::BlockKind;

fn read_with(page: &str, everything: bool) -> Document {
    let options = Options { everything, ..Options::default() };
    super::read(page.as_bytes(), &options).expect("a page with words")
}

/// Everything on a page.
fn all(body: &str) -> Document {
    read_with(&format!("<!DOCTYPE html><html><body>{body}</body></html>"), true)
}

/// Lines with their kinds: `(kind, words)`, without the empty lines.
fn lines(document: &Document) -> Vec<(Option<BlockKind>, String)> {
    let lines = document.text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.is_empty())
        .map(|(at, line)| {
            let at = u32::try_from(at).expect("a line");
            (document.structure.kind_of(at).cloned(), line.to_owned())
        })
        .collect()
}

fn item(depth: u8, sign: &str) -> Option<BlockKind> {
    Some(BlockKind::Item(depth, sign.to_owned()))
}

const SEED: &str = include_str!("seed.html");

#[test]
fn the_article_is_taken_without_what_is_around_it() {
    let document = read_with(SEED, false);
    assert!(document.text.starts_with("The pumps that never ran\n\nThe harbour authority"));
    for gone in ["Home", "About", "Read also", "© The Ledger", "Hidden words", "color:red"] {
        assert!(!document.text.contains(gone), "{gone}");
    }
    assert!(document.text.ends_with("[1] Interviews in February."), "{}", document.text);
    assert!(
        document.remarks.iter().any(|remark| remark.contains("hidden")),
        "{:?}",
        document.remarks
    );
    let whole = read_with(SEED, true);
    for there in ["Home", "Read also", "© The Ledger"] {
        assert!(whole.text.contains(there), "{there}");
    }
    assert!(!whole.text.contains("Hidden words"));
}

#[test]
fn a_page_without_an_article_is_taken_whole_and_it_is_said() {
    let document = read_with("<html><body><ul><li>One<li>Two</ul><p>Short.</body>", false);
    assert_eq!(document.text, "One\nTwo\n\nShort.");
    assert!(document.remarks.iter().any(|remark| remark.starts_with("No article")));
}

#[test]
fn long_paragraphs_outside_of_the_article_are_counted() {
    let sentence = "The harbour authority paid for twelve pumps in spring, and none of them has run since, two people say. ";
    let page = format!(
        "<html><body><div id=a>{}</div><div class=sidebar><div class=comment><p>{}</p></div></div></body>",
        format!("<p>{}</p>", sentence.repeat(3)).repeat(5),
        "Another paragraph stands elsewhere on the page, and is as long as those of the article are, more or less, one might say."
    );
    let document = read_with(&page, false);
    assert!(!document.text.contains("stands elsewhere"), "{}", document.text);
    assert!(
        document.remarks.iter().any(|remark| remark.starts_with("One longer paragraph")),
        "{:?}",
        document.remarks
    );
}

#[test]
fn headings_quotations_and_verse_are_set_as_they_are() {
    let document = all(
        "<h2>A<br>heading</h2>text<blockquote>One<blockquote>Two</blockquote><p>One again</blockquote><pre>\na  b\n  c</pre><p>x<br>y<br><br>z<hr>after<div>block</div>end",
    );
    let quotation = |depth| Some(BlockKind::Quotation(depth));
    let pre = Some(BlockKind::Preformatted);
    let expected = [
        (Some(BlockKind::Heading(2)), "A heading"),
        (None, "text"),
        (quotation(1), "One"),
        (quotation(2), "Two"),
        (quotation(1), "One again"),
        (pre.clone(), "a  b"),
        (pre, "  c"),
        (None, "x"),
        (None, "y"),
        (None, "z"),
        (None, "after"),
        (None, "block"),
        (None, "end"),
    ];
    let expected: Vec<_> = expected.map(|(kind, words)| (kind, words.to_owned())).into();
    assert_eq!(lines(&document), expected);
    assert!(document.text.contains("x\ny\n\nz"), "{}", document.text);
}

#[test]
fn items_have_the_signs_they_are_shown_with() {
    let document = all(
        "<ol start=3><li>c<li value=7>g<ul><li><p>inner</p><p>more</ul><li>h</ol><ol type=A><li>a</ol><ol type=i start=4><li>iv</ol><ol reversed><li>x<li>y</ol><li>stray",
    );
    let expected = [
        (item(1, "3."), "c"),
        (item(1, "7."), "g"),
        (item(2, "•"), "inner"),
        (item(2, ""), "more"),
        (item(1, "8."), "h"),
        (item(1, "A."), "a"),
        (item(1, "iv."), "iv"),
        (item(1, "2."), "x"),
        (item(1, "1."), "y"),
        (item(1, "•"), "stray"),
    ];
    let expected: Vec<_> = expected.map(|(kind, words)| (kind, words.to_owned())).into();
    assert_eq!(lines(&document), expected);
}

#[test]
fn tables_of_data_are_rows_and_those_that_only_place_things_are_not() {
    let document = all(
        "<table><caption>Payments</caption><tr><th>Day<th colspan=2>Sum<tr><td rowspan=2>4 March<td><p>none</p><p>yet</p><td>x<tr><td></td><td>y</table>\
         <table><tr><td><h2>Left</h2><p>words</p></td><td>right</td></tr></table>",
    );
    assert_eq!(
        document.text,
        "Payments\n\nDay\tSum\n4 March\tnone yet\tx\n\t\ty\n\nLeft\n\nwords\n\nright"
    );
    let rows = lines(&document).iter().filter(|(kind, _)| *kind == Some(BlockKind::Row)).count();
    assert_eq!(rows, 3);
}

#[test]
fn words_stay_whole_and_signs_keep_their_meaning() {
    for (body, words) in [
        (
            "<p>super<wbr>long &amp; &eacute;&nbsp;&#8211; <b>bo</b>ld, <a href=x>li</a>nk",
            "superlong & é\u{a0}– bold, link",
        ),
        ("<p>10<sup>6</sup> m<sup>2</sup>, CO<sub>2</sub>, 1<sup>er</sup>", "10⁶ m², CO2, 1er"),
        (
            "<p>as said<sup>[1]</sup>, and<sup id=x><a href='#y'>[2]</a></sup>.",
            "as said[1], and[2].",
        ),
        (
            "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><ruby>字<rt>ji</rt></ruby>",
            "漢(kan)字(ji)",
        ),
        ("<p>She said <q>no</q>.", "She said “no”."),
        ("<p>a<img src=x alt='😀'>b<img alt='A chart of pumps'>c", "a😀bc"),
        ("<p>שלום <bdi>abc</bdi> العربية", "שלום abc العربية"),
        (
            "<p>x<!-- gone --><script>gone()</script><style>gone{}</style><noscript>gone</noscript>y",
            "xy",
        ),
        ("<p>a<textarea>b &lt;c</textarea>", "a\n\nb <c"),
        ("<p>a<svg><title>icon</title><text x=1>La<tspan>bel</tspan></text></svg>", "a Label"),
        (
            "<template>no</template><div><template shadowrootmode=open><p>shadow</p></template></div><p>light",
            "shadow\n\nlight",
        ),
        ("<p>x<iframe>no</iframe><select><option>no</select> y", "x y"),
        ("<p>5 < 6 and 7 <8", "5 < 6 and 7 <8"),
    ] {
        assert_eq!(all(body).text, words, "{body}");
    }
}

#[test]
fn what_is_hidden_is_left_out_and_said() {
    for hidden in [
        "<p hidden>gone</p>",
        "<p style='color:red; Display : NONE !important'>gone</p>",
        "<p style='visibility:hidden'>gone</p>",
        "<b style='display:none'>gone</b>",
        "<nav aria-hidden=true>gone</nav>",
        "<div class='mobile-menu' aria-hidden=true>gone</div>",
        "<dialog>gone</dialog>",
        "<div class='x sf-hidden'>gone</div>",
    ] {
        let document = all(&format!("<p>kept</p>{hidden}"));
        assert_eq!(document.text, "kept", "{hidden}");
        assert!(document.remarks.iter().any(|remark| remark.contains("hidden")), "{hidden}");
    }
    for shown in [
        "<p aria-hidden=true>too</p>",
        "<dialog open>too</dialog>",
        "<p hidden=until-found>too</p>",
    ] {
        let document = all(&format!("<p>kept</p>{shown}"));
        assert_eq!(document.text, "kept\n\ntoo", "{shown}");
        assert!(document.remarks.is_empty(), "{:?}", document.remarks);
    }
}

#[test]
fn notes_stand_at_the_end_with_the_numbers_of_their_references() {
    for body in [
        // pandoc
        "<p>One<a href='#fn1' class='footnote-ref' role='doc-noteref'><sup>1</sup></a> two<a href='#fn2' role='doc-noteref'>2</a>.</p><section role='doc-endnotes'><ol><li id=fn1><p>First.<a href='#r1' role='doc-backlink'>↩︎</a></p></li><li id=fn2><p>Second,</p><p>in 2031.</p></li></ol></section>",
        // LibreOffice
        "<p>One<a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup></a> two<a class='sdfootnoteanc' name='sdfootnote2anc' href='#sdfootnote2sym'><sup>2</sup></a>.</p><div id='sdfootnote1'><p><a class='sdfootnotesym' name='sdfootnote1sym' href='#sdfootnote1anc'>1</a>First.</p></div><div id='sdfootnote2'><p><a class='sdfootnotesym' name='sdfootnote2sym' href='#sdfootnote2anc'>2</a>Second,</p><p>in 2031.</p></div>",
        // Word
        "<p>One<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a> two<a href='#_ftn2' name='_ftnref2'><span>[2]</span></a>.</p><div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> First.</p></div><div id=ftn2><p><a href='#_ftnref2' name='_ftn2'>[2]</a> Second,</p><p>in 2031.</p></div>",
    ] {
        let document = all(body);
        assert_eq!(document.text, "One[1] two[2].\n\n[1] First.\n[2] Second,\nin 2031.", "{body}");
        let notes =
            lines(&document).iter().filter(|(kind, _)| *kind == Some(BlockKind::Note)).count();
        assert_eq!(notes, 3);
    }
    let missing = all("<p>One<a href='#fn1' role='doc-noteref'>1</a>.");
    assert_eq!(missing.text, "One1.");
}

#[test]
fn bad_nesting_loses_no_words() {
    for (body, words) in [
        ("<b><p>one</b> two</p><i>three", "one two\n\nthree"),
        ("<table><tr><td>a<td>b</table></div>c</span>d", "a\tb\n\ncd"),
        ("<p>a<p>b</div><li>c</ul>d", "a\n\nb\nc d"),
        ("<form>a<div>b</form>c</div>d", "a\n\nb\n\nc\n\nd"),
        ("<html><body class=x>a<body>b</html>c", "abc"),
        ("a<frameset><frame src=x><noframes>b</noframes></frameset>", "ab"),
        ("<title>t<p>a", "t\n\na"),
        ("<a name=1>a<a name=2>b<p>c<a name=3>d", "ab\n\ncd"),
        ("<x:y z='>'>a</x:y", "a"),
        ("a<p", "a"),
    ] {
        let document = all(body);
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(squeeze(&document.text), squeeze(words), "{body}: {}", document.text);
    }
}

#[test]
fn xhtml_is_read_as_it_is_meant() {
    let page = "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE h:html [<!ENTITY x 'y'>]><h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head><h:title/><h:script src='a'/></h:head><h:body><h:p>a<h:a id='x'/>b<![CDATA[ <c> ]]></h:p><h:div/><h:p>d</h:p></h:body></h:html>";
    assert_eq!(read_with(page, true).text, "ab <c>\n\nd");
}

#[test]
fn pages_say_who_wrote_them_and_when() {
    let page = |head: &str| {
        read_with(
            &format!(
                "<!DOCTYPE html><html lang=en><head>{head}</head><body><p>Words.</body></html>"
            ),
            true,
        )
        .description
    };
    let graph = page(
        "<title>Wrong</title><script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"A denial\",\"author\":[{\"name\":\"Mira Okonjo\"},{\"name\":\"Jan Vos\"}],\"datePublished\":\"2031-03-04T23:30:00-05:00\",\"publisher\":{\"name\":\"The Ledger\"}}]}</script>",
    );
    assert_eq!(
        (&*graph.title, &*graph.author, &*graph.date, &*graph.publisher, &*graph.language),
        ("A denial", "Mira Okonjo, Jan Vos", "2031-03-04", "The Ledger", "en")
    );
    let open = page(
        "<title>A denial | The Ledger</title><meta property='og:site_name' content='The Ledger'><meta name=author content='By Mira Okonjo'><meta property='article:published_time' content='2031-03-04T08:00Z'><link rel='canonical' href='https://ledger.example/a'>",
    );
    assert_eq!(
        (&*open.title, &*open.author, &*open.date, &*open.publisher, &*open.url),
        ("A denial", "Mira Okonjo", "2031-03-04", "The Ledger", "https://ledger.example/a")
    );
    assert_eq!(page("<title>Stays | whole</title>").title, "Stays | whole");
    assert_eq!(page("<title>Untitled Document</title>").title, "");
    assert_eq!(
        page("<meta name='twitter:title' content='T &amp; U'><title>x</title>").title,
        "T & U"
    );
    assert_eq!(
        page("<meta property='article:author' content='https://x.example/mira'>").author,
        ""
    );
    assert_eq!(page("<meta name='dc.date' content='2031-03'>").date, "2031-03");
    let marked = read_with(
        "<html><body><article><span itemprop=author><a itemprop=name>Mira Okonjo</a></span><time datetime='2031-03-04'>today</time><p>Words.",
        true,
    );
    assert_eq!(
        (&*marked.description.author, &*marked.description.date),
        ("Mira Okonjo", "2031-03-04")
    );
    let locale = read_with(
        "<html><head><meta property='og:locale' content='fr_FR'></head><body>Mots.",
        true,
    );
    assert_eq!(locale.description.language, "fr-FR");
}

#[test]
fn saved_pages_say_where_they_came_from() {
    let single = "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://ledger.example/a?utm=1 \n saved date: Tue Mar 04 2031 10:15:00 GMT+0100 (Central European Standard Time)\n--><head><link rel=canonical href='https://ledger.example/a'></head><body><p>Words.";
    let found = read_with(single, true).description;
    assert_eq!(
        (&*found.url, &*found.captured_at),
        ("https://ledger.example/a", "2031-03-04T10:15:00+01:00")
    );
    let front = single.replace("href='https://ledger.example/a'", "href='https://ledger.example/'");
    assert_eq!(read_with(&front, true).description.url, "https://ledger.example/a?utm=1");
    let elsewhere =
        single.replace("href='https://ledger.example/a'", "href='https://other.example/a'");
    assert_eq!(read_with(&elsewhere, true).description.url, "https://ledger.example/a?utm=1");
    let browser = "<!DOCTYPE html>\n<!-- saved from url=(0024)https://ledger.example/b -->\n<html><body>Words.";
    assert_eq!(read_with(browser, true).description.url, "https://ledger.example/b");
    let marked = browser.replace("https://ledger.example/b", "about:internet");
    assert_eq!(read_with(&marked, true).description.url, "");
}

#[test]
fn pages_are_known_by_how_they_begin() {
    for page in [
        "<!doctype HTML>x",
        "\u{feff} \n<!-- c --><html lang=en>",
        "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>",
        "<HTML>x",
        "<head><title>x</title></head>y",
    ] {
        assert!(looks_like(page.as_bytes()), "{page}");
    }
    let long = format!("<!-- Page saved with SingleFile {} --><html>", "x".repeat(100_000));
    assert!(looks_like(long.as_bytes()));
    let wide: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(looks_like(&wide));
    for other in [
        "",
        "# A heading\n\n<div>html in Markdown</div>",
        "Text about <html> and its doctype.",
        "<p>A paragraph</p>",
        "<!-- only a comment -->\nwords",
        "<!DOCTYPE svg><svg/>",
        "<?xml version='1.0'?><rss/>",
        "<htmlx>",
        "<header>x",
        "<head of state>",
    ] {
        assert!(!looks_like(other.as_bytes()), "{other}");
    }
}

#[test]
fn the_encoding_asked_for_is_taken() {
    let options =
        Options { everything: true, encoding: Some("koi8-r".to_owned()), ..Options::default() };
    let page = b"<html><meta charset=utf-8><p>\xe4\xc5\xcc\xcf";
    assert_eq!(super::read(page, &options).expect("words").text, "Дело");
}

#[test]
fn the_search_for_the_article_loses_no_line_break_and_no_last_line() {
    let long = "The harbour authority knew for two years that the pumps would fail, three people who worked there say, and \
        did nothing about it, though a letter had warned them.";
    let read = |body: &str| {
        read_with(&format!("<html><head><title>x</title></head><body>{body}</body></html>"), false)
            .text
    };
    let text = read(&format!(
        "<font size=5><b>The harbour was sold</b></font><br><i>By Sam Quay</i><br><br>{long}<br><br>{long}"
    ));
    assert!(text.contains("The harbour was sold\nBy Sam Quay\n"), "{text}");
    let text = read(&format!(
        "<table><tr><td>Home</td><td><b>Sold</b><br>By Sam<br><br>{long}<br><br>{long}</td></tr></table>"
    ));
    assert!(!text.contains("HomeSold") && text.contains("Sold\nBy Sam\n"), "{text}");
    let text = read(&format!(
        "<article><p>{long}</p><blockquote><p>« Non », a-t-il dit.</p><footer>— Le maire, <cite>Discours</cite></footer>\
         </blockquote><p>{long}</p><footer><p>Additional reporting by Ann Other.</p><a href=x>Share</a></footer></article>\
         <footer><p>© The Ledger.</p></footer>"
    ));
    assert!(
        text.contains("dit.\n\n— Le maire, Discours")
            || text.contains("dit.\n— Le maire, Discours"),
        "{text}"
    );
    assert!(
        text.contains("Additional reporting by Ann Other.") && !text.contains("Ledger"),
        "{text}"
    );
    let signed = format!(
        "<html><body><article><div class=byline>By Sam Quay<br>in Port-Léonie</div><p>{long}</p><p>{long}</p></article></body></html>"
    );
    let signed = read_with(&signed, false);
    assert!(!format!("{signed:?}").contains("fdd0"), "{signed:?}");
    let document = read_with(
        "<html><head><title>Mayor resigns - The Harbour Times</title></head><body><div itemscope \
         itemtype=\"https://schema.org/NewsArticle\"><h1 itemprop=headline>Mayor resigns</h1><div itemprop=publisher \
         itemscope><meta itemprop=name content=\"The Harbour Times\"></div><p>Words.</p></div></body></html>",
        true,
    );
    let said = &document.description;
    assert_eq!((&*said.title, &*said.publisher), ("Mayor resigns", "The Harbour Times"));
}
