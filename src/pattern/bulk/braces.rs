//! Finds the end of a JSON object by its braces alone, in pieces; whether it is JSON is not asked.

/// What was found in a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The object goes on.
    Inside,
    /// The brace that ends the object.
    End,
    /// Something that cannot be in an object.
    Mistake,
}

/// How deep in an object one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Braces {
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// The last byte outside of texts that is no blank.
    last: u8,
}

impl Braces {
    /// Reads on. Returns how many bytes belong to what was read.
    pub fn read(&mut self, buffer: &[u8]) -> (usize, Found) {
        let mut place = 0;
        while let Some(rest) = buffer.get(place..)
            && let Some(byte) = rest.first()
        {
            if self.in_text {
                let (used, found) = self.text(rest);
                place += used;
                if found == Found::Mistake {
                    return (place, found);
                }
                continue;
            }
            place += 1;
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => continue,
                b'"' => self.in_text = true,
                b'{' if self.depth > 0 && !matches!(self.last, b'[' | b',' | b':') => {
                    return (place - 1, Found::Mistake);
                }
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.last = *byte;
            if self.depth == 0 {
                return (place, Found::End);
            }
        }
        (buffer.len(), Found::Inside)
    }

    /// Reads on in a text, up to its end or a sign that means something in it.
    fn text(&mut self, rest: &[u8]) -> (usize, Found) {
        let skipped = usize::from(std::mem::take(&mut self.escaped));
        let mut signs = rest.iter().skip(skipped);
        let Some(length) = signs.position(|byte| matches!(byte, b'"' | b'\\' | b'\n')) else {
            return (rest.len(), Found::Inside);
        };
        let used = skipped + length + 1;
        match rest.get(used - 1) {
            Some(b'\n') => return (used, Found::Mistake),
            Some(b'\\') => self.escaped = true,
            Some(_) | None => self.in_text = false,
        }
        (used, Found::Inside)
    }
}
