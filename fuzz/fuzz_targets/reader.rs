//! Any text in the reader: laid out, scrolled, searched with the keyboard, tagged, at some width; no frame may fail.
//!
//! The first four bytes choose the width, the size of the letters and what is done; the rest is the article.

#![no_main]

use std::cell::RefCell;

use casebook::app::{Intent, PrefsFile, Program};
use casebook::edit::{Edit, Ref, Spot, StatementFields};
use casebook::notebook::Kind;
use casebook::ui::fonts;
use casebook::ui::look::Look;
use casebook::ui::reader::Reader;
use egui::{Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, vec2};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static CONTEXT: RefCell<(Context, f64)> = RefCell::new({
        let ctx = Context::default();
        ctx.set_fonts(fonts::built_in());
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        (ctx, 0.0)
    });
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fuzz_target!(|data: &[u8]| {
    let Some((&[width, size, place, what], text)) = data.split_first_chunk::<4>() else { return };
    let mut program = Program::new(PrefsFile::none());
    program.dispatch(Intent::AddText(String::from_utf8_lossy(text).into_owned()));
    // Nothing but white space is no article.
    let Some(article) = program.book().and_then(|book| book.article()) else { return };

    // Three mentions, nested and apart, wherever the text lets them be.
    let length = program.book().map_or(0, |book| book.notebook().articles()[&article].text.len());
    let edit = Edit::AddEntity {
        kind: Kind::Actor,
        name: "someone".to_owned(),
        handle: String::new(),
        with: Box::default(),
        at: None,
    };
    program.dispatch(Intent::Edit(edit));
    let entity = program.book().and_then(|book| book.notebook().entities().keys().next().copied());
    for (start, long) in [(0, 9), (length * usize::from(place) / 256, 40), (length * usize::from(place) / 256, 3)] {
        let Some((book, entity)) = program.book().zip(entity) else { return };
        let text = &book.notebook().articles()[&article].text;
        let range = text.snap(start..(start + long).min(length));
        let edit = Edit::Tag {
            article: Some(Ref::Id(article)),
            at: Spot::Bytes(range),
            entity: Ref::Id(entity),
            remember_alias: false,
            statement: StatementFields::default(),
            note: String::new(),
            handle: String::new(),
        };
        program.dispatch(Intent::Edit(edit));
    }

    let screen = Rect::from_min_size(Pos2::ZERO, vec2(60.0 + f32::from(width) * 6.0, 500.0));
    let look = Look { text_size: 8.0 + f32::from(size % 40), ..Look::light() };
    let mut reader = Reader::new();
    reader.focus();
    let at = Pos2::new(screen.width() * 0.5, f32::from(place) * 2.0);
    let steps: [Vec<Event>; 8] = [
        vec![Event::PointerMoved(at)],
        vec![button(at, true)],
        vec![Event::PointerMoved(at + vec2(30.0, 60.0)), button(at + vec2(30.0, 60.0), false)],
        vec![key(Key::ArrowRight, Modifiers::SHIFT), key(Key::ArrowDown, Modifiers::SHIFT)],
        vec![key(Key::End, Modifiers::COMMAND)],
        vec![key(Key::ArrowLeft, Modifiers::COMMAND | Modifiers::SHIFT), key(Key::ArrowUp, Modifiers::NONE)],
        vec![key(Key::PageUp, Modifiers::SHIFT)],
        vec![key(Key::CloseBracket, Modifiers::NONE), key(Key::Home, Modifiers::COMMAND)],
    ];
    CONTEXT.with_borrow_mut(|(ctx, time)| {
        for (n, events) in steps.into_iter().enumerate() {
            if n > 1 && what & (1 << n) == 0 {
                continue;
            }
            *time += 1.0 / 60.0;
            let input =
                RawInput { screen_rect: Some(screen), time: Some(*time), events, ..RawInput::default() };
            let mut out = Vec::new();
            let output = ctx.run_ui(input, |ui| {
                out.clear();
                if let Some(book) = program.book() {
                    reader.ui(ui, book, article, &look, &mut out);
                }
            });
            let shapes = output.shapes.clone();
            ctx.tessellate(shapes, output.pixels_per_point);
            output.drop_without_applying_deltas();
            program.dispatch_all(out);
            program.settle(std::time::Duration::from_secs(20));
        }
    });
});
