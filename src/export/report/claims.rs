//! The list of claims with its filters.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Report, passage};
use crate::act::Act;
use crate::claims::{ActorRef, Claim, Quotation};
use crate::export::text::{shorten, xml, xml_attribute};

/// The form of the filters. It is hidden until the script is there.
pub(super) fn filters(report: &Report<'_>) -> String {
    let mut actors: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut camps: BTreeSet<&str> = BTreeSet::new();
    let mut issues: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut acts: BTreeSet<Act> = BTreeSet::new();
    for claim in report.claims {
        for actor in claim.source.iter().chain(&claim.addressee).chain(&claim.via) {
            actors.insert((actor.label.as_str(), actor.id.as_str()));
            camps.insert(actor.bloc.as_deref().unwrap_or(&actor.label));
        }
        issues.extend(claim.issue.iter().map(|issue| (issue.label.as_str(), issue.id.as_str())));
        acts.insert(claim.act);
    }
    let mut out = String::from("<form id=\"filters\" class=\"filters\" hidden aria-label=\"Filter the claims\">\n");
    let mut select = |name: &str, label: &str, all: &str, options: Vec<(String, String)>| {
        let _ = write!(out, "<label>{label} <select name=\"{name}\"><option value=\"\">{all}</option>");
        for (value, words) in options {
            let _ = write!(out, "<option value=\"{}\">{}</option>", xml_attribute(&value), xml(&words));
        }
        out.push_str("</select></label>\n");
    };
    select("actor", "Actor", "anyone", choices(&actors));
    select(
        "role",
        "as",
        "any part",
        [("source", "source"), ("addressee", "addressee"), ("via", "reporter")]
            .map(|(a, b)| (a.into(), b.into()))
            .to_vec(),
    );
    select("camp", "Side", "any", camps.iter().map(|c| ((*c).to_owned(), (*c).to_owned())).collect());
    select("act", "Act", "any", acts.iter().map(|a| (a.as_str().to_owned(), a.as_str().to_owned())).collect());
    select("issue", "Issue", "any", choices(&issues));
    let articles = report.articles.iter().map(|a| (a.document.id.clone(), shorten(&name(&a.document), 60))).collect();
    select("article", "Article", "any", articles);
    out.push_str(concat!(
        "<label>From <input type=\"date\" name=\"from\"></label>\n<label>to <input type=\"date\" name=\"until\"></label>\n",
        "<label>Words <input type=\"search\" name=\"words\" size=\"14\"></label>\n",
        "<button type=\"reset\">Show all</button>\n",
        "<output id=\"count\" role=\"status\"></output>\n</form>\n",
    ));
    out
}

/// What can be chosen among labels and their ids, as ids and words; where several have the same label, the id stands behind it.
fn choices(named: &BTreeSet<(&str, &str)>) -> Vec<(String, String)> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for &(label, _) in named {
        *times.entry(label).or_default() += 1;
    }
    let words = |label: &str, id: &str| match times.get(label) {
        Some(1) => label.to_owned(),
        _ => format!("{label} ({id})"),
    };
    named.iter().map(|&(label, id)| (id.to_owned(), words(label, id))).collect()
}

/// Headline, or path, or id.
pub(super) fn name(document: &crate::claims::DocumentRef) -> String {
    let file = || document.path.as_deref().and_then(|path| path.rsplit(['/', '\\']).next()).map(str::to_owned);
    document.title.clone().or_else(file).unwrap_or_else(|| format!("article {}", document.id))
}

/// All claims, by article.
pub(super) fn list(report: &Report<'_>) -> String {
    let mut out = String::new();
    for article in report.articles {
        let mut claims: Vec<&Claim> = report.claims.iter().filter(|c| c.document.id == article.document.id).collect();
        if claims.is_empty() {
            continue;
        }
        claims.sort_by(|a, b| (a.content.start, a.content.end, &a.id).cmp(&(b.content.start, b.content.end, &b.id)));
        let text: Vec<char> = article.text.chars().collect();
        let _ = writeln!(out, "<section class=\"of-article\"><h3>{}</h3>", xml(&name(&article.document)));
        for claim in claims {
            one(&mut out, claim, &text);
        }
        out.push_str("</section>\n");
    }
    out
}

fn ids(actors: &[ActorRef]) -> String {
    actors.iter().map(|a| a.id.as_str()).collect::<Vec<_>>().join(" ")
}

fn links(actors: &[ActorRef]) -> String {
    let link = |a: &ActorRef| format!("<a href=\"#actor-{}\">{}</a>", xml_attribute(&a.id), xml(&a.label));
    actors.iter().map(link).collect::<Vec<_>>().join(", ")
}

fn one(out: &mut String, claim: &Claim, text: &[char]) {
    let day = claim.date.as_deref().or(claim.document.published.as_deref()).and_then(|d| d.get(..10)).unwrap_or("");
    let mut camps: Vec<&str> = claim.source.iter().map(|a| a.bloc.as_deref().unwrap_or(&a.label)).collect();
    camps.dedup();
    let issue_ids: Vec<&str> = claim.issue.iter().map(|i| i.id.as_str()).collect();
    let _ = writeln!(
        out,
        "<article class=\"claim a-{}\" id=\"claim-{}\" tabindex=\"-1\" data-source=\"{}\" data-addressee=\"{}\" data-via=\"{}\" data-camp=\"{}\" \
         data-act=\"{}\" data-issue=\"{}\" data-date=\"{}\" data-article=\"{}\">",
        claim.act.as_str(),
        xml_attribute(&claim.id),
        xml_attribute(&ids(&claim.source)),
        xml_attribute(&ids(&claim.addressee)),
        xml_attribute(&ids(&claim.via)),
        xml_attribute(&camps.join("|")),
        claim.act.as_str(),
        xml_attribute(&issue_ids.join(" ")),
        xml_attribute(day),
        xml_attribute(&claim.document.id)
    );
    out.push_str("<p class=\"who\">");
    // Nested attributions from the outside in.
    for reporter in &claim.via {
        let _ = write!(out, "{} <span class=\"soft\">reports that</span> ", links(std::slice::from_ref(reporter)));
    }
    let not = if claim.negated { "<span class=\"not\">not</span> " } else { "" };
    let _ = write!(out, "{} {not}<span class=\"act\">{}</span>", links(&claim.source), claim.act.as_str());
    if !claim.addressee.is_empty() {
        let _ = write!(out, " <span class=\"soft\" aria-label=\"to\">→</span> {}", links(&claim.addressee));
    }
    out.push_str("</p>\n");
    let _ = writeln!(out, "<blockquote>{}</blockquote>", passage::html(claim, text));
    out.push_str("<p class=\"facts\">");
    for issue in &claim.issue {
        let stance = match claim.stance {
            crate::act::Stance::Favour => "▲ for ",
            crate::act::Stance::Against => "▼ against ",
            crate::act::Stance::Neutral => "○ on ",
        };
        let _ = write!(out, "<span class=\"chip\">{stance}{}</span> ", xml(&issue.label));
    }
    let quotation = match claim.quotation {
        Quotation::Direct => "direct speech",
        Quotation::Indirect => "indirect speech",
        Quotation::Mixed => "partly quoted",
    };
    let mut facts = vec![quotation.to_owned()];
    if claim.negated {
        facts.push("the act is denied".to_owned());
    }
    if claim.hedged {
        facts.push("marked as uncertain".to_owned());
    }
    if let Some(condition) = &claim.condition {
        facts.push(format!("on condition: “{}”", xml(&shorten(&condition.text, 90))));
    }
    if !day.is_empty() {
        facts.push(format!("<time datetime=\"{0}\">{0}</time>", xml(day)));
    }
    facts.push(format!("confidence {:.0} %", claim.confidence * 100.0));
    facts.push(format!("rule <code>{}</code>", xml(&claim.rule)));
    for it in &claim.corrections {
        let by = it.author.as_ref().map(|author| format!(" by {}", xml(author))).unwrap_or_default();
        let because = it.reason.as_ref().map(|reason| format!(" because: {}", xml(reason))).unwrap_or_default();
        facts.push(format!("<strong>corrected</strong>{by} ({}){because}", xml(&it.change)));
    }
    facts.push(format!(
        "<a class=\"id\" href=\"#claim-{0}\"><code>{1}</code></a>",
        xml_attribute(&claim.id),
        xml(&claim.id)
    ));
    let _ = writeln!(out, "{}</p>\n</article>", facts.join(" · "));
}
