//! Reports as lines for people and as JSON.

use serde_json::{Value, json};

use super::agreement::Agreement;
use super::matching::Item;
use super::report::{Fault, FaultKind, Measures, Report};
use super::{Tally, polnear};

fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

fn row(name: &str, width: usize, t: Tally) -> String {
    let [p, r, f] = [t.precision(), t.recall(), t.f1()].map(percent);
    format!("{name:width$}{p:7.1}{r:7.1}{f:7.1}   {}/{}/{}", t.correct, t.predicted, t.expected)
}

fn head(name: &str, width: usize) -> String {
    format!("{name:width$}{:>7}{:>7}{:>7}   right/found/annotated", "P", "R", "F1")
}

fn tally(t: Tally) -> Value {
    json!({
        "p": percent(t.precision()), "r": percent(t.recall()), "f1": percent(t.f1()),
        "hit": t.correct, "pred": t.predicted, "gold": t.expected,
    })
}

fn measures(m: &Measures) -> Value {
    m.each().into_iter().map(|(name, t)| (name.to_owned(), tally(t))).collect::<serde_json::Map<_, _>>().into()
}

fn describe(item: &Item) -> String {
    let list = |names: &std::collections::BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" + ");
    let to = if item.addressee.is_empty() { String::new() } else { format!(" → {}", list(&item.addressee)) };
    format!("{} {}{}{to}", list(&item.source), if item.negated { "not " } else { "" }, item.act)
}

impl Fault {
    /// The fault as a line.
    pub fn to_line(&self) -> String {
        let show = |item: &Item| item.show.replace('\n', " ").chars().take(110).collect::<String>();
        let kind = self.kind.as_str();
        match (&self.gold, &self.predicted) {
            (Some(g), Some(p)) => {
                format!("{} {kind:9} {} | found {} | {}", self.doc, describe(g), describe(p), show(g))
            }
            (Some(i), None) | (None, Some(i)) => format!("{} {kind:9} {} | {}", self.doc, describe(i), show(i)),
            (None, None) => format!("{} {kind}", self.doc),
        }
    }
}

impl Report {
    /// The report as lines: the measures, then documents, acts, fields and kinds of fault.
    pub fn to_lines(&self) -> Vec<String> {
        let mut out = vec![head("measure", 12)];
        out.extend(self.total.each().map(|(name, t)| row(name, 12, t)));
        out.push(String::new());
        out.push("F1 by document: found, who, stance, directed, bloc".to_owned());
        let width = self.documents.iter().map(|d| d.doc.chars().count()).max().unwrap_or(0).max(10) + 2;
        for d in &self.documents {
            let scores = d.measures.each().map(|(_, t)| format!("{:7.1}", percent(t.f1()))).concat();
            out.push(format!("{:width$}{scores}", d.doc));
        }
        out.push(String::new());
        out.push(head("act", 12));
        out.extend(self.acts_in_order().into_iter().map(|(name, t)| row(name, 12, t)));
        out.push(String::new());
        out.push(head("of the found", 12));
        let pairs = self.total.found.correct;
        for (name, t) in [("negated", self.negated), ("hedged", self.hedged), ("via", self.via)] {
            out.push(row(name, 12, t));
        }
        out.push(format!(
            "of {pairs} found claims, {} are right on negation and {} on hedging",
            self.negated_correct, self.hedged_correct
        ));
        out.push(String::new());
        let kinds = self.kinds();
        let count = |kind: &FaultKind| kinds.get(kind).copied().unwrap_or(0);
        let list: Vec<String> = FaultKind::ALL.iter().map(|k| format!("{} {}", k.as_str(), count(k))).collect();
        out.push(format!("faults: {}", list.join(", ")));
        let mut confused: Vec<_> = self.confusion.iter().filter(|((g, p), _)| g != p).collect();
        confused.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let list: Vec<String> = confused.iter().take(8).map(|((g, p), n)| format!("{g} as {p} {n}")).collect();
        if !list.is_empty() {
            out.push(format!("acts taken for others: {}", list.join(", ")));
        }
        out
    }

    /// The report as one JSON object; shares in per cent.
    pub fn to_json(&self) -> Value {
        let documents: serde_json::Map<_, _> =
            self.documents.iter().map(|d| (d.doc.clone(), measures(&d.measures))).collect();
        let acts: serde_json::Map<_, _> =
            self.acts_in_order().into_iter().map(|(name, t)| (name.to_owned(), tally(t))).collect();
        let kinds: serde_json::Map<_, _> =
            self.kinds().into_iter().map(|(kind, n)| (kind.as_str().to_owned(), n.into())).collect();
        json!({
            "total": measures(&self.total),
            "documents": documents,
            "acts": acts,
            "fields": {"negated": tally(self.negated), "hedged": tally(self.hedged), "via": tally(self.via)},
            "negated_correct": self.negated_correct,
            "hedged_correct": self.hedged_correct,
            "matched": self.total.found.correct,
            "faults": kinds,
        })
    }
}

impl Agreement {
    /// The agreement as lines.
    pub fn to_lines(&self) -> Vec<String> {
        let mut out = vec![head("measure", 12)];
        out.extend(self.report.total.each().map(|(name, t)| row(name, 12, t)));
        out.push(String::new());
        out.push(format!("claims that both have: {}", self.shared));
        out.push(format!("same source: {:.1} %", 100.0 * self.same_source));
        out.push(format!("same addressees: {:.1} %", 100.0 * self.same_addressee));
        out.push(format!("Krippendorff's alpha for the act: {:.3}", self.act_alpha));
        out
    }

    /// The agreement as one JSON object.
    pub fn to_json(&self) -> Value {
        json!({
            "total": measures(&self.report.total),
            "shared": self.shared,
            "same_source": self.same_source,
            "same_addressee": self.same_addressee,
            "act_alpha": self.act_alpha,
        })
    }
}

impl polnear::Scores {
    /// The scores as lines.
    pub fn to_lines(&self) -> Vec<String> {
        let mut out = Vec::new();
        for (title, rows) in self.sections() {
            out.push(head(title, 22));
            out.extend(rows.into_iter().map(|(name, t)| row(name, 22, t)));
            out.push(String::new());
        }
        let by_type: Vec<String> = self
            .by_type()
            .into_iter()
            .map(|(name, t)| format!("{name} {:.1} (of {})", 100.0 * t.recall(), t.expected))
            .collect();
        out.push(format!("content recall by type: {}", by_type.join(", ")));
        out
    }

    /// The scores as one JSON object; shares in per cent.
    pub fn to_json(&self) -> Value {
        let mut out = serde_json::Map::new();
        out.insert("documents".to_owned(), self.documents.into());
        for (title, rows) in self.sections() {
            let rows: serde_json::Map<_, _> = rows.into_iter().map(|(name, t)| (name.to_owned(), tally(t))).collect();
            out.insert(title.replace(' ', "_"), rows.into());
        }
        let by_type: serde_json::Map<_, _> =
            self.by_type().into_iter().map(|(name, t)| (name.to_owned(), percent(t.recall()).into())).collect();
        out.insert("content_recall_by_type".to_owned(), by_type.into());
        out.into()
    }
}
