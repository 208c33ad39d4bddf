//! The embedded model against what its training program computed for the same windows (`tests/nlp/vectors.json`).

use serde_json::Value;

use super::encoder::{Scratch, Window};
use super::model::Model;
use super::tagger::NAMES;
use crate::act::Act;

fn numbers(value: &Value) -> Vec<f32> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).map(|x| x as f32).collect()
}

fn integers(value: &Value) -> Vec<usize> {
    value.as_array().into_iter().flatten().filter_map(Value::as_u64).map(|x| x as usize).collect()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Claims whose probability lies on the threshold (0.12) may be found by one side only: compared are those a little above it.
const CLEAR: f32 = 0.14;

/// Labels that agree and labels in all.
#[derive(Default)]
struct Agreement(usize, usize);

impl Agreement {
    fn count<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, ours: &[T], theirs: &[T]) {
        assert_eq!(ours.len(), theirs.len(), "{what}");
        self.1 += ours.len();
        for (at, (a, b)) in ours.iter().zip(theirs).enumerate() {
            if a == b {
                self.0 += 1;
            } else {
                println!("{what} of token {at}: {a:?}, training has {b:?}");
            }
        }
    }
}

#[test]
fn agrees_with_training() {
    let text = include_str!("../../tests/nlp/vectors.json");
    let texts: Value = serde_json::from_str(text).expect("valid JSON");
    let model = Model::embedded();
    let mut labels = Agreement::default();
    let mut farthest = 0.0_f32;
    let (mut sum, mut compared) = (0.0, 0);
    let mut windows = 0;
    for item in texts.as_array().into_iter().flatten() {
        let mut first_token = 0;
        for theirs in item["windows"].as_array().into_iter().flatten() {
            windows += 1;
            let of_sentence = integers(&theirs["sent"]);
            let mut sentences = Vec::new();
            for number in 0..=of_sentence.last().copied().unwrap_or_default() {
                let start = of_sentence.partition_point(|&s| s < number);
                sentences.push(start..of_sentence.partition_point(|&s| s <= number));
            }
            let window = Window {
                pieces: integers(&theirs["ids"]).into_iter().map(|x| x as u32).collect(),
                shapes: integers(&theirs["types"]).into_iter().map(|x| x as u8).collect(),
                first: integers(&theirs["first"]),
                marks: vec![false; integers(&theirs["first"]).len()],
                sentences,
                base: 0,
            };
            let mut scratch = Scratch::default();
            let ours = model.read_window(&window, true, &mut scratch);
            let mut near = |what: &str, ours: &[f32], theirs: &Value| {
                let theirs = numbers(theirs);
                assert!(ours.len() >= theirs.len(), "{what}");
                for (a, b) in ours.iter().zip(&theirs) {
                    let distance = (a - b).abs() / (1.0 + b.abs() * 0.05);
                    farthest = farthest.max(distance);
                    sum += f64::from(distance);
                    compared += 1;
                    assert!(distance < 0.4, "{what}: {a}, training has {b} in {}", item["text"]);
                }
            };
            let h = scratch.vectors.len() / (window.first.len() + 1);
            near("root", &scratch.vectors[..h], &theirs["hidden_root"]);
            near("first token", &scratch.vectors[h..2 * h], &theirs["hidden_token0"]);
            near("last token", &scratch.vectors[window.first.len() * h..], &theirs["hidden_last"]);
            near("upos", &ours.scores[0][17..34], &theirs["upos_logits_token0"]);
            near("attribution", &ours.scores[4][7..14], &theirs["attribution_emission_token0"]);
            let heads: Vec<usize> = ours.heads.iter().map(|head| head.map_or(0, |head| head + 1)).collect();
            labels.count("head", &heads, &integers(&theirs["heads"]));
            let names =
                |indices: &[usize], names: &[String]| indices.iter().map(|&i| names[i].clone()).collect::<Vec<_>>();
            let all = model.heads();
            let best = |part: usize, list: &[String]| -> Vec<usize> {
                ours.scores[part].chunks_exact(list.len()).skip(1).map(super::math::argmax).collect()
            };
            for (what, ours, list) in [
                ("upos", best(0, &all.upos), &all.upos),
                ("xpos", best(1, &all.xpos), &all.xpos),
                ("lemma", best(2, &all.lemma), &all.lemma),
                ("entity", ours.entity.clone(), &all.entity),
                ("rels", ours.rels.clone(), &all.rels),
            ] {
                let ours = names(&ours, list);
                labels.count(what, &ours.iter().map(String::as_str).collect::<Vec<_>>(), &strings(&theirs[what]));
            }
            let tags: Vec<&str> = ours.tags.iter().map(|&tag| NAMES[usize::from(tag)]).collect();
            let claims: Vec<&Value> = theirs["claims"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|c| c["p"].as_f64().is_some_and(|p| p >= f64::from(CLEAR)))
                .collect();
            let clear: Vec<_> = ours.claims.iter().filter(|c| c.probability >= CLEAR).collect();
            let base = first_token;
            let shift = |pair: Option<(usize, usize)>| pair.map(|(a, b)| vec![a + base, b + base]).unwrap_or_default();
            let found: Vec<_> = clear
                .iter()
                .map(|c| (c.content.0 + base, c.content.1 + base, shift(c.cue), shift(c.source_span)))
                .collect();
            let expected: Vec<_> = claims
                .iter()
                .map(|c| {
                    let number = |key: &str| c[key].as_u64().unwrap_or_default() as usize;
                    (number("start"), number("end"), integers(&c["cue"]), integers(&c["src"]))
                })
                .collect();
            labels.count("claim", &found, &expected);
            let acts: Vec<&str> = clear.iter().map(|c| Act::ALL[super::math::argmax(&c.acts)].as_str()).collect();
            labels.count("act", &acts, &claims.iter().filter_map(|c| c["act"].as_str()).collect::<Vec<_>>());
            first_token += window.first.len();
            labels.count("tag", &tags, &strings(&theirs["tags"]));
        }
    }
    let mean = sum / f64::from(compared);
    println!(
        "{windows} windows, {} of {} labels agree; numbers differ by {mean:.4}, at most {farthest:.3}",
        labels.0, labels.1
    );
    assert!(mean < 0.02, "mean difference {mean}");
    assert!(windows >= 20);
    // A value on the border of two 8-bit steps may fall the other way in the training program's floats.
    assert!((labels.1 - labels.0) * 200 <= labels.1, "{} of {} labels differ", labels.1 - labels.0, labels.1);
}
