//! What the Linux desktop's portal tells: whether it is there, and whether windows should be dark.
//! D-Bus over the session's Unix socket; nothing leaves the machine.

use std::sync::OnceLock;
use std::time::Duration;

use crate::app::{has_program, has_session_service};

const PORTAL: &str = "org.freedesktop.portal.Desktop";

fn session() -> Option<zbus::blocking::Connection> {
    // A bus that does not answer must not hold the caller for long.
    zbus::blocking::connection::Builder::session()
        .ok()?
        .method_timeout(Duration::from_secs(2))
        .build()
        .ok()
}

static THERE: OnceLock<bool> = OnceLock::new();

/// Whether the portal runs, or would be started when asked; `None` until [`ask`] knows.
#[must_use]
pub fn is_there() -> Option<bool> {
    THERE.get().copied()
}

/// Asks whether the portal is there, and whether the desktop wants dark windows. Takes up to some seconds where the
/// bus does not answer: for a thread.
#[must_use]
pub fn ask() -> Option<bool> {
    let there = *THERE.get_or_init(names_portal);
    if there { wants_dark() } else { None }
}

fn names_portal() -> bool {
    let Some(bus) = session() else { return would_be_launched() };
    let names = || -> Option<bool> {
        let proxy = zbus::blocking::fdo::DBusProxy::new(&bus).ok()?;
        let has = |names: Vec<String>| names.iter().any(|name| name == PORTAL);
        let running = proxy.list_names().ok()?.iter().map(ToString::to_string).collect();
        let startable =
            proxy.list_activatable_names().ok()?.iter().map(ToString::to_string).collect();
        Some(has(running) || has(startable))
    };
    names().unwrap_or(false)
}

/// Whether libdbus, which the file dialogs use, would start a bus of its own that knows the portal: an X11 session
/// without a bus, `dbus-launch`, and the portal's service file.
fn would_be_launched() -> bool {
    std::env::var_os("DISPLAY").is_some()
        && has_program("dbus-launch")
        && has_session_service(PORTAL)
}

/// Whether the desktop wants dark windows; `None` where it does not say
/// (`org.freedesktop.appearance` `color-scheme`: 1 is dark, 2 is light).
fn wants_dark() -> Option<bool> {
    let bus = session()?;
    let reply = bus
        .call_method(
            Some(PORTAL),
            "/org/freedesktop/portal/desktop",
            Some("org.freedesktop.portal.Settings"),
            "ReadOne",
            &("org.freedesktop.appearance", "color-scheme"),
        )
        .ok()?;
    let body = reply.body();
    let value: zbus::zvariant::Value<'_> = body.deserialize().ok()?;
    match u32::try_from(value).ok()? {
        1 => Some(true),
        2 => Some(false),
        _ => None,
    }
}
