//! Encodings that are not certain, in the window: said when the file is opened, shown with samples, chosen afterwards.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use casebook::app::{Caret, Command, Intent, Level, ReadingIntent, SessionIntent};
use casebook::notebook::Article;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[path = "common/session.rs"]
mod session;

use session::Session;

/// In Mac Roman “Pagó y Camión, año.”, and text in other encodings too.
const DOUBTFUL: &[u8] = b"Pag\x97 y Cami\x97n, a\x96o.\n\nNada.\n";

impl Session {
    fn open_file(&mut self, name: &str, bytes: &[u8]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        self.send(Intent::Session(SessionIntent::OpenPath(path)));
        self.0.run();
        folder
    }

    fn article(&self) -> &Article {
        let book = self.open_notebook();
        book.notebook().article(book.article().unwrap()).unwrap()
    }

    fn press(&mut self, label: &str) {
        self.0.get_by_role_and_label(Role::Button, label).click();
        self.0.run();
        self.settle();
    }

    /// The readings that can be chosen, and which one is.
    fn readings(&self) -> Vec<(String, bool)> {
        let radios = self.0.query_all_by_role(Role::RadioButton);
        radios
            .map(|radio| {
                let node = radio.accesskit_node();
                let chosen = node.toggled() == Some(egui::accesskit::Toggled::True);
                (node.label().unwrap(), chosen)
            })
            .filter(|(label, _)| label.contains(": “"))
            .collect()
    }

    fn choose(&mut self, reading: &str) {
        self.0.get_by_role_and_label(Role::RadioButton, reading).click();
        self.0.run();
        self.settle();
        self.0.run();
    }
}

const MAC: &str = "macintosh: “Pagó y Camión, año.”";
const WINDOWS: &str = "windows-1252: “Pag— y Cami—n, a–o.”";

#[test]
fn a_doubtful_encoding_is_said_and_chosen_among_samples() {
    let mut s = Session::open();
    let _folder = s.open_file("nota.txt", DOUBTFUL);
    assert_eq!(s.article().origin.encoding, "macintosh");
    let notice = s.program().notices().last().unwrap().clone();
    assert_eq!(notice.level, Level::Warning);
    assert!(notice.text.contains("macintosh, which is not certain"), "{}", notice.text);

    s.0.get_by_label_contains("Dismiss the notice");
    let details = s.0.get_all_by_role_and_label(Role::Button, "Article details…").last().unwrap();
    details.click();
    s.0.run();
    let readings = s.readings();
    assert!(readings.contains(&(MAC.to_owned(), true)), "{readings:?}");
    assert!(readings.contains(&(WINDOWS.to_owned(), false)), "{readings:?}");
    assert_eq!(readings.iter().filter(|(_, chosen)| *chosen).count(), 1);

    s.choose(WINDOWS);
    assert!(s.article().text.as_str().starts_with("Pag— y Cami—n, a–o.\n"));
    assert_eq!(s.article().about.title, "Pag— y Cami—n, a–o.");
    let readings = s.readings();
    assert!(readings.contains(&(WINDOWS.to_owned(), true)), "{readings:?}");
    assert!(readings.contains(&(MAC.to_owned(), false)), "{readings:?}");

    // The page takes the new title over, and does not put the misread one back.
    s.press("Done");
    assert_eq!(s.article().about.title, "Pag— y Cami—n, a–o.");
    s.run(Command::Undo);
    assert_eq!(s.article().about.title, "Pagó y Camión, año.");
    assert_eq!(s.article().origin.encoding, "macintosh");
}

#[test]
fn nothing_is_chosen_over_what_is_tagged_and_the_page_says_why() {
    let mut s = Session::open();
    let _folder = s.open_file("nota.txt", DOUBTFUL);
    let article = s.open_notebook().article().unwrap();
    s.send(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(8..15))));
    s.run(Command::TagActor);
    s.send(Intent::Tagging(casebook::app::TaggingIntent::PickerAccept));
    assert_eq!(s.open_notebook().notebook().mention_count_in(article), 1);
    s.send(Intent::Session(SessionIntent::ShowDetails(article)));
    s.0.run();
    assert_eq!(s.readings(), []);
    s.0.get_by_label_contains("Something is tagged in it");
}

#[test]
fn a_file_opened_again_can_be_read_otherwise() {
    let mut s = Session::open();
    let folder = s.open_file("nota.txt", DOUBTFUL);
    let saved = folder.path().join("notes.ron");
    s.send(Intent::Session(SessionIntent::SaveTo(saved.clone())));
    s.run(Command::CloseNotebook);
    s.send(Intent::Session(SessionIntent::OpenPath(saved)));
    let article = s.open_notebook().article().unwrap();
    assert!(!s.open_notebook().can_reread(article), "nobody knows where its file is");
    s.send(Intent::Session(SessionIntent::ShowDetails(article)));
    s.0.run();
    s.0.get_by_label_contains("Open the file again");
    s.press("Cancel");
    s.send(Intent::Session(SessionIntent::OpenPath(folder.path().join("nota.txt"))));
    assert_eq!(s.open_notebook().notebook().articles().len(), 1);
    s.send(Intent::Session(SessionIntent::ShowDetails(article)));
    s.0.run();
    s.choose(WINDOWS);
    assert_eq!(s.article().origin.encoding, "windows-1252");
    assert_eq!(s.article().about.title, "Pag— y Cami—n, a–o.");
}

#[test]
fn lines_in_a_second_encoding_are_told_of() {
    let mut s = Session::open();
    let _folder = s.open_file("deux.txt", b"D\xC3\xA9j\xC3\xA0 vu\nLe caf\xE9 du mus\xE9e\n");
    let said = s.program().notices().last().unwrap().text.clone();
    assert!(said.contains("UTF-8 but for 1 line"), "{said}");
}

#[test]
fn what_is_certain_is_not_talked_about() {
    let mut s = Session::open();
    let _folder = s.open_file("plain.txt", "Déjà vu.\n".as_bytes());
    assert_eq!(s.program().notices(), []);
    let article = s.open_notebook().article().unwrap();
    s.send(Intent::Session(SessionIntent::ShowDetails(article)));
    s.0.run();
    assert_eq!(s.readings(), []);
}

#[test]
fn the_encoding_is_chosen_before_the_file() {
    let mut s = Session::open();
    s.run(Command::OpenWithEncoding);
    s.0.run();
    s.0.get_by_role_and_label(Role::ComboBox, "Encoding").click();
    s.0.run();
    s.0.get_by_label("windows-1252").click();
    s.0.run();
    s.press("Choose file…");
    // The file dialog, which a test cannot open, is offered as a field; what it opens is read as was chosen.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nota.txt");
    std::fs::write(&path, DOUBTFUL).unwrap();
    let encoding = "windows-1252".to_owned();
    s.send(Intent::Session(SessionIntent::OpenWithEncoding(path.clone(), encoding)));
    s.0.run();
    assert_eq!(s.article().origin.encoding, "windows-1252");
    assert!(s.article().text.as_str().starts_with("Pag— y Cami—n, a–o.\n"));
    // The file that is open is read again when another encoding is asked for, and has one tab still.
    let encoding = "macintosh".to_owned();
    s.send(Intent::Session(SessionIntent::OpenWithEncoding(path.clone(), encoding)));
    s.0.run();
    assert_eq!(s.article().origin.encoding, "macintosh");
    // Opened without an encoding, it stays as it was read.
    s.send(Intent::Session(SessionIntent::OpenPath(path)));
    s.0.run();
    assert_eq!(s.article().origin.encoding, "macintosh");
    assert_eq!(s.open_notebook().notebook().articles().len(), 1);
}
