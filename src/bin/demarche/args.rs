//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Heading of the options that every command takes.
const COMMON: &str = "Options of every command";

/// Reads news articles and builds a knowledge graph of positions: who demands, offers, rejects what, towards whom, and where the article
/// says so.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, max_term_width = 110)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Articles read at the same time; the result does not depend on it [default: number of cores]
    #[arg(long, global = true, value_name = "N", value_parser = at_least_one, help_heading = COMMON)]
    pub(crate) threads: Option<usize>,
    /// A Turtle file with further actors, offices and issues; may be given several times
    #[arg(long, global = true, value_name = "FILE", help_heading = COMMON)]
    pub(crate) ontology: Vec<PathBuf>,
}

/// A number of threads: none at all would read nothing.
fn at_least_one(typed: &str) -> Result<usize, String> {
    typed.parse::<usize>().ok().filter(|n| *n > 0).ok_or_else(|| "it must be a whole number, 1 at least".to_owned())
}

/// How to print.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Output {
    /// Say nothing but errors on standard error
    #[arg(long, short, global = true, help_heading = COMMON)]
    pub(crate) quiet: bool,
    /// When to colour
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t = Color::Auto,
        value_name = "WHEN",
        help_heading = COMMON
    )]
    pub(crate) color: Color,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Build(Build),
    Extract(Extract),
    Add(Add),
    Remove(Remove),
    Ask(Box<Ask>),
    Query(Query),
    Export(Box<Export>),
    Report(Report),
    Verify(Verify),
    Review(Review),
    Diff(Diff),
    Explain(Explain),
    Serve(Serve),
    Eval(Eval),
}

/// Where the store is.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct StoreAt {
    /// Folder of the store
    #[arg(long, value_name = "DIR", default_value = ".demarche", env = "DEMARCHE_STORE")]
    pub(crate) store: PathBuf,
}

/// Articles to read.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Articles {
    /// Articles: files (.txt, .md, .html, .jsonl), folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Exit with 1 also where an article was read in spite of something doubtful, such as a date that is none
    #[arg(long)]
    pub(crate) strict: bool,
}

/// Which decisions the claims are corrected by.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Decisions {
    /// Decisions that correct what was found, as TOML [default: demarche.corrections.toml beside the store, where there is one; else those that the store was corrected by before]
    #[arg(long, value_name = "FILE", env = "DEMARCHE_CORRECTIONS")]
    pub(crate) corrections: Option<PathBuf>,
    /// Correct nothing, and undo what was corrected before
    #[arg(long, conflicts_with = "corrections")]
    pub(crate) no_corrections: bool,
}

/// Reads articles, builds the graph, writes the exports.
///
/// The store then holds exactly the articles at these paths. Articles that it held before and that are not read again would be lost: then nothing
/// is done unless `--replace` says so. `demarche add` puts articles to those that are there. Exit code 1 where an article was left out.
///
/// Example: `demarche build seeds --out exports`
#[derive(Debug, ClapArgs)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) articles: Articles,
    #[command(flatten)]
    pub(crate) store: StoreAt,
    /// Remove articles of the store that are not at these paths
    #[arg(long)]
    pub(crate) replace: bool,
    #[command(flatten)]
    pub(crate) decisions: Decisions,
    /// Folder for the exports
    #[arg(long, value_name = "DIR", default_value = "demarche-out")]
    pub(crate) out: PathBuf,
    /// Rows of the table to print
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) rows: u64,
}

/// Reads articles and writes claims: a pure filter.
///
/// Example: `demarche extract article.txt | jq .content.text`
#[derive(Debug, ClapArgs)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) articles: Articles,
    /// Decisions that correct what was found, as TOML
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = ExtractFormat::Jsonl)]
    pub(crate) format: ExtractFormat,
}

/// What `extract` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// One claim a line.
    Jsonl,
    /// One row a claim.
    Csv,
    /// RDF, one quad a line.
    Nquads,
    /// RDF, readable, with named graphs.
    Trig,
    /// RDF, readable, graphs merged.
    Turtle,
    /// RDF as JSON.
    Jsonld,
    /// The layer below: one attribution a line, `{doc, source, cue, content}`.
    Attributions,
    /// All that was considered, with its features: for training the scorer.
    #[value(hide = true)]
    Evidence,
}

/// Adds articles to a store.
///
/// An article is known by its text: the same text with other facts about it (outlet, date …) takes the place of what is there, and the same again
/// changes nothing; another text is another article, also where it comes from the same path. Exit code 1 where an article was left out.
///
/// Example: `demarche add tuesday/ --store talks`
#[derive(Debug, ClapArgs)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) articles: Articles,
    #[command(flatten)]
    pub(crate) store: StoreAt,
    #[command(flatten)]
    pub(crate) decisions: Decisions,
}

/// Removes articles from a store.
///
/// All that are named, or none. The files that they were read from stay where they are.
///
/// Example: `demarche remove seeds/shoal.txt 2c26b46b68ffc68f`
#[derive(Debug, ClapArgs)]
pub(crate) struct Remove {
    /// Ids of articles (at least 6 digits), or the paths or addresses that they were read from; a path takes all articles of its file or folder
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<String>,
    #[command(flatten)]
    pub(crate) store: StoreAt,
}

/// Asks a named question: demands, positions, answers …
///
/// Without a name, lists them.
///
/// Example: `demarche ask demands --actor Russia --since 2025-03-01`
#[derive(Debug, ClapArgs)]
pub(crate) struct Ask {
    /// Name of the question
    pub(crate) question: Option<String>,
    #[command(flatten)]
    pub(crate) store: StoreAt,
    /// Who holds the stance: a name or id
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Towards whom
    #[arg(long, value_name = "NAME")]
    pub(crate) addressee: Option<String>,
    /// What it is about
    #[arg(long, value_name = "ISSUE")]
    pub(crate) issue: Option<String>,
    /// Acts in place of the question's own; may be given several times
    #[arg(long, value_name = "ACT")]
    pub(crate) act: Vec<String>,
    /// First day, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Last day, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// Leave out rows that count fewer claims
    #[arg(long, value_name = "N")]
    pub(crate) min_count: Option<u64>,
    /// Only claims known from reports of others
    #[arg(long, conflicts_with = "no_via")]
    pub(crate) via: bool,
    /// No claims known only from reports of others
    #[arg(long)]
    pub(crate) no_via: bool,
    /// Count persons or the countries and bodies that they speak for
    #[arg(long, value_enum, default_value_t = Level::Actor)]
    pub(crate) level: Level,
    /// How claims count that several articles state in the same words: in each text, once, or once for each outlet that printed them
    ///
    /// Once for each outlet: demands, answers, positions, disagreements, alliances, sources, actors, issues, which count claims. The others list them,
    /// with copies or, by `once`, without; `articles` lists every article.
    #[arg(long, value_enum, default_value_t = Copies::Each)]
    pub(crate) copies: Copies,
    /// Words to search for
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,
    /// Rows at most
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// table, csv, tsv, json, xml
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: String,
    /// Print the SPARQL query instead of running it
    #[arg(long)]
    pub(crate) show_sparql: bool,
}

/// Who lays out a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// This program.
    Own,
    /// `dot` of Graphviz, which must be installed: layers from top to bottom, words at every edge.
    Dot,
}

/// In what form the graph is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// RDF 1.1, the graph as the store holds it.
    Plain,
    /// RDF 1.2: each claim reifies the direct edge that it is about (trig, nquads, turtle).
    Rdf12,
    /// Nanopublications, one for each claim: assertion, provenance, publication info (trig, nquads).
    Nanopub,
}

/// How wire copy counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Copies {
    /// In each text.
    Each,
    /// Once.
    Once,
    /// Once for each outlet.
    Outlet,
}

/// Whom to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// Each actor for itself.
    Actor,
    /// Persons under the country or body that they speak for.
    Bloc,
}

/// Runs a SPARQL 1.1 query.
///
/// The default graph is the union of all graphs, and the usual prefixes need not be declared.
///
/// Example: `demarche query -e 'SELECT ?a ?b { ?a dm:demandsFrom ?b }'`
#[derive(Debug, ClapArgs)]
pub(crate) struct Query {
    /// File with the query, or - for standard input
    #[arg(required_unless_present = "expression", value_name = "FILE.rq")]
    pub(crate) file: Option<PathBuf>,
    /// The query itself
    #[arg(short = 'e', long, value_name = "SPARQL", conflicts_with = "file")]
    pub(crate) expression: Option<String>,
    #[command(flatten)]
    pub(crate) store: StoreAt,
    /// table, csv, tsv, json, xml; for graphs turtle, ntriples, nquads, trig, jsonld, rdfxml
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: String,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(crate) timeout: u64,
}

/// Serves a store on this machine: a page to ask it in a browser, and a SPARQL 1.1 endpoint for programs.
///
/// Only programs of this machine reach it. Stop it with Ctrl-C.
///
/// Example: `demarche serve --port 7878`, then open <http://localhost:7878/>
#[derive(Debug, ClapArgs)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) store: StoreAt,
    /// Port to listen at
    #[arg(long, value_name = "PORT", default_value_t = 7878, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: u16,
    /// Give up a query after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(crate) timeout: u64,
}

/// Shows the passage of a claim with its parts marked, and what led to it.
///
/// Example: `demarche explain 3fa9`
#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    /// Id of the claim, or how it begins, as it was printed anywhere
    #[arg(value_name = "CLAIM")]
    pub(crate) claim: String,
    /// Articles to read anew; without them, the store is asked
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) store: StoreAt,
}

/// Scores claims against annotated articles.
///
/// Measures: found, who, stance, directed, bloc; by document, act and field.
///
/// Example: `demarche eval gold --text articles --errors`
#[derive(Debug, ClapArgs)]
pub(crate) struct Eval {
    /// Annotation files, or folders of them
    #[arg(value_name = "GOLD", required_unless_present_any = ["polnear", "conllu"])]
    pub(crate) gold: Vec<PathBuf>,
    /// Folder with the articles (found by their sha256); may be given several times
    #[arg(long, value_name = "DIR", required_unless_present_any = ["polnear", "conllu"])]
    pub(crate) text: Vec<PathBuf>,
    /// Claims to score, as `extract` writes them; without it, the articles are read
    #[arg(long, value_name = "FILE")]
    pub(crate) pred: Option<PathBuf>,
    /// List missed, spurious and wrong claims
    #[arg(long)]
    pub(crate) errors: bool,
    /// Compare two annotators instead: the first GOLD with the second
    #[arg(long, conflicts_with_all = ["pred", "errors"])]
    pub(crate) agreement: bool,
    /// Score attributions against a folder of PolNeAR (text/, attributions/)
    #[arg(long, value_name = "DIR", conflicts_with_all = ["gold", "conllu"])]
    pub(crate) polnear: Option<PathBuf>,
    /// Score tags and trees against a treebank
    #[arg(long, value_name = "FILE", conflicts_with_all = ["gold", "pred"])]
    pub(crate) conllu: Option<PathBuf>,
    /// table, json
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: String,
}

/// Writes a network, or the graph, as a file for other programs.
///
/// Without a format, lists them.
///
/// Examples: `demarche export svg-timeline --issue ceasefire --out ceasefire.svg`,
/// `demarche export graphml --network agreement --level bloc --out agreement.graphml`
#[derive(Debug, ClapArgs)]
pub(crate) struct Export {
    /// Format of the file
    #[arg(value_name = "FORMAT")]
    pub(crate) kind: Option<String>,
    #[command(flatten)]
    pub(crate) store: StoreAt,
    /// demands, stances, agreement, conflict, subtract, quotations, cooccurrence [default: demands; stances for svg-matrix and svg-timeline]
    #[arg(long, value_name = "NETWORK")]
    pub(crate) network: Option<String>,
    /// File to write; standard output by default
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// In what form the graph is told, for trig, nquads, turtle, jsonld and rdfxml
    #[arg(long, value_enum, default_value_t = Profile::Plain)]
    pub(crate) profile: Profile,
    /// Who lays out an SVG: this program, or Graphviz where it is installed
    #[arg(long, value_enum, default_value_t = Layout::Own)]
    pub(crate) layout: Layout,
    /// Heading of a picture
    #[arg(long, value_name = "WORDS")]
    pub(crate) title: Option<String>,
    /// No more actors in a picture or DOT file than this (lanes of a timeline), the weightiest [default: 40; svg-matrix 24, svg-timeline 32]
    #[arg(long, value_name = "N")]
    pub(crate) max_nodes: Option<usize>,
    /// No more edges in a picture or DOT file than this, the heaviest [default: 80]
    #[arg(long, value_name = "N")]
    pub(crate) max_edges: Option<usize>,
    /// Draw persons, or the countries and bodies that they speak for
    #[arg(long, value_enum, default_value_t = Level::Actor)]
    pub(crate) level: Level,
    /// What one unit of weight is: statements, articles, outlets, days, weeks, months, years, once
    #[arg(long, value_name = "UNIT", default_value = "statements")]
    pub(crate) weight: String,
    /// How statements count that several articles have in the same words: in each text, once, or once for each outlet that printed them
    #[arg(long, value_enum, default_value_t = Copies::Each)]
    pub(crate) copies: Copies,
    /// How weights are made comparable: none, average, jaccard, cosine, activity, prominence
    #[arg(long, value_name = "HOW", default_value = "none")]
    pub(crate) normalisation: String,
    /// Acts that make an edge; may be given several times
    #[arg(long, value_name = "ACT")]
    pub(crate) act: Vec<String>,
    /// One edge for all acts of a family: ask (demand, request, propose), give (commit, accept, support), refuse (reject, deny), attack (criticise, accuse,
    /// threaten)
    #[arg(long)]
    pub(crate) families: bool,
    /// Keep only edges between these actors; one alone keeps the edges that touch it; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Vec<String>,
    /// Leave this actor out; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) without: Vec<String>,
    /// Keep only statements about this issue; may be given several times
    #[arg(long, value_name = "ISSUE")]
    pub(crate) issue: Vec<String>,
    /// First day, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Last day, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// One network for each window of this length, "2 weeks", "1 month": files in the folder --out with an index of measures; gexf gives one file
    #[arg(long, value_name = "LENGTH")]
    pub(crate) window: Option<String>,
    /// How far the window moves [default: its length]
    #[arg(long, value_name = "LENGTH", requires = "window")]
    pub(crate) step: Option<String>,
    /// Leave out edges below this weight
    #[arg(long, value_name = "W", default_value_t = 0.0)]
    pub(crate) min_weight: f64,
    /// Leave out statements of which the extractor is less sure, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    pub(crate) min_confidence: f64,
}

/// Writes one HTML page that tells everything a store knows.
///
/// Self-contained: the network, who stands where, every claim with its passage.
///
/// Example: `demarche report --title "Talks in March" --out report.html`
#[derive(Debug, ClapArgs)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) store: StoreAt,
    /// File to write, or - for standard output
    #[arg(long, short, value_name = "FILE", default_value = "report.html")]
    pub(crate) out: PathBuf,
    /// Heading of the page
    #[arg(long, value_name = "WORDS", default_value = "Who demands what from whom")]
    pub(crate) title: String,
}

/// Proves a store against itself.
///
/// Texts by their hashes, spans character by character, links, terms, corrections and derived edges. Exit code 1 where something is wrong, with a
/// line for each fault.
///
/// Example: `demarche verify --store .demarche`
#[derive(Debug, ClapArgs)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) store: StoreAt,
}

/// Lists what a person should decide, with entries for the file of decisions.
///
/// Actors that are probably one (same family name, initials, spelling, abbreviation), issues that are nearly the same, and the claims that the
/// extractor is least sure of, each with its passage and an entry to paste into `demarche.corrections.toml` and to mend.
///
/// Example: `demarche review --below 0.4 --format toml`
#[derive(Debug, ClapArgs)]
pub(crate) struct Review {
    #[command(flatten)]
    pub(crate) store: StoreAt,
    /// List claims of which the extractor is less sure, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.5)]
    pub(crate) below: f64,
    /// Entries of each sort (actors, issues, claims) at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// text (with the entries indented), toml (the entries, the rest as comments), json (one object a line)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: String,
}

/// Compares two stores at the level of claims.
///
/// Says what appeared (+), vanished (-) or changed (~, field by field), by article. Claims are paired by id, else by the place of their content, so that
/// a claim that another version of the program names otherwise is the same claim. Exit code 0, or with `--exit-code` 1 where the stores differ.
///
/// Example: `demarche diff monday.store tuesday.store`
#[derive(Debug, ClapArgs)]
pub(crate) struct Diff {
    /// Folder of the first store
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// Folder of the second store
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// A change of confidence or of the extractor's rule counts too
    #[arg(long)]
    pub(crate) measures: bool,
    /// text, json (one object a line)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: String,
    /// Exit with 1 where the stores differ
    #[arg(long)]
    pub(crate) exit_code: bool,
}
