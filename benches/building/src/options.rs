//! What the command line asks for.

#[derive(Clone, Copy)]
pub(crate) enum Part {
    Times,
    Scaling,
    Size,
}

pub(crate) struct Options {
    pub(crate) parts: Vec<Part>,
    pub(crate) rounds: usize,
    pub(crate) check: bool,
    pub(crate) keep: bool,
}

impl Options {
    pub(crate) fn read(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Options { parts: Vec::new(), rounds: 5, check: false, keep: false };
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "times" => options.parts.push(Part::Times),
                "scaling" => options.parts.push(Part::Scaling),
                "size" => options.parts.push(Part::Size),
                "--rounds" => options.rounds = rounds(args.next())?,
                "--check" => options.check = true,
                "--keep" => options.keep = true,
                other => return Err(format!("`{other}` is neither times, scaling nor size")),
            }
        }
        if options.parts.is_empty() {
            options.parts = vec![Part::Times, Part::Scaling, Part::Size];
        }
        Ok(options)
    }
}

fn rounds(arg: Option<String>) -> Result<usize, String> {
    let number = arg.and_then(|arg| arg.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| "--rounds takes a number".to_string())
}
