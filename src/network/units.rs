//! What statements count: each for itself, or once for an article, a day, a week …

use std::collections::BTreeSet;

use super::options::Weight;
use super::statement::Statement;

/// Number of units that the statements at these indexes make.
pub(super) fn units<'a>(
    statements: &[Statement],
    weight: Weight,
    indexes: impl IntoIterator<Item = &'a usize>,
) -> usize {
    let mut keys: BTreeSet<String> = BTreeSet::new();
    for &index in indexes {
        match statements.get(index) {
            // A text that several outlets printed counts for each.
            Some(statement) if weight == Weight::Outlets && statement.outlets.len() > 1 => {
                keys.extend(statement.outlets.iter().cloned());
            }
            Some(statement) => {
                keys.insert(unit(statement, index, weight));
            }
            None => {}
        }
    }
    keys.len()
}

/// Statements with the same key are one unit.
fn unit(statement: &Statement, index: usize, weight: Weight) -> String {
    let day = statement.date.as_deref().unwrap_or_default();
    let part = |length: usize| day.get(..length).unwrap_or(day).to_owned();
    match weight {
        Weight::Statements => index.to_string(),
        Weight::Articles => statement.article.id.clone(),
        Weight::Outlets => statement.article.publisher.clone().unwrap_or_default(),
        Weight::Days => part(10),
        Weight::Weeks => week(day).map_or_else(String::new, |week| week.to_string()),
        Weight::Months => part(7),
        Weight::Years => part(4),
        Weight::Once => String::new(),
    }
}

/// Number of the week, counted from a Monday long ago; `None` where the day is not known.
fn week(day: &str) -> Option<i64> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Days since 1 March of the year 0 (H. Fliegel, T. Van Flandern, 1968), a Wednesday.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day - 1;
    Some((days + 2).div_euclid(7))
}

#[cfg(test)]
mod tests {
    use super::week;

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(week("2025-03-16").map(|w| w + 1), week("2025-03-17"));
        assert_eq!(week("2025-03-17"), week("2025-03-23"));
        assert_eq!(week("2024-12-30"), week("2025-01-05"));
        assert_eq!(week("2024-02-26"), week("2024-03-03"));
        assert_eq!(week(""), None);
    }
}
