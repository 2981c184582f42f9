//! Nothing is ever lost: the program killed, the disk failing, the power gone, the files damaged; and a long soak.
//!
//! The short form runs with every `cargo test`. `CASEBOOK_LONG=1 cargo test --test faults` runs the long one. Both
//! print their figures on standard error. What needs a tool that is not there (strace, a mount) says so and passes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "../common/mod.rs"]
mod common;
mod damage;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod folder;
#[cfg(target_os = "linux")]
mod full;
#[path = "../golden/mod.rs"]
mod golden;
#[cfg(unix)]
mod kill;
#[cfg(target_os = "linux")]
mod locks;
mod recovery;
#[cfg(target_os = "linux")]
mod replay;
#[cfg(unix)]
mod soak;
#[cfg(target_os = "linux")]
mod syscalls;
mod tools;
#[cfg(target_os = "linux")]
mod trace;
#[cfg(unix)]
mod unsaved;
