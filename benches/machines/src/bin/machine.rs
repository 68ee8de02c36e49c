//! `machine uart frame 4096`: performs the operations and prints the checksum.

#![forbid(unsafe_code)]

fn main() {
    instructions::perform(&machines::ALL);
}
