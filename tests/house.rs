//! The house's own rules, read off its sources: who may know whom, who may change a notebook, and what is never built in.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

#[path = "house/circles.rs"]
mod circles;

/// Rooms that work without a window: they name no crate that draws.
const WITHOUT_A_PIXEL: [&str; 23] = [
    "app",
    "article",
    "cli",
    "crash",
    "drawing",
    "edit",
    "export",
    "fields",
    "foreign",
    "graph",
    "import",
    "inquiry",
    "job",
    "kept_sources",
    "notebook",
    "pairing",
    "picture",
    "recovery",
    "scene",
    "storage",
    "table",
    "text",
    "timeline",
];

/// Rooms that will be built later; they too must work without a window.
const LATER: [&str; 1] = ["merge"];

/// Crates that speak HTTP, QUIC, WebSocket or TLS, or that exist to call something that does. Left out on purpose:
/// `tokio`, `mio` and `socket2` (they open sockets only when told to, and stand in Cargo.lock for targets that are
/// never built), `zbus` and `x11rb` (they hold code for TCP that is never called), `security-framework` and
/// `core-foundation` (macOS key chain, not a connection). That no such socket is opened the window test watches.
const BANNED: [&str; 34] = [
    "actix-web",
    "async-h1",
    "async-native-tls",
    "async-tungstenite",
    "attohttpc",
    "awc",
    "axum",
    "boring",
    "curl",
    "h2",
    "h3",
    "hickory-resolver",
    "hyper",
    "isahc",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rouille",
    "rustls",
    "s2n-tls",
    "schannel",
    "self_update",
    "sentry",
    "surf",
    "tiny_http",
    "tokio-native-tls",
    "tokio-rustls",
    "tungstenite",
    "ureq",
    "warp",
    "webbrowser",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A source file of a room (a folder or file of `src/`) without its comments.
struct Source {
    room: String,
    path: String,
    lines: Vec<String>,
}

/// Every Rust file in a folder of the repository.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    for path in files(&root().join(folder)) {
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let inside = path.strip_prefix(root().join(folder)).unwrap();
        let room =
            inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        let lines = fs::read_to_string(&path).unwrap().lines().map(without_comment).collect();
        found.push(Source { room, path: relative(&path), lines });
    }
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// A line without its comment. A comment begins at the first `//` that is not part of an address.
fn without_comment(line: &str) -> String {
    let mut from = 0;
    while let Some(at) = line[from..].find("//").map(|at| at + from) {
        if !line[..at].ends_with(':') {
            return line[..at].to_owned();
        }
        from = at + 2;
    }
    line.to_owned()
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Every file below a folder, build results and version control left out, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_symlink() || (folder == root() && (name == "target" || name == ".git")) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The lines of these sources that match, as “path:line: text”.
fn lines_with<'a>(sources: impl IntoIterator<Item = &'a Source>, pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.lines.iter().enumerate() {
            if pattern.is_match(line) {
                found.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    found
}

#[track_caller]
fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

#[test]
fn the_scan_sees_code_and_passes_over_comments() {
    assert_eq!(without_comment("let a = 1; // egui"), "let a = 1; ");
    assert_eq!(without_comment("//! egui"), "");
    assert_eq!(without_comment(r#"let a = "https://x"; // b"#), r#"let a = "https://x"; "#);
    let all = sources("src");
    let ui: Vec<_> = all.iter().filter(|source| source.room == "ui").collect();
    assert!(
        !lines_with(ui.iter().copied(), r"\begui\b").is_empty(),
        "the scan finds what is there"
    );
    assert!(!lines_with(&all, r"\bNotebook\b").is_empty());
}

#[test]
fn every_room_is_on_the_map() {
    let rooms: BTreeSet<String> = sources("src").into_iter().map(|source| source.room).collect();
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for room in &rooms {
        if ["lib", "main"].contains(&room.as_str()) {
            continue;
        }
        assert!(map.contains(&format!("`{room}`")), "src/lib.rs tells nothing of {room}");
        assert!(
            room == "ui" || WITHOUT_A_PIXEL.contains(&&**room) || LATER.contains(&&**room),
            "{room} is a new room: say here whether it may draw"
        );
    }
    for room in WITHOUT_A_PIXEL {
        assert!(rooms.contains(room), "{room} is gone");
    }
}

/// The parts of `app` whose state is theirs alone.
const PARTS: [&str; 6] = ["session", "reading", "tagging", "charting", "findings", "settings"];

#[test]
fn each_part_of_the_program_owns_its_state() {
    for part in PARTS {
        let path = root().join(format!("src/app/{part}/mod.rs"));
        let text = fs::read_to_string(&path).unwrap();
        // The state of a part: the structures that only `app` may name. Their fields are the part's own.
        let mut seen = 0;
        for state in text.split("pub(super) struct ").skip(1) {
            let body = state.split("\n}").next().unwrap();
            let open = body.lines().find(|line| line.trim_start().starts_with("pub"));
            assert_eq!(open, None, "{part}: a field of {}", body.lines().next().unwrap());
            seen += 1;
        }
        assert!(seen > 0, "{part} has no state");
        // Nor does it reach into another part: what it needs it asks for.
        let others: Vec<&str> = PARTS.into_iter().filter(|other| *other != part).collect();
        let pattern = format!(r"\bapp::({})::\w+::", others.join("|"));
        let all = sources(&format!("src/app/{part}"));
        none(&lines_with(all.iter(), &pattern), "a part names no file of another part");
    }
}

#[test]
fn only_ui_draws() {
    let all = sources("src");
    let found = lines_with(
        all.iter().filter(|source| source.room != "ui"),
        r"\b(egui\w*|eframe|rfd|epaint|emath|ecolor|winit|accesskit\w*)\b",
    );
    none(&found, "only ui may name egui, eframe or rfd");
}

#[test]
fn ui_touches_no_files() {
    let all = sources("src");
    let found = lines_with(
        all.iter().filter(|source| source.room == "ui"),
        concat!(
            r"\b(storage|recovery)\b|\bstd::fs\b|\bfs::|\b(File|OpenOptions)::|\bstd::\{[^}]*\bfs\b|",
            r"\.(is_file|is_dir|is_symlink|exists|try_exists|metadata|symlink_metadata|canonicalize",
            r"|read_dir|read_link)\(",
        ),
    );
    none(
        &found,
        "ui may name neither storage, recovery nor the file system: it sends intents, app reads and writes",
    );
}

#[test]
fn knowledge_flows_one_way() {
    let all = sources("src");
    // `notebook ← edit ← fields ← app ← ui`, and the pure rooms below `app` know nothing of what is above them.
    let above = |room: &str| match room {
        "notebook" | "text" => {
            "scene|table|recovery|edit|fields|app|ui|cli|storage|inquiry|article|job|graph"
        }
        "edit" => "scene|table|recovery|fields|app|ui|cli|storage|inquiry|article|job",
        "fields" => "scene|table|recovery|app|ui|cli|storage|inquiry|article|job|graph",
        // Nodes are numbers there, and links are pairs of them.
        "graph" => {
            "scene|table|notebook|edit|fields|recovery|app|ui|cli|storage|inquiry|article|job"
        }
        "inquiry" | "article" | "storage" | "job" => "scene|table|recovery|app|ui|cli",
        // What is shown, on the canvas and in tables: pictures and exports use it without a window.
        "scene" => "table|recovery|app|ui|cli|storage|article|job",
        "drawing" => "table|recovery|app|ui|cli|storage|article|job|export|picture",
        "picture" => "table|recovery|app|ui|cli|storage|article|job|export",
        "table" => "scene|recovery|app|ui|cli|storage|article|job|graph",
        "recovery" => "scene|table|app|ui|cli|article|inquiry|graph|job",
        "cli" | "app" => "ui",
        "ui" => "cli",
        // They are told words, paths and bytes, and know nobody.
        "crash" | "foreign" => {
            "scene|table|notebook|text|edit|recovery|app|ui|cli|storage|inquiry|article|job|graph"
        }
        _ => "app|ui|cli",
    };
    for room in all.iter().map(|source| source.room.as_str()).collect::<BTreeSet<_>>() {
        if ["lib", "main"].contains(&room) {
            continue;
        }
        let names = above(room);
        let found = lines_with(
            all.iter().filter(|source| source.room == room),
            &format!(r"\b(crate|casebook)::(\{{([^}}]*\b)?)?({names})\b"),
        );
        none(&found, &format!("{room} may not know {names}"));
    }
}

#[test]
fn only_edits_change_a_notebook() {
    // `Notebook::replace` takes a `Change`: who cannot name one, or hand one on, cannot call it. Loading and the
    // generator of test notebooks build one; the model itself carries it out. The journal writes changes down and
    // reads them, in one file; `edit` does them again.
    let all = sources("src");
    let journal =
        ["src/recovery/record_format.rs", "src/recovery/older_records.rs", "src/recovery/tests.rs"];
    let found = lines_with(
        all.iter().filter(|source| {
            !["edit", "storage", "notebook"].contains(&&*source.room)
                && !journal.contains(&&*source.path)
        }),
        r"\bNotebook::replace\b|\.replace\(\s*(change|Change)\b|\bChange::|\bnotebook::(\{[^}]*\b)?Change\b",
    );
    none(&found, "only edit changes a notebook; storage builds one");
    let model = lines_with(
        all.iter().filter(|source| source.room == "notebook" || journal.contains(&&*source.path)),
        r"\.replace\(\s*(change|Change)\b",
    );
    let elsewhere: Vec<String> =
        model.into_iter().filter(|line| !line.starts_with("src/notebook/generate/")).collect();
    none(&elsewhere, "in the model only the generator of test notebooks builds one");
}

#[test]
fn nothing_opens_a_connection() {
    let all = sources("src");
    let found = lines_with(
        &all,
        r"\bstd::net\b|\bstd::\{[^}]*\bnet\b|\b(TcpStream|TcpListener|UdpSocket|ToSocketAddrs)\b",
    );
    none(&found, "Casebook talks to nobody");
}

#[test]
fn no_crate_speaks_http_or_tls() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let names: BTreeSet<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(names.contains("casebook") && names.contains("egui"), "Cargo.lock was read");
    let found: Vec<_> = BANNED.iter().filter(|banned| names.contains(**banned)).collect();
    assert!(found.is_empty(), "Cargo.lock holds crates for connections: {found:?}");
}

#[test]
fn cargo_deny_and_this_test_ban_the_same_crates() {
    let deny = fs::read_to_string(root().join("deny.toml")).unwrap();
    let named = Regex::new(r#"\{ crate = "([\w-]+)" \}"#).unwrap();
    let denied: BTreeSet<&str> =
        named.captures_iter(&deny).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(!denied.is_empty());
    let banned: BTreeSet<&str> = BANNED.into_iter().collect();
    assert_eq!(denied, banned);
}

/// Whether a licence of SPDX terms can be taken by one of the list: `(MIT OR Apache-2.0) AND Zlib`, and the older `MIT/X11`.
fn may_be_taken(licence: &str, allowed: &BTreeSet<String>) -> bool {
    fn any(
        words: &mut std::iter::Peekable<std::vec::IntoIter<String>>,
        allowed: &BTreeSet<String>,
    ) -> bool {
        let mut taken = all(words, allowed);
        while words.next_if(|word| word == "OR").is_some() {
            taken |= all(words, allowed);
        }
        taken
    }
    fn all(
        words: &mut std::iter::Peekable<std::vec::IntoIter<String>>,
        allowed: &BTreeSet<String>,
    ) -> bool {
        let mut taken = one(words, allowed);
        while words.next_if(|word| word == "AND").is_some() {
            taken &= one(words, allowed);
        }
        taken
    }
    fn one(
        words: &mut std::iter::Peekable<std::vec::IntoIter<String>>,
        allowed: &BTreeSet<String>,
    ) -> bool {
        let word = words.next().unwrap_or_default();
        if word == "(" {
            let taken = any(words, allowed);
            words.next();
            return taken;
        }
        // An exception is another licence.
        let plain = words.next_if(|word| word == "WITH").is_none() || words.next().is_none();
        plain && allowed.contains(&word)
    }
    let spaced = licence.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
    any(&mut words.into_iter().peekable(), allowed)
}

/// What `cargo deny check licenses sources` holds, for this machine's crates, where cargo-deny is not installed.
#[test]
fn every_crate_comes_from_the_registry_under_a_licence_of_the_list() {
    let list = fs::read_to_string(root().join("deny.toml")).unwrap();
    let list = list.split_once("\nallow = [").and_then(|(_, rest)| rest.split_once(']')).unwrap().0;
    let words = list.split(',').map(|word| word.trim().trim_matches('"').to_owned());
    let allowed: BTreeSet<String> = words.filter(|word| !word.is_empty()).collect();
    assert!(allowed.contains("MIT") && allowed.len() > 5, "{allowed:?}");
    for (licence, taken) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("Apache-2.0 WITH LLVM-exception", false),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("", false),
    ] {
        assert_eq!(may_be_taken(licence, &allowed), taken, "{licence}");
    }

    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let host = Command::new(&cargo).arg("-vV").output().unwrap();
    let host = String::from_utf8(host.stdout).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(&cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--filter-platform",
            host,
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let ids = told["resolve"]["nodes"].as_array().unwrap().iter().map(|node| &node["id"]);
    let ids: Vec<_> = ids.collect();
    let mut seen = 0;
    for package in told["packages"].as_array().unwrap() {
        if !ids.contains(&&package["id"]) {
            continue;
        }
        seen += 1;
        let (name, licence) = (&package["name"], package["license"].as_str().unwrap_or(""));
        assert!(may_be_taken(licence, &allowed), "{name} is under “{licence}”");
        let source = package["source"]
            .as_str()
            .unwrap_or("registry+https://github.com/rust-lang/crates.io-index");
        assert!(
            source.ends_with("github.com/rust-lang/crates.io-index"),
            "{name} comes from {source}"
        );
    }
    assert!(seen > 200, "{seen} crates");
}

#[test]
fn every_file_says_what_lives_in_it() {
    for path in files(&root().join("src")) {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//! "), "{} does not begin with “//! ”", relative(&path));
        }
    }
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    // Put together here so that this file does not name them.
    let places = ["home", "root", "Users", "work"].map(|name| format!("/{name}/"));
    let drive = ["C:", "Users"].join("\\");
    let mut seen = 0;
    for path in files(root()) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        seen += 1;
        for (number, line) in text.lines().enumerate() {
            let named = places.iter().any(|place| {
                line.match_indices(place.as_str()).any(|(at, _)| begins_a_path(&line[..at]))
            });
            assert!(
                !named && !line.contains(&drive),
                "{}:{} names a place on one machine: {}",
                relative(&path),
                number + 1,
                line.trim()
            );
        }
    }
    assert!(seen > 100, "only {seen} files were read");
}

/// Whether a path that starts after this text is an absolute one, not the rest of a longer path or address.
fn begins_a_path(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"-_.~/}".contains(c))
}

#[test]
fn every_text_field_has_a_limit() {
    let all = sources("src");
    let found = lines_with(
        all.iter().filter(|source| source.room == "ui" && source.path != "src/ui/limits.rs"),
        r"\bTextEdit::(singleline|multiline|new)\b|\btext_edit_(singleline|multiline)\b|\bDragValue\b",
    );
    none(&found, "a text field is made by ui::limits, which says when it is full");
}
