//! Passing over what no selector asks for, which has to be JSON all the same.

use super::reader::Reader;
use crate::pattern::event::MAXIMUM_DEPTH;

impl Reader<'_> {
    /// Passes over a value inside `depth` containers.
    pub(super) fn skip(&mut self, depth: usize) -> Option<()> {
        self.skip_within(MAXIMUM_DEPTH.checked_sub(depth)?)
    }

    /// Passes over a value however deep it nests.
    pub(super) fn skip_any_depth(&mut self) -> Option<()> {
        self.skip_within(usize::MAX)
    }

    /// Passes over a value that nests at most so many levels.
    fn skip_within(&mut self, levels: usize) -> Option<()> {
        let mut nesting = Nesting::default();
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'-' | b'0'..=b'9' => {
                    self.number()?;
                }
                open @ (b'{' | b'[') => {
                    self.position += 1;
                    let kind = Container::opened_by(open);
                    if nesting.depth >= levels {
                        return None;
                    }
                    if !self.accept(kind.closing())? {
                        nesting.open(kind);
                        if kind == Container::Object {
                            self.key()?;
                        }
                        continue;
                    }
                }
                _ => self.constant()?,
            }
            if !self.skip_to_next(&mut nesting)? {
                return Some(());
            }
        }
    }

    /// Reads what follows a value, up to the next one; tells whether there is one inside the nesting.
    fn skip_to_next(&mut self, nesting: &mut Nesting) -> Option<bool> {
        while let Some(kind) = nesting.innermost() {
            if self.another(kind.closing())? {
                if kind == Container::Object {
                    self.key()?;
                }
                return Some(true);
            }
            nesting.close();
        }
        Some(false)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Object,
    List,
}

impl Container {
    fn opened_by(byte: u8) -> Self {
        if byte == b'{' {
            Self::Object
        } else {
            Self::List
        }
    }

    fn closing(self) -> u8 {
        match self {
            Self::Object => b'}',
            Self::List => b']',
        }
    }
}

/// The containers that are open; one bit for each, innermost lowest, set for an object.
#[derive(Debug, Default)]
struct Nesting {
    bits: u64,
    depth: usize,
    /// The bits of the outer containers, 64 at a time.
    outer: Vec<u64>,
}

impl Nesting {
    fn open(&mut self, kind: Container) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.bits);
        }
        self.bits = self.bits << 1 | u64::from(kind == Container::Object);
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.bits >>= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.bits = self.outer.pop().unwrap_or_default();
        }
    }

    fn innermost(&self) -> Option<Container> {
        match (self.depth, self.bits & 1) {
            (0, _) => None,
            (_, 0) => Some(Container::List),
            (_, _) => Some(Container::Object),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_container_is_known_at_any_depth() {
        let kinds: Vec<Container> = (0_u32..400)
            .map(|number| {
                if number.is_multiple_of(3) || number.count_ones() > 4 {
                    Container::Object
                } else {
                    Container::List
                }
            })
            .collect();
        let mut nesting = Nesting::default();
        for kind in &kinds {
            nesting.open(*kind);
            assert_eq!(nesting.innermost(), Some(*kind));
        }
        for kind in kinds.iter().rev() {
            assert_eq!(nesting.innermost(), Some(*kind));
            nesting.close();
        }
        assert_eq!(nesting.innermost(), None);
    }

    #[test]
    fn exactly_one_value_is_passed_over() {
        let table = [
            (r#" {"a":[1,{"b":null}],"c":"]"} ,"#, Some(29)),
            ("[[],{}]x", Some(7)),
            ("-1.5e3]", Some(6)),
            (r#""a\\",1"#, Some(5)),
            ("[1,]", None),
            (r#"{"a"}"#, None),
            (r#"{"a":1]"#, None),
            ("[1}", None),
            ("[", None),
            ("nul", None),
            ("", None),
        ];
        for (text, end) in table {
            let mut reader = Reader::new(text, 0);
            let read = reader.skip(0).map(|()| reader.position);
            assert_eq!(read, end, "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded_where_it_should_be() {
        let text = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        for (depth, outside, fits) in [
            (127, 0, true),
            (128, 0, false),
            (27, 100, true),
            (28, 100, false),
        ] {
            let text = text(depth);
            assert_eq!(
                Reader::new(&text, 0).skip(outside).is_some(),
                fits,
                "{depth}"
            );
        }
        assert!(Reader::new(&text(5000), 0).skip_any_depth().is_some());
        assert!(Reader::new("1", 0).skip(128).is_none());
    }
}
