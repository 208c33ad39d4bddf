//! Files from networks.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use demarche::act::{Act, Stance};
use demarche::export::svg::{Picture, svg};
use demarche::export::{Format, write, write_picture};
use demarche::network::{Kind, Network, Options, build};

use crate::network::{claim, claims, statements};

fn sample(actors: usize, count: usize) -> Network {
    build(Kind::Demands, &statements(&claims(actors, count)), &Options::default())
}

/// Writes every format of every sort of network to `target/samples`, where `tests/external/check_files.py` opens them with other programs, and
/// pictures to be looked at.
#[test]
#[ignore = "writes files for tests/external/check_files.py and for the eye"]
fn samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/samples");
    fs::create_dir_all(&folder).expect("a folder");
    let put = |name: String, text: String| fs::write(folder.join(name), text).expect("a file");
    for (actors, count) in [(2, 1), (5, 9), (10, 24), (30, 70), (60, 160), (150, 420)] {
        let picture = Picture { max_nodes: 150, ..Picture::default() };
        put(format!("look-{actors}.svg"), svg(&sample(actors, count), &picture));
    }
    for (actors, count) in [(5, 9), (30, 70), (150, 900)] {
        let network = build(Kind::Stances, &statements(&claims(actors, count)), &Options::default());
        put(format!("look-matrix-{actors}.svg"), write(Format::SvgMatrix, &network));
        put(format!("look-timeline-{actors}.svg"), write(Format::SvgTimeline, &network));
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
    let length = demarche::network::Length::parse("2 weeks").expect("a length");
    let windows = demarche::network::windows(&all, &Options::default(), length, length).expect("windows");
    let windows: Vec<_> =
        windows.into_iter().map(|w| (w.clone(), build(Kind::Demands, &all, &w.options(&Options::default())))).collect();
    put("windows.gexf".into(), demarche::export::gexf_windows(&windows));
    put("windows.csv".into(), demarche::export::windows_csv(&windows));
    put("claims.jsonl".into(), demarche::export::claims::json_lines(&claims(30, 70)).expect("claims"));
    put("claims.csv".into(), demarche::export::claims::table(&claims(30, 70)));
    #[cfg(feature = "parquet")]
    for (name, list) in [("claims", claims(30, 70)), ("empty-claims", Vec::new())] {
        let bytes = demarche::export::parquet::parquet(&list).expect("a file");
        fs::write(folder.join(format!("{name}.parquet")), bytes).expect("a file");
    }
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

/// The box of each text of a picture that is not turned, from its own place, size and words.
fn words_of(picture: &str) -> Vec<(String, [f64; 4])> {
    let mut all = Vec::new();
    for part in picture.split("<text ").skip(1) {
        let (head, rest) = part.split_once('>').expect("a start tag");
        let (body, _) = rest.split_once("</text>").expect("an end tag");
        if head.contains("rotate") || body.contains("<tspan x=") {
            continue;
        }
        let number = |name: &str| -> f64 {
            let from = head.split_once(&format!("{name}=\"")).expect("an attribute").1;
            from.split_once('"').expect("a value").0.parse().expect("a number")
        };
        let (x, y, size) = (number("x"), number("y"), number("font-size"));
        let words =
            body.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect::<String>();
        let words = words
            .replace("&amp;", "&")
            .replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
        let wide = demarche::export::text::width(&words, size, head.contains("font-weight"));
        let left = if head.contains("middle") { x - wide / 2.0 } else { x };
        all.push((words, [left, y - size * 0.7, left + wide, y]));
    }
    all
}

#[test]
fn no_words_lie_over_others() {
    let pictures = [(5, 9), (30, 70), (150, 900)].into_iter().flat_map(|(actors, count)| {
        let network = build(Kind::Stances, &statements(&claims(actors, count)), &Options::default());
        [sample(actors, count), network]
            .into_iter()
            .zip([&[Format::Svg][..], &[Format::SvgMatrix, Format::SvgTimeline]])
            .flat_map(|(network, formats)| formats.iter().map(move |&format| (format, write(format, &network))))
            .collect::<Vec<_>>()
    });
    for (format, picture) in pictures {
        // Those within the drawing of a network are moved as one, so the key is compared apart from it.
        for part in picture.split("class=\"key\"") {
            let part = part.split("<g transform=\"translate").collect::<Vec<_>>();
            for part in part {
                let words = words_of(part);
                for (i, (a, p)) in words.iter().enumerate() {
                    for (b, q) in &words[i + 1..] {
                        let apart =
                            p[2] <= q[0] + 0.5 || q[2] <= p[0] + 0.5 || p[3] <= q[1] + 0.5 || q[3] <= p[1] + 0.5;
                        assert!(apart, "{}: “{a}” {p:?} lies over “{b}” {q:?}", format.as_str());
                    }
                }
            }
        }
    }
}

#[test]
fn positions_are_drawn_with_their_passages() {
    let all = statements(&claims(12, 60));
    let network = build(Kind::Stances, &all, &Options::default());
    let counted = |sign: Stance| all.iter().filter(|s| s.stance == sign && !s.issue.is_empty()).count();
    assert!(counted(Stance::Favour) > 0 && counted(Stance::Against) > 0);
    for format in [Format::SvgMatrix, Format::SvgTimeline] {
        let picture = write(format, &network);
        assert!(picture.contains("class=\"mark\"") && !picture.contains("NaN"));
        // A mark leads to its passage in the article.
        assert!(picture.contains("<a href=\"https://news.example/0?a=1&amp;b=2#:~:text="), "{}", format.as_str());
        let empty = write(format, &build(Kind::Stances, &[], &Options::default()));
        assert!(empty.contains("Nobody is for or against"));
    }
    let statement = |day: &str, stance: Stance| {
        let mut new = all[0].clone();
        (new.claim, new.date, new.stance) = (day.to_owned(), Some(day.to_owned()), stance);
        new
    };
    let turn = [statement("2031-01-03", Stance::Favour), statement("2031-01-05", Stance::Against)];
    let drawn = |list: &[_]| write(Format::SvgTimeline, &build(Kind::Stances, list, &Options::default()));
    assert!(drawn(&turn).contains("changes sides"));
    assert!(!drawn(&turn[..1]).contains("changes sides"));
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

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_the_same_each_time() {
    let all = claims(10, 30);
    let bytes = demarche::export::parquet::parquet(&all).expect("a file");
    assert_eq!(bytes, demarche::export::parquet::parquet(&all).expect("a file"));
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn a_timeline_tells_why_lanes_are_left_out() {
    // Seven actors on one issue.
    let list: Vec<_> = (0..7).map(|i| claim(i * 10, i, Act::Demand, None)).collect();
    let network = build(Kind::Stances, &statements(&list), &Options::default());
    let drawn = |picture: Picture| write_picture(Format::SvgTimeline, &network, &picture);
    assert!(drawn(Picture::default()).contains("Left out: 2 lanes"));
    let whole = Picture { max_lanes_of_issue: usize::MAX, ..Picture::default() };
    assert!(!drawn(whole.clone()).contains("Left out"));
    assert!(drawn(Picture { max_lanes: 6, ..whole }).contains("Left out: 1 lane of"));
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .env_remove("DEMARCHE_STORE")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Builds a store of three articles in an empty folder.
fn store(at: &Path) {
    let _ = fs::remove_dir_all(at);
    fs::create_dir_all(at.join("in/a")).unwrap();
    for (name, who, whom) in [("b", "Kenya", "Somalia"), ("a/c", "Peru", "Chile"), ("a-b", "Norway", "Iceland")] {
        let article = format!(
            "{who} urged {whom} to reopen the border.\n\nThe government of {who} said on Monday that the border must \
             reopen in May, after both sides met for talks.\n"
        );
        fs::write(at.join(format!("in/{name}.txt")), article).unwrap();
    }
    let path = |name: &str| at.join(name).display().to_string();
    let built = run(&["build", &path("in"), "--store", &path("store"), "--out", &path("out")]);
    assert!(built.status.success(), "{}", text(&built.stderr));
}

#[test]
fn claims_are_written_as_build_writes_them() {
    let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export-claims");
    store(&at);
    let store = at.join("store").display().to_string();
    let export = |kind: &str| text(&run(&["export", kind, "--store", &store]).stdout);
    let built = fs::read_to_string(at.join("out/claims.jsonl")).unwrap();
    assert!(built.lines().count() >= 3, "{built}");
    assert_eq!(export("claims"), built);
    assert_eq!(export("claims-csv").lines().count(), built.lines().count() + 1);
    let removed = run(&["remove", &at.join("in/a").display().to_string(), "--store", &store]);
    assert!(removed.status.success(), "{}", text(&removed.stderr));
    let rest: Vec<&str> = built.lines().filter(|line| !line.contains("c.txt")).collect();
    assert_eq!(export("claims").lines().collect::<Vec<_>>(), rest);
}

#[test]
fn export_says_what_it_cannot_do() {
    let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export-errors");
    store(&at);
    let store = at.join("store").display().to_string();
    let export = |arguments: &[&str]| run(&[&["export", "--store", store.as_str()][..], arguments].concat());
    let cases: [(&[&str], &str); 13] = [
        (&["svg", "--actor", "Nobody"], "actor `Nobody`: the store knows none of that name"),
        (&["svg-timeline", "--issue", "nosuch"], "`demarche ask issues` lists them"),
        (&["csv", "--without", "Nobody"], "`demarche ask actors` lists them"),
        (&["svg", "--since", "foo"], "`--since foo`: it must be a day like 2025-03-17"),
        (&["svg", "--since", "2025-13-01"], "it must be a day"),
        (&["svg", "--until", "2025-03"], "it must be a day"),
        (&["svg", "--since", "2025-03-02", "--until", "2025-03-01"], "is after"),
        (&["svg", "--min-confidence", "5"], "from 0 to 1"),
        (&["svg", "--max-nodes", "0"], "--max-nodes"),
        (&["trig", "--issue", "ceasefire"], "`--issue` is for networks and pictures"),
        (&["nquads", "--window", "1 month"], "`--window` is for networks and pictures"),
        (&["claims", "--copies", "once"], "`--copies` is for networks and pictures"),
        (&["jsonld", "--profile", "rdf12"], "take trig, nquads or turtle"),
    ];
    for (arguments, why) in cases {
        let ran = export(arguments);
        assert!(!ran.status.success() && ran.stdout.is_empty(), "{arguments:?}");
        assert!(text(&ran.stderr).contains(why), "{arguments:?}: {}", text(&ran.stderr));
    }
    let alone = export(&["svg", "--actor", "actor:KENYA"]);
    assert!(text(&alone.stdout).contains("Somalia"), "{}", text(&alone.stderr));
    let list = text(&run(&["export"]).stdout);
    assert!(list.contains("claims-csv") && !list.contains('`'), "{list}");
}
