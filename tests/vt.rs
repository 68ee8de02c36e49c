//! The terminal parser of `examples/vt`: what it recognises, that it does not matter where its input is cut, and what it
//! finds in a recorded session.

#![forbid(unsafe_code)]

#[path = "../examples/vt/parser.rs"]
mod parser;
#[path = "../examples/vt/survey.rs"]
mod survey;
#[path = "../examples/vt/transcript.rs"]
mod transcript;

use parser::{MAX_OSC, MAX_PARAMS, Params, Parser, Perform};
use proptest::prelude::*;
use survey::Survey;

/// Writes down what it is told, a line per call.
#[derive(Default)]
struct Log(Vec<String>);

impl Log {
    fn sequence(
        &mut self,
        kind: &str,
        params: &str,
        intermediates: &[u8],
        ignore: bool,
        final_byte: u8,
    ) {
        let marks = String::from_utf8_lossy(intermediates);
        let note = if ignore { " ignore" } else { "" };
        let final_byte = char::from(final_byte);
        self.0.push(format!("{kind} {marks}{params}{final_byte}{note}"));
    }
}

impl Perform for Log {
    fn print(&mut self, c: char) {
        self.0.push(format!("print {c}"));
    }

    fn execute(&mut self, control: u8) {
        self.0.push(format!("execute {control:02x}"));
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], ignore: bool, final_byte: u8) {
        self.sequence("esc", "", intermediates, ignore, final_byte);
    }

    fn csi_dispatch(
        &mut self,
        params: &Params,
        intermediates: &[u8],
        ignore: bool,
        final_byte: u8,
    ) {
        self.sequence("csi", &written(params), intermediates, ignore, final_byte);
    }

    fn osc_dispatch(&mut self, string: &[u8], ignore: bool, ended_by_bell: bool) {
        let end = if ended_by_bell { " bell" } else { "" };
        let note = if ignore { " ignore" } else { "" };
        let string = String::from_utf8_lossy(string);
        self.0.push(format!("osc {string}{end}{note}"));
    }

    fn hook(&mut self, params: &Params, intermediates: &[u8], ignore: bool, final_byte: u8) {
        self.sequence("hook", &written(params), intermediates, ignore, final_byte);
    }

    fn put(&mut self, byte: u8) {
        self.0.push(format!("put {}", byte.escape_ascii()));
    }

    fn unhook(&mut self) {
        self.0.push("unhook".to_owned());
    }
}

/// The parameters as a sequence spells them.
fn written(params: &Params) -> String {
    let spell = |param: &[u16]| param.iter().map(u16::to_string).collect::<Vec<_>>().join(":");
    params.iter().map(spell).collect::<Vec<_>>().join(";")
}

/// What the consumer is told when the stream arrives in these pieces.
fn log_of<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<String> {
    let mut parser = Parser::new(Log::default());
    pieces.into_iter().for_each(|piece| parser.feed(piece));
    parser.performer.0
}

/// Asserts what the consumer is told of a stream, wherever it is cut in two.
#[track_caller]
fn assert_log(stream: &[u8], expected: &[&str]) {
    for cut in 0..=stream.len() {
        let (head, tail) = stream.split_at(cut);
        assert_eq!(log_of([head, tail]), expected, "cut at {cut}");
    }
}

// --- Known sequences

#[test]
fn text_and_controls() {
    assert_log(b"a\r\n\x7f~", &["print a", "execute 0d", "execute 0a", "print \x7f", "print ~"]);
}

#[test]
fn utf8_of_every_length() {
    assert_log("é水🐸".as_bytes(), &["print é", "print 水", "print 🐸"]);
}

#[test]
fn utf8_c1_controls_are_executed() {
    assert_log(b"\xc2\x85\xc2\xa0", &["execute 85", "print \u{a0}"]);
}

#[test]
fn invalid_utf8_is_replaced() {
    // A stray continuation byte; a lead byte before ASCII, before another lead byte, before a control.
    assert_log(b"\x80", &["print \u{fffd}"]);
    assert_log(b"\xc3A", &["print \u{fffd}", "print A"]);
    assert_log(b"\xe6\xb0\xc3\xa9", &["print \u{fffd}", "print é"]);
    assert_log(b"\xf0\x9f\x1b[m", &["print \u{fffd}", "csi 0m"]);
    // Overlong, surrogate, beyond U+10FFFF: no byte of these belongs to a character.
    assert_log(b"\xc0\xaf", &["print \u{fffd}"; 2]);
    assert_log(b"\xed\xa0\x80", &["print \u{fffd}"; 3]);
    assert_log(b"\xf4\x90\x80\x80", &["print \u{fffd}"; 4]);
    assert_log(b"\xff", &["print \u{fffd}"]);
}

#[test]
fn sgr_with_parameters_and_sub_parameters() {
    assert_log(b"\x1b[m", &["csi 0m"]);
    assert_log(b"\x1b[1;;31m", &["csi 1;0;31m"]);
    assert_log(b"\x1b[4:3;58:2::255:120:0;1m", &["csi 4:3;58:2:0:255:120:0;1m"]);
    assert_log(b"\x1b[:m", &["csi 0:0m"]);
}

#[test]
fn csi_with_marker_and_intermediates() {
    assert_log(b"\x1b[?1049;25h", &["csi ?1049;25h"]);
    assert_log(b"\x1b[2 q", &["csi  2q"]);
    assert_log(b"\x1b[?1$p", &["csi ?$1p"]);
    assert_log(b"\x1b[!p", &["csi !0p"]);
}

#[test]
fn csi_out_of_order_is_ignored() {
    assert_log(b"\x1b[1?2h.", &["print ."]);
    assert_log(b"\x1b[ 1q.", &["print ."]);
    assert_log(b"\x1b[??\n hq", &["execute 0a", "print q"]);
}

#[test]
fn controls_act_inside_a_sequence() {
    assert_log(b"\x1b\n[3\x08\x7f1\xe6m", &["execute 0a", "execute 08", "csi 31m"]);
}

#[test]
fn cancel_and_substitute_end_a_sequence() {
    assert_log(b"\x1b[3\x181m", &["execute 18", "print 1", "print m"]);
    assert_log(b"\x1b\x1a]", &["execute 1a", "print ]"]);
}

#[test]
fn escape_starts_afresh() {
    assert_log(b"\x1b[3;4\x1b[1m", &["csi 1m"]);
    assert_log(b"\x1b(\x1b)0\x1b\x1b7", &["esc )0", "esc 7"]);
}

#[test]
fn escape_sequences() {
    assert_log(b"\x1bM\x1b(B\x1b#8\x1b %G", &["esc M", "esc (B", "esc #8", "esc  %G"]);
}

#[test]
fn too_many_intermediates_are_flagged() {
    assert_log(b"\x1b !\"B\x1b[?!\"p", &["esc  !B ignore", "csi ?!0p ignore"]);
}

#[test]
fn numbers_saturate() {
    assert_log(b"\x1b[65536;99999999H", &["csi 65535;65535H"]);
}

#[test]
fn too_many_parameters_are_flagged() {
    let exactly = format!("\x1b[{}m", ["7"; MAX_PARAMS].join(";"));
    let one_more = format!("\x1b[{}m", ["7"; MAX_PARAMS + 1].join(":"));
    assert_eq!(log_of([exactly.as_bytes()]), [format!("csi {}m", ["7"; MAX_PARAMS].join(";"))]);
    assert_eq!(
        log_of([one_more.as_bytes()]),
        [format!("csi {}m ignore", ["7"; MAX_PARAMS].join(":"))]
    );
    // The flag is gone with the next sequence.
    let next = format!("{one_more}\x1b[1m");
    assert_eq!(log_of([next.as_bytes()])[1..], ["csi 1m"]);
}

#[test]
fn osc_ended_by_bell_by_st_and_by_cancel() {
    assert_log(b"\x1b]0;title\x07.", &["osc 0;title bell", "print ."]);
    assert_log(b"\x1b]2;a;\xe6\xb0\xb4\x1b\\.", &["osc 2;a;水", "esc \\", "print ."]);
    assert_log(b"\x1b]2;a\x18.", &["osc 2;a", "execute 18", "print ."]);
    assert_log(b"\x1b]\x07", &["osc  bell"]);
}

#[test]
fn controls_in_an_osc_string_are_dropped() {
    assert_log(b"\x1b]0;a\r\nb\x07", &["osc 0;ab bell"]);
}

#[test]
fn a_long_osc_string_is_cut_and_flagged() {
    let full = "x".repeat(MAX_OSC);
    let stream = format!("\x1b]{full}\x07\x1b]{full}y\x07\x1b]1\x07");
    let expected =
        [format!("osc {full} bell"), format!("osc {full} bell ignore"), "osc 1 bell".to_owned()];
    assert_eq!(log_of([stream.as_bytes()]), expected);
}

#[test]
fn dcs_is_hooked_fed_and_unhooked() {
    assert_log(
        b"\x1bP1$r0m\n\xff\x7f\x1b\\",
        &["hook $1r", "put 0", "put m", "put \\n", "put \\xff", "unhook", "esc \\"],
    );
    assert_log(
        b"\x1bP?1;2:3qx\x18y",
        &["hook ?1;2:3q", "put x", "unhook", "execute 18", "print y"],
    );
    assert_log(b"\x1bPq\x1b[m", &["hook 0q", "unhook", "csi 0m"]);
}

#[test]
fn dcs_out_of_order_is_ignored() {
    assert_log(b"\x1bP1?2q\n data\x07\x1b\\.", &["esc \\", "print ."]);
    assert_log(b"\x1bP\n$1q data\x1b\\", &["esc \\"]);
}

#[test]
fn sos_pm_and_apc_strings_are_ignored() {
    assert_log(b"\x1bXa\x1b\\\x1b^b\x07\x1b\\\x1b_Gc\xff\x1b\\", &["esc \\"; 3]);
}

// --- Any input

/// Bytes of which a good part are sequences, whole or broken.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<u8>().prop_map(|b| vec![b]),
        "[ -~]{1,300}".prop_map(String::into_bytes),
        "\\PC{1,8}".prop_map(String::into_bytes),
        "\x1b\\[[<=>?]?[0-9:;]{0,12}[ -/]{0,2}[@-~]?".prop_map(String::into_bytes),
        "\x1bP[<=>?]?[0-9:;]{0,5}[ -/]{0,2}[@-~]\\PC{0,9}".prop_map(String::into_bytes),
        "\x1b\\][0-9]{1,3};\\PC{0,9}".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "\x1b\\", "\x07", "\x18", "\x1a", "\x1b", "\x1b_", "\n", "\u{9b}"
        ])
        .prop_map(|end| end.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn it_does_not_matter_where_the_stream_is_cut(stream in streams(), lengths in prop::collection::vec(1..40usize, 1..8)) {
        let whole = log_of([stream.as_slice()]);
        prop_assert_eq!(&log_of(stream.chunks(1)), &whole);
        prop_assert_eq!(&log_of(cut(&stream, &lengths)), &whole);

        let mut parser = Parser::new(Log::default());
        stream.iter().for_each(|&b| parser.byte(b));
        prop_assert_eq!(&parser.performer.0, &whole);
    }

    #[test]
    fn bytes_beyond_ascii_are_read_as_the_standard_library_reads_them(
        mut stream in prop::collection::vec(prop_oneof![0x41u8.., 0xe0u8..0xf5, 0x80u8..0xc0], 0..64),
    ) {
        stream.push(b'.'); // so that no character is left unfinished
        let is_c1 = |c: &char| ('\u{80}'..='\u{9f}').contains(c);
        let expected = String::from_utf8_lossy(&stream);
        let logged = log_of([stream.as_slice()]);
        let printed = logged.iter().filter_map(|line| line.strip_prefix("print "));
        prop_assert_eq!(printed.collect::<String>(), expected.chars().filter(|c| !is_c1(c)).collect::<String>());
    }

    #[test]
    fn after_cancel_text_is_text(stream in streams()) {
        let logged = log_of([stream.as_slice(), b"\x18ok"]);
        prop_assert_eq!(&logged[logged.len() - 3..], ["execute 18", "print o", "print k"]);
    }

    #[test]
    fn the_survey_takes_any_stream(stream in streams()) {
        let mut parser = Parser::new(Survey::new(4, 10));
        parser.feed(&stream);
        prop_assert!(parser.performer.transcript.text().lines().all(|line| !line.ends_with(' ')));
    }
}

/// Cuts a stream into pieces whose lengths repeat.
fn cut<'a>(stream: &'a [u8], lengths: &[usize]) -> Vec<&'a [u8]> {
    let mut rest = stream;
    let mut pieces = Vec::new();
    for &length in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, tail) = rest.split_at(length.min(rest.len()));
        pieces.push(piece);
        rest = tail;
    }
    pieces
}

// --- The recorded session

const SESSION: &[u8] = include_bytes!("../examples/data/session.vt");

fn survey_of(stream: &[u8]) -> Parser<Survey> {
    let mut parser = Parser::new(Survey::new(24, 80));
    parser.feed(stream);
    parser
}

#[test]
fn the_session_consists_of_this() {
    let parser = survey_of(SESSION);
    assert_eq!(parser.performer.to_string(), REPORT);
    assert_eq!(parser.state_name(), "Ground");
}

const REPORT: &str = r"printed characters     41605  29349 on the full screen
invalid UTF-8              4
control codes           1652
   BEL 2         BS 43        LF 764       CR 843
ESC sequences            560
     = 9          > 15        (B 468        \ 68
CSI sequences           9241
     A 14         C 74         G 10         H 957        J 11
     K 603        S 2          X 29        >c 2          d 20
    ?h 135        l 4         ?l 177        m 7129      %m 1
    >m 4         ?m 1          n 2         >q 1          r 32
    ?r 1          s 7         ?s 1          t 24
cursor movements        1075
basic colours           1395  16 different
indexed colours         1291  256 different
RGB colours             2323  105 different
DCS strings               39
     q 1         +q 37         z 1
bytes in them            355
OSC strings               98
     0 39        10 1         11 1          2 4          7 27
     8 26
cut sequences              0
window titles             43
    18 × demo@example: ~/garden
     1 × garden.py in vim
     1 × poem.txt in vim
     1 × garden.py in vim
     1 × Thanks for flying Vim
     5 × demo@example: ~/garden
     6 × mc [demo@example]:~/garden
     1 × mc [demo@example]:~/garden/beds
     1 × demo@example: ~/garden
     1 × bash in tmux
     1 × python3 in tmux
     1 × bash in tmux
     1 × [tmux] in tmux
     1 × bash in tmux
     3 × demo@example: ~/garden
";

#[test]
fn the_session_shows_this_text() {
    let text = survey_of(SESSION).performer.transcript.text();
    let expected = [
        "蛙飛びこむ",
        "Grüße aus dem Garten: 🌱 → 🌻 → 🍅",
        "caf\u{fffd} cr\u{fffd}me br\u{fffd}l\u{fffd}e",
        // Typed with mistakes that were corrected on the line.
        "demo@example ~/garden ❯ echo hello small world",
        "hello small world",
        // Longer than the screen is wide.
        "one line that is so long that the terminal wraps it at its right margin, twice, for we go on and on and on",
        // Overwritten many times.
        "Receiving objects: 100% (32/32), done.",
        "weeding  ━━━━━━━━━━━━━━━━━━━━━━━━━━━╸━━━━━━━━━━━━  70% 0:00:01",
        "│ tomato │ トマト │ 12.5 │",
        "[full screen: 3914 characters]",
        "goodbye, garden 👋",
    ];
    for line in expected {
        assert!(text.lines().any(|shown| shown == line), "no line `{line}` in:\n{text}");
    }
}

#[test]
fn the_session_is_the_same_in_pieces() {
    let whole = log_of([SESSION]);
    assert!(log_of(SESSION.chunks(1)) == whole);
    assert!(log_of(SESSION.chunks(4096)) == whole);
}
