//! Repulsion between all pairs of nodes, in n log n: a Barnes–Hut tree in flat arrays.
//!
//! The repulsion of node j on node i is mᵢmⱼ/d away from j (the force of a two-dimensional charge,
//! as in Hu's "Efficient, high-quality force-directed graph drawing", 2005). As a complex function
//! it is Σ m/(z − zⱼ), which has a short series around a centre of mass: the tree keeps its first
//! two terms that do not vanish (mass and quadrupole), so that it may open fewer cells.

use super::Point;

/// The most nodes in a leaf of the tree. They are treated together: one walk through the tree finds what acts on all of
/// them.
const LEAF: usize = 24;
/// A cell acts as a whole on a group of nodes if its radius is less than this share of the
/// distance to the nearest of them.
const OPENING: f32 = 0.95;
/// The number of nodes from which two threads share the work.
const TWO_THREADS: usize = 2000;

#[derive(Clone, Copy, Default)]
struct Cell {
    /// Centre of mass.
    x: f32,
    y: f32,
    mass: f32,
    /// The quadrupole Σ m (z − c)², real and imaginary part.
    qx: f32,
    qy: f32,
    /// The distance of the farthest node of the cell from the centre of mass.
    radius: f32,
    /// The range of its nodes, in sorted order.
    from: u32,
    to: u32,
    /// The cell after all its descendants; `index + 1` for a leaf.
    skip: u32,
}

/// The computation of repulsion; it keeps its memory from one call to the next.
#[derive(Default)]
pub struct Repulsion {
    keys: Vec<u64>,
    spare: Vec<u64>,
    order: Vec<u32>,
    xs: Vec<f32>,
    ys: Vec<f32>,
    masses: Vec<f32>,
    cells: Vec<Cell>,
    leaves: Vec<u32>,
    sorted: Vec<Point>,
}

impl Repulsion {
    /// Writes Σⱼ mᵢmⱼ (pᵢ − pⱼ)/|pᵢ − pⱼ|² for every node into `forces`. Places must be finite.
    /// The same input gives the same bits, however many threads there are.
    pub fn compute(&mut self, places: &[Point], masses: &[f32], forces: &mut [Point]) {
        let count = places.len();
        if count == 0 {
            return;
        }
        self.sort(places);
        self.xs.clear();
        self.ys.clear();
        self.masses.clear();
        for &node in &self.order {
            self.xs.push(places[node as usize].x);
            self.ys.push(places[node as usize].y);
            self.masses.push(masses[node as usize]);
        }
        self.build();
        self.sum_up();
        self.sorted.clear();
        self.sorted.resize(count, Point::default());
        let mut sorted = std::mem::take(&mut self.sorted);
        let this = &*self;
        if count < TWO_THREADS {
            this.act(&this.leaves, 0, &mut sorted);
        } else {
            // Any split gives the same result: no group depends on another.
            let cut = this.leaves.len() / 2;
            let (first, second) = this.leaves.split_at(cut);
            let border =
                second.first().map_or(count, |&leaf| this.cells[leaf as usize].from as usize);
            let (low, high) = sorted.split_at_mut(border);
            std::thread::scope(|scope| {
                scope.spawn(move || this.act(first, 0, low));
                this.act(second, border, high);
            });
        }
        for (&node, &force) in self.order.iter().zip(&sorted) {
            forces[node as usize] = force;
        }
        self.sorted = sorted;
    }

    /// Sorts the nodes along a Morton curve: near each other in memory as on the canvas.
    fn sort(&mut self, places: &[Point]) {
        let (mut min, mut max) = (places[0], places[0]);
        for p in places {
            min = Point::new(min.x.min(p.x), min.y.min(p.y));
            max = Point::new(max.x.max(p.x), max.y.max(p.y));
        }
        let side = (max.x - min.x).max(max.y - min.y).max(1e-6);
        let scale = 65535.0 / side;
        self.keys.clear();
        for (node, p) in places.iter().enumerate() {
            let column = ((p.x - min.x) * scale) as u32;
            let row = ((p.y - min.y) * scale) as u32;
            let key = spread(column) | (spread(row) << 1);
            self.keys.push(u64::from(key) << 32 | node as u64);
        }
        // Radix sort by 11, 11 and 10 bits; below a few hundred nodes a comparison sort is faster.
        if self.keys.len() < 512 {
            self.keys.sort_unstable();
        } else {
            for (shift, bits) in [(32, 11), (43, 11), (54, 10)] {
                let mask = (1usize << bits) - 1;
                let mut starts = [0u32; 2048];
                for key in &self.keys {
                    starts[(key >> shift) as usize & mask] += 1;
                }
                let mut total = 0;
                for start in &mut starts {
                    total += std::mem::replace(start, total);
                }
                self.spare.resize(self.keys.len(), 0);
                for &key in &self.keys {
                    let start = &mut starts[(key >> shift) as usize & mask];
                    self.spare[*start as usize] = key;
                    *start += 1;
                }
                std::mem::swap(&mut self.keys, &mut self.spare);
            }
        }
        self.order.clear();
        self.order.extend(self.keys.iter().map(|&key| key as u32));
    }

    /// Lays the cells out depth first: the children of a cell follow it, and `skip` leads past them.
    fn build(&mut self) {
        self.cells.clear();
        self.leaves.clear();
        // (range, level, index of the cell once made): a cell is left when its children are done.
        enum Task {
            Enter(u32, u32, u32),
            Leave(u32),
        }
        let mut tasks = vec![Task::Enter(0, self.keys.len() as u32, 16)];
        while let Some(task) = tasks.pop() {
            match task {
                Task::Leave(cell) => self.cells[cell as usize].skip = self.cells.len() as u32,
                Task::Enter(from, to, level) => {
                    let index = self.cells.len() as u32;
                    let whole = level == 0 || to - from <= LEAF as u32;
                    self.cells.push(Cell { from, to, skip: index + 1, ..Cell::default() });
                    if whole {
                        self.leaves.push(index);
                        continue;
                    }
                    tasks.push(Task::Leave(index));
                    let shift = 32 + 2 * (level - 1);
                    let mut end = to;
                    for quarter in (0..4u64).rev() {
                        let range = &self.keys[from as usize..end as usize];
                        let begin =
                            from + range.partition_point(|key| (key >> shift & 3) < quarter) as u32;
                        if begin < end {
                            tasks.push(Task::Enter(begin, end, level - 1));
                        }
                        end = begin;
                    }
                }
            }
        }
    }

    /// Masses, centres, quadrupoles and radii, from the leaves up.
    fn sum_up(&mut self) {
        for index in (0..self.cells.len()).rev() {
            let mut cell = self.cells[index];
            let range = cell.from as usize..cell.to as usize;
            let (mut x, mut y, mut mass) = (0.0, 0.0, 0.0);
            if cell.skip as usize == index + 1 {
                for i in range.clone() {
                    mass += self.masses[i];
                    x += self.masses[i] * self.xs[i];
                    y += self.masses[i] * self.ys[i];
                }
            } else {
                let mut child = index + 1;
                while child < cell.skip as usize {
                    let c = &self.cells[child];
                    mass += c.mass;
                    x += c.mass * c.x;
                    y += c.mass * c.y;
                    child = c.skip as usize;
                }
            }
            cell.mass = mass;
            cell.x = x / mass;
            cell.y = y / mass;
            if cell.skip as usize == index + 1 {
                for i in range {
                    let (dx, dy) = (self.xs[i] - cell.x, self.ys[i] - cell.y);
                    cell.qx += self.masses[i] * (dx * dx - dy * dy);
                    cell.qy += self.masses[i] * 2.0 * dx * dy;
                    cell.radius = cell.radius.max(dx * dx + dy * dy);
                }
                cell.radius = cell.radius.sqrt();
            } else {
                let mut child = index + 1;
                while child < cell.skip as usize {
                    let c = &self.cells[child];
                    let (dx, dy) = (c.x - cell.x, c.y - cell.y);
                    cell.qx += c.qx + c.mass * (dx * dx - dy * dy);
                    cell.qy += c.qy + c.mass * 2.0 * dx * dy;
                    cell.radius = cell.radius.max((dx * dx + dy * dy).sqrt() + c.radius);
                    child = c.skip as usize;
                }
            }
            self.cells[index] = cell;
        }
    }

    /// The forces on the nodes of `leaves`, whose first node in sorted order is `base`.
    fn act(&self, leaves: &[u32], base: usize, forces: &mut [Point]) {
        // What acts on the group: x, y, mass, and the quadrupole of whole cells.
        let mut far: Vec<[f32; 5]> = Vec::with_capacity(256);
        let mut near: Vec<[f32; 3]> = Vec::with_capacity(512);
        for &leaf in leaves {
            let group = self.cells[leaf as usize];
            far.clear();
            near.clear();
            let mut index = 0;
            while let Some(cell) = self.cells.get(index) {
                let (dx, dy) = (cell.x - group.x, cell.y - group.y);
                let room = (dx * dx + dy * dy).sqrt() - group.radius;
                if cell.radius < OPENING * room {
                    far.push([cell.x, cell.y, cell.mass, cell.qx, cell.qy]);
                    index = cell.skip as usize;
                } else if cell.skip as usize == index + 1 {
                    for i in cell.from as usize..cell.to as usize {
                        near.push([self.xs[i], self.ys[i], self.masses[i]]);
                    }
                    index += 1;
                } else {
                    index += 1;
                }
            }
            let (from, to) = (group.from as usize, group.to as usize);
            for first in (from..to).step_by(LANES) {
                let count = LANES.min(to - first);
                let (mut x, mut y) = ([0.0; LANES], [0.0; LANES]);
                x[..count].copy_from_slice(&self.xs[first..first + count]);
                y[..count].copy_from_slice(&self.ys[first..first + count]);
                let (fx, fy) = pull(&x, &y, &far, &near);
                for lane in 0..count {
                    let mass = self.masses[first + lane];
                    forces[first + lane - base] = Point::new(mass * fx[lane], mass * fy[lane]);
                }
            }
        }
    }
}

/// The number of nodes computed at once: the compiler turns loops over the lanes into vector instructions.
const LANES: usize = 8;

fn pull(
    x: &[f32; LANES],
    y: &[f32; LANES],
    far: &[[f32; 5]],
    near: &[[f32; 3]],
) -> ([f32; LANES], [f32; LANES]) {
    let (mut fx, mut fy) = ([0.0f32; LANES], [0.0f32; LANES]);
    for &[cx, cy, mass, qx, qy] in far {
        for lane in 0..LANES {
            // With w = 1/(z − c): the force is the conjugate of m w + q w³.
            let (dx, dy) = (x[lane] - cx, y[lane] - cy);
            let inverse = 1.0 / (dx * dx + dy * dy);
            let (wx, wy) = (dx * inverse, -dy * inverse);
            let (w2x, w2y) = (wx * wx - wy * wy, 2.0 * wx * wy);
            let (tx, ty) = (mass + qx * w2x - qy * w2y, qx * w2y + qy * w2x);
            fx[lane] += tx * wx - ty * wy;
            fy[lane] -= tx * wy + ty * wx;
        }
    }
    for &[cx, cy, mass] in near {
        for lane in 0..LANES {
            let (dx, dy) = (x[lane] - cx, y[lane] - cy);
            // The least distance keeps a node from acting on itself and coincident ones finite.
            let pull = mass / (dx * dx + dy * dy).max(1e-6);
            fx[lane] += dx * pull;
            fy[lane] += dy * pull;
        }
    }
    (fx, fy)
}

/// The low 16 bits of `v`, a zero after each.
fn spread(v: u32) -> u32 {
    let v = v & 0xFFFF;
    let v = (v | v << 8) & 0x00FF_00FF;
    let v = (v | v << 4) & 0x0F0F_0F0F;
    let v = (v | v << 2) & 0x3333_3333;
    (v | v << 1) & 0x5555_5555
}

#[cfg(test)]
mod tests {
    use super::super::Random;
    use super::*;

    fn exact(places: &[Point], masses: &[f32], i: usize) -> Point {
        let mut sum = Point::default();
        for j in 0..places.len() {
            let way = places[i] - places[j];
            if j != i && way.length() > 0.0 {
                sum = sum + way * (masses[i] * masses[j] / way.dot(way));
            }
        }
        sum
    }

    #[test]
    fn forces_are_within_three_per_cent_of_all_pairs_on_average() {
        for count in [1, 2, 17, 300, 3000] {
            let mut random = Random::new(5);
            let mut places = Vec::new();
            while places.len() < count {
                // Dense clusters in a wide field, as in real layouts.
                let centre = Point::new(random.unit() * 5000.0, random.unit() * 3000.0);
                for _ in 0..1 + random.index(60) {
                    let off = Point::new(random.unit() - 0.5, random.unit() - 0.5);
                    places.push(centre + off * 400.0);
                }
            }
            places.truncate(count);
            let masses: Vec<f32> = (0..count).map(|_| 1.0 + random.unit()).collect();
            let mut forces = vec![Point::default(); count];
            Repulsion::default().compute(&places, &masses, &mut forces);
            let mut error = 0.0;
            for (i, &force) in forces.iter().enumerate() {
                let truth = exact(&places, &masses, i);
                error += (force - truth).length() / truth.length().max(1e-6);
            }
            assert!(error / (count as f32) < 0.03, "{count}: {}", error / count as f32);
        }
    }

    #[test]
    fn coincident_nodes_give_finite_forces() {
        let places = [Point::new(3.0, 3.0); 100];
        let mut forces = [Point::default(); 100];
        Repulsion::default().compute(&places, &[1.0; 100], &mut forces);
        assert!(forces.iter().all(|f| f.is_finite()));
    }
}
