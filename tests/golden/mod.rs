//! The golden file of the version that is written: every field and section of the format.

use std::sync::LazyLock;

use casebook::storage::VERSION;

/// `golden/vN.ron` of the current version. Older ones stay beside it, and are read as they always were.
pub static GOLDEN: LazyLock<String> = LazyLock::new(|| {
    let path = format!("{}/tests/golden/v{VERSION}.ron", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{path}: {error}: each version of the format has a file that holds every field of it"
        )
    })
});
