//! `workload W2 frame 1000`: performs the operations and prints the checksum. Without a
//! number it prints how many bytes the machine takes.

#![forbid(unsafe_code)]

fn main() {
    instructions::perform(&instructions::ALL);
}
