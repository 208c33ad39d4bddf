//! Positions in a text.
//!
//! Inside the library a position is a byte offset; people, annotations and the claim record count Unicode code points.
//! [`CodePoints`] converts, and nothing else does.

/// A stretch of one text: byte offsets on character borders, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an inverted pair gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The text of the span, or the empty string where the span does not fit the text.
    ///
    /// ```
    /// use demarche::span::Span;
    /// assert_eq!(Span::new(0, 4).of("Kyiv agreed"), "Kyiv");
    /// ```
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The shortest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Converts byte offsets of one text to Unicode code points and back, in logarithmic time.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// Byte offset and code-point offset at every 64th code point.
    marks: Vec<usize>,
    bytes: usize,
    count: usize,
}

const STRIDE: usize = 64;

impl CodePoints {
    /// Indexes a text once.
    pub fn new(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (byte, _) in text.char_indices() {
            if count % STRIDE == 0 {
                marks.push(byte);
            }
            count += 1;
        }
        Self { marks, bytes: text.len(), count }
    }

    /// Number of code points in the text.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Code points before the byte offset `byte` of `text` (the text that was indexed).
    ///
    /// ```
    /// use demarche::span::CodePoints;
    /// let text = "“Kyiv”";
    /// assert_eq!(CodePoints::new(text).of_byte(text, 7), 5);
    /// ```
    pub fn of_byte(&self, text: &str, byte: usize) -> usize {
        if byte >= self.bytes {
            return self.count;
        }
        let mark = self.marks.partition_point(|&b| b <= byte).saturating_sub(1);
        let from = self.marks[mark];
        mark * STRIDE + text[from..byte].chars().count()
    }

    /// Byte offset of code point `point` of `text` (the text that was indexed); past the end gives the text's length.
    pub fn to_byte(&self, text: &str, point: usize) -> usize {
        if point >= self.count {
            return self.bytes;
        }
        let from = self.marks[point / STRIDE];
        text[from..].char_indices().nth(point % STRIDE).map_or(self.bytes, |(b, _)| from + b)
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_over_long_mixed_text() {
        let text = "é“a”😀\r\n".repeat(50);
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.of_byte(&text, byte), n);
            assert_eq!(points.to_byte(&text, n), byte);
        }
        assert_eq!(points.of_byte(&text, text.len()), points.count());
    }
}
