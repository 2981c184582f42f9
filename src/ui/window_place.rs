//! Where the window stands on the screen: the first one fits, a later one stands where the last one was closed.

use egui::{Context, Pos2, Rect, Vec2, ViewportCommand, pos2, vec2};

use crate::app::WindowPlace;

/// What a window is given where the screen has room for it: width and height, in logical units.
const WANTED: Vec2 = vec2(1440.0, 900.0);
/// What a desktop may take of a screen for its bars and the frame of a window.
const TAKEN: Vec2 = vec2(16.0, 96.0);
/// A place counts once the window has stood there this long (seconds): while it is maximised or restored, its size and
/// its state come one after the other.
const SETTLED: f64 = 0.4;

/// Watches where the window stands.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// The last place that counts, and the one told to the program.
    place: Option<WindowPlace>,
    told: Option<WindowPlace>,
    /// Where the window stands now, and since when.
    now: Option<(WindowPlace, f64)>,
    /// To be maximised as soon as it is on the screen: some desktops take no such request before.
    maximise: Maximise,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Maximise {
    #[default]
    No,
    AfterFirstFrame,
    Now,
}

/// A window where the last one was closed; the first one in a size that [`fit`] makes fit.
pub(super) fn viewport(kept: Option<WindowPlace>) -> egui::ViewportBuilder {
    let least = vec2(WindowPlace::LEAST.0, WindowPlace::LEAST.1);
    let size = kept.map_or(WANTED - TAKEN, |kept| kept.size.into());
    let builder = egui::ViewportBuilder::default().with_inner_size(size).with_min_inner_size(least);
    match kept.and_then(|kept| kept.position) {
        Some(position) => builder.with_position(Pos2::from(position)),
        None => builder,
    }
}

/// Makes the window, which is not shown yet, fit the screen, and brings it back from a screen that is no longer there.
pub(super) fn fit(creation: &eframe::CreationContext<'_>, kept: Option<WindowPlace>) -> Watch {
    let Some(window) = creation.winit_window() else { return Watch::default() };
    let scale = window.scale_factor() as f32;
    let screens: Vec<Rect> = window
        .available_monitors()
        .map(|screen| {
            let (at, size) = (screen.position(), screen.size());
            let size = vec2(size.width as f32, size.height as f32);
            Rect::from_min_size(pos2(at.x as f32, at.y as f32), size)
        })
        .collect();
    let here = window.current_monitor().or_else(|| window.primary_monitor()).map(|screen| {
        vec2(screen.size().width as f32, screen.size().height as f32) / screen.scale_factor() as f32
    });
    let largest = screens.iter().map(Rect::size).reduce(Vec2::max).map(|size| size / scale);
    let (size, maximise) = match kept {
        Some(kept) => (within(kept.size.into(), largest), kept.maximised),
        None => {
            let size = within(WANTED, here);
            // Where the screen has no room for what is wanted, the window gets all of it.
            (size, here.is_some() && size != WANTED)
        }
    };
    let mut wanted = window.inner_size();
    (wanted.width, wanted.height) = ((size.x * scale) as u32, (size.y * scale) as u32);
    if wanted != window.inner_size() {
        let _ = window.request_inner_size(wanted);
    }
    let position = kept.and_then(|kept| kept.position);
    if let Some(position) = position
        && !is_reachable(Pos2::from(position) * scale, size * scale, &screens)
        && let Ok(mut at) = window.outer_position()
        && let Some(screen) = screens.first()
    {
        (at.x, at.y) = (screen.min.x as i32 + 20, screen.min.y as i32 + 20);
        window.set_outer_position(at);
    }
    let place = WindowPlace { size: size.into(), position, maximised: maximise };
    let maximise = if maximise { Maximise::AfterFirstFrame } else { Maximise::No };
    Watch { place: Some(place), told: kept, now: None, maximise }
}

/// The largest size up to this one that a screen has room for.
fn within(wanted: Vec2, screen: Option<Vec2>) -> Vec2 {
    let least = vec2(WindowPlace::LEAST.0, WindowPlace::LEAST.1);
    screen.map_or(wanted - TAKEN, |screen| wanted.min(screen - TAKEN)).max(least)
}

/// Whether the middle of a window's title bar lies on one of the screens. In pixels.
fn is_reachable(position: Pos2, size: Vec2, screens: &[Rect]) -> bool {
    let title = position + vec2(size.x / 2.0, 10.0);
    screens.is_empty() || screens.iter().any(|screen| screen.contains(title))
}

impl Watch {
    /// Looks where the window stands now. What it returns is to be kept.
    pub(super) fn look(&mut self, ctx: &Context) -> Option<WindowPlace> {
        // Asked before the input is: the context lends itself to one at a time.
        let zoom = ctx.zoom_factor();
        let (now, place) = ctx.input(|input| {
            let window = input.viewport();
            let away = window.fullscreen == Some(true) || window.minimized == Some(true);
            let inner = window.inner_rect.filter(|_| !away);
            let place = inner.map(|inner| WindowPlace {
                size: (inner.size() * zoom).into(),
                position: window.outer_rect.map(|outer| (outer.min * zoom).into()),
                maximised: window.maximized == Some(true),
            });
            (input.time, place)
        });
        match self.maximise {
            Maximise::No => {}
            Maximise::AfterFirstFrame => {
                self.maximise = Maximise::Now;
                ctx.request_repaint();
                return None;
            }
            Maximise::Now => {
                self.maximise = Maximise::No;
                if place.is_some_and(|place| !place.maximised) {
                    ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
                }
                return None;
            }
        }
        let place = place?;
        match self.now {
            Some((same, since)) if same == place => {
                if now - since >= SETTLED {
                    self.place = Some(match self.place {
                        // A maximised window goes back to the place it had before.
                        Some(before) if place.maximised => {
                            WindowPlace { maximised: true, ..before }
                        }
                        _ => place,
                    });
                }
            }
            _ => {
                self.now = Some((place, now));
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(SETTLED + 0.05));
            }
        }
        (self.place != self.told).then(|| self.told = self.place)?;
        self.told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_window_leaves_room_for_its_frame_and_the_bars_of_the_desktop() {
        for screen in [vec2(1280.0, 720.0), vec2(1366.0, 768.0), vec2(1440.0, 900.0)] {
            let size = within(WANTED, Some(screen));
            assert!(size.x < screen.x && size.y + 80.0 < screen.y, "{size} on {screen}");
        }
        assert_eq!(within(WANTED, Some(vec2(2560.0, 1440.0))), WANTED);
    }

    #[test]
    fn a_window_on_a_screen_that_is_gone_comes_back() {
        let screens = [Rect::from_min_size(Pos2::ZERO, vec2(1920.0, 1080.0))];
        let size = vec2(1200.0, 800.0);
        assert!(is_reachable(pos2(-200.0, 0.0), size, &screens));
        assert!(!is_reachable(pos2(2000.0, 100.0), size, &screens));
        assert!(!is_reachable(pos2(0.0, -900.0), size, &screens));
    }
}
