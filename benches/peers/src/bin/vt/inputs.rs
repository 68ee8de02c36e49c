//! What is parsed: a few megabytes each.

use instructions::random;

pub(crate) struct Input {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) make: fn() -> Vec<u8>,
}

pub(crate) const INPUTS: [Input; 4] = [
    Input { name: "session", what: "examples/data/session.vt, repeated", make: session },
    Input { name: "text", what: "lines of words in ASCII", make: text },
    Input { name: "scripts", what: "lines in Asian scripts, with emoji", make: scripts },
    Input { name: "csi", what: "short control sequences, few letters between them", make: csi },
];

const LENGTH: usize = 4 << 20;

fn session() -> Vec<u8> {
    repeated(include_bytes!("../../../../../examples/data/session.vt"))
}

fn text() -> Vec<u8> {
    let letters = random::sequence(LENGTH as u64, 32);
    let byte = |(i, n): (usize, u8)| match (i % 80, n) {
        (78, _) => b'\r',
        (79, _) => b'\n',
        (_, 0..26) => b'a' + n,
        _ => b' ',
    };
    letters.into_iter().enumerate().map(byte).collect()
}

/// No characters of two bytes: vte 0.15 loses what follows one that a piece ends in, such as
/// the space of "é é".
fn scripts() -> Vec<u8> {
    let lines = "古池や蛙飛びこむ水の音\r\n\
                 정원에는 토마토가 익어 간다 🍅\r\n\
                 बारिश के बाद बगीचा हरा है\r\n\
                 ฝนตกแล้ว สวนเขียวขจี 🌱🌿\r\n";
    repeated(lines.as_bytes())
}

fn csi() -> Vec<u8> {
    let mut bytes = Vec::with_capacity(LENGTH + 32);
    let mut numbers = random::sequence(LENGTH as u64, u8::MAX).into_iter().cycle();
    let mut number = || numbers.next().expect("it never ends");
    while bytes.len() < LENGTH {
        let sequence = match number() % 4 {
            0 => format!("\x1b[38;2;{};{};{}m", number(), number(), number()),
            1 => format!("\x1b[{};{}H", number() % 50, number() % 132),
            2 => format!("\x1b[{}m", number() % 8),
            _ => "\x1b[K".to_owned(),
        };
        bytes.extend(sequence.into_bytes());
        bytes.extend((0..number() % 4).map(|_| b'a' + number() % 26));
    }
    bytes
}

fn repeated(bytes: &[u8]) -> Vec<u8> {
    bytes.repeat(LENGTH.div_ceil(bytes.len()))
}
