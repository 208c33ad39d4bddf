//! When a claim was said: days named near its cue, counted from the day of publication.

use jiff::civil::Date;

use super::extract::{Scene, Sourced};
use crate::nlp::When;

/// ISO 8601 date on which the claim was said, as far as the sentence and the publication date tell.
pub(super) fn said(scene: &Scene<'_>, one: &Sourced) -> Option<String> {
    let published: Date = scene.document.metadata.published.as_deref()?.get(..10)?.parse().ok()?;
    let cue = one.draft.cue.map_or(one.draft.content.0, |c| c.1);
    let (first, last) = one.draft.content;
    let sentence = scene.trees.sentence_tokens(cue);
    // Days beside the cue; those inside the content tell when the thing happens.
    let mut beside =
        scene.trees.analysis.dates.iter().filter(|d| sentence.contains(&d.head) && !(first..=last).contains(&d.head));
    let date = beside.find(|d| match d.when {
        When::Weekday(_, turn) => turn <= 0,
        When::Days(days) => days <= 0,
        _ => false,
    })?;
    date.when.resolve(published)
}
