//! Opening: articles and notebooks, what cannot be opened, encodings, pasted text, a notebook that is open elsewhere.

use casebook::app::questions::PasteArticle;
use casebook::app::{
    Caret, Command, FindQuery, Intent, Level, LinkDraft, ReadingIntent, Remedy, SessionIntent,
};
use casebook::article::ReadOptions;
use casebook::edit::Edit;
use casebook::notebook::{Evidence, Kind};
use casebook::storage::{self, Expected, Lock};
use casebook::text::BlockKind;

use crate::script::{ARTICLE, OTHER, Script};

#[test]
fn a_notebook_that_is_open_is_not_opened_again() {
    let mut s = Script::open();
    let path = s.save_as("one.ron");
    let before = s.open_notebook().snapshot();
    s.go(Intent::Session(SessionIntent::OpenPath(path)));
    assert!(s.told().1.contains("already open"), "{:?}", s.told());
    #[cfg(unix)]
    {
        let other_name = s.path("two.ron");
        std::os::unix::fs::symlink(s.path("one.ron"), &other_name).unwrap();
        s.go(Intent::DismissNotice(s.program.notices().last().unwrap().serial));
        s.go(Intent::Session(SessionIntent::OpenPath(other_name)));
        assert!(s.told().1.contains("already open"), "{:?}", s.told());
    }
    assert!(s.open_notebook().notebook() == &*before);
    // The same content from another file is told, and opened only when that is asked for.
    s.open_file("copy.txt", ARTICLE.as_bytes());
    let notice = s.program.notices().last().unwrap().clone();
    assert!(notice.text.contains("the same content"), "{notice:?}");
    assert_eq!(s.open_notebook().notebook().articles().len(), 1);
    let Some(Remedy::OpenTwice(path)) = notice.remedy else { panic!("{notice:?}") };
    s.go(Intent::Session(SessionIntent::OpenTwice(path)));
    assert_eq!(s.open_notebook().notebook().articles().len(), 2);
}

#[test]
fn a_notebook_that_another_casebook_has_open_can_only_be_read() {
    let mut s = Script::open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    let path = s.save_as("one.ron");
    s.run(Command::CloseNotebook);
    let lock = Lock::acquire(&path).unwrap();
    let kept = std::fs::read(&path).unwrap();
    s.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    let why = s.open_notebook().read_only().expect("read-only").to_owned();
    let process = format!("process {}", std::process::id());
    assert!(why.contains("another Casebook") && why.contains(&process), "{why}");
    let before = s.open_notebook().snapshot();
    for command in [Command::TagActor, Command::Save, Command::Arrange, Command::RenameNotebook] {
        assert!(!s.program.is_enabled(command), "{command:?}");
        assert!(s.program.why_not(command).is_some_and(|said| said.contains(&process)));
    }
    s.edit(Edit::Title("Mine".to_owned()));
    assert!(s.told().1.contains(&process), "{:?}", s.told());
    assert!(s.open_notebook().notebook() == &*before && !s.open_notebook().is_modified());
    s.go(Intent::Session(SessionIntent::SaveTo(path.clone())));
    assert_eq!(std::fs::read(&path).unwrap(), kept);
    s.run(Command::TakeOver);
    assert!(s.open_notebook().read_only().is_some() && s.told().1.contains("Close it there"));
    drop(lock);
    s.run(Command::TakeOver);
    assert_eq!(s.open_notebook().read_only(), None);
    s.edit(Edit::Title("Mine".to_owned()));
    s.run(Command::Save);
    assert!(!s.open_notebook().is_modified());

    // Another writes it, and is gone: taking over reads what is there now.
    s.run(Command::CloseNotebook);
    let lock = Lock::acquire(&path).unwrap();
    s.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    let (notebook, desk, _) = storage::parse(&String::from_utf8(kept).unwrap()).unwrap();
    storage::save(&path, &notebook, &desk, &Expected::New, &|| false).unwrap();
    drop(lock);
    s.run(Command::TakeOver);
    assert_eq!((s.open_notebook().read_only(), s.open_notebook().notebook().title()), (None, ""));

    // Under another name it can be changed at once.
    s.run(Command::CloseNotebook);
    let _lock = Lock::acquire(&path).unwrap();
    s.go(Intent::Session(SessionIntent::OpenPath(path)));
    s.save_as("two.ron");
    assert_eq!(s.open_notebook().read_only(), None);
}

#[test]
fn what_cannot_be_opened_is_told_with_its_name_and_changes_nothing() {
    let mut s = Script::open();
    let before = s.open_notebook().snapshot();
    std::fs::write(s.path("empty.txt"), "").unwrap();
    std::fs::write(s.path("binary.txt"), [0_u8, 1, 2, 3, 0, 0, 200]).unwrap();
    std::fs::write(s.path("broken.ron"), "(format: \"casebook\", version: 1, oops").unwrap();
    for name in ["missing.txt", "empty.txt", "binary.txt", "broken.ron"] {
        s.go(Intent::Session(SessionIntent::OpenPath(s.path(name))));
        let (level, why) = s.told();
        assert_eq!(level, Level::Error, "{name}: {why}");
        assert!(why.contains(name), "{name}: {why}");
    }
    assert!(s.open_notebook().notebook() == &*before);
}

#[test]
fn an_article_is_read_in_another_encoding_only_before_it_is_tagged() {
    let mut s = Script::new();
    let greek = "Ελληνικά\n\nΗ Άννα μίλησε. Και ο Παύλος.\n";
    let (bytes, _, _) = (encode_1253(greek), 0, 0);
    let article = s.open_file("greek.txt", &bytes);
    s.go(Intent::Session(SessionIntent::Reread(
        article,
        ReadOptions::in_encoding(Some("windows-1252")),
    )));
    let now = |s: &Script| s.open_notebook().notebook().article(article).unwrap().clone();
    assert_eq!(now(&s).origin.encoding, "windows-1252");
    assert!(now(&s).text.as_str().contains("Ç ¢ííá") || !now(&s).text.as_str().contains("Άννα"));
    let misread = now(&s).about.title.clone();
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(3..9))));
    s.go(Intent::Reading(ReadingIntent::FindQuery(FindQuery {
        pattern: "Άννα".to_owned(),
        ..FindQuery::default()
    })));
    assert_eq!(s.open_notebook().find().unwrap().total(), 0);

    s.go(Intent::Session(SessionIntent::Reread(
        article,
        ReadOptions::in_encoding(Some("windows-1253")),
    )));
    assert_eq!(now(&s).text.as_str(), greek);
    assert_eq!(now(&s).about.title, "Ελληνικά", "the title had been misread too");
    assert_eq!(s.open_notebook().find().unwrap().total(), 1, "the new text is searched");
    let caret = s.open_notebook().caret(article);
    assert!(now(&s).text.is_grapheme_boundary(caret.anchor));
    assert!(now(&s).text.is_grapheme_boundary(caret.head));
    s.run(Command::Undo);
    assert_eq!(now(&s).about.title, misread, "one step");
    s.run(Command::Redo);

    // A title that the user gave stays.
    let title =
        casebook::edit::AboutFields { title: Some("Mine".to_owned()), ..Default::default() };
    s.edit(Edit::Describe { article: None, with: title });
    s.go(Intent::Session(SessionIntent::Reread(
        article,
        ReadOptions::in_encoding(Some("windows-1252")),
    )));
    assert_eq!(now(&s).about.title, "Mine");
    s.go(Intent::Session(SessionIntent::Reread(
        article,
        ReadOptions::in_encoding(Some("windows-1253")),
    )));

    s.tag(Kind::Actor, "Άννα", 0);
    assert!(!s.open_notebook().can_reread(article));
    let before = s.open_notebook().snapshot();
    s.go(Intent::Session(SessionIntent::Reread(
        article,
        ReadOptions::in_encoding(Some("windows-1252")),
    )));
    assert!(s.told().1.contains("tagged already"), "{:?}", s.told());
    assert!(s.open_notebook().notebook() == &*before);
}

/// Greek letters as one byte each: windows-1253.
fn encode_1253(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            'Ά' => 0xa2,
            'ά'..='ώ' => u8::try_from(u32::from(c) - 0x3ac + 0xdc).unwrap(),
            'Α'..='Ω' => u8::try_from(u32::from(c) - 0x391 + 0xc1).unwrap(),
            c => u8::try_from(c).unwrap(),
        })
        .collect()
}

#[test]
fn pasted_text_becomes_an_article_and_nothing_does_not() {
    let mut s = Script::new();
    s.run(Command::PasteArticle);
    assert!(s.program.asked::<PasteArticle>().is_some());
    s.go(Intent::Session(SessionIntent::AddText("  \n ".to_owned())));
    assert!(s.program.question().is_some(), "still there to be filled");
    assert_eq!(s.told().0, Level::Warning);
    s.go(Intent::Session(SessionIntent::AddText("A headline\r\n\r\nA body.\r\n".to_owned())));
    assert!(s.program.question().is_none());
    let article = s.open_notebook().notebook().article(s.article()).unwrap();
    assert_eq!(article.about.title, "A headline");
    assert_eq!(article.text.as_str(), "A headline\n\nA body.\n");
    assert_eq!(article.origin.reader, "pasted");
    s.go(Intent::Session(SessionIntent::Reread(
        s.article(),
        ReadOptions::in_encoding(Some("windows-1252")),
    )));
    assert!(s.told().1.contains("Open the file again"), "{:?}", s.told());
}

#[test]
fn a_removed_article_takes_its_mentions_and_quotes_and_comes_back() {
    let mut s = Script::open();
    let first = s.article();
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, _) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    s.select("Kervel dément.", 0);
    let link = s.link(LinkDraft::between(kervel, ormelot, None));
    s.open_file("other.txt", OTHER.as_bytes());
    s.go(Intent::Reading(ReadingIntent::ShowArticle(first)));
    let before = s.open_notebook().snapshot();
    s.run(Command::RemoveArticle);
    assert_ne!(s.article(), first);
    assert_eq!(s.open_notebook().notebook().mentions().len(), 0);
    assert_eq!(s.open_notebook().notebook().link(link).unwrap().evidence, [] as [Evidence; 0]);
    assert!(s.is_sound());
    let path = s.save_as("less.ron");
    assert!(!std::fs::read_to_string(path).unwrap().contains(&first.to_string()));
    s.run(Command::Undo);
    assert!(s.open_notebook().notebook() == &*before);
}

#[test]
fn a_dismissed_suggestion_that_no_longer_fits_is_told_as_one_and_kept() {
    let mut s = Script::open();
    let at = casebook::edit::Spot::Quote("Anne Kervel".to_owned());
    s.edit(Edit::Dismiss { article: None, at });
    let path = s.save_as("one.ron");
    s.run(Command::CloseNotebook);
    let kept = std::fs::read_to_string(&path).unwrap();
    let (head, dismissed) = kept.split_once("dismissed: {").unwrap();
    let spoilt =
        format!("{head}dismissed: {{{}", dismissed.replacen("Anne Kervel", "Anna Kervel", 1));
    assert_ne!(spoilt, kept);
    std::fs::write(&path, &spoilt).unwrap();
    s.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    let (_, said) = s.told();
    assert!(said.contains("1 dismissed suggestion no longer matches its article"), "{said}");
    assert!(said.contains("Suggestions lists") && !said.contains("mention"), "{said}");
    // What is saved over it still has it.
    s.edit(Edit::Title("Another".to_owned()));
    s.run(Command::Save);
    assert!(std::fs::read_to_string(&path).unwrap().contains("Anna Kervel"));
}

/// A text whose lines were cut at one length, as in mail.
const WRAPPED: &str = "The council of Port Leonie sat through the night on Thursday, while the\n\
    tide gauge on the north quay went on writing what nobody was there to\n\
    read. Anne Kervel says that she had seen the readings the day before,\n\
    and that the mayor had them on his desk by Friday noon at the latest.\n\n\
    The prefecture did not answer when it was asked. A source close to the\n\
    council, who did not want to be named, says the opposite, and points to\n\
    the minutes of the night, which the mayor keeps back until the inquiry\n\
    has ended.\n";

#[test]
fn lines_cut_at_one_length_are_joined_or_kept_and_asked_about_once() {
    let mut s = Script::new();
    let article = s.open_file("mail.txt", WRAPPED.as_bytes());
    assert!(s.open_notebook().is_wrapped(article));
    s.go(Intent::Session(SessionIntent::JoinLines(article)));
    let now = |s: &Script| s.open_notebook().notebook().article(article).unwrap().clone();
    let joined = now(&s);
    assert!(!s.open_notebook().is_wrapped(article));
    assert_eq!(joined.text.paragraph_count(), 4, "{}", joined.text.as_str());
    assert!(joined.text.as_str().contains("nobody was there to read. Anne"));
    assert_eq!(joined.origin.reader, "plain text, lines joined");
    s.run(Command::Undo);
    assert_eq!(now(&s).text.as_str(), WRAPPED);
    s.run(Command::JoinLines);
    assert_eq!(now(&s).text, joined.text, "the command joins them again");
    // A later version of the file is read as this one was.
    let path = s.path("mail.txt");
    std::fs::write(&path, WRAPPED.replace("by Friday noon", "on Friday noon")).unwrap();
    s.go(Intent::Session(SessionIntent::UpdateArticle(article, path)));
    s.go(Intent::Answer(casebook::app::Answer::Reload));
    let updated = now(&s);
    assert_eq!((updated.versions(), updated.text.paragraph_count()), (2, 4));

    let kept = s.open_file("other.txt", WRAPPED.replace("Leonie", "Loenie").as_bytes());
    s.go(Intent::Session(SessionIntent::KeepLines(kept)));
    assert!(!s.open_notebook().is_wrapped(kept));
    let plain = s.open_file("plain.txt", b"One line.\n\nAnd another one, which is longer.\n");
    assert!(!s.open_notebook().is_wrapped(plain));

    // Nothing tagged is moved behind somebody's back.
    let tagged = s.open_file("third.txt", WRAPPED.replace("Leonie", "Lienoe").as_bytes());
    s.tag(Kind::Actor, "Anne Kervel", 0);
    assert!(!s.open_notebook().is_wrapped(tagged));
    let before = s.open_notebook().snapshot();
    s.go(Intent::Session(SessionIntent::JoinLines(tagged)));
    assert!(s.told().1.contains("nothing is tagged"), "{:?}", s.told());
    assert!(s.open_notebook().notebook() == &*before);
}

#[test]
fn a_mail_whose_lines_are_joined_is_set_as_it_was() {
    let mut s = Script::new();
    let quoted: String = WRAPPED.lines().map(|line| format!("> {line}\n")).collect();
    let mail = format!(
        "From: Mara Quill <mara@port-ellis.example>\nTo: The board <board@port-ellis.example>\n\
         Date: Tue, 4 Mar 2031 09:12:44 +0100\nSubject: The night\nMessage-ID: <1@port-ellis.example>\n\n\
         {WRAPPED}\nThe mayor wrote:\n{quoted}\nYours,\nMara Quill\n"
    );
    let article = s.open_file("mail.eml", mail.as_bytes());
    assert!(s.open_notebook().is_wrapped(article));
    s.go(Intent::Session(SessionIntent::JoinLines(article)));
    let joined = s.open_notebook().notebook().article(article).unwrap().clone();
    assert_eq!(joined.origin.reader, "mail, lines joined");
    let (text, structure) = (joined.text.as_str(), &joined.origin.structure);
    let lines: Vec<&str> = text.lines().collect();
    assert!(structure.fits(u32::try_from(lines.len()).unwrap()), "{structure:?}");
    let whole = "nobody was there to read. Anne";
    let kind = |at: usize| structure.kind_of(u32::try_from(at).unwrap()).cloned();
    let found: Vec<_> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| l.contains(whole))
        .map(|(at, _)| kind(at))
        .collect();
    assert_eq!(found, [None, Some(BlockKind::Quotation(1))], "{text}");
    let own = |words: &str| lines.iter().position(|line| *line == words).map(kind);
    assert_eq!(own("Subject: The night"), Some(None), "the head keeps its lines: {text}");
    assert_eq!(own("Mara Quill"), Some(None), "so does the signature: {text}");
}
