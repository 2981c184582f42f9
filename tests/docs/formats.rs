//! The formats of articles that the documentation names are those of the table.

use casebook::article::FORMATS;

use crate::page::read;

#[test]
fn the_guide_the_commands_and_the_front_page_name_every_format() {
    for page in ["docs/guide.md", "docs/headless.md", "README.md"] {
        let text = read(page);
        for format in &FORMATS {
            let usual = format!("`.{}`", format.extensions[0]);
            assert!(text.contains(&usual), "{page} does not name {usual}, {}", format.name);
        }
    }
}
