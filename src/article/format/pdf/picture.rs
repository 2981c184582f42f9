//! A page as a picture, with the places of its words.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::writing::Placed;
use super::{extract, labels_of, open};
use crate::article::document::{DocumentError, PageAt, PageImage, PagePlace, PlacedWord};

/// The most pixels of a picture: 64 MB of memory.
const MOST_PIXELS: f32 = 16_000_000.0;
/// The longest side, in pixels, and the most pixels of a point.
const LONGEST_SIDE: f32 = 16_000.0;
const LARGEST_SCALE: f32 = 8.0;

/// Draws a page, `width` pixels wide, or less where that would be too large a picture.
///
/// # Errors
/// As [`super::read`]; there is no such page, or it cannot be drawn.
pub(in crate::article) fn page_image(
    bytes: &[u8],
    asked: PageAt,
    width: u32,
) -> Result<PageImage, DocumentError> {
    let pdf = open::open(bytes)?;
    let extracted = extract(&pdf);
    let at = match asked {
        PageAt::Number(number) => usize::try_from(number).unwrap_or(usize::MAX),
        PageAt::Byte(byte) => {
            extracted.as_ref().map_or(0, |extract| page_of(&extract.placed, byte))
        }
    };
    let number = u32::try_from(at).unwrap_or(u32::MAX);
    let label = labels_of(&pdf).get(at).cloned();
    let page = pdf.pages().get(at).ok_or_else(|| {
        DocumentError::damaged(format!("it has no page {}", u64::from(number) + 1))
    })?;
    // A page without words still has a picture.
    let placed = match extracted {
        Ok(extract) if extract.heavy.contains(&at) => {
            let what = format!("more is drawn on page {} than can be shown", u64::from(number) + 1);
            return Err(DocumentError::TooMuch { what });
        }
        Ok(extract) => extract.placed,
        Err(
            DocumentError::NoTextLayer { .. }
            | DocumentError::Empty
            | DocumentError::Damaged { .. },
        ) => Vec::new(),
        Err(error) => return Err(error),
    };
    let (page_width, page_height) = page.render_dimensions();
    #[allow(clippy::cast_precision_loss, reason = "clamped before")]
    let wanted = width.clamp(1, 65_535) as f32 / page_width.max(1.0);
    let scale = wanted
        .min((MOST_PIXELS / (page_width * page_height).max(1.0)).sqrt())
        .min(LONGEST_SIDE / page_width.max(page_height).max(1.0))
        .min(LARGEST_SCALE);
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    // The renderer is young; a page that it fails on is said, and not a crash.
    let drawn = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let cache = RenderCache::new();
        render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings)
    }));
    let failed =
        || DocumentError::damaged(format!("page {} cannot be drawn", u64::from(number) + 1));
    let pixmap = drawn.map_err(|_| failed())?;
    if pixmap.width() == 0 || pixmap.height() == 0 {
        return Err(failed());
    }
    let words = placed
        .into_iter()
        .filter(|word| word.page == at)
        .map(|word| PlacedWord {
            range: word.range,
            left: word.area.left * scale,
            top: word.area.top * scale,
            right: word.area.right * scale,
            bottom: word.area.bottom * scale,
        })
        .collect();
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    let count = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    let place = PagePlace { number, count, label: label.unwrap_or_default() };
    let rgba = on_white(pixmap.data_as_u8_slice());
    Ok(PageImage { place, width, height, rgba, words })
}

/// Pixels on white paper, so that none can be seen through: where something half transparent is drawn on the paper, the
/// renderer rounds its opacity down. Its colours are multiplied by that already.
fn on_white(pixels: &[u8]) -> Vec<u8> {
    let mut rgba = pixels.to_vec();
    for pixel in rgba.as_chunks_mut::<4>().0 {
        let [red, green, blue, opacity] = pixel;
        for colour in [red, green, blue] {
            *colour = colour.saturating_add(u8::MAX - *opacity);
        }
        *opacity = u8::MAX;
    }
    rgba
}

/// The page on which a byte of the text stands: that of the word there, or of the nearest one before it.
fn page_of(placed: &[Placed], byte: usize) -> usize {
    // Notes stand at the end of the text: its words are in order, their pages are not.
    let after = placed.partition_point(|word| word.range.start <= byte);
    placed.get(after.saturating_sub(1)).map_or(0, |word| word.page)
}
