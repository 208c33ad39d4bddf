//! How English says it: cue words with their acts and frames, titles, roles. Tables that a person can read and mend, in `data/`.
//!
//! Start at [`Cues::embedded`] and [`Words::embedded`].

mod cues;
mod words;

pub use cues::{Cue, CueClass, Cues, Frame};
pub use words::{WordClass, Words};
