//! How long a notebook takes to load and to save: `notebook/load/…` and `notebook/save/…`, with that many mentions
//! on 1 MB of text.
//!
//! Loading is from the file to a notebook with its indexes, every anchor compared with its article. Saving is
//! everything [`casebook::storage::save`] does, the disk's part included.

use casebook::notebook::generate::{Size, generate};
use casebook::storage::{Expected, load, save};
use criterion::{Criterion, criterion_group, criterion_main};

fn notebook(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut group = criterion.benchmark_group("notebook");
    group.sample_size(20);
    for (name, mentions) in [("2k", 2_000), ("20k", 20_000), ("100k", 100_000)] {
        let (made, desk) = generate(1, Size::bench(mentions));
        let path = folder.path().join(format!("{name}.ron"));
        group.bench_function(format!("save/{name}"), |bench| {
            bench.iter(|| {
                save(&path, &made, &desk, &Expected::New, &|| false).expect("it can be saved")
            });
        });
        save(&path, &made, &desk, &Expected::New, &|| false).expect("it can be saved");
        group.bench_function(format!("load/{name}"), |bench| {
            // What was loaded is dropped outside the measure: a person waits for the notebook, not for its end.
            bench.iter_with_large_drop(|| {
                load(&path, &|| false, &|_| {}).expect("it can be loaded")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, notebook);
criterion_main!(benches);
