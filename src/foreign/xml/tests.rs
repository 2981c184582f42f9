//! XML as it comes: tidy, untidy, broken off, too deep, in every encoding.

use super::*;

/// The elements' names in brackets and the words.
fn shown(text: &str) -> (String, Option<String>) {
    let mut xml = Xml::new(text);
    let mut out = String::new();
    while !xml.ended {
        match xml.next_node() {
            Node::Start(tag) => out += &format!("[{}", tag.name()),
            Node::Text(words) => out += &words,
            Node::End => out.push(']'),
        }
    }
    (out, xml.broken().map(str::to_owned))
}

#[test]
fn elements_come_without_prefixes_and_with_their_words() {
    let text = "\u{feff}<?xml version='1.0'?><w:a>é&lt;&#x41;<b/><!-- c --><![CDATA[<&]]></w:a>";
    assert_eq!(shown(text), ("[aé<A[b]<&]]".to_owned(), None));
    let mut xml = Xml::new("<w:a r:id='7' w:val=' 1 &amp; &#10;2&x;' b='&'/>");
    let tag = xml.next_tag().unwrap();
    assert_eq!((tag.name(), tag.prefix()), ("a", "w"));
    assert_eq!(tag.get("val").as_deref(), Some(" 1 & \n2&x;"));
    assert_eq!(tag.get("b").as_deref(), Some("&"));
    assert_eq!((tag.number::<u8>("id"), tag.number::<u8>("val")), (Some(7), None));
    assert_eq!(tag.get("c"), None);
}

#[test]
fn entities_stand_for_nothing() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;&amp;</x>";
    assert_eq!(shown(bomb), ("[x&b;&]]".to_owned(), None));
}

#[test]
fn what_breaks_off_ends_there() {
    for broken in ["<a>words<b>more", "<a>words</b>", "<a>words<", "<a>words<b c='"] {
        let (out, why) = shown(broken);
        assert!(out.starts_with("[awords") && why.is_some(), "{broken}: {out}");
    }
    let mut xml = Xml::new("<a><b>words<c>more");
    let (a, b) = (xml.next_tag(), xml.next_tag());
    assert!(a.is_some() && b.is_some());
    xml.skip();
    assert!(xml.next_tag().is_none() && xml.broken().is_some());
}

#[test]
fn elements_that_lie_too_deep_are_passed_over() {
    let deep = "<a>".repeat(100_000) + "x" + &"</a>".repeat(100_000) + "<b/>";
    let (out, why) = shown(&deep);
    assert_eq!(out.matches('[').count(), MOST_DEPTH + 1);
    assert!(!out.contains('x') && why.is_none());
    let mut xml = Xml::new(&deep);
    assert!(xml.next_tag().is_some());
    xml.skip();
    assert!(xml.too_deep());
    assert_eq!(xml.next_tag().unwrap().name(), "b");
}

#[test]
fn skipping_and_gathering_end_with_their_element() {
    let mut xml = Xml::new("<x><a>1<b>2</b></a><c>3<d>4</d></c><e/></x>");
    assert_eq!(xml.next_tag().unwrap().name(), "x");
    assert_eq!(xml.next_tag().unwrap().name(), "a");
    xml.skip();
    assert_eq!(xml.next_tag().unwrap().name(), "c");
    assert_eq!(xml.words(), "34");
    assert_eq!(xml.next_tag().unwrap().name(), "e");
}

#[test]
fn what_is_forgiven_depends_on_the_manner() {
    fn read(mut xml: Xml<'_>) -> (String, Option<String>) {
        let mut out = String::new();
        loop {
            match xml.next_node() {
                Node::End if xml.is_ended() => return (out, xml.broken().map(str::to_owned)),
                Node::Start(tag) => out += &format!("[{}", tag.get("p").unwrap_or_default()),
                Node::Text(words) => out += &words,
                Node::End => out.push(']'),
            }
        }
    }
    let untidy = "<a p='1&x;&'><b>2&x;3</a>\n</b></c>4";
    let (out, why) = read(Xml::new(untidy).forgiving());
    assert_eq!((&*out, why), ("[1 &[2 3]\n]]4", None));
    assert!(read(Xml::new(untidy)).1.is_some());
    let why = |text: &str| read(Xml::new(text).strict().at_most_deep(2)).1.unwrap_or_default();
    assert_eq!(why("<a><b>&amp;</b></a>"), "");
    assert!(why("<a>\n&x;</a>").contains("stands for nothing"));
    assert!(why("<a><b><c/></b></a>").contains("nested"));
    assert!(why("<!DOCTYPE a [<!ENTITY x 'x'>]><a/>").contains("document type"));
    assert!(why("<a>&</a>").len() > 1 && why("<a></b>").len() > 1);
    let mut cut = Xml::new("<a>\n\n<b>").strict();
    while !cut.is_ended() {
        cut.next_node();
    }
    assert!(cut.is_cut_off() && cut.line() == 3);
}

#[test]
fn encodings_are_those_of_xml() {
    let words = "<?xml version=\"1.0\"?><a>é漢</a>";
    let wide = |order: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(order).collect();
    let mut marked: Vec<u8> = wide(u16::to_le_bytes);
    marked.splice(..0, [0xff, 0xfe]);
    for bytes in [words.into(), wide(u16::to_le_bytes), wide(u16::to_be_bytes), marked] {
        assert_eq!(decoded(bytes), words);
    }
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>".to_vec();
    assert!(decoded(latin).ends_with("<a>é</a>"));
    let wrong = b"<?xml version='1.0' encoding='UTF-16'?><a>e</a>".to_vec();
    assert!(decoded(wrong).ends_with("<a>e</a>"));
    assert_eq!(decoded(b"<a>\xff</a>".to_vec()), "<a>\u{fffd}</a>");
}
