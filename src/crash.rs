//! What is reported when Casebook crashes: never a word of an article, and at the start which library is missing.
//!
//! A panic's own words may hold what was being read (“… is not a char boundary; it is inside …”), and standard error
//! often ends in a log. So only the place in Casebook's sources is told, once there is anything to be read.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Set once something may be read: from then on a panic's own words are not repeated.
static READING: AtomicBool = AtomicBool::new(false);
/// When the window had drawn first.
static SINCE: Mutex<Option<Instant>> = Mutex::new(None);
/// What a panic before anything was read said, and where any later one was.
static SAID: Mutex<Option<String>> = Mutex::new(None);
/// Where the window crashed, after it had drawn.
static CRASHED: Mutex<Option<String>> = Mutex::new(None);

/// Tells a Casebook that is started in place of one that crashed where that was.
const BEFORE: &str = "CASEBOOK_CRASHED_AT";
/// A Casebook that was built for tests crashes when its notebook is given this title.
#[cfg(debug_assertions)]
const ON_TITLE: &str = "CASEBOOK_CRASH_ON_TITLE";

/// Where the Casebook before this one crashed, if this one was started in its place.
pub fn before_restart() -> Option<String> {
    let place = std::env::var(BEFORE).ok()?;
    // It comes from outside; it is shown, and nothing else.
    let plain = |c: &char| c.is_ascii_alphanumeric() || "/_.-:".contains(*c);
    Some(place.chars().filter(plain).take(80).collect())
}

/// After a crash of a window that had drawn: starts `program` in its place, which says what happened and offers what
/// was not saved. What is to be said in the terminal; `None` where the window never came up.
///
/// One that crashes within seconds is not started again and again.
pub fn restart(program: &Path) -> Option<String> {
    let place = CRASHED.lock().ok().and_then(|mut crashed| crashed.take())?;
    let kept = "no file was changed, and unsaved work is offered when Casebook starts again";
    let lived = SINCE.lock().ok().and_then(|since| *since).map(|since| since.elapsed());
    if before_restart().is_some() && lived.is_none_or(|lived| lived < Duration::from_secs(20)) {
        return Some(format!("crashed again (at {place}); {kept}"));
    }
    let mut again = std::process::Command::new(program);
    again.env(BEFORE, &place);
    #[cfg(debug_assertions)]
    again.env_remove(ON_TITLE);
    Some(match again.spawn() {
        Ok(_) => {
            format!("crashed (at {place}) and was restarted; {kept}")
        }
        Err(_) => format!("crashed (at {place}); {kept}"),
    })
}

/// From now on a file that would grow beyond the limit this process has (`ulimit -f`) is an error to whoever writes it, as
/// a full disk is, and not the end of the process with half a file left.
pub fn file_limits_are_errors() {
    #[cfg(unix)]
    {
        use signal_hook::{consts::SIGXFSZ, flag::register};
        // The signal has come: nobody asks. Where it cannot be caught, everything is as it was.
        let _ = register(SIGXFSZ, std::sync::Arc::new(AtomicBool::new(false)));
    }
}

/// From now on a panic's own words may hold what somebody reads.
pub fn is_reading() {
    READING.store(true, Ordering::Relaxed);
}

/// The window has drawn a frame.
pub fn has_drawn() {
    is_reading();
    if let Ok(mut since) = SINCE.lock()
        && since.is_none()
    {
        *since = Some(Instant::now());
    }
}

/// crashes with the article's words at hand, where a test asked for it: what is said and kept then can only be
/// seen so. No Casebook that people get has this.
pub fn simulate(title: &str, words: &str) {
    #[cfg(debug_assertions)]
    if !title.is_empty() && std::env::var(ON_TITLE).is_ok_and(|wanted| wanted == title) {
        std::panic::panic_any(format!("on purpose, while reading: {words}"));
    }
    #[cfg(not(debug_assertions))]
    let _ = (title, words);
}

/// Runs the window's loop, or a headless command. A panic becomes an error that says, in one line, what is missing or
/// where the fault is.
///
/// # Errors
/// What `run` returns, or what it panicked with.
pub fn guard<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    std::panic::set_hook(Box::new(hook));
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(result) => result.map_err(|why| plain(&why)),
        Err(_) => {
            let said = SAID.lock().ok().and_then(|mut said| said.take());
            Err(said.unwrap_or_else(|| "internal error".to_owned()))
        }
    }
}

fn hook(info: &PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, |at| {
        // The folders of the machine it was built on are nobody's business.
        let file = at.file().rsplit("/src/").next().unwrap_or_default();
        format!("{file}:{}", at.line())
    });
    let drawn = SINCE.lock().is_ok_and(|since| since.is_some());
    // A fault in a job ends that job and not the program.
    let of_main = std::thread::current().name() == Some("main");
    if drawn {
        // A log on a full disk must not make this fault the last.
        let _ = writeln!(
            std::io::stderr(),
            "casebook: internal error (at {place}); the file on disk is untouched"
        );
        if let Ok(mut crashed) = CRASHED.lock()
            && of_main
        {
            *crashed = Some(place);
        }
        return;
    }
    if !of_main {
        return;
    }
    let words = info
        .payload()
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| info.payload().downcast_ref::<&str>().copied())
        .filter(|_| !READING.load(Ordering::Relaxed));
    if let Ok(mut said) = SAID.lock() {
        *said = Some(match words {
            Some(words) => words.trim_end_matches('.').to_owned(),
            None => format!("internal error (at {place})"),
        });
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
        let why = "EventLoopError: os error at /a/b.rs:7: Failed to open connection to X server";
        assert_eq!(plain(why), "Failed to open connection to X server");
    }
}
