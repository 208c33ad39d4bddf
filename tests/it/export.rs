//! Files from networks.

use demarche::export::svg::{Picture, svg};
use demarche::export::{Format, write};
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
    for (actors, count) in [(0, 0), (2, 1), (5, 9), (10, 24), (30, 70), (60, 160), (150, 420)] {
        let started = std::time::Instant::now();
        let picture = svg(&sample(actors, count), &Picture { max_nodes: 150, ..Picture::default() });
        eprintln!("{actors} actors: {:?}", started.elapsed());
        std::fs::write(folder.join(format!("demands-{actors}.svg")), picture).expect("a file");
        for format in Format::ALL.into_iter().filter(|format| *format != Format::Svg) {
            let file = folder.join(format!("demands-{actors}.{}", format.extension()));
            std::fs::write(file, write(format, &sample(actors, count))).expect("a file");
        }
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

#[test]
fn every_format_is_deterministic_and_takes_an_empty_network() {
    let network = sample(12, 40);
    for format in Format::ALL {
        assert_eq!(write(format, &network), write(format, &network));
        assert!(!write(format, &sample(0, 0)).is_empty());
        assert_eq!(Format::from_name(format.as_str()), Some(format));
    }
}

#[test]
fn claims_survive_json_lines() {
    let all = claims(10, 30);
    let lines = demarche::export::claims::json_lines(&all).expect("claims can be written");
    let back: Vec<demarche::claims::Claim> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a claim")).collect();
    assert_eq!(back, all);
    assert_eq!(demarche::export::claims::table(&all).lines().count(), 31);
}
