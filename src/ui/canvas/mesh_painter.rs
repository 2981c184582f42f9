//! Drawing into one mesh: polygons, lines and dashes with soft edges. Ten thousand of epaint's own shapes cost
//! 60 ms of tessellation, in one mesh of our own under 1 ms.
//!
//! Everything here is in points on screen; polygons are convex.

use egui::epaint::{Color32, Mesh, Pos2, Vec2, Vertex};

/// Draws into a mesh.
#[derive(Debug, Default)]
pub struct MeshPainter {
    mesh: Mesh,
    /// Width of the soft edge: one pixel, in points.
    feather: f32,
    /// Scratch: points of a path, and of the dash being cut from it.
    outline: Vec<Pos2>,
    dash: Vec<Pos2>,
}

impl MeshPainter {
    /// A pen for a screen with this many pixels to the point.
    pub fn new(pixels_per_point: f32) -> Self {
        Self { feather: 1.0 / pixels_per_point.max(0.1), ..Self::default() }
    }

    /// A pen that draws into the room of an old mesh.
    pub fn over(mut mesh: Mesh, pixels_per_point: f32) -> Self {
        // `Mesh::clear` would give the vertices' room back.
        mesh.vertices.clear();
        mesh.indices.clear();
        Self { mesh, ..Self::new(pixels_per_point) }
    }

    /// What was drawn.
    pub fn finish(self) -> Mesh {
        self.mesh
    }

    /// Makes room for so many vertices and triangles.
    pub fn reserve(&mut self, vertices: usize, triangles: usize) {
        self.mesh.reserve_vertices(vertices);
        self.mesh.reserve_triangles(triangles);
    }

    fn vertex(&mut self, at: Pos2, colour: Color32) -> u32 {
        let index = self.mesh.vertices.len() as u32;
        self.mesh.colored_vertex(at, colour);
        index
    }

    /// A filled rectangle with hard edges.
    pub fn block(&mut self, centre: Pos2, half: Vec2, colour: Color32) {
        self.mesh.add_colored_rect(egui::Rect::from_center_size(centre, half * 2.0), colour);
    }

    /// The same, its upper left corner in another colour, which runs out towards the others: as cheap as without.
    pub fn block_with_corner(
        &mut self,
        centre: Pos2,
        half: Vec2,
        colour: Color32,
        corner: Color32,
    ) {
        let base = self.vertex(centre - half, corner);
        self.vertex(centre + Vec2::new(half.x, -half.y), colour);
        self.vertex(centre + half, colour);
        self.vertex(centre + Vec2::new(-half.x, half.y), colour);
        self.mesh.add_triangle(base, base + 1, base + 2);
        self.mesh.add_triangle(base, base + 2, base + 3);
    }

    /// A rectangle with hard edges that goes from one colour at its left to another at its right.
    pub fn blend(&mut self, rect: egui::Rect, left: Color32, right: Color32) {
        let base = self.vertex(rect.left_top(), left);
        self.vertex(rect.right_top(), right);
        self.vertex(rect.right_bottom(), right);
        self.vertex(rect.left_bottom(), left);
        self.mesh.add_triangle(base, base + 1, base + 2);
        self.mesh.add_triangle(base, base + 2, base + 3);
    }

    /// A filled rhombus with hard edges; its left corner may have a colour of its own.
    pub fn lozenge(&mut self, centre: Pos2, half: Vec2, colour: Color32, corner: Color32) {
        let base = self.vertex(centre - Vec2::new(half.x, 0.0), corner);
        self.vertex(centre - Vec2::new(0.0, half.y), colour);
        self.vertex(centre + Vec2::new(half.x, 0.0), colour);
        self.vertex(centre + Vec2::new(0.0, half.y), colour);
        self.mesh.add_triangle(base, base + 1, base + 2);
        self.mesh.add_triangle(base, base + 2, base + 3);
    }

    /// A sliver from `from`, where it is `width` wide, to `to`, where it ends in a point: the cheapest link
    /// that still shows its direction.
    pub fn sliver(&mut self, from: Pos2, to: Pos2, width: f32, colour: Color32) {
        let way = to - from;
        let length = way.length();
        if length <= 0.0 {
            return;
        }
        let side = Vec2::new(-way.y, way.x) * (0.5 * width / length);
        let base = self.vertex(from + side, colour);
        self.vertex(from - side, colour);
        self.vertex(to, colour);
        self.mesh.add_triangle(base, base + 1, base + 2);
    }

    /// A convex polygon with hard edges: for what gets an outline anyway.
    pub fn fill(&mut self, points: &[Pos2], colour: Color32) {
        if points.len() < 3 || colour == Color32::TRANSPARENT {
            return;
        }
        let base = self.mesh.vertices.len() as u32;
        for &point in points {
            self.mesh.colored_vertex(point, colour);
        }
        for i in 2..points.len() as u32 {
            self.mesh.add_triangle(base, base + i - 1, base + i);
        }
    }

    /// A convex polygon with soft edges.
    pub fn fill_soft(&mut self, points: &[Pos2], colour: Color32) {
        let Some(rings) = self.rings(points, 2) else { return };
        let half = self.feather * 0.5;
        self.ring(points, &rings, 0, -half, colour);
        self.ring(points, &rings, 1, half, Color32::TRANSPARENT);
        self.fan(&rings);
    }

    /// A convex polygon with an outline along its border, both with soft edges.
    pub fn shape(&mut self, points: &[Pos2], colour: Color32, width: f32, outline: Color32) {
        let Some(rings) = self.rings(points, 4) else { return };
        let (half, soft) = (width * 0.5, self.feather * 0.5);
        let inner = (soft - half).min(0.0);
        self.ring(points, &rings, 0, -half - soft, colour);
        self.ring(points, &rings, 1, inner, outline);
        self.ring(points, &rings, 2, -inner, outline);
        self.ring(points, &rings, 3, half + soft, Color32::TRANSPARENT);
        self.fan(&rings);
    }

    /// Makes room for so many rings of vertices around a polygon, and joins them.
    fn rings(&mut self, points: &[Pos2], count: u32) -> Option<Rings> {
        let sides = points.len() as u32;
        if sides < 3 {
            return None;
        }
        let start = self.mesh.vertices.len();
        let rings = Rings { start, count };
        self.mesh.vertices.resize(start + (sides * count) as usize, Vertex::default());
        // Corner by corner, the rings of a corner side by side in memory.
        let corner = |i: u32| start as u32 + (i % sides) * count;
        for i in 0..sides {
            let (a, b) = (corner(i), corner(i + 1));
            for ring in 0..count - 1 {
                self.mesh.add_triangle(a + ring, a + ring + 1, b + ring);
                self.mesh.add_triangle(a + ring + 1, b + ring + 1, b + ring);
            }
        }
        Some(rings)
    }

    /// Puts one ring's vertices `away` from the polygon's border, outwards.
    fn ring(&mut self, points: &[Pos2], rings: &Rings, ring: u32, away: f32, colour: Color32) {
        let count = points.len();
        // Outwards is to the left of the way round, or to the right.
        let turn = {
            let (a, b, c) = (points[0], points[count / 3], points[2 * count / 3]);
            let (u, v) = (b - a, c - b);
            if u.x * v.y - u.y * v.x < 0.0 { 1.0 } else { -1.0 }
        };
        for i in 0..count {
            let normal = joint(points[(i + count - 1) % count], points[i], points[(i + 1) % count]);
            let at = points[i] + normal * (away * turn);
            let index = rings.start + i * rings.count as usize + ring as usize;
            self.mesh.vertices[index] = Vertex::untextured(at, colour);
        }
    }

    /// Fills the innermost ring.
    fn fan(&mut self, rings: &Rings) {
        let start = rings.start as u32;
        let sides = (self.mesh.vertices.len() as u32 - start) / rings.count;
        for i in 2..sides {
            let (a, b) = (start + (i - 1) * rings.count, start + i * rings.count);
            self.mesh.add_triangle(start, a, b);
        }
    }

    /// A line through these points; `closed` joins the last to the first.
    pub fn line(&mut self, points: &[Pos2], width: f32, colour: Color32, closed: bool) {
        let count = points.len();
        if count < 2 || width <= 0.0 || colour == Color32::TRANSPARENT {
            return;
        }
        // Thinner than the soft edge: fainter instead.
        let (inner, colour) = if width < self.feather {
            (0.0, colour.gamma_multiply(width / self.feather))
        } else {
            ((width - self.feather) * 0.5, colour)
        };
        let outer = inner + self.feather;
        let base = self.mesh.vertices.len() as u32;
        for i in 0..count {
            let before = if i > 0 {
                points[i - 1]
            } else if closed {
                points[count - 1]
            } else {
                points[0]
            };
            let after = if i + 1 < count {
                points[i + 1]
            } else if closed {
                points[0]
            } else {
                points[count - 1]
            };
            let normal = joint(before, points[i], after);
            self.mesh.colored_vertex(points[i] - normal * outer, Color32::TRANSPARENT);
            self.mesh.colored_vertex(points[i] - normal * inner, colour);
            self.mesh.colored_vertex(points[i] + normal * inner, colour);
            self.mesh.colored_vertex(points[i] + normal * outer, Color32::TRANSPARENT);
        }
        let stretches = if closed { count } else { count - 1 };
        for i in 0..stretches as u32 {
            let a = base + 4 * i;
            let b = base + 4 * ((i + 1) % count as u32);
            for strip in 0..3 {
                self.mesh.add_triangle(a + strip, a + strip + 1, b + strip);
                self.mesh.add_triangle(a + strip + 1, b + strip + 1, b + strip);
            }
        }
    }

    /// A line in dashes: the lengths of `pattern`, in points, are drawn and left out by turns.
    pub fn dashes(&mut self, points: &[Pos2], width: f32, colour: Color32, pattern: &[f32]) {
        let length: f32 = points.windows(2).map(|pair| (pair[1] - pair[0]).length()).sum();
        let period: f32 = pattern.iter().map(|part| part.max(0.5)).sum();
        if pattern.is_empty() || !length.is_finite() || length / period > 2000.0 {
            return self.line(points, width, colour, false);
        }
        let mut parts = pattern.iter().map(|part| part.max(0.5)).cycle();
        let mut next = move || parts.next().unwrap_or(0.5);
        let mut dash = std::mem::take(&mut self.dash);
        dash.clear();
        let (mut drawing, mut left) = (true, next());
        for pair in points.windows(2) {
            let way = pair[1] - pair[0];
            let length = way.length();
            if length <= 0.0 {
                continue;
            }
            if drawing && dash.is_empty() {
                dash.push(pair[0]);
            }
            let mut done = 0.0;
            while length - done > left {
                done += left;
                let at = pair[0] + way * (done / length);
                dash.push(at);
                if drawing {
                    self.line(&dash, width, colour, false);
                    dash.clear();
                } else {
                    dash.clear();
                    dash.push(at);
                }
                left = next();
                drawing = !drawing;
            }
            left -= length - done;
            if drawing {
                dash.push(pair[1]);
            }
        }
        if drawing && dash.len() > 1 {
            self.line(&dash, width, colour, false);
        }
        self.dash = dash;
    }

    /// A closed outline in dashes.
    pub fn dashed_outline(
        &mut self,
        points: &[Pos2],
        width: f32,
        colour: Color32,
        on: f32,
        off: f32,
    ) {
        let mut outline = std::mem::take(&mut self.outline);
        outline.clear();
        outline.extend_from_slice(points);
        outline.extend(points.first());
        self.dashes(&outline, width, colour, &[on, off]);
        self.outline = outline;
    }

    /// A disc with a soft edge.
    pub fn disc(&mut self, centre: Pos2, radius: f32, colour: Color32) {
        let mut outline = std::mem::take(&mut self.outline);
        ring_points(centre, radius, &mut outline);
        self.fill_soft(&outline, colour);
        self.outline = outline;
    }

    /// A circle's line.
    pub fn circle(&mut self, centre: Pos2, radius: f32, width: f32, colour: Color32) {
        let mut outline = std::mem::take(&mut self.outline);
        ring_points(centre, radius, &mut outline);
        self.line(&outline, width, colour, true);
        self.outline = outline;
    }
}

/// Rings of vertices around a polygon: where they begin, and how many.
#[derive(Debug)]
struct Rings {
    start: usize,
    count: u32,
}

fn ring_points(centre: Pos2, radius: f32, out: &mut Vec<Pos2>) {
    out.clear();
    let count = ((radius * 2.5) as usize).clamp(10, 40);
    for i in 0..count {
        let turn = std::f32::consts::TAU * i as f32 / count as f32;
        out.push(centre + Vec2::angled(turn) * radius);
    }
}

/// The direction, and the share of the half width, in which a line's edge leaves its middle at a joint.
fn joint(before: Pos2, at: Pos2, after: Pos2) -> Vec2 {
    let side = |way: Vec2| {
        let length = way.length();
        (length > 1e-3).then(|| Vec2::new(-way.y, way.x) / length)
    };
    match (side(at - before), side(after - at)) {
        (Some(a), Some(b)) => {
            let share = 1.0 + a.dot(b);
            // A hairpin would shoot off to the horizon: cut it short.
            if share < 0.2 { (a + b) * 5.0 } else { (a + b) / share }
        }
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => Vec2::ZERO,
    }
}

/// The outline of a rectangle with round corners, clockwise.
pub fn rounded(rect: egui::Rect, radius: f32, out: &mut Vec<Pos2>) {
    out.clear();
    let radius = radius.min(rect.width() * 0.5).min(rect.height() * 0.5).max(0.0);
    let steps = ((radius.sqrt() * 1.3) as usize).clamp(2, 16);
    let inner = rect.shrink(radius);
    let corners = [
        (inner.right_top(), Vec2::UP),
        (inner.right_bottom(), Vec2::RIGHT),
        (inner.left_bottom(), Vec2::DOWN),
        (inner.left_top(), Vec2::LEFT),
    ];
    let turn = Vec2::angled(std::f32::consts::FRAC_PI_2 / steps as f32);
    for (corner, start) in corners {
        let mut way = start;
        for _ in 0..=steps {
            let point = corner + way * radius;
            way = Vec2::new(way.x * turn.x - way.y * turn.y, way.x * turn.y + way.y * turn.x);
            // Half circles meet in one point: twice the same one has no direction.
            if out.last().is_none_or(|last: &Pos2| last.distance(point) > 0.02) {
                out.push(point);
            }
        }
    }
    if out.len() > 1 && out[0].distance(out[out.len() - 1]) <= 0.02 {
        out.pop();
    }
}

/// Takes this length off the end of a path.
pub fn trim_end(points: &mut Vec<Pos2>, length: f32) {
    let mut left = length;
    while points.len() > 1 {
        let last = points[points.len() - 1];
        let before = points[points.len() - 2];
        let stretch = (last - before).length();
        if stretch > left {
            let end = last + (before - last) * (left / stretch);
            let at = points.len() - 1;
            points[at] = end;
            return;
        }
        left -= stretch;
        points.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INK: Color32 = Color32::BLACK;

    #[test]
    fn every_mesh_is_valid_and_finite() {
        let mut pen = MeshPainter::new(1.0);
        let mut outline = Vec::new();
        let spots =
            [Pos2::new(0.0, 0.0), Pos2::new(0.0, 0.0), Pos2::new(30.0, 0.0), Pos2::new(0.0, 0.1)];
        rounded(egui::Rect::from_min_max(spots[0], Pos2::new(40.0, 10.0)), 99.0, &mut outline);
        pen.fill(&outline, INK);
        pen.line(&outline, 1.5, INK, true);
        pen.dashed_outline(&outline, 1.5, INK, 4.0, 3.0);
        pen.line(&spots, 0.3, INK, false);
        pen.dashes(&spots, 1.0, INK, &[0.0, 0.0]);
        pen.dashes(&[spots[0], Pos2::new(1e9, 0.0)], 1.0, INK, &[4.0, 3.0]);
        pen.sliver(spots[0], spots[1], 1.0, INK);
        pen.sliver(spots[0], spots[2], 1.0, INK);
        pen.disc(spots[2], 3.0, INK);
        pen.circle(spots[2], 0.0, 1.0, INK);
        pen.shape(&outline, INK, 1.5, INK);
        pen.shape(&spots, INK, 0.2, INK);
        pen.fill_soft(&spots[..2], INK);
        let mesh = pen.finish();
        assert!(mesh.is_valid() && !mesh.is_empty());
        assert!(mesh.vertices.iter().all(|v| v.pos.x.is_finite() && v.pos.y.is_finite()));
    }

    #[test]
    fn a_shape_reaches_half_its_outline_beyond_its_border_either_way_round() {
        let mut square = vec![
            Pos2::new(0.0, 0.0),
            Pos2::new(10.0, 0.0),
            Pos2::new(10.0, 10.0),
            Pos2::new(0.0, 10.0),
        ];
        for _ in 0..2 {
            let mut pen = MeshPainter::new(1.0);
            pen.shape(&square, Color32::WHITE, 3.0, INK);
            let mesh = pen.finish();
            assert_eq!(
                mesh.calc_bounds(),
                egui::Rect::from_min_max(Pos2::new(-2.0, -2.0), Pos2::new(12.0, 12.0))
            );
            let filled = mesh.vertices.iter().filter(|v| v.color == Color32::WHITE);
            assert!(
                filled.clone().count() == 4
                    && filled.into_iter().all(|v| v.pos.x.min(v.pos.y) >= 2.0)
            );
            square.reverse();
        }
    }

    #[test]
    fn dashes_cover_their_share_of_the_line() {
        let mut pen = MeshPainter::new(1.0);
        let points: Vec<Pos2> = (0..=10).map(|i| Pos2::new(i as f32 * 10.0, 0.0)).collect();
        pen.dashes(&points, 2.0, INK, &[6.0, 4.0]);
        let mesh = pen.finish();
        let covered = |x: f32| {
            mesh.triangles().any(|t| {
                let xs = t.map(|i| mesh.vertices[i as usize].pos.x);
                xs.iter().any(|&at| at < x) && xs.iter().any(|&at| at > x)
            })
        };
        for dash in 0..9 {
            assert!(covered(dash as f32 * 10.0 + 3.0), "{dash}");
            assert!(!covered(dash as f32 * 10.0 + 8.0), "{dash}");
        }
    }

    #[test]
    fn trimming_takes_off_the_length() {
        let mut points = vec![Pos2::new(0.0, 0.0), Pos2::new(10.0, 0.0), Pos2::new(10.0, 4.0)];
        trim_end(&mut points, 6.0);
        assert_eq!(points, [Pos2::new(0.0, 0.0), Pos2::new(8.0, 0.0)]);
        trim_end(&mut points, 99.0);
        assert_eq!(points.len(), 1);
    }
}
