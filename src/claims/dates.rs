//! When a claim was said: weekdays and relative words near its cue, counted from the day of publication.

use jiff::civil::{Date, Weekday};

use super::extract::{Scene, Sourced};

/// ISO 8601 date on which the claim was said, as far as the sentence and the publication date tell.
pub(super) fn said(scene: &Scene<'_>, one: &Sourced) -> Option<String> {
    let published: Date = scene.document.metadata.published.as_deref()?.get(..10)?.parse().ok()?;
    let trees = scene.trees;
    let at = one.draft.cue.map_or(one.draft.content.0, |c| c.1);
    let (first, last) = one.draft.content;
    let sentence = trees.sentence_tokens(at);
    // Words of time beside the cue; those inside the content tell when the thing happens.
    let outside = sentence.filter(|t| !(first..=last).contains(t));
    for token in outside {
        let word = trees.word(token).to_lowercase();
        let before = token.checked_sub(1).map(|t| trees.word(t).to_lowercase()).unwrap_or_default();
        let days_back = match word.trim_end_matches('.') {
            "today" | "tonight" => Some(0),
            "yesterday" => Some(1),
            name => weekday(name).filter(|_| before != "next").map(|wanted| {
                let back = i64::from(published.weekday().since(wanted));
                // "last Friday" written on a Friday is a week ago.
                if before == "last" && back == 0 { 7 } else { back }
            }),
        };
        if let Some(back) = days_back {
            return published.checked_sub(jiff::Span::new().days(back)).ok().map(|d| d.to_string());
        }
    }
    None
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}
