//! Casebook's program: arguments, then a window or a headless command.

fn main() {}
