//! Files from networks.

use demarche::export::svg::{Picture, svg};
use demarche::export::{Format, write};
use demarche::network::{Kind, Network, Options, build};

use crate::network::{claims, statements};

fn sample(actors: usize, count: usize) -> Network {
    build(Kind::Demands, &statements(&claims(actors, count)), &Options::default())
}

/// Writes every format of every sort of network to `target/samples`, where `tests/external/check_files.py` opens them with other programs, and
/// pictures to be looked at.
#[test]
#[ignore = "writes files for tests/external/check_files.py and for the eye"]
fn samples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/samples");
    std::fs::create_dir_all(&folder).expect("a folder");
    let put = |name: String, text: String| std::fs::write(folder.join(name), text).expect("a file");
    for (actors, count) in [(2, 1), (5, 9), (10, 24), (30, 70), (60, 160), (150, 420)] {
        let picture = Picture { max_nodes: 150, ..Picture::default() };
        put(format!("look-{actors}.svg"), svg(&sample(actors, count), &picture));
    }
    let all = statements(&claims(30, 70));
    for kind in Kind::ALL {
        let network = build(kind, &all, &Options::default());
        for &format in Format::ALL {
            put(format!("{}.{}", kind.as_str(), format.extension()), write(format, &network));
            let empty = build(kind, &[], &Options::default());
            put(format!("empty-{}.{}", kind.as_str(), format.extension()), write(format, &empty));
        }
        put(format!("{}.measures.json", kind.as_str()), measures_json(&network));
    }
    put("claims.jsonl".into(), demarche::export::claims::json_lines(&claims(30, 70)).expect("claims"));
    put("claims.csv".into(), demarche::export::claims::table(&claims(30, 70)));
}

/// Measures of the whole network, for the comparison with others.
fn measures_json(network: &Network) -> String {
    let m = demarche::network::measures::measures(network);
    format!(
        "{{\"density\": {}, \"components\": {}, \"communities\": {}, \"modularity\": {}}}\n",
        m.density, m.components, m.communities, m.modularity
    )
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
    for &format in Format::ALL {
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
