//! Files from networks.

use demarche::export::svg::{Picture, svg};
use demarche::network::{Kind, Network, Options, build};

use crate::network::{claims, statements};

fn sample(actors: usize, count: usize) -> Network {
    build(Kind::Demands, &statements(&claims(actors, count)), &Options::default())
}

/// Writes pictures to `target/pictures`, to be looked at.
#[test]
#[ignore = "writes files to look at"]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (actors, count) in [(0, 0), (2, 1), (5, 9), (10, 24), (30, 70), (60, 160), (150, 380)] {
        let started = std::time::Instant::now();
        let picture = svg(&sample(actors, count), &Picture::default());
        eprintln!("{actors} actors: {:?}", started.elapsed());
        std::fs::write(folder.join(format!("demands-{actors}.svg")), picture).expect("a file");
    }
}

#[test]
fn pictures_are_whole() {
    for (actors, count) in [(0, 0), (2, 1), (5, 9), (30, 70)] {
        let network = sample(actors, count);
        let picture = svg(&network, &Picture::default());
        assert_eq!(picture, svg(&network, &Picture::default()));
        assert_eq!(picture.matches("class=\"edge\"").count(), network.edges.len());
        assert_eq!(picture.matches("class=\"node\"").count(), network.nodes.len());
        assert!(!picture.contains("NaN") && !picture.contains("inf"));
    }
}
