//! A page as a picture, with the places of its words.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::{extract, open};
use crate::article::document::{DocumentError, PageImage, PlacedWord};

/// The most pixels of a picture: 64 MB of memory.
const MOST_PIXELS: f32 = 16_000_000.0;
/// The longest side, in pixels, and the most pixels of a point.
const LONGEST_SIDE: f32 = 16_000.0;
const LARGEST_SCALE: f32 = 8.0;

/// Draws the page of this number (from 0), `width` pixels wide, or less where that would be too large a picture.
///
/// # Errors
/// As [`super::read`]; there is no such page, or it cannot be drawn.
pub(in crate::article) fn page_image(
    bytes: &[u8],
    number: u32,
    width: u32,
) -> Result<PageImage, DocumentError> {
    let pdf = open::open(bytes)?;
    let at = usize::try_from(number).unwrap_or(usize::MAX);
    let page = pdf.pages().get(at).ok_or_else(|| {
        DocumentError::damaged(format!("it has no page {}", u64::from(number) + 1))
    })?;
    // A page without words still has a picture.
    let placed = match extract(&pdf) {
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
    Ok(PageImage { width, height, rgba: pixmap.data_as_u8_slice().to_vec(), words })
}
