//! Fields of Word, which work out words: references, links and numbers of lists.
//!
//! Takes the marks and the instructions of fields as they come; gives what a field is once it has
//! ended. A field may span paragraphs, and hold others.

/// The most fields that are open at once.
const DEEPEST: usize = 50;

/// A field that has begun.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Instruction: `REF _Ref1 \r \h`.
    instruction: String,
    /// Whether its result has begun.
    result: bool,
    /// The words of the result, if it is a reference.
    words: String,
}

impl Field {
    /// Makes a field of its instruction alone.
    pub fn of(instruction: &str) -> Self {
        Field { instruction: instruction.to_owned(), ..Field::default() }
    }

    /// Returns what it says to do.
    pub fn instruction(&self) -> &str {
        &self.instruction
    }

    /// Returns the words that a reference was worked out to.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Returns the bookmark that a reference names.
    pub fn bookmark(&self) -> Option<&str> {
        let mut words = self.instruction.split_whitespace();
        let kind = words.next()?;
        let name = words.next()?.trim_matches('"');
        kind.eq_ignore_ascii_case("REF").then_some(name)
    }

    /// Returns the place that a link leads to.
    pub fn link(&self) -> Option<String> {
        let (kind, rest) = self.instruction.trim_start().split_once(char::is_whitespace)?;
        if !kind.eq_ignore_ascii_case("HYPERLINK") {
            return None;
        }
        let inside = rest.contains("\\l");
        let target = rest.split('"').nth(1)?;
        Some(if inside { format!("#{target}") } else { target.to_owned() })
    }
}

/// The fields that are open, the innermost last.
#[derive(Debug, Default)]
pub struct Fields {
    open: Vec<Field>,
}

impl Fields {
    /// Opens a field.
    pub fn begin(&mut self) {
        if self.open.len() < DEEPEST {
            self.open.push(Field::default());
        }
    }

    /// Begins the result of the innermost field.
    pub fn separate(&mut self) {
        if let Some(field) = self.open.last_mut() {
            field.result = true;
        }
    }

    /// Closes the innermost field, and returns it.
    pub fn end(&mut self) -> Option<Field> {
        self.open.pop()
    }

    /// Takes a part of an instruction.
    pub fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.result) {
            field.instruction.push_str(text);
        }
    }

    /// Returns whether words are to be shown here, and not those of an instruction or a reference,
    /// which keeps its own.
    pub fn pass(&mut self, text: &str) -> bool {
        if self.open.last().is_some_and(|field| !field.result) {
            return false;
        }
        match self.open.iter_mut().rev().find(|field| field.bookmark().is_some()) {
            Some(field) => {
                field.words.push_str(text);
                false
            }
            None => true,
        }
    }

    /// Returns the place that the innermost link leads to.
    pub fn link(&self) -> Option<String> {
        self.open.iter().rev().find_map(Field::link)
    }
}
