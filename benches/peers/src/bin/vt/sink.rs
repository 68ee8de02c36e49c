//! What both parsers report to: it mixes all that it is told into a number.

use crate::parser;

/// Equal after the same events only, but for a rare accident.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Sink {
    pub(crate) events: u64,
    digest: u64,
}

/// Told apart by what no character is.
#[derive(Clone, Copy)]
enum Kind {
    Print,
    Execute,
    Esc,
    Csi,
    Osc,
    Hook,
    Put,
    Unhook,
}

impl Sink {
    fn event(&mut self, kind: Kind, value: u32) {
        self.events += 1;
        self.mix((kind as u32) << 24 | value);
    }

    // Cheaper than a real hash, so that the parsers are what is measured.
    fn mix(&mut self, value: u32) {
        self.digest = self.digest.rotate_left(5) ^ u64::from(value);
    }

    fn sequence<'a>(
        &mut self,
        kind: Kind,
        params: impl Iterator<Item = &'a [u16]>,
        intermediates: &[u8],
        ignore: bool,
        final_byte: u8,
    ) {
        self.event(kind, u32::from(final_byte));
        self.mix(u32::from(ignore));
        intermediates.iter().for_each(|b| self.mix(u32::from(*b)));
        for param in params {
            self.mix(param.len() as u32);
            param.iter().for_each(|value| self.mix(u32::from(*value)));
        }
    }

    fn string(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.mix(u32::from(*b)));
    }
}

impl parser::Perform for Sink {
    fn print(&mut self, c: char) {
        self.event(Kind::Print, u32::from(c));
    }

    fn execute(&mut self, control: u8) {
        self.event(Kind::Execute, u32::from(control));
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], ignore: bool, final_byte: u8) {
        self.sequence(Kind::Esc, [].into_iter(), intermediates, ignore, final_byte);
    }

    fn csi_dispatch(
        &mut self,
        params: &parser::Params,
        intermediates: &[u8],
        ignore: bool,
        final_byte: u8,
    ) {
        self.sequence(Kind::Csi, params.iter(), intermediates, ignore, final_byte);
    }

    fn osc_dispatch(&mut self, string: &[u8], _ignore: bool, ended_by_bell: bool) {
        self.event(Kind::Osc, u32::from(ended_by_bell));
        self.string(string);
    }

    fn hook(
        &mut self,
        params: &parser::Params,
        intermediates: &[u8],
        ignore: bool,
        final_byte: u8,
    ) {
        self.sequence(Kind::Hook, params.iter(), intermediates, ignore, final_byte);
    }

    fn put(&mut self, byte: u8) {
        self.event(Kind::Put, u32::from(byte));
    }

    fn unhook(&mut self) {
        self.event(Kind::Unhook, 0);
    }
}

impl vte::Perform for Sink {
    fn print(&mut self, c: char) {
        self.event(Kind::Print, u32::from(c));
    }

    fn execute(&mut self, control: u8) {
        self.event(Kind::Execute, u32::from(control));
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], ignore: bool, final_byte: u8) {
        self.sequence(Kind::Esc, [].into_iter(), intermediates, ignore, final_byte);
    }

    fn csi_dispatch(
        &mut self,
        params: &vte::Params,
        intermediates: &[u8],
        ignore: bool,
        final_byte: char,
    ) {
        self.sequence(Kind::Csi, params.iter(), intermediates, ignore, final_byte as u8);
    }

    // vte has taken the string apart at its semicolons.
    fn osc_dispatch(&mut self, strings: &[&[u8]], ended_by_bell: bool) {
        self.event(Kind::Osc, u32::from(ended_by_bell));
        for (i, string) in strings.iter().enumerate() {
            if i > 0 {
                self.string(b";");
            }
            self.string(string);
        }
    }

    fn hook(&mut self, params: &vte::Params, intermediates: &[u8], ignore: bool, final_byte: char) {
        self.sequence(Kind::Hook, params.iter(), intermediates, ignore, final_byte as u8);
    }

    fn put(&mut self, byte: u8) {
        self.event(Kind::Put, u32::from(byte));
    }

    fn unhook(&mut self) {
        self.event(Kind::Unhook, 0);
    }
}
