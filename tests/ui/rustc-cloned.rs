use frame_runtime::frame_system;

#[derive(Default)]
struct Token(u32);

frame_system! {
    @@system Gate {
        interface:
            take(token: Token)
            next()
            count(): u32
        machine:
            $Idle {
                take(token: Token) { -> $First(token) }
            }
            $First(token: Token) {
                next() { -> $Second(token) }
                count(): u32 { token.0 }
            }
            $Second(token: Token) {
                $.passed: u32 = 0
                next() {
                    $.passed += 1;
                    if $.passed > 3 { -> $First(token) }
                }
                count(): u32 { token.0 + $.passed }
            }
    }
}

fn main() {
    let mut gate = Gate::new();
    gate.take(Token(1));
    gate.next();
    gate.count();
}
