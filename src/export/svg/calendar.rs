//! Days on a line: the axis of a timeline in days, weeks, months, quarters or years, whichever keeps it short enough to print.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// No axis has more parts than this, unless years alone are more.
const PARTS: usize = 36;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// The parts of an axis, each with the day that it begins on.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    pub(super) step: Step,
    pub(super) starts: Vec<Date>,
}

impl Axis {
    /// An axis for these days; `None` where there is none.
    pub(super) fn of(days: impl Iterator<Item = Date>) -> Option<Self> {
        let (first, last) = days.fold(None, |range: Option<(Date, Date)>, day| match range {
            None => Some((day, day)),
            Some((first, last)) => Some((first.min(day), last.max(day))),
        })?;
        let all = [Step::Day, Step::Week, Step::Month, Step::Quarter, Step::Year];
        all.into_iter().find_map(|step| {
            let starts = starts(step, first, last);
            (starts.len() <= PARTS || step == Step::Year).then_some(Self { step, starts })
        })
    }

    /// The part that a day falls into.
    pub(super) fn place(&self, day: Date) -> usize {
        self.starts.partition_point(|start| *start <= day).saturating_sub(1)
    }

    /// What stands below a part.
    pub(super) fn label(&self, part: usize) -> String {
        let start = self.starts[part];
        match self.step {
            Step::Day | Step::Week => start.day().to_string(),
            Step::Month => month(start)[..3].to_owned(),
            Step::Quarter => format!("Q{}", (start.month() + 2) / 3),
            Step::Year => start.year().to_string(),
        }
    }

    /// What stands below several parts together, long and short; `None` for years.
    pub(super) fn group(&self, part: usize) -> Option<(String, String)> {
        let start = self.starts[part];
        match self.step {
            Step::Day | Step::Week => {
                let name = month(start);
                Some((format!("{name} {}", start.year()), format!("{} {}", &name[..3], start.year())))
            }
            Step::Month | Step::Quarter => {
                Some((start.year().to_string(), format!("’{:02}", start.year().rem_euclid(100))))
            }
            Step::Year => None,
        }
    }

    /// What a part is, in a sentence.
    pub(super) fn unit(&self) -> &'static str {
        match self.step {
            Step::Day => "day",
            Step::Week => "week (from Monday)",
            Step::Month => "month",
            Step::Quarter => "quarter",
            Step::Year => "year",
        }
    }
}

fn month(day: Date) -> &'static str {
    usize::try_from(day.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("     ")
}

/// The first day of the part that holds the day.
fn begin(step: Step, day: Date) -> Date {
    let of = |month: i8| Date::new(day.year(), month, 1).unwrap_or(day);
    match step {
        Step::Day => day,
        Step::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
        Step::Month => of(day.month()),
        Step::Quarter => of((day.month() - 1) / 3 * 3 + 1),
        Step::Year => of(1),
    }
}

/// The first days of all parts from one day to another; one more than allowed where they are too many.
fn starts(step: Step, first: Date, last: Date) -> Vec<Date> {
    let span = match step {
        Step::Day => 1.day(),
        Step::Week => 1.week(),
        Step::Month => 1.month(),
        Step::Quarter => 3.months(),
        Step::Year => 1.year(),
    };
    let mut all = Vec::new();
    let mut day = begin(step, first);
    while day <= last && (step == Step::Year || all.len() <= PARTS) {
        all.push(day);
        let Ok(next) = day.checked_add(span) else { break };
        day = next;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(first: &str, last: &str) -> Axis {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        Axis::of([day(last), day(first)].into_iter()).expect("an axis")
    }

    #[test]
    fn the_axis_fits_its_days() {
        let days = axis("2025-02-27", "2025-03-03");
        assert_eq!((days.step, days.starts.len(), days.label(2)), (Step::Day, 5, "1".to_owned()));
        let weeks = axis("2025-01-01", "2025-04-01");
        assert_eq!((weeks.step, weeks.starts[0].to_string().as_str()), (Step::Week, "2024-12-30"));
        assert_eq!(weeks.place("2025-01-05".parse().expect("a day")), 0);
        assert_eq!(weeks.place("2025-01-06".parse().expect("a day")), 1);
        assert_eq!(axis("2023-05-09", "2025-04-01").step, Step::Month);
        let quarters = axis("2018-05-09", "2025-04-01");
        assert_eq!((quarters.step, quarters.label(0)), (Step::Quarter, "Q2".to_owned()));
        assert_eq!(axis("1950-05-09", "2025-04-01").starts.len(), 76);
        assert!(Axis::of(std::iter::empty()).is_none());
    }
}
