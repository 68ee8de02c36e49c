//! Sets of ids, sets of words and tables of words, all in order. They are sorted lists, compiled
//! once: the trees of the standard library, compiled for each package that uses them and for each
//! kind of item, were a tenth of what this crate compiled to.

/// A set of ids.
#[derive(Clone, Default)]
pub struct Ids(Vec<usize>);

impl Ids {
    /// The empty set.
    pub const fn new() -> Ids {
        Ids(Vec::new())
    }

    /// Adds an id, unless it is there.
    pub fn insert(&mut self, id: usize) -> bool {
        let at = self.0.binary_search(&id);
        if let Err(at) = at {
            self.0.insert(at, id);
        }
        at.is_err()
    }

    /// Adds all of another set.
    pub fn join(&mut self, other: &Ids) {
        other.iter().for_each(|id| {
            self.insert(id);
        });
    }

    /// Takes an id out, if it is there.
    pub fn remove(&mut self, id: usize) {
        if let Ok(at) = self.0.binary_search(&id) {
            self.0.remove(at);
        }
    }

    /// Whether it is there.
    pub fn contains(&self, id: usize) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    /// From the smallest on.
    pub fn iter(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<usize> for Ids {
    fn extend<I: IntoIterator<Item = usize>>(&mut self, ids: I) {
        for id in ids {
            self.insert(id);
        }
    }
}

/// Words with a number each.
#[derive(Clone, Default)]
pub struct Table(Vec<(String, usize)>);

impl Table {
    /// The empty table.
    pub const fn new() -> Table {
        Table(Vec::new())
    }

    fn find(&self, word: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(word))
    }

    /// Gives a word its number, unless it has one; gives the number that it has then.
    pub fn insert(&mut self, word: &str, number: usize) -> usize {
        match self.find(word) {
            Ok(at) => self.0[at].1,
            Err(at) => {
                self.0.insert(at, (word.to_owned(), number));
                number
            }
        }
    }

    /// Counts a word: how often it was met by now.
    pub fn count(&mut self, word: &str) -> usize {
        self.insert(word, 0);
        let at = self.find(word).unwrap_or_else(|at| at);
        self.0[at].1 += 1;
        self.0[at].1
    }

    /// The number of a word.
    pub fn get(&self, word: &str) -> Option<usize> {
        self.find(word).ok().map(|at| self.0[at].1)
    }

    /// The words by their alphabet.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(word, _)| word.as_str())
    }
}

/// A set of words.
#[derive(Clone, Default)]
pub struct Words(Vec<String>);

impl Words {
    /// The empty set.
    pub const fn new() -> Words {
        Words(Vec::new())
    }

    fn find(&self, word: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|known| known.as_str().cmp(word))
    }

    /// Adds a word, unless it is there.
    pub fn insert(&mut self, word: String) -> bool {
        let at = self.find(&word);
        if let Err(at) = at {
            self.0.insert(at, word);
        }
        at.is_err()
    }

    /// Whether it is there.
    pub fn contains(&self, word: &str) -> bool {
        self.find(word).is_ok()
    }

    /// Whether one of them begins so.
    pub fn begin_with(&self, start: &str) -> bool {
        self.0.iter().any(|word| word.starts_with(start))
    }

    /// By their alphabet.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
