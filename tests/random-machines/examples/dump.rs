#![allow(missing_docs)]
use random_machines::*;
fn main() {
    let a: Vec<u64> = std::env::args().skip(1).map(|x| x.parse().unwrap()).collect();
    let f = features::Features::all_but("");
    if a.len() == 1 {
        let m = generator::generate(a[0], &f);
        print!("{}", print::print(&m));
        let mut rng = fastrand::Rng::with_seed(a[0]);
        for _ in 0..3 {
            let c = subject::random_calls(&m, &mut rng);
            for l in subject::observe(interpreter::Interpreter::new(&m).ok(), &c) {
                println!("{l}")
            }
        }
    } else {
        let mut n = 0;
        let mut p = 0;
        let mut lines = 0;
        let mut src = 0;
        let mut boom = 0;
        let mut st = 0;
        let t = std::time::Instant::now();
        for s in a[0]..a[1] {
            let m = generator::generate(s, &f);
            src += print::print(&m).lines().count();
            let mut rng = fastrand::Rng::with_seed(s);
            for _ in 0..20 {
                let c = subject::random_calls(&m, &mut rng);
                let o = subject::observe(interpreter::Interpreter::new(&m).ok(), &c);
                n += 1;
                if o.len() == 1 {
                    p += 1
                };
                lines += o.len();
                for l in &o {
                    if l.contains("Boom") {
                        boom += 1
                    }
                    if l.contains("StackPanic") {
                        st += 1
                    }
                }
            }
        }
        println!(
            "runs {n} new-panics {p} lines/run {} src/machine {} boom {boom} stack {st} {:?}",
            lines / n,
            src / ((a[1] - a[0]) as usize),
            t.elapsed()
        );
    }
}
