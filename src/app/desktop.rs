//! What is installed on this machine, for the window, which does not access files itself.

use std::path::Path;

/// Whether a program of this name can be run, because it is in a folder of `PATH`.
#[must_use]
pub fn has_program(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// Whether the session bus of this Linux desktop would start a service of this name when asked for it.
#[must_use]
pub fn has_session_service(name: &str) -> bool {
    Path::new("/usr/share/dbus-1/services").join(format!("{name}.service")).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_machine_has_is_not_found() {
        assert!(!has_program("no program is called this"));
        assert!(!has_session_service("org.example.NoSuchService"));
    }
}
