//! The knowledge that comes with the program: no name means two actors, no office has two holders, every issue has its place.

use std::collections::BTreeMap;

use demarche::actors::ActorKind;
use demarche::ontology::Ontology;

/// Names that may mean two actors: none at present. Whoever adds one says here why both are needed.
const AMBIGUOUS: [&str; 0] = [];

fn ontology() -> Ontology {
    Ontology::embedded().expect("the embedded ontology is whole")
}

fn position(ontology: &Ontology, id: &str) -> usize {
    ontology.actors.iter().position(|a| a.id == id).unwrap_or_else(|| panic!("no actor `{id}`"))
}

fn holder(ontology: &Ontology, title: &str, of: &str, day: &str) -> String {
    let holder = ontology.holder(title, position(ontology, of), Some(day));
    holder.map_or_else(|| "nobody".to_owned(), |at| ontology.actors[at].label.clone())
}

#[test]
fn it_is_wide() {
    let ontology = ontology();
    let count = |kind| ontology.actors.iter().filter(|a| a.kind == kind).count();
    assert!(count(ActorKind::Country) >= 200);
    assert!(count(ActorKind::Organization) >= 1000);
    assert!(count(ActorKind::Person) >= 1500);
    assert!(ontology.offices.len() >= 500);
    assert!(ontology.issues.len() >= 120);
}

#[test]
fn no_name_means_two_actors() {
    let ontology = ontology();
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for actor in &ontology.actors {
        for name in actor.names.iter().chain(&actor.demonyms).chain(&actor.metonyms) {
            assert_eq!(name.trim(), name, "spaces around a name of {}", actor.id);
            if let Some(other) = owners.insert(name, &actor.id) {
                assert!(AMBIGUOUS.contains(&name.as_str()), "`{name}` is {other} and {}", actor.id);
            }
        }
    }
}

#[test]
fn an_office_has_one_holder_at_a_time() {
    for office in &ontology().offices {
        let mut tenures: Vec<_> = office.tenures.iter().collect();
        tenures.sort_by(|a, b| a.since.cmp(&b.since));
        assert!(!tenures.is_empty() && !office.titles.is_empty(), "{office:?}");
        for pair in tenures.windows(2) {
            let until = pair[0].until.as_deref().unwrap_or("still");
            assert!(until <= pair[1].since.as_str(), "{:?}: until {until}, next {}", office.titles, pair[1].since);
        }
        for tenure in tenures {
            assert_eq!(tenure.since.len(), 10, "{tenure:?}");
            assert!(tenure.until.as_ref().is_none_or(|until| until.len() == 10 && *until > tenure.since), "{tenure:?}");
        }
    }
}

#[test]
fn offices_know_their_holders() {
    let ontology = ontology();
    for (title, of, day, name) in [
        ("president", "united-states", "2014-05-01", "Barack Obama"),
        ("president", "united-states", "2018-05-01", "Donald Trump"),
        ("president", "united-states", "2022-05-01", "Joe Biden"),
        ("secretary of state", "united-states", "2015-07-14", "John Kerry"),
        ("treasury secretary", "united-states", "2019-01-01", "Steven Mnuchin"),
        ("prime minister", "united-kingdom", "2018-12-01", "Theresa May"),
        ("foreign secretary", "united-kingdom", "2017-03-01", "Boris Johnson"),
        ("chancellor", "united-kingdom", "2014-03-01", "George Osborne"),
        ("chancellor", "germany", "2016-03-01", "Angela Merkel"),
        ("leader", "iran", "2015-03-01", "Ali Khamenei"),
        ("leader", "north-korea", "2010-03-01", "Kim Jong Il"),
        ("foreign minister", "iran", "2015-03-01", "Mohammad Javad Zarif"),
        ("external affairs minister", "india", "2016-03-01", "Sushma Swaraj"),
        ("taoiseach", "ireland", "2018-03-01", "Leo Varadkar"),
        ("secretary-general", "nato", "2022-03-01", "Jens Stoltenberg"),
        ("un chief", "united-nations", "2015-03-01", "Ban Ki-moon"),
        ("foreign policy chief", "european-union", "2013-03-01", "Catherine Ashton"),
        ("president", "european-commission", "2020-03-01", "Ursula von der Leyen"),
        ("pope", "vatican", "2014-03-01", "Pope Francis"),
        ("president", "united-states", "1950-03-01", "nobody"),
    ] {
        assert_eq!(holder(&ontology, title, of, day), name, "{title} of {of} on {day}");
    }
}

#[test]
fn names_of_all_kinds_lead_to_their_actor() {
    let ontology = ontology();
    for (name, id) in [
        ("US", "united-states"),
        ("Burma", "myanmar"),
        ("Downing Street", "united-kingdom"),
        ("Quai d'Orsay", "france"),
        ("Dutch", "netherlands"),
        ("ISIS", "islamic-state"),
        ("Zelenskiy", "volodymyr-zelensky"),
        ("Gadhafi", "muammar-gaddafi"),
        ("Department of Defense", "pentagon"),
    ] {
        let found =
            ontology.actors.iter().find(|a| a.names.iter().chain(&a.demonyms).chain(&a.metonyms).any(|n| n == name));
        assert_eq!(found.map(|a| a.id.as_str()), Some(id), "{name}");
    }
    let pentagon = ontology.actor("pentagon").and_then(|a| a.bloc.as_deref());
    assert_eq!(pentagon, Some("United States"));
}

#[test]
fn issues_form_a_tree() {
    let ontology = ontology();
    let broader: BTreeMap<&str, Option<&str>> =
        ontology.issues.iter().map(|i| (i.id.as_str(), i.broader.as_deref())).collect();
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for issue in &ontology.issues {
        let mut at = issue.broader.as_deref();
        for _ in 0..6 {
            at = match at {
                Some(id) => *broader.get(id).unwrap_or_else(|| panic!("{}: no issue `{id}`", issue.id)),
                None => break,
            };
        }
        assert_eq!(at, None, "{} is its own ancestor", issue.id);
        assert!(issue.terms.len() >= 3, "{} has too few terms", issue.id);
        for term in &issue.terms {
            assert_eq!(term.trim(), term);
            if let Some(other) = owners.insert(term, &issue.id) {
                panic!("`{term}` speaks of {other} and {}", issue.id);
            }
        }
    }
}

#[test]
fn a_person_speaks_for_the_office_of_the_day() {
    let ontology = ontology();
    for (id, day, bloc) in [
        ("mark-rutte", "2022-03-01", "Netherlands"),
        ("mark-rutte", "2025-03-01", "NATO"),
        ("michel-barnier", "2018-03-01", "European Union"),
        ("michel-barnier", "2024-10-01", "France"),
        ("jeremy-corbyn", "2018-03-01", "Labour Party"),
        ("donald-trump", "2016-03-01", "United States"),
    ] {
        assert_eq!(ontology.bloc_on(position(&ontology, id), day), Some(bloc), "{id} on {day}");
    }
    assert!(ontology.actor("reuters").is_some_and(|a| a.outlet));
}
