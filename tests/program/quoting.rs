//! Copying with citation: selected words, a mention, the evidence of a link.

use casebook::app::{Command, Effect, Intent, Level, LinkDraft, Selection};
use casebook::edit::{AboutFields, Edit};
use casebook::notebook::Kind;

use crate::script::Script;

/// What was put on the clipboard by a command. The effects are taken before anything else may.
pub fn copied(s: &mut Script, command: Command) -> Option<String> {
    s.program.take_effects();
    s.program.dispatch(Intent::Run(command));
    s.program.take_effects().into_iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    })
}

/// With an article from the web.
fn open() -> Script {
    let mut s = Script::open();
    let with = AboutFields {
        author: Some("A. *Plume*".to_owned()),
        date: Some("2031-03-12".to_owned()),
        url: Some("https://guetteur.example/bras-de-fer".to_owned()),
        ..AboutFields::default()
    };
    s.edit(Edit::Describe { article: None, with });
    s
}

#[test]
fn selected_words_are_copied_with_their_source() {
    let mut s = open();
    s.select("Des sources internes", 0);
    let address = "https://guetteur.example/bras-de-fer#:~:text=Le%20Guetteur.-,Des%20sources%20internes,-%C3%A9voquent%20un%20d%C3%A9saccord";
    let text = copied(&mut s, Command::CopyCited).unwrap();
    assert_eq!(
        text,
        format!("“Des sources internes”\n— “Bras de fer à Port-Léonie”, A. *Plume*, 2031-03-12, paragraph 3\n{address}")
            .replace("text=Le", "text=selon%20Le")
    );
    let markdown = copied(&mut s, Command::CopyCitedMarkdown).unwrap();
    assert!(
        markdown.starts_with(
            "> Des sources internes\n>\n> — *Bras de fer à Port\u{2d}Léonie*, A. \\*Plume\\*, "
        ),
        "{markdown}"
    );
    assert!(
        markdown.ends_with(">\n") && markdown.contains(", paragraph 3, <https://guetteur.example/")
    );
}

#[test]
fn the_evidence_of_the_selected_link_is_copied_and_nothing_is_copied_of_nothing() {
    let mut s = open();
    s.go(Intent::Select(Selection::none()));
    assert!(!s.program.is_enabled(Command::CopyCited));
    assert_eq!(copied(&mut s, Command::CopyCited), None);
    assert_eq!(s.told().0, Level::Info);
    let (kervel, mention) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    s.go(Intent::Select(Selection::mention(mention, s.open_notebook().notebook())));
    let text = copied(&mut s, Command::CopyCited).unwrap();
    assert!(text.contains("Kervel") && text.contains("paragraph 3"), "{text}");
    let link = s.link(LinkDraft::between(kervel, ormelot, None));
    let bare = s.open_notebook().notebook().link(link).unwrap().evidence.is_empty();
    s.go(Intent::Select(Selection::link(link)));
    assert_eq!(s.program.is_enabled(Command::CopyCited), !bare);
    s.select("Anne Kervel a rencontré Paul Ormelot vendredi", 0);
    s.run(Command::AddEvidence);
    s.go(Intent::Select(Selection::link(link)));
    let text = copied(&mut s, Command::CopyCited).unwrap();
    assert!(text.starts_with("“Anne Kervel a rencontré Paul Ormelot vendredi"), "{text}");
    assert_eq!(text.matches("— “").count(), s.evidence(link).len());
}
