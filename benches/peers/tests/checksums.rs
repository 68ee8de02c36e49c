//! All machines of a workload do the same.

use peers::RACES;

#[test]
fn all_contenders_agree() {
    for race in &RACES {
        race.check();
    }
}
