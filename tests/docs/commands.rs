//! The commands that the documentation names exist, and it names every command and option there is.

use std::process::Command;

use casebook::cli;

use crate::page::{below, blocks, pages, read, root, rows};

const PAGE: &str = "docs/headless.md";

#[test]
fn every_command_and_option_is_told() {
    let page = read(PAGE);
    let mut casebook = cli::command();
    casebook.build();
    for command in casebook.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = command.get_name();
        let section = below(&page, &format!("## `casebook {name}`"))
            .unwrap_or_else(|| panic!("{PAGE} has no section “## `casebook {name}`”"));
        let table = rows(section);
        let mut arguments = Vec::new();
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "help") {
            let long = argument.get_long().map(|long| format!("--{long}"));
            let short = argument.get_short().map(|short| format!("-{short}"));
            let value = argument.get_value_names().and_then(|names| names.first());
            let value = value.filter(|_| argument.get_action().takes_values());
            let mut word: Vec<String> = [short, long].into_iter().flatten().collect();
            let positional = word.is_empty();
            if let Some(value) = value {
                match word.last_mut() {
                    Some(option) => *option = format!("{option} {value}"),
                    None => word.push(value.to_string()),
                }
            }
            let cell = word.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            let row = table.iter().find(|row| row[0] == cell).unwrap_or_else(|| {
                panic!("{PAGE}: the table of “casebook {name}” has no row of {cell}")
            });
            assert!(row.len() > 1 && !row[1].is_empty(), "{PAGE}: {name} {cell}");
            let needed = argument.is_required_set();
            assert_eq!(
                row[1].contains("*Required.*"),
                needed && !positional,
                "{PAGE}: whether {name} {cell} must be there"
            );
            let default =
                argument.get_default_values().first().map(|value| value.to_str().unwrap());
            if let Some(default) = default
                .filter(|default| argument.get_action().takes_values() && !default.is_empty())
            {
                assert!(
                    row[1].contains(default),
                    "{PAGE}: {name} {cell} is {default} when left out"
                );
            }
            arguments.push(cell);
        }
        for row in &table {
            let option =
                row[0].starts_with("`-") || row[0].chars().skip(1).all(|c| !c.is_lowercase());
            assert!(
                !option || arguments.contains(&row[0]),
                "{PAGE}: “casebook {name}” has no {}",
                row[0]
            );
        }
    }
}

/// The lines of a page's shell blocks, prompts and comments left out.
fn shell_lines(page: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for block in blocks(page) {
        if ["sh", "bash", "console", "shell"].contains(&&*block.language) {
            for line in block.code.lines() {
                let line = line.trim().trim_start_matches("$ ");
                let command = line.split(" #").next().unwrap_or("").trim();
                if !command.is_empty() && !command.starts_with('#') {
                    commands.push(command.to_owned());
                }
            }
        }
    }
    commands
}

#[test]
fn the_pages_name_commands_that_exist() {
    let front = shell_lines(&read("README.md"));
    assert!(front.iter().any(|command| command == "cargo test"), "{front:#?}");
    assert!(front.iter().any(|command| command == "cargo run --release"), "{front:#?}");
    let ci = read(".ci/run");
    assert!(ci.lines().any(|line| line == "cargo test"), ".ci/run runs the README's test command");
    for page in pages() {
        for command in shell_lines(&read(&page)) {
            let page = page.display();
            let mut words = command.split_whitespace().filter(|word| !is_assignment(word));
            match words.next().unwrap() {
                "cargo" => cargo_command(&command),
                "casebook" => casebook_command(&command),
                program if program.contains('/') => {
                    assert!(root().join(program).is_file(), "{page} runs {program}: {command}");
                }
                "git" | "cd" | "grep" | "head" | "jq" => {}
                other => panic!("{page} runs “{other}”: {command}"),
            }
        }
    }
}

/// `NAME=value` before a command.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')
    })
}

/// A cargo command: one that cargo has, of a target that is there.
fn cargo_command(command: &str) {
    let known =
        ["run", "test", "build", "bench", "install", "clippy", "fmt", "doc", "check", "deny"];
    let words: Vec<&str> = command.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "cargo").unwrap();
    let words = &words[at..];
    assert!(known.contains(&words[1]), "{command}");
    for (flag, folder) in [("--bench", "benches"), ("--test", "tests"), ("--example", "examples")] {
        if let Some(at) = words.iter().position(|word| *word == flag) {
            let there = [
                format!("{folder}/{}.rs", words[at + 1]),
                format!("{folder}/{}/main.rs", words[at + 1]),
            ];
            // Examples stand beside the benches they are for, and Cargo.toml says where.
            let named = read("Cargo.toml").contains(&format!("name = \"{}\"\npath", words[at + 1]));
            assert!(
                named || there.iter().any(|file| root().join(file).is_file()),
                "{command}: there is no {}",
                there.join(" or ")
            );
        }
    }
    if let Some((_, arguments)) = command.split_once(" -- ")
        && words[1] == "run"
    {
        casebook_command(&format!("casebook {arguments}"));
    }
}

/// A command of the program: its name and its options are in its own help.
fn casebook_command(command: &str) {
    let command = command.split(['|', '>']).next().unwrap_or("");
    let words: Vec<&str> = command.split_whitespace().skip(1).collect();
    let Some(first) = words.first().filter(|word| word.chars().all(char::is_lowercase)) else {
        // A file to open, or nothing at all.
        return;
    };
    let help =
        Command::new(env!("CARGO_BIN_EXE_casebook")).args([first, "--help"]).output().unwrap();
    assert!(help.status.success(), "there is no command {first}: {command}");
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains(&format!("casebook {first}")), "there is no command {first}: {command}");
    for option in words.iter().filter(|word| word.starts_with('-') && word.len() > 1) {
        assert!(help.contains(option), "{first} has no option {option}: {command}");
    }
}
