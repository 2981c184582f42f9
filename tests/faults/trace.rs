//! System calls as strace writes them, one a line, read back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// One system call that has returned, or never did.
#[derive(Clone, Debug)]
pub struct Call {
    /// The thread.
    pub thread: u32,
    /// When it began: seconds since 1970.
    pub at: f64,
    pub name: String,
    /// What stands between the brackets.
    pub arguments: String,
    /// What it returned; `None` when the program ended in it, or it failed.
    pub returned: Option<u64>,
    /// What is written behind a returned descriptor: its path.
    pub opened: Option<PathBuf>,
}

/// Reads what `strace -f -ttt -xx -y` wrote: the calls in the order they returned.
pub fn read(trace: &str) -> Vec<Call> {
    let mut begun: HashMap<u32, String> = HashMap::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Ok(thread) = thread.parse::<u32>() else { continue };
        let Some((at, rest)) = rest.trim_start().split_once(' ') else { continue };
        let at: f64 = at.parse().unwrap_or_else(|_| panic!("no time: {line}"));
        let rest = rest.trim_start();
        if let Some(start) = rest.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, start.to_owned());
            continue;
        }
        let whole = match rest.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>")) {
            Some((_, end)) => begun.remove(&thread).unwrap_or_default() + end,
            None => rest.to_owned(),
        };
        calls.extend(call(thread, at, &whole));
    }
    calls
}

fn call(thread: u32, at: f64, line: &str) -> Option<Call> {
    let (name, rest) = line.split_once('(')?;
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return None;
    }
    // Strings are all in hexadecimal, so the last “) =” ends the arguments.
    let end = rest.rfind(')')?;
    let cut = rest.rfind(" = ").unwrap_or(rest.len());
    let arguments = rest.get(..cut)?.trim_end();
    let arguments = arguments.strip_suffix(')').unwrap_or_else(|| rest.get(..end).unwrap_or(""));
    let result = rest.get(cut + 3..).unwrap_or("");
    let digits: String = result.chars().take_while(char::is_ascii_digit).collect();
    Some(Call {
        thread,
        at,
        name: name.to_owned(),
        arguments: arguments.to_owned(),
        returned: digits.parse().ok(),
        opened: result.get(digits.len()..).and_then(of_descriptor),
    })
}

/// The path in `<…>`, of a descriptor.
fn of_descriptor(text: &str) -> Option<PathBuf> {
    let inside = text.strip_prefix('<')?;
    let inside = inside.get(..inside.find('>')?)?;
    Some(PathBuf::from(String::from_utf8(unescape(inside)).ok()?))
}

/// The bytes of `\x41\x42`.
pub fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4);
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(hex) = rest.strip_prefix("\\x").and_then(|rest| rest.get(..2)) {
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &rest[4..];
        } else {
            let c = rest.chars().next().unwrap();
            bytes.extend(c.to_string().as_bytes());
            rest = &rest[c.len_utf8()..];
        }
    }
    bytes
}

impl Call {
    /// The argument at this place, as written.
    pub fn argument(&self, n: usize) -> &str {
        self.arguments.split(", ").nth(n).unwrap_or("").trim()
    }

    /// The bytes of the string at this place; all of them must be there.
    pub fn string(&self, n: usize) -> Vec<u8> {
        let text = self.argument(n);
        let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        unescape(inside.unwrap_or_else(|| panic!("no whole string: {} {text}", self.name)))
    }

    pub fn number(&self, n: usize) -> u64 {
        self.argument(n).parse().unwrap_or_else(|_| panic!("no number: {self:?}"))
    }

    /// The path of the descriptor at this place.
    pub fn descriptor(&self, n: usize) -> Option<(u64, PathBuf)> {
        let text = self.argument(n);
        let digits = text.find('<')?;
        Some((text.get(..digits)?.parse().ok()?, of_descriptor(text.get(digits..)?)?))
    }

    /// The path at this place, where the call names one: after a folder's descriptor (`…at`), or alone.
    pub fn path(&self, n: usize) -> PathBuf {
        let path = PathBuf::from(String::from_utf8(self.string(n)).unwrap());
        match n.checked_sub(1).map(|before| self.argument(before)) {
            Some(folder) if path.is_relative() && folder.contains('<') => {
                let from = folder.find('<').unwrap();
                of_descriptor(&folder[from..]).unwrap().join(path)
            }
            _ => path,
        }
    }

    /// Whether it names something in this folder.
    pub fn touches(&self, folder: &Path) -> bool {
        let folder: String =
            folder.to_str().unwrap().bytes().map(|byte| format!("\\x{byte:02x}")).collect();
        self.arguments.contains(&folder)
    }
}
