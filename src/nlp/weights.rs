//! Tensors of a weights file by name.
//!
//! The file is in the safetensors format: 8-bit weights with one scale for each output, everything else in floats; the metadata
//! hold one key `config` with sizes and labels as JSON. Start at [`Weights::parse`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;

use super::kernels::Linear;
use crate::diag::{Error, Result};

/// What the weights file says of itself.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Config {
    /// Version of the format; 1.
    pub(super) format: u32,
    /// Length of a vector.
    pub(super) hidden: usize,
    /// Heads of attention.
    pub(super) attention_heads: usize,
    /// Layers of the encoder.
    pub(super) layers: usize,
    /// Further layers, which the claim heads alone read.
    #[serde(default)]
    pub(super) claim_layers: usize,
    /// Pieces in a window at most.
    pub(super) window: usize,
    /// Pieces of a token at most.
    pub(super) max_pieces_per_token: usize,
    /// Small number of the layer norms.
    pub(super) layer_norm_eps: f32,
    /// How much less than its own cue a source may like another cue that it is shared with.
    #[serde(default)]
    pub(super) attribution_share: f32,
    /// Labels of each head.
    pub(super) heads: BTreeMap<String, HeadConfig>,
    /// Thresholds of the claim heads, where the file has them.
    #[serde(default)]
    pub(super) claims: Option<ClaimConfig>,
}

/// What a head gives.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct HeadConfig {
    /// Names of its outputs, in order.
    #[serde(default)]
    pub(super) labels: Vec<String>,
}

/// Thresholds of the claim heads.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default)]
pub(super) struct ClaimConfig {
    /// Smallest probability of a start.
    pub(super) start: f32,
    /// Weight of the start head's own acts beside those of the act head, 0 to 1.
    pub(super) act_start: f32,
    /// Of two claims whose contents share more than this part of their union, the less likely is dropped.
    pub(super) iou: f32,
}

impl Default for ClaimConfig {
    fn default() -> Self {
        Self { start: 0.5, act_start: 0.5, iou: 0.7 }
    }
}

/// A weights file.
pub(super) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    bytes: &'a [u8],
    pub(super) config: Config,
}

impl<'a> Weights<'a> {
    /// Reads the list of tensors and the configuration.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self> {
        let wrong = |why: String| Error::invalid("model", "weights", why);
        let tensors = SafeTensors::deserialize(bytes).map_err(|e| wrong(e.to_string()))?;
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|e| wrong(e.to_string()))?;
        let text =
            metadata.metadata().as_ref().and_then(|m| m.get("config")).ok_or_else(|| wrong("no `config`".into()))?;
        let config: Config = serde_json::from_str(text).map_err(|e| wrong(format!("`config`: {e}")))?;
        let heads = config.attention_heads;
        if config.format != 1 || heads == 0 || !config.hidden.is_multiple_of(32 * heads) || config.window < 8 {
            return Err(wrong("format or sizes are not those that this version reads".into()));
        }
        Ok(Self { tensors, bytes, config })
    }

    /// Whether a tensor of that name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    fn data(&self, name: &str, dtype: Dtype, count: Option<usize>) -> Result<&'a [u8]> {
        let wrong = |why: &str| Error::invalid("model", name, why);
        let view = self.tensors.tensor(name).map_err(|_| wrong("is missing in the weights file"))?;
        if view.dtype() != dtype {
            return Err(wrong("has another type of number than expected"));
        }
        let size = if dtype == Dtype::F32 { 4 } else { 1 };
        if count.is_some_and(|count| view.data().len() != count * size) {
            return Err(wrong("has another size than expected"));
        }
        Ok(view.data())
    }

    /// Floats of a tensor, of which there must be `count` if given.
    pub(super) fn floats(&self, name: &str, count: Option<usize>) -> Result<Vec<f32>> {
        let data = self.data(name, Dtype::F32, count)?;
        Ok(data.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    /// Where the bytes of an 8-bit tensor lie in the file.
    pub(super) fn place(&self, name: &str, count: usize) -> Result<Range<usize>> {
        let data = self.data(name, Dtype::I8, Some(count))?;
        let start = data.as_ptr().addr() - self.bytes.as_ptr().addr();
        Ok(start..start + data.len())
    }

    /// One linear layer of several that have the same inputs, their outputs one after another.
    pub(super) fn stack(&self, names: &[&str], inputs: usize) -> Result<Linear> {
        let (mut weight, mut scale, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            let scales = self.floats(&format!("{name}.scale"), None)?;
            let count = scales.len();
            let bytes = self.data(&format!("{name}.weight"), Dtype::I8, Some(count * inputs))?;
            weight.extend(bytes.iter().map(|&b| b.cast_signed()));
            bias.extend(self.floats(&format!("{name}.bias"), Some(count))?);
            scale.extend(scales);
        }
        Linear::new(&weight, &scale, &bias).ok_or_else(|| Error::invalid("model", names.join(", "), "sizes do not fit"))
    }

    /// Labels of a head; an error where their number is not that of its outputs.
    pub(super) fn labels(&self, head: &str, outputs: usize) -> Result<Vec<String>> {
        let labels = self.config.heads.get(head).map(|h| h.labels.clone()).unwrap_or_default();
        if labels.len() == outputs {
            Ok(labels)
        } else {
            Err(Error::invalid("model", head, "has another number of labels than outputs"))
        }
    }
}

/// The bytes of a file, its own or part of the program.
pub(super) type Bytes = Cow<'static, [u8]>;
