//! Networks from invented claims.

use std::collections::BTreeSet;

use demarche::act::{Act, Stance};
use demarche::actors::ActorKind;
use demarche::claims::{ActorRef, Claim, Content, DocumentRef, IssueRef, Quotation, Quote};
use demarche::network::{Detail, Kind, Level, Network, NodeKind, Options, Statement, Weight, build, check_names};

/// Countries and bodies that do not exist, with those who speak for them.
const CAST: [(&str, ActorKind, Option<&str>); 30] = [
    ("Valdoria", ActorKind::Country, None),
    ("Ostrana", ActorKind::Country, None),
    ("Coastal League", ActorKind::Organization, None),
    ("Merovia", ActorKind::Country, None),
    ("Irena Halvorsen", ActorKind::Person, Some("Valdoria")),
    ("Tomas Brek", ActorKind::Person, Some("Ostrana")),
    ("Council of the Three Rivers", ActorKind::Organization, None),
    ("Kestrel Isles", ActorKind::Country, None),
    ("Aldo Ferrante", ActorKind::Person, Some("Merovia")),
    ("northern fishing towns", ActorKind::Group, None),
    ("Lakeland", ActorKind::Country, None),
    ("Sister Agnes & Partners", ActorKind::Organization, None),
    ("Harbour Ministry spokesperson", ActorKind::Role, Some("Valdoria")),
    ("Petra Lindqvist", ActorKind::Person, Some("Coastal League")),
    ("Dunmark", ActorKind::Country, None),
    ("Free Port Authority", ActorKind::Organization, Some("Kestrel Isles")),
    ("Ygritte Åsen", ActorKind::Person, Some("Dunmark")),
    ("Marko Vidal", ActorKind::Person, Some("Lakeland")),
    ("Salt Union", ActorKind::Organization, None),
    ("Eastern provinces", ActorKind::Group, Some("Ostrana")),
    ("Nila Roy", ActorKind::Person, Some("Council of the Three Rivers")),
    ("Border Commission", ActorKind::Organization, None),
    ("Gorvia", ActorKind::Country, None),
    ("Lev Antar", ActorKind::Person, Some("Gorvia")),
    ("Hill Republic", ActorKind::Country, None),
    ("Opal Bank", ActorKind::Organization, None),
    ("Jonas Weir", ActorKind::Person, Some("Opal Bank")),
    ("Widow's Reach", ActorKind::Country, None),
    ("Assembly of Pilots", ActorKind::Organization, None),
    ("Ana \"Nan\" Sorel", ActorKind::Person, Some("Widow's Reach")),
];

const WISHES: [(&str, &str); 10] = [
    ("reopen the strait to grain ships before the first frost", "shipping"),
    ("withdraw its patrol boats behind the lighthouse line", "demilitarisation"),
    ("publish the full text of the river treaty", "river treaty"),
    ("lift the tariff on salt & timber", "tariffs"),
    ("a ceasefire of sixty days, watched by neutral observers who may go wherever they wish", "ceasefire"),
    ("keep its <neutral> status for good", "neutrality"),
    ("release the crew of the trawler", "prisoners"),
    ("a seat at the table when fishing quotas are set", "fisheries"),
    ("stop the drilling off the Kestrel shelf", "drilling"),
    ("give written guarantees that no foreign base will ever be built on the islands", "security guarantees"),
];

const ACTS: [Act; 12] = [
    Act::Demand,
    Act::Reject,
    Act::Request,
    Act::Accuse,
    Act::Demand,
    Act::Commit,
    Act::Criticise,
    Act::Propose,
    Act::Threaten,
    Act::Accept,
    Act::Support,
    Act::Deny,
];

/// The actor of that number; above thirty, made-up cantons and their speakers.
pub(crate) fn actor(i: usize) -> ActorRef {
    let (label, kind, bloc) = match CAST.get(i) {
        Some((label, kind, bloc)) => ((*label).to_owned(), *kind, bloc.map(str::to_owned)),
        None if i.is_multiple_of(3) => {
            (format!("Speaker of Canton {}", i - 1), ActorKind::Person, Some(format!("Canton {}", i - 1)))
        }
        None => (format!("Canton {i}"), ActorKind::Country, None),
    };
    let id = label.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    ActorRef { id, label, kind, bloc, mention: None }
}

/// A claim with that number: who, what, to whom.
pub(crate) fn claim(number: usize, source: usize, act: Act, addressee: Option<usize>) -> Claim {
    let (text, issue) = WISHES[number * 7 % WISHES.len()];
    let article = number % 9;
    let day = format!("2031-0{}-{:02}", 1 + article % 3, 3 + article * 2);
    let cue = "said";
    Claim {
        id: format!("{number:016x}"),
        document: DocumentRef {
            id: format!("d{article:02}"),
            path: Some(format!("seeds/{article:02}.txt")),
            sha256: format!("{article:064x}"),
            title: Some(format!("Strait talks, day {article}")),
            url: Some(format!("https://news.example/{article}?a=1&b=2")),
            published: Some(day.clone()),
            publisher: Some(["Harbour Herald", "The Lamp", "Ostrana Post"][article % 3].to_owned()),
            language: Some("en".to_owned()),
        },
        source: vec![actor(source)],
        act,
        addressee: addressee.map(actor).into_iter().collect(),
        cue: Some(Quote { start: 10, end: 14, text: cue.to_owned() }),
        content: Content { start: 20, end: 20 + text.chars().count(), text: text.to_owned(), more: Vec::new() },
        quotation: Quotation::Indirect,
        negated: false,
        hedged: number % 11 == 3,
        condition: None,
        via: if number % 13 == 5 { vec![actor(1)] } else { Vec::new() },
        stance: if matches!(act, Act::Reject | Act::Criticise | Act::Deny) { Stance::Against } else { Stance::Favour },
        issue: vec![IssueRef { id: issue.replace(' ', "-"), label: issue.to_owned() }],
        date: Some(day),
        confidence: 0.5 + (number % 5) as f64 * 0.1,
        rule: "invented".to_owned(),
        corrections: Vec::new(),
    }
}

/// Invented claims among so many actors; a few actors do most of the talking, as in the news.
pub(crate) fn claims(actors: usize, count: usize) -> Vec<Claim> {
    // A small linear congruential generator with a fixed start.
    let mut state = 12_345_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut out = Vec::new();
    for number in 0..count {
        let first = if number < actors { number } else { next(actors) * next(actors) * next(actors) / actors / actors };
        let mut second = next(actors) * next(actors) * next(actors) / actors / actors;
        if second == first {
            second = (first + 1) % actors;
        }
        let act = if second < 3 { next(3) } else { next(ACTS.len()) };
        out.push(claim(number, first, ACTS[act], Some(second)));
    }
    out
}

pub(crate) fn statements(claims: &[Claim]) -> Vec<Statement> {
    claims.iter().map(Statement::from).collect()
}

#[test]
fn the_order_of_statements_does_not_matter() {
    let all = statements(&claims(20, 90));
    let mut turned = all.clone();
    turned.reverse();
    let options = Options::default();
    assert_eq!(build(Kind::Demands, &all, &options), build(Kind::Demands, &turned, &options));
}

#[test]
fn parallel_edges_keep_their_acts_and_evidence() {
    let all = statements(&[
        claim(1, 0, Act::Demand, Some(1)),
        claim(2, 0, Act::Demand, Some(1)),
        claim(10, 0, Act::Demand, Some(1)),
        claim(3, 0, Act::Reject, Some(1)),
        claim(4, 1, Act::Demand, Some(0)),
        claim(5, 1, Act::Assert, Some(0)),
        claim(6, 2, Act::Demand, None),
    ]);
    let network = build(Kind::Demands, &all, &Options::default());
    let edges: Vec<(&str, f64)> = network.edges.iter().map(|e| (e.id.as_str(), e.weight)).collect();
    assert_eq!(
        edges,
        [("ostrana--demand--valdoria", 1.0), ("valdoria--demand--ostrana", 3.0), ("valdoria--reject--ostrana", 1.0)]
    );
    assert_eq!(network.evidence(&network.edges[1]).count(), 3);
    assert_eq!(network.notes, ["Not drawn: 1 statement that names no addressee."]);
    let by_article = build(Kind::Demands, &all, &Options { weight: Weight::Articles, ..Options::default() });
    assert!((by_article.edges[1].weight - 2.0).abs() < 1e-9);
}

#[test]
fn acts_of_a_family_can_share_an_edge() {
    let statements = statements(&claims(30, 400));
    let apart = build(Kind::Demands, &statements, &Options::default());
    let together = build(Kind::Demands, &statements, &Options { detail: Detail::Families, ..Options::default() });
    assert!(together.edges.len() < apart.edges.len());
    let evidence = |network: &Network| network.edges.iter().map(|edge| edge.evidence.len()).sum::<usize>();
    assert_eq!(evidence(&together), evidence(&apart));
    for edge in &together.edges {
        let families: BTreeSet<_> = together.evidence(edge).map(|statement| statement.act.family()).collect();
        assert_eq!(families.len(), 1);
        let name = edge.relation.as_str();
        assert_eq!(families.first().map(|family| family.as_str()), Some(name));
        assert!(edge.id.contains(&format!("--{name}--")), "{}", edge.id);
    }
}

#[test]
fn blocs_days_and_lists() {
    let all = statements(&[
        claim(1, 4, Act::Demand, Some(5)),
        claim(2, 0, Act::Demand, Some(1)),
        claim(4, 4, Act::Demand, Some(0)),
    ]);
    let options = Options { level: Level::Bloc, ..Options::default() };
    let network = build(Kind::Demands, &all, &options);
    assert_eq!(network.edges.len(), 1);
    assert!((network.edges[0].weight - 2.0).abs() < 1e-9);
    assert_eq!(network.nodes[0].label, "Ostrana");
    let only = Options { include: vec!["valdoria".into(), "OSTRANA".into()], ..Options::default() };
    assert_eq!(build(Kind::Demands, &all, &only).edges.len(), 1);
    let late = Options { from: Some("2031-03-01".into()), ..Options::default() };
    assert_eq!(build(Kind::Demands, &all, &late).edges.len(), 1);
}

#[test]
fn one_actor_alone_keeps_what_touches_it() {
    let all = statements(&[
        claim(1, 0, Act::Demand, Some(1)),
        claim(2, 1, Act::Demand, Some(2)),
        claim(3, 2, Act::Demand, Some(0)),
        claim(4, 2, Act::Demand, None),
    ]);
    let network = |kind: Kind, names: &[&str]| {
        let include = names.iter().map(|name| (*name).to_owned()).collect();
        build(kind, &all, &Options { include, ..Options::default() })
    };
    let edges = |kind: Kind, names: &[&str]| -> Vec<String> {
        network(kind, names).edges.into_iter().map(|edge| edge.id).collect()
    };
    let own = ["coastal-league--demand--valdoria", "valdoria--demand--ostrana"];
    assert_eq!(edges(Kind::Demands, &["actor:valdoria"]), own);
    assert!(network(Kind::Demands, &["VALDORIA"]).notes.is_empty(), "what others say to nobody is not asked");
    assert_eq!(edges(Kind::Demands, &["Valdoria", "ostrana"]), [own[1]]);
    let sides = edges(Kind::Stances, &["Valdoria"]);
    assert!(!sides.is_empty() && sides.iter().all(|id| id.starts_with("valdoria--")), "{sides:?}");
}

#[test]
fn names_that_nobody_has_are_told() {
    let all = statements(&[claim(1, 4, Act::Demand, Some(1))]);
    let check = |options: Options| check_names(&all, &options).map_err(|error| error.to_string());
    let issue = |name: &str| check(Options { issues: vec![name.to_owned()], ..Options::default() });
    let actor = |name: &str, level| check(Options { include: vec![name.to_owned()], level, ..Options::default() });
    let without = |name: &str| check(Options { exclude: vec![name.to_owned()], ..Options::default() });
    for name in ["fisheries", "issue:fisheries", "Fisheries"] {
        assert_eq!(issue(name), Ok(()));
    }
    for name in ["Ostrana", "actor:ostrana", "IRENA HALVORSEN", "irena-halvorsen"] {
        assert_eq!(actor(name, Level::Actor), Ok(()));
    }
    for name in ["ostrana", "issue:fisheries", "outlet:the-lamp", "The Lamp"] {
        assert_eq!(without(name), Ok(()));
    }
    let unknown = |sort: &str| -> Result<(), String> {
        Err(format!("{sort} `Nobody`: the store knows none of that name; `demarche ask {sort}s` lists them"))
    };
    assert_eq!(issue("Nobody"), unknown("issue"));
    assert_eq!(actor("Nobody", Level::Actor), unknown("actor"));
    assert_eq!(without("Nobody"), unknown("actor"));
    assert_eq!(actor("valdoria", Level::Bloc), Ok(()));
    let drawn = actor("Irena Halvorsen", Level::Bloc).expect_err("a person is no bloc");
    assert!(drawn.contains("drawn as `Valdoria`"), "{drawn}");
}

#[test]
fn a_bloc_is_drawn_as_what_it_is() {
    let options = Options { level: Level::Bloc, ..Options::default() };
    let network = build(Kind::Demands, &statements(&[claim(1, 2, Act::Demand, Some(4))]), &options);
    let kinds: Vec<(&str, NodeKind)> = network.nodes.iter().map(|node| (node.label.as_str(), node.kind)).collect();
    assert_eq!(kinds, [("Coastal League", NodeKind::Actor(ActorKind::Organization)), ("Valdoria", NodeKind::Bloc)]);
}

#[test]
fn the_store_gives_the_same_network_as_its_claims() {
    let articles = crate::fixture::articles();
    let mut store = demarche::graph::Store::in_memory().expect("a store");
    let mut all = Vec::new();
    for (document, claims) in &articles {
        store.add(document, claims, &demarche::graph::Run::default()).expect("added");
        all.extend(statements(claims));
    }
    store.commit().expect("committed");
    let rows = demarche::network::statements(&store, &demarche::query::Limits::default()).expect("rows");
    assert_eq!(rows.len(), all.len());
    let ties = |statements: &[Statement]| -> Vec<(String, Vec<String>)> {
        let network = build(Kind::Demands, statements, &Options::default());
        let claims = |e| network.evidence(e).map(|s| format!("{} {} {:?}", s.claim, s.passage, s.date)).collect();
        network.edges.iter().map(|e| (e.id.clone(), claims(e))).collect()
    };
    assert!(!ties(&rows).is_empty());
    assert_eq!(ties(&rows), ties(&all));
}

#[test]
fn windows_count_each_statement_where_it_falls() {
    use demarche::network::{Length, merge, windows};
    let all = statements(&claims(12, 60));
    let length = |text: &str| Length::parse(text).expect("a length");
    let options = Options::default();
    let months = windows(&all, &options, length("1 month"), length("1 month")).expect("windows");
    let days: Vec<&str> = months.iter().map(|w| w.from.as_str()).collect();
    assert_eq!(days, ["2031-01-01", "2031-02-01", "2031-03-01"]);
    let networks: Vec<_> = months.iter().map(|w| build(Kind::Demands, &all, &w.options(&options))).collect();
    let whole = build(Kind::Demands, &all, &options);
    let count = |list: &[demarche::network::Edge]| list.iter().map(|e| e.evidence.len()).sum::<usize>();
    assert_eq!(networks.iter().map(|n| count(&n.edges)).sum::<usize>(), count(&whole.edges));
    let merged = merge(&networks).expect("networks");
    let ids = |n: &Network| n.edges.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&merged), ids(&whole));
    assert_eq!(count(&merged.edges), count(&whole.edges));
    // Half a month forward each time: every statement but those at the ends stands in two windows.
    let moving = windows(&all, &options, length("4 weeks"), length("2 weeks")).expect("windows");
    assert!(moving.windows(2).all(|pair| pair[0].until >= pair[1].from), "they overlap");
    let files: Vec<_> = moving.iter().map(|w| (w.clone(), build(Kind::Demands, &all, &w.options(&options)))).collect();
    let gexf = demarche::export::gexf_windows(&files);
    assert!(gexf.contains("mode=\"dynamic\" timeformat=\"date\"") && gexf.contains("for=\"weight\""));
    assert_eq!(demarche::export::windows_csv(&files).lines().count(), files.len() + 1);
}
