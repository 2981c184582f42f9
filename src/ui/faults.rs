//! What is said when something falls over: never a word of an article, and at the start which library is missing.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set once the window has drawn: from then on a panic's own words may hold what the user reads.
static DRAWN: AtomicBool = AtomicBool::new(false);
/// What a panic before that said.
static SAID: Mutex<Option<String>> = Mutex::new(None);

/// The window has drawn its first frame.
pub fn has_drawn() {
    DRAWN.store(true, Ordering::Relaxed);
}

/// Runs the window's loop. A panic becomes an error that says, in one line, what is missing or where the fault is.
///
/// # Errors
/// What `run` returns, or what it panicked with.
pub fn guard(run: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    std::panic::set_hook(Box::new(hook));
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(|why| plain(&why)),
        Err(_) => {
            let said = SAID.lock().ok().and_then(|mut said| said.take());
            Err(said.unwrap_or_else(|| "a fault in Casebook ended it".to_owned()))
        }
    }
}

fn hook(info: &PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, |at| {
        // The folders of the machine it was built on are nobody's business.
        let file = at.file().rsplit("/src/").next().unwrap_or_default();
        format!(" (at {file}:{})", at.line())
    });
    if DRAWN.load(Ordering::Relaxed) {
        #[allow(clippy::print_stderr)]
        {
            eprintln!("casebook: a fault in Casebook{place}; the file on disk is untouched");
        }
        return;
    }
    let words = info
        .payload()
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| info.payload().downcast_ref::<&str>().copied())
        .unwrap_or("a fault");
    if let Ok(mut said) = SAID.lock() {
        *said = Some(words.trim_end_matches('.').to_owned());
    }
}

/// The last part of a nested error: what went wrong, without the source lines it passed through.
fn plain(why: &str) -> String {
    why.rsplit(": ").next().unwrap_or(why).trim_end_matches([')', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_loses_the_places_it_passed_through() {
        let why =
            "winit EventLoopError: os error at /a/b.rs:7: Failed to open connection to X server";
        assert_eq!(plain(why), "Failed to open connection to X server");
    }
}
