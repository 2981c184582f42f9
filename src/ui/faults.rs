//! What is said when something falls over: never a word of an article, and at the start which library is missing.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Set once the window has drawn: from then on a panic's own words may hold what the user reads.
static DRAWN: AtomicBool = AtomicBool::new(false);
/// What a panic before that said.
static SAID: Mutex<Option<String>> = Mutex::new(None);
/// Where the last panic after that was.
static FELL: Mutex<Option<String>> = Mutex::new(None);
/// When the window had drawn first.
static SINCE: Mutex<Option<Instant>> = Mutex::new(None);

/// Tells a Casebook that is started in place of one that fell over where that was.
const BEFORE: &str = "CASEBOOK_FELL_OVER_AT";

/// Where the Casebook before this one fell over, if this one was started in its place.
pub fn before() -> Option<String> {
    let place = std::env::var(BEFORE).ok()?;
    // It comes from outside; it is shown, and nothing else.
    let plain = |c: &char| c.is_ascii_alphanumeric() || "/_.-:".contains(*c);
    Some(place.chars().filter(plain).take(80).collect())
}

/// After a fault in a window that had drawn: starts another Casebook, which says what happened and offers what was
/// not saved. What is to be said in the terminal; `None` where the window never came up.
///
/// One that falls over within seconds is not started again and again.
pub fn after() -> Option<String> {
    let place = FELL.lock().ok().and_then(|mut fell| fell.take())?;
    let kept = "no file was touched, and what was not saved is offered when Casebook starts again";
    let lived = SINCE.lock().ok().and_then(|since| *since).map(|since| since.elapsed());
    if before().is_some() && lived.is_none_or(|lived| lived < Duration::from_secs(20)) {
        return Some(format!("a fault in Casebook ended it again (at {place}); {kept}"));
    }
    let started = std::env::current_exe()
        .and_then(|program| std::process::Command::new(program).env(BEFORE, &place).spawn());
    Some(match started {
        Ok(_) => {
            format!("a fault in Casebook ended it (at {place}), and it was started again; {kept}")
        }
        Err(_) => format!("a fault in Casebook ended it (at {place}); {kept}"),
    })
}

/// The window has drawn its first frame.
pub fn has_drawn() {
    if !DRAWN.swap(true, Ordering::Relaxed)
        && let Ok(mut since) = SINCE.lock()
    {
        *since = Some(Instant::now());
    }
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
        format!("{file}:{}", at.line())
    });
    if DRAWN.load(Ordering::Relaxed) {
        #[allow(clippy::print_stderr)]
        {
            eprintln!("casebook: a fault in Casebook (at {place}); the file on disk is untouched");
        }
        // A fault in a job ends that job and not the program.
        let of_window = std::thread::current().name() == Some("main");
        if let Ok(mut fell) = FELL.lock()
            && of_window
        {
            *fell = Some(place);
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
