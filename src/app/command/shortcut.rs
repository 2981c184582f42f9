//! Keys with their modifiers, and how they are shown.

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// Ctrl, or Cmd on macOS.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key's name: `S`, `F6`, `Delete`, `ArrowLeft`, `?`.
    pub key: &'static str,
}

/// A key alone; modifiers are added by [`Shortcut::ctrl`], [`Shortcut::shift`] and [`Shortcut::alt`].
#[must_use]
pub const fn shortcut(key: &'static str) -> Shortcut {
    Shortcut { command: false, shift: false, alt: false, key }
}

impl Shortcut {
    /// With Ctrl, or Cmd on macOS.
    #[must_use]
    pub const fn ctrl(self) -> Self {
        Self { command: true, ..self }
    }

    /// With Shift.
    #[must_use]
    pub const fn shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// With Alt.
    #[must_use]
    pub const fn alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// As shown to the user: “Ctrl+Shift+S”.
    #[must_use]
    pub fn text(self) -> String {
        self.written(if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" })
    }

    /// As written in the documentation, which says once that Cmd stands for Ctrl on macOS.
    #[must_use]
    pub fn documented(self) -> String {
        self.written("Ctrl+")
    }

    fn written(self, command: &str) -> String {
        let mut text = String::new();
        for (on, name) in [(self.command, command), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if on {
                text.push_str(name);
            }
        }
        text.push_str(match self.key {
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "OpenBracket" => "[",
            "CloseBracket" => "]",
            "Plus" => "+",
            "Minus" => "−",
            other => other,
        });
        text
    }

    /// Whether it is a bare letter, digit or sign: it must not run while a text field has the focus.
    #[must_use]
    pub fn is_single_key(self) -> bool {
        // F1 and its like are keys of their own on every keyboard; F is a letter.
        !self.command && !self.alt && (!self.key.starts_with('F') || self.key == "F")
    }

    /// Whether it is a digit with Alt: in the picker those keys change what it proposes.
    #[must_use]
    pub fn is_digit_with_alt(self) -> bool {
        let digit = self.key.len() == 1 && self.key.starts_with(|c: char| c.is_ascii_digit());
        self.alt && !self.command && digit
    }
}

#[cfg(test)]
mod tests {
    use super::super::Command;
    use super::*;

    #[test]
    fn function_keys_are_not_single_letters() {
        assert!(Command::Fit.shortcut().is_some_and(Shortcut::is_single_key));
        assert!(!Command::FindNext.shortcut().is_some_and(Shortcut::is_single_key));
        assert!(!Command::Save.shortcut().is_some_and(Shortcut::is_single_key));
        // F with Ctrl or Alt is no letter either.
        for command in [Command::Find, Command::ToggleFilter, Command::FindEverywhere] {
            assert!(!command.shortcut().is_some_and(Shortcut::is_single_key), "{command:?}");
        }
    }
}
