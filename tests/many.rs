//! Many articles at once: folders, archives and several files, in the program without a window, on the command line, on
//! the page that says what came of it, and in the list of articles. `cargo test --test many -- --nocapture` prints how well
//! near copies are found.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "common/cli.rs"]
mod cli;
#[path = "common/session.rs"]
mod session;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use casebook::app::questions::{GatheringSummary, MoveToFolder};
use casebook::app::{
    Command, Gathering, Intent, PrefsFile, Program, ReadingIntent, Remedy, SessionIntent,
};
use casebook::inquiry::{NEAR_COPY, near_copies};
use casebook::notebook::{ArticleId, Notebook};
use casebook::text::copies_among;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use session::Session;
use session::program::go;

const WIRE: &str = "Two mooring lines parted at Port-Léonie on Friday night and a barge drifted for an hour \
before a tug took it in tow, the harbour master said. Nobody was hurt. The barge, loaded with gravel, had been made fast \
at the northern quay since Tuesday. An inquiry has begun, the port authority said in a statement on Saturday. A member of \
the board, who asked not to be named, said the lines had not been looked at since the spring. The authority would not say \
when they had last been replaced. Residents of the quay had complained about the state of the bollards twice this year.";

fn put(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

/// A case with a bit of everything: two levels of folders, a copy, a near copy, a picture, a notebook, a broken file.
fn case() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case");
    put(&case, "wire.txt", WIRE);
    put(&case, "papers/guetteur.txt", &WIRE.replace("Nobody was hurt", "No one was injured"));
    put(&case, "papers/2023/again.txt", WIRE);
    put(
        &case,
        "papers/2023/minutes.md",
        "# Minutes\n\nThe board met on Monday and heard the treasurer.",
    );
    fs::write(case.join("broken.txt"), [0, 1, 2, 3, 0, 0, 200]).unwrap();
    fs::write(case.join("photo.jpg"), b"\xff\xd8\xff\xe0 and more").unwrap();
    put(&case, "other.ron", "(casebook: 5)");
    put(&case, ".git/config", "[core]");
    (folder, case)
}

fn opened(program: &mut Program, path: &Path) -> Gathering {
    go(program, Intent::Session(SessionIntent::OpenPath(path.to_owned())));
    program.open_notebook().unwrap().gathering().unwrap().clone()
}

fn notebook(program: &Program) -> &Notebook {
    program.open_notebook().unwrap().notebook()
}

fn title(notebook: &Notebook, id: ArticleId) -> &str {
    &notebook.article(id).unwrap().about.title
}

#[test]
fn a_folder_is_one_step_and_what_came_of_it_is_said() {
    let (_keep, case) = case();
    let mut program = Program::new(PrefsFile::none());
    let said = opened(&mut program, &case);
    assert!(program.asked::<GatheringSummary>().is_some(), "the page is open");
    let of = notebook(&program);
    let folders: Vec<&str> =
        said.opened.iter().map(|id| &*of.article(*id).unwrap().about.folder).collect();
    assert_eq!(folders, ["papers/2023", "papers/2023", "papers"]);
    let names = |all: &[casebook::article::gather::NotRead]| -> Vec<String> {
        all.iter().map(|it| it.name.clone()).collect()
    };
    assert_eq!(names(&said.failed), ["case/broken.txt"]);
    assert_eq!(names(&said.left_out), ["case/.git", "case/other.ron", "case/photo.jpg"]);
    // “again.txt” came first; what was named “wire.txt” has the same bytes.
    assert_eq!(said.identical, [("case/wire.txt".to_owned(), said.opened[0])]);
    assert_eq!(said.near.len(), 1);
    let near = said.near[0];
    assert_eq!((near.article, near.of), (said.opened[2], said.opened[0]));
    assert!((NEAR_COPY..1.0).contains(&near.share), "{}", near.share);
    program.run(Command::Undo);
    assert!(notebook(&program).articles().is_empty(), "one step of undo");
    program.run(Command::Redo);
    assert_eq!(notebook(&program).articles().len(), 3);

    // The near copy is removed, in a step of its own; what was decided is seen again.
    go(&mut program, Intent::Session(SessionIntent::RemoveArticles(vec![near.article])));
    assert_eq!(notebook(&program).articles().len(), 2);
    program.run(Command::Undo);
    assert_eq!(notebook(&program).articles().len(), 3);
    go(&mut program, Intent::Session(SessionIntent::ShowSideBySide(near.of, near.article)));
    let book = program.open_notebook().unwrap();
    assert!(program.question().is_none() && book.is_side_by_side());
    assert_eq!(book.article_in(true), Some(near.article));
    program.run(Command::GatheringSummary);
    assert!(program.asked::<GatheringSummary>().is_some());

    // Once more: all of it is there.
    let again = opened(&mut program, &case);
    assert!(again.opened.is_empty() && again.near.is_empty());
    assert_eq!(again.identical.len(), 4);
    assert_eq!(notebook(&program).articles().len(), 3);
}

#[test]
fn a_folder_without_files_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = folder.path().join("nothing");
    fs::create_dir_all(nothing.join("inside")).unwrap();
    let mut program = Program::new(PrefsFile::none());
    go(&mut program, Intent::Session(SessionIntent::OpenPath(nothing.clone())));
    assert!(program.open_notebook().is_none(), "no empty notebook");
    assert!(program.asked::<GatheringSummary>().is_none(), "no empty page");
    let notice = program.notices().last().unwrap().text.clone();
    assert!(notice.contains("“nothing” holds no files"), "{notice}");
    // What is known of the files opened before stays.
    let (_keep, case) = case();
    let said = opened(&mut program, &case);
    assert_eq!(opened(&mut program, &nothing).opened, said.opened);
}

#[test]
fn stopping_adds_nothing_and_the_notebook_can_be_used_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let many = folder.path().join("many");
    for n in 0..1000 {
        put(
            &many,
            &format!("{}/{n}.txt", n % 7),
            &format!("Article {n}: nothing was said of {n}."),
        );
    }
    let mut program = Program::new(PrefsFile::none());
    go(
        &mut program,
        Intent::Session(SessionIntent::AddText("A first article.\n\nIts words.".into())),
    );
    let before = program.open_notebook().unwrap().snapshot();
    program.dispatch(Intent::Session(SessionIntent::OpenPath(many.clone())));
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let jobs = program.jobs();
        let job = jobs.iter().find(|job| job.job.name.starts_with("Opening")).expect("under way");
        if job.step().starts_with(|c: char| c.is_ascii_digit()) {
            assert!(job.step().contains("of 1000: "), "{}", job.step());
            program.dispatch(Intent::StopJob(job.id));
            break;
        }
        assert!(Instant::now() < until, "it does not begin");
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(program.settle(Duration::from_secs(60)));
    assert!(notebook(&program) == &*before, "nothing half");
    assert!(program.notices().last().unwrap().text.contains("Nothing was added"));

    // Let alone, all thousand come, in order, with few tabs, and in one step.
    let begun = Instant::now();
    let said = opened(&mut program, &many);
    println!("1,000 small files: {} ms", begun.elapsed().as_millis());
    assert_eq!(said.opened.len(), 1000);
    let of = notebook(&program);
    assert_eq!(of.article(said.opened[0]).unwrap().about.folder, "0");
    assert_eq!(of.article(said.opened[999]).unwrap().about.folder, "6");
    let orders: BTreeSet<u32> = of.articles().values().map(|it| it.about.order).collect();
    assert_eq!(orders.len(), 1001);
    let book = program.open_notebook().unwrap();
    assert_eq!((book.tabs().len(), book.article()), (2, Some(said.opened[0])));
    program.run(Command::Undo);
    assert!(notebook(&program) == &*before);
}

#[test]
fn a_single_article_like_one_that_is_there_is_pointed_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::new(PrefsFile::none());
    for (name, text) in
        [("wire.txt", WIRE.to_owned()), ("copy.txt", WIRE.replace("Nobody", "No one"))]
    {
        let path = put(folder.path(), name, &text);
        go(&mut program, Intent::Session(SessionIntent::OpenPath(path)));
    }
    let notice = program.notices().last().unwrap();
    assert!(notice.text.contains("% alike"), "{notice:?}");
    let order = notebook(&program).articles_in_order();
    assert_eq!(notice.remedy, Some(Remedy::SideBySide(order[0], order[1])));
    let other = put(
        folder.path(),
        "other.txt",
        "The treasurer was heard on Monday, in private, by the board.",
    );
    let before = program.notices().len();
    go(&mut program, Intent::Session(SessionIntent::OpenPath(other)));
    assert_eq!(program.notices().len(), before, "nothing to say of it");
}

#[test]
fn articles_are_moved_and_folders_renamed_in_one_step() {
    let (_keep, case) = case();
    let mut program = Program::new(PrefsFile::none());
    let said = opened(&mut program, &case);
    go(&mut program, Intent::Cancel);
    let chosen = BTreeSet::from_iter(said.opened.iter().copied());
    go(&mut program, Intent::Reading(ReadingIntent::ChooseArticles(chosen)));
    program.run(Command::MoveToFolder);
    let asked: MoveToFolder = program.asked::<MoveToFolder>().unwrap().clone();
    assert_eq!(asked.articles, said.opened);
    go(&mut program, Intent::Session(SessionIntent::MoveArticles(asked, " Press // 2023 ".into())));
    let folders = |program: &Program| program.open_notebook().unwrap().folders();
    assert_eq!(folders(&program), ["Press", "Press/2023"]);
    assert!(program.question().is_none());
    program.run(Command::Undo);
    assert_eq!(folders(&program), ["papers", "papers/2023"]);
    go(&mut program, Intent::Session(SessionIntent::AskFolderName("papers".into())));
    let asked: MoveToFolder = program.asked::<MoveToFolder>().unwrap().clone();
    go(&mut program, Intent::Session(SessionIntent::MoveArticles(asked, "Board/Press".into())));
    assert_eq!(folders(&program), ["Board", "Board/Press", "Board/Press/2023"]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_opened() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_keep, case) = case();
    std::os::unix::fs::symlink(&case, case.join("papers/round")).unwrap();
    assert!(
        std::process::Command::new("mkfifo").arg(case.join("pipe")).status().unwrap().success()
    );
    let shut = put(&case, "shut.txt", "Words that nobody may read.");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    let can_read_all = fs::read(&shut).is_ok();
    let mut program = Program::new(PrefsFile::none());
    let said = opened(&mut program, &case);
    let failed = said.failed.iter().any(|it| it.name == "case/shut.txt");
    // Root reads everything.
    assert_eq!(failed, !can_read_all);
    let left = |name: &str| said.left_out.iter().any(|it| it.name == name);
    assert!(left("case/papers/round") && left("case/pipe"), "{:?}", said.left_out);
}

#[test]
fn the_command_line_says_what_failed_and_what_is_a_copy() {
    let (keep, _case) = case();
    let folder = keep.path();
    let ran = cli::run(folder, &["new", "case", "-o", "out.ron", "--json"]);
    assert_eq!(ran.status.code(), Some(1), "one file could not be read");
    let said: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(said["articles"].as_array().unwrap().len(), 3);
    assert_eq!(said["articles"][0]["folder"], "papers/2023");
    assert_eq!(said["failed"][0]["file"], "case/broken.txt");
    assert_eq!(said["left_out"].as_array().unwrap().len(), 3);
    assert_eq!(said["identical"][0]["file"], "case/wire.txt");
    assert_eq!(said["identical"][0]["article"], said["articles"][0]["id"]);
    let near = &said["near_copies"][0];
    assert_eq!(near["article"], said["articles"][2]["id"]);
    assert!(near["similarity"].as_f64().is_some_and(|it| it > 0.5 && it < 1.0), "{near}");
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert!(stderr.contains("broken.txt") && stderr.contains("% alike"), "{stderr}");
    assert!(folder.join("out.ron").exists());
    cli::text(cli::run(folder, &["check", "out.ron"]));

    // A file that is named must be read: otherwise nothing is written.
    let ran = cli::run(folder, &["new", "case/wire.txt", "case/broken.txt", "-o", "two.ron"]);
    assert!(!ran.status.success() && !folder.join("two.ron").exists());
    let ran = cli::run(folder, &["new", "case", "missing.txt", "-o", "two.ron"]);
    assert!(!ran.status.success() && !folder.join("two.ron").exists());

    // An archive of the same.
    let mut archive = zip::ZipWriter::new(fs::File::create(folder.join("wire.zip")).unwrap());
    for (name, text) in [("a/wire.txt", WIRE), ("b.txt", "Other words of another day.")] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    let said = cli::json(folder, &["new", "wire.zip", "-o", "zip.ron", "--json"]);
    let folders: Vec<_> =
        said["articles"].as_array().unwrap().iter().map(|a| &a["folder"]).collect();
    assert_eq!(folders, ["a", ""]);
    let ran = cli::run(folder, &["new", ".git", "-o", "none.ron"]);
    assert!(!ran.status.success() && !folder.join("none.ron").exists());
}

/// A die that always falls alike.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n as u64).unwrap()
    }
}

/// Reports, each in several papers: cut short, with words changed, a paragraph of the paper's own, another headline. And
/// as many texts of the same few hundred words that have nothing to do with each other.
#[test]
fn wire_copies_are_found_and_other_texts_are_not() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let lexicon: Vec<String> = (0..900)
        .map(|n| format!("{}{}", ["har", "bor", "quay", "ves", "min", "tol"][n % 6], n / 3))
        .collect();
    let text = |dice: &mut Dice, words: usize| -> Vec<String> {
        (0..words).map(|_| lexicon[dice.below(300) * 3 % 900].clone()).collect()
    };
    let mut texts: Vec<(usize, f64, String)> = Vec::new();
    for report in 0..60 {
        let whole = text(&mut dice, 250 + report * 5);
        texts.push((report, 0.0, whole.join(" ")));
        for changed in [0.0, 0.02, 0.05, 0.1] {
            let mut copy = whole.clone();
            for _ in 0..(whole.len() as f64 * changed) as usize {
                let at = dice.below(copy.len());
                copy[at] = lexicon[dice.below(900)].clone();
            }
            copy.truncate(copy.len() * (90 + dice.below(11)) / 100);
            let own = 5 + dice.below(15);
            let mut paper = text(&mut dice, own);
            paper.extend(copy);
            texts.push((report, changed, paper.join(" ")));
        }
        let words = 250 + dice.below(200);
        texts.push((1000 + report, 0.0, text(&mut dice, words).join(" ")));
    }
    let only: Vec<&str> = texts.iter().map(|it| &*it.2).collect();
    let found = copies_among(&only, NEAR_COPY, &|| false);
    let right = found.iter().filter(|it| texts[it.first].0 == texts[it.second].0).count();
    let precision = right as f64 / found.len() as f64;
    for changed in [0.0, 0.02, 0.05, 0.1] {
        let of: Vec<usize> = (0..texts.len())
            .filter(|n| n % 6 != 0 && texts[*n].0 < 1000 && (texts[*n].1 - changed).abs() < 1e-9)
            .collect();
        let hits = of.iter().filter(|n| found.iter().any(|it| it.second == **n)).count();
        println!(
            "{:>3.0} % of the words changed: {hits} of {} copies found",
            changed * 100.0,
            of.len()
        );
        if changed < 0.06 {
            assert!(hits * 100 >= of.len() * 95, "{changed}: {hits}");
        }
    }
    // What the bands miss of the pairs that are there.
    let runs: Vec<_> = only.iter().map(|text| casebook::text::WordRuns::of(text)).collect();
    let mut pairs = 0;
    for (b, one) in runs.iter().enumerate() {
        pairs += runs[..b].iter().filter(|other| one.resemblance(other) >= NEAR_COPY).count();
    }
    println!("precision {precision:.3}; {} of {pairs} pairs above {NEAR_COPY} found", found.len());
    assert!(precision >= 0.99, "{precision}");
    assert!(found.len() * 100 >= pairs * 97, "{} of {pairs}", found.len());
    let ids: Vec<ArticleId> = only.iter().map(|_| ArticleId::random()).collect();
    let of: Vec<(ArticleId, &str)> = ids.iter().copied().zip(only.iter().copied()).collect();
    assert!(
        near_copies(&of[..6], &of[6..], &|| false).iter().all(|it| !ids[..6].contains(&it.article))
    );
}

#[test]
fn the_page_says_what_came_and_a_copy_is_removed_there() {
    let (_keep, case) = case();
    let mut s = Session::open();
    s.send(Intent::Session(SessionIntent::OpenPath(case)));
    s.0.get_by_label("3 articles opened, as one step of undo. 1 file could not be read.");
    // It is as high as its rows once those were laid out.
    s.0.run_steps(5);
    s.0.get_by_label("Near copies (1)");
    assert!(s.0.query_all_by_label_contains("case/broken.txt: ").next().is_some());
    assert!(s.0.query_all_by_label_contains("case/photo.jpg: ").next().is_some());
    s.0.get_by_role_and_label(Role::Button, "Close");
    let labels: Vec<String> =
        s.0.query_all_by_role(Role::Button)
            .filter_map(|node| node.accesskit_node().label())
            .filter(|label| label.contains(" % alike with"))
            .collect();
    assert_eq!(labels.len(), 3, "{labels:?}");
    let remove = labels.iter().find(|label| label.starts_with("Remove ")).unwrap().clone();
    s.0.get_by_label(&remove).click();
    s.settle();
    assert_eq!(s.open_notebook().notebook().articles().len(), 2);
    s.0.get_by_label("one removed; Undo brings it back");
    s.0.get_by_role_and_label(Role::Button, "Close").click();
    s.settle();
    assert!(s.program().question().is_none());
    s.run(Command::Undo);
    assert_eq!(s.open_notebook().notebook().articles().len(), 3);
}

#[test]
fn the_list_has_folders_that_close_and_articles_that_are_chosen_together() {
    let (_keep, case) = case();
    let mut s = Session::open();
    s.send(Intent::Session(SessionIntent::OpenPath(case)));
    s.send(Intent::Cancel);
    let minutes = "Article: Minutes, 0 mentions";
    s.0.get_by_label(minutes);
    let folder = |s: &Session, state: &str| {
        s.0.get_by_label(&format!("Folder: papers/2023, 2 articles, {state}")).rect()
    };
    folder(&s, "expanded");
    s.0.run_steps(10);
    s.0.get_by_label("Folder: papers/2023, 2 articles, expanded").focus();
    s.0.run_steps(3);
    s.key(Modifiers::NONE, Key::ArrowLeft);
    folder(&s, "collapsed");
    assert!(s.0.query_by_label(minutes).is_none());
    s.key(Modifiers::NONE, Key::ArrowRight);
    folder(&s, "expanded");
    // Down to its first article, and with Shift to the next: both are chosen.
    s.key(Modifiers::NONE, Key::ArrowDown);
    s.key(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(s.open_notebook().chosen_articles().len(), 2);
    s.key(Modifiers::ALT, Key::M);
    let asked: MoveToFolder = s.program().asked::<MoveToFolder>().unwrap().clone();
    assert_eq!(asked.articles.len(), 2);
    s.0.get_by_label("Move 2 articles to a folder");
    s.0.get_by_label("Folder papers").click();
    s.settle();
    s.0.get_by_role_and_label(Role::Button, "Move").click();
    s.settle();
    let book = s.open_notebook();
    assert_eq!(book.folders(), ["papers"]);
    assert!(asked.articles.iter().all(|id| !title(book.notebook(), *id).is_empty()));
    // A click shows one and chooses none.
    s.0.get_by_label(minutes).click();
    s.settle();
    assert!(s.open_notebook().chosen_articles().is_empty());
    // By words of folder and title.
    s.0.get_by_label("Filter the lists").focus();
    s.0.run();
    s.0.get_by_label("Filter the lists").type_text("papers minu");
    s.0.run();
    s.0.get_by_label("Articles: 1, expanded");
}

#[test]
fn ten_thousand_articles_are_listed_and_only_those_in_view_are_laid_out() {
    let folder = tempfile::tempdir().unwrap();
    let many = folder.path().join("many");
    for n in 0..10_001 {
        put(&many, &format!("{:02}/{n}.txt", n % 40), &format!("Article {n}\n\nOf {n}."));
    }
    let mut s = Session::open();
    s.send(Intent::Session(SessionIntent::OpenPath(many)));
    let said = s.open_notebook().gathering().unwrap().clone();
    assert_eq!(said.opened.len(), 10_000);
    assert!(said.limit.as_deref().is_some_and(|it| it.contains("10000 files")), "{:?}", said.limit);
    s.send(Intent::Cancel);
    s.0.get_by_label("Articles: 10000, expanded");
    let rows = s.0.query_all_by_label_contains("Article: ").count();
    assert!((5..200).contains(&rows), "{rows} rows");
    let begun = Instant::now();
    for _ in 0..10 {
        s.0.step();
    }
    println!("a frame with 10,000 articles: {} ms", begun.elapsed().as_millis() / 10);
}
