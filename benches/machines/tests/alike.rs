//! What is compared has to be the same machine.

#[test]
fn both_machines_do_the_same() {
    for machine in &machines::ALL {
        let [frame, hand] = [machine.frame, machine.hand].map(|run| run(machine.period));
        assert_eq!(frame, hand, "{}", machine.name);
    }
}
