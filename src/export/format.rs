//! The formats of networks.

use super::graphml::{Flavour, graphml};
use super::svg::{Picture, matrix, svg, timeline};
use super::{cytoscape, dot, gexf, mermaid, neo4j, pajek, rdna, tables};
use crate::network::{Kind, Network};

macro_rules! formats {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $extension:literal, $media:literal;)+) => {
        /// A file format for networks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Format {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Format {
            /// All formats.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in commands.
            ///
            /// ```
            /// use demarche::export::Format;
            /// assert_eq!(Format::GraphMl.as_str(), "graphml");
            /// assert_eq!(Format::from_name("graphml"), Some(Format::GraphMl));
            /// ```
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What is written after the name of a file: `graphml`, or `nodes.csv` where several files belong together.
            pub fn extension(self) -> &'static str {
                match self {
                    $(Self::$variant => $extension,)+
                }
            }

            /// The media type for HTTP.
            pub fn media_type(self) -> &'static str {
                match self {
                    $(Self::$variant => $media,)+
                }
            }

            /// What the file is for, in one line.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+),)+
                }
            }
        }
    };
}

formats! {
    /// A picture for reports.
    Svg = "svg", "svg", "image/svg+xml";
    /// A picture of the positions: issues down, actors across.
    SvgMatrix = "svg-matrix", "matrix.svg", "image/svg+xml";
    /// A picture of the positions over time.
    SvgTimeline = "svg-timeline", "timeline.svg", "image/svg+xml";
    /// Graphviz.
    Dot = "dot", "dot", "text/vnd.graphviz";
    /// GraphML for Gephi, Cytoscape, igraph and `NetworkX`.
    GraphMl = "graphml", "graphml", "application/graphml+xml";
    /// GraphML with shapes and lines for yEd.
    GraphMlYed = "graphml-yed", "yed.graphml", "application/graphml+xml";
    /// GraphML for visone.
    GraphMlVisone = "graphml-visone", "visone.graphml", "application/graphml+xml";
    /// GEXF 1.3 with a timeline, for Gephi.
    Gexf = "gexf", "gexf", "application/gexf+xml";
    /// Cytoscape.js JSON for Cytoscape and the web.
    Cytoscape = "cytoscape", "cyjs", "application/json";
    /// CX2 for `NDEx` and Cytoscape.
    Cx2 = "cx2", "cx2", "application/json";
    /// Pajek.
    Pajek = "pajek", "net", "text/plain";
    /// Edges as CSV.
    Csv = "csv", "edges.csv", "text/csv";
    /// Nodes with their measures as CSV.
    CsvNodes = "csv-nodes", "nodes.csv", "text/csv";
    /// The matrix of weights as CSV.
    CsvMatrix = "csv-matrix", "matrix.csv", "text/csv";
    /// A Cypher script for Neo4j.
    Neo4j = "neo4j", "cypher", "application/x-cypher-query";
    /// Nodes for Neo4j's bulk import.
    Neo4jNodes = "neo4j-nodes", "neo4j-nodes.csv", "text/csv";
    /// Relationships for Neo4j's bulk import.
    Neo4jRelationships = "neo4j-relationships", "neo4j-relationships.csv", "text/csv";
    /// An R script that puts the statements into Discourse Network Analyzer.
    Rdna = "rdna", "rdna.R", "text/plain";
    /// The statements as Discourse Network Analyzer sees them, as CSV.
    RdnaStatements = "rdna-statements", "rdna.csv", "text/csv";
    /// A Mermaid flow chart for Markdown pages.
    Mermaid = "mermaid", "mmd", "text/vnd.mermaid";
}

impl Format {
    /// The format of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str() == name)
    }

    /// The sort of network that the format draws, where it takes one only.
    pub fn network(self) -> Option<Kind> {
        matches!(self, Self::SvgMatrix | Self::SvgTimeline).then_some(Kind::Stances)
    }

    /// The formats that are of use together, this one first: edges come with nodes.
    pub fn companions(self) -> &'static [Self] {
        match self {
            Self::Csv => &[Self::Csv, Self::CsvNodes, Self::CsvMatrix],
            Self::Neo4jNodes => &[Self::Neo4jNodes, Self::Neo4jRelationships],
            _ => {
                // One format alone: the slice of the list that holds it.
                let at = Self::ALL.iter().position(|format| *format == self).unwrap_or_default();
                &Self::ALL[at..=at]
            }
        }
    }
}

/// The network as a file of that format, always the same bytes for the same network.
pub fn write(format: Format, network: &Network) -> String {
    write_picture(format, network, &Picture::default())
}

/// As [`write()`], with a say in how pictures are drawn; other formats do not mind it.
pub fn write_picture(format: Format, network: &Network, picture: &Picture) -> String {
    match format {
        Format::Svg => svg(network, picture),
        Format::SvgMatrix => matrix(network, picture),
        Format::SvgTimeline => timeline(network, picture),
        Format::Dot => dot::dot(network),
        Format::GraphMl => graphml(network, Flavour::Plain),
        Format::GraphMlYed => graphml(network, Flavour::Yed),
        Format::GraphMlVisone => graphml(network, Flavour::Visone),
        Format::Gexf => gexf::gexf(network),
        Format::Cytoscape => cytoscape::cytoscape(network),
        Format::Cx2 => cytoscape::cx2(network),
        Format::Pajek => pajek::pajek(network),
        Format::Csv => tables::edges(network),
        Format::CsvNodes => tables::nodes(network),
        Format::CsvMatrix => tables::matrix(network),
        Format::Neo4j => neo4j::cypher(network),
        Format::Neo4jNodes => neo4j::nodes_csv(network),
        Format::Neo4jRelationships => neo4j::relationships_csv(network),
        Format::Rdna => rdna::script(network),
        Format::RdnaStatements => rdna::statements(network),
        Format::Mermaid => mermaid::mermaid(network),
    }
}
