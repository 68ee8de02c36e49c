//! What the command line asks for.

use crate::way::{self, FRAME, Way};

#[derive(Clone, Copy)]
pub(crate) enum Part {
    Times,
    Scaling,
    Size,
}

pub(crate) struct Options {
    pub(crate) parts: Vec<Part>,
    /// The Frame system comes first.
    pub(crate) ways: Vec<Way>,
    pub(crate) rounds: usize,
    pub(crate) check: bool,
    pub(crate) keep: bool,
}

impl Options {
    pub(crate) fn read(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut names = Vec::new();
        let (parts, ways) = (Vec::new(), way::ALL.to_vec());
        let mut options = Options { parts, ways, rounds: 5, check: false, keep: false };
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "times" => options.parts.push(Part::Times),
                "scaling" => options.parts.push(Part::Scaling),
                "size" => options.parts.push(Part::Size),
                "--rounds" => options.rounds = rounds(args.next())?,
                "--check" => options.check = true,
                "--keep" => options.keep = true,
                _ => names.push(arg),
            }
        }
        options.restrict(&names)?;
        if options.parts.is_empty() {
            options.parts = vec![Part::Times, Part::Scaling, Part::Size];
        }
        Ok(options)
    }

    /// Leaves out what is not named: `statig` is enough of `statig 0.4`.
    fn restrict(&mut self, names: &[String]) -> Result<(), String> {
        let is_named = |way: &Way, name: &String| way.name.starts_with(name);
        if let Some(name) =
            names.iter().find(|name| !self.ways.iter().any(|way| is_named(way, name)))
        {
            return Err(format!(
                "`{name}` is neither something to measure nor a way to write a machine"
            ));
        }
        if !names.is_empty() {
            self.ways.retain(|way| {
                way.name == FRAME.name || names.iter().any(|name| is_named(way, name))
            });
        }
        Ok(())
    }
}

fn rounds(arg: Option<String>) -> Result<usize, String> {
    let number = arg.and_then(|arg| arg.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| "--rounds takes a number".to_string())
}
