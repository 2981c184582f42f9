//! Casebook's program: arguments, then a window or a headless command.

use std::path::PathBuf;
use std::process::ExitCode;

use casebook::article::worker;
use casebook::cli::{self, Outcome};
use casebook::crash;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == worker::ARGUMENT) {
        return worker::serve();
    }
    crash::file_limits_are_errors();
    match crash::guard(|| Ok(cli::run(std::env::args_os()))) {
        Err(why) => {
            cli::complain(&why);
            ExitCode::FAILURE
        }
        Ok(Outcome::Done(code)) => code,
        Ok(Outcome::Window(file)) => match cli::no_display() {
            Some(why) => {
                cli::complain(&why);
                ExitCode::from(2)
            }
            None => window(file),
        },
    }
}

/// Opens the window and stays until it is closed.
fn window(file: Option<PathBuf>) -> ExitCode {
    match casebook::ui::run(file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::complain(&error.to_string());
            ExitCode::from(2)
        }
    }
}
