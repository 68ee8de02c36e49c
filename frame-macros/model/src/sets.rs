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

    fn entry(&mut self, word: &str, number: usize) -> &mut usize {
        let at = self.find(word);
        if let Err(at) = at {
            self.0.insert(at, (word.to_owned(), number));
        }
        let (Ok(at) | Err(at)) = at;
        &mut self.0[at].1
    }

    /// Gives a word its number, unless it has one; gives the number that it has then.
    pub fn insert(&mut self, word: &str, number: usize) -> usize {
        *self.entry(word, number)
    }

    /// Counts a word: how often it was met by now.
    pub fn count(&mut self, word: &str) -> usize {
        let count = self.entry(word, 0);
        *count += 1;
        *count
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_there_once_and_in_order() {
        let mut ids = Ids::new();
        let new = [3, 1, 2, 3, 1].map(|id| ids.insert(id));
        assert_eq!(new, [true, true, true, false, false]);
        ids.remove(2);
        ids.remove(7);
        ids.extend([5, 0, 3]);
        assert_eq!(ids.iter().collect::<Vec<_>>(), [0, 1, 3, 5]);
        assert_eq!([2, 3].map(|id| ids.contains(id)), [false, true]);

        let mut words = Words::new();
        let new = ["on", "off", "on"].map(|word| words.insert(word.to_owned()));
        assert_eq!(new, [true, true, false]);
        assert_eq!(words.iter().collect::<Vec<_>>(), ["off", "on"]);
        assert_eq!(["of", "n", ""].map(|start| words.begin_with(start)), [true, false, true]);

        let mut table = Table::new();
        assert_eq!(
            [("b", 1), ("a", 2), ("b", 3)].map(|(word, n)| table.insert(word, n)),
            [1, 2, 1]
        );
        assert_eq!(["a", "c", "c"].map(|word| table.count(word)), [3, 1, 2]);
        assert_eq!(table.words().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(["b", "d"].map(|word| table.get(word)), [Some(1), None]);
    }
}
