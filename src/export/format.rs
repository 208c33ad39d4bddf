//! The formats of networks.

use super::svg::{Picture, svg};
use super::{dot, graphml};
use crate::network::Network;

/// A file format for networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A picture.
    Svg,
    /// Graphviz.
    Dot,
    /// GraphML for Gephi, Cytoscape, igraph and `NetworkX`.
    GraphMl,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Dot, Self::GraphMl];

    /// The name in commands.
    ///
    /// ```
    /// use demarche::export::Format;
    /// assert_eq!(Format::GraphMl.as_str(), "graphml");
    /// assert_eq!(Format::from_name("graphml"), Some(Format::GraphMl));
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Dot => "dot",
            Self::GraphMl => "graphml",
        }
    }

    /// The format of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// What is written after the dot of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Dot => "dot",
            Self::GraphMl => "graphml",
        }
    }

    /// The media type for HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Dot => "text/vnd.graphviz",
            Self::GraphMl => "application/graphml+xml",
        }
    }
}

/// The network as a file of that format, always the same bytes for the same network.
pub fn write(format: Format, network: &Network) -> String {
    match format {
        Format::Svg => svg(network, &Picture::default()),
        Format::Dot => dot::dot(network),
        Format::GraphMl => graphml::graphml(network),
    }
}
