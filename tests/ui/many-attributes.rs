frame_runtime::frame_system! {
    @@[create]
    @@[stack]
    @@[data]
    @@[evnts(pool)]
    @@[allow]
    @@system Lamp {
        interface:
            @@[retain]
            toggle()
        machine:
            @@[allow(W851, W1)]
            $Off {
                @@[create(make)]
                toggle() { }
                @@[wrong]
                dim() { }
            }
        domain:
            @@[stack(3)]
            count: u8
    }
}

fn main() {}
