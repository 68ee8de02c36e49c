//! `@@[event_enum]`: `dispatch` does what the methods do, in each mode.

macro_rules! in_each_mode {
    ($($input:tt)*) => {
        mod direct {
            frame_runtime::__private::frame_system! { (frame_runtime; event_enum) $($input)* }
        }
        mod direct_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; state_id(string)) $($input)*
            }
        }
        mod pool {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(pool(4))) $($input)*
            }
        }
        mod pool_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(pool(8)); state_id(string); event_id(string))
                $($input)*
            }
        }
        mod growing {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(pool); overflow(grow)) $($input)*
            }
        }
        mod heap {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(heap)) $($input)*
            }
        }
        mod heap_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(heap); state_id(string); event_id(string))
                $($input)*
            }
        }
    };
}

in_each_mode! {
    @@[allow(W850)]
    #[derive(Clone, Debug, PartialEq)]
    pub @@system Desk {
        interface:
            open(name: &str, bytes: &[u8]): usize
            write(text: &str): u64
            close()
            undo(): u64
            title(): Option<String> = None
            r#move()
            log(&self): &[String]
        machine:
            $Closed => $Base {
                open(name: &str, bytes: &[u8]): usize {
                    -> (name.to_string()) $Open(bytes.to_vec())
                    @@:(name.len())
                }
                write(text: &str): u64 {
                    if text.is_empty() {
                        @@:return(99)
                    }
                    -> => $Open(vec![])
                }
                $> { self.log.push("enter Closed".to_string()); }
                <$ {
                    let title = @@:self.title();
                    self.log.push(format!("exit Closed {title:?}"));
                }
                => $^
            }
            $Open(bytes: Vec<u8>) => $Base {
                $.written: u64 = bytes.len() as u64
                $>(name: String) { self.log.push(format!("enter Open {name}")); }
                write(text: &str): u64 {
                    $.written += text.len() as u64;
                    => $^
                    @@:($.written)
                }
                close() {
                    push$
                    -> $Closed
                }
                title(): Option<String> { Some(format!("open {}", $.written)) }
                => $^
            }
            $Base {
                write(text: &str): u64 { self.log.push(format!("wrote {text}")); }
                undo(): u64 {
                    @@:(@@:system.stack.depth as u64)
                    if @@:system.stack.depth > 0 {
                        -> pop$
                    }
                }
                r#move() {
                    self.log.push(format!("{} in {}", @@:event, @@:system.state.name));
                    let _ = @@:self.undo();
                }
                log(): &[String] { &self.log }
            }
        domain:
            log: Vec<String>
    }

    /// What stands for a name.
    pub type Id = u32;

    /// A number of things.
    #[derive(Debug, PartialEq)]
    pub struct Count(pub u32);

    #[derive(Debug, PartialEq)]
    pub @@system Registry {
        interface:
            id(): Id
            number(): u32
            count(): Count = Count(0)
            name(): Option<String>
        machine:
            $Only {
                id(): Id { 1 }
                number(): u32 { 2 }
                count(): Count { Count(3) }
                name(): Option<String> { Some("four".to_string()) }
            }
    }
}

#[test]
fn a_type_under_two_names_leaves_the_accessors() {
    use direct::{Count, Registry, RegistryEvent, RegistryReply};
    let mut registry = Registry::new();
    assert_eq!(registry.dispatch(RegistryEvent::Id).into_id(), Ok(1));
    assert_eq!(registry.dispatch(RegistryEvent::Number).into_number(), Ok(2));
    assert_eq!(registry.dispatch(RegistryEvent::Count).into_count(), Ok(Count(3)));
    assert_eq!(registry.dispatch(RegistryEvent::Number).into_id(), Err(RegistryReply::Number(2)));
}

/// What a machine of any mode has shown.
type Shown = (Vec<String>, &'static str);

macro_rules! dispatch_in {
    ($($mode:ident)*) => { $(mod $mode {
        use super::Shown;
        use super::super::$mode::{Desk, DeskEvent, DeskReply};

        fn events() -> [DeskEvent; 6] {
            [
                DeskEvent::Open { name: "one".to_string(), bytes: vec![1, 2] },
                DeskEvent::Write { text: "words".to_string() },
                DeskEvent::Close,
                DeskEvent::Undo,
                DeskEvent::Title,
                DeskEvent::Move,
            ]
        }

        fn call(desk: &mut Desk, event: DeskEvent) -> DeskReply {
            match event {
                DeskEvent::Open { name, bytes } => DeskReply::Open(desk.open(&name, &bytes)),
                DeskEvent::Write { text } => DeskReply::Write(desk.write(&text)),
                DeskEvent::Close => {
                    desk.close();
                    DeskReply::Nothing
                }
                DeskEvent::Undo => DeskReply::Undo(desk.undo()),
                DeskEvent::Title => DeskReply::Title(desk.title()),
                DeskEvent::Move => {
                    desk.r#move();
                    DeskReply::Nothing
                }
            }
        }

        /// The trace of a sequence of events, after `dispatch` and the methods have agreed on it.
        pub fn shown(sequence: [usize; 4]) -> Shown {
            let (mut dispatched, mut called) = (Desk::new(), Desk::new());
            let mut replies = Vec::new();
            for at in sequence {
                let [event, same] = [(); 2].map(|()| events()[at].clone());
                let (reply, returned) = (dispatched.dispatch(event), call(&mut called, same));
                assert_eq!((&dispatched, &reply), (&called, &returned), "{sequence:?}");
                replies.push(format!("{reply:?}"));
            }
            replies.extend_from_slice(dispatched.log());
            (replies, dispatched.state_name())
        }

        #[test]
        fn a_reply_converts_into_its_value() {
            let mut desk = Desk::new();
            let open = desk.dispatch(DeskEvent::Open { name: "one".to_string(), bytes: vec![7; 3] });
            assert_eq!(usize::try_from(open), Ok(3));
            // Two events return a `u64`.
            assert_eq!(u64::try_from(desk.dispatch(DeskEvent::Write { text: "ab".into() })), Ok(5));
            assert_eq!(u64::try_from(desk.dispatch(DeskEvent::Undo)), Ok(0));
            let title = desk.dispatch(DeskEvent::Title);
            assert_eq!(Option::<String>::try_from(title), Ok(Some("open 5".to_string())));
            // Another's value, or none, comes back.
            let undone = desk.dispatch(DeskEvent::Undo);
            assert_eq!(usize::try_from(undone), Err(DeskReply::Undo(0)));
            assert_eq!(u64::try_from(desk.dispatch(DeskEvent::Close)), Err(DeskReply::Nothing));
        }

        #[test]
        fn a_reply_gives_the_value_of_its_event() {
            let mut desk = Desk::new();
            let title = desk.dispatch(DeskEvent::Title);
            assert_eq!(title.clone().into_undo(), Err(title.clone()));
            assert_eq!(title.into_title(), Ok(None));
            assert_eq!(desk.dispatch(DeskEvent::Undo).into_undo(), Ok(0));
        }
    })* };
}

mod dispatch {
    use super::Shown;

    dispatch_in!(direct direct_by_name pool pool_by_name growing heap heap_by_name);

    /// Every sequence of four of the six events, in every mode.
    #[test]
    fn dispatch_and_the_methods_agree_in_all_modes() {
        for number in 0..6_usize.pow(4) {
            let sequence = [0, 1, 2, 3].map(|at| number / 6_usize.pow(at) % 6);
            let expected = direct::shown(sequence);
            let modes: [fn([usize; 4]) -> Shown; 6] = [
                direct_by_name::shown,
                pool::shown,
                pool_by_name::shown,
                growing::shown,
                heap::shown,
                heap_by_name::shown,
            ];
            for (at, shown) in modes.into_iter().enumerate() {
                assert_eq!(shown(sequence), expected, "mode {at}, {sequence:?}");
            }
        }
    }

    #[test]
    fn the_trace_is_that_of_the_language() {
        let (trace, state) = pool_by_name::shown([1, 2, 5, 1]);
        assert_eq!(state, "Open");
        let expected = [
            "Write(5)",
            "Nothing",
            "Nothing",
            "Write(10)",
            "enter Closed",
            "exit Closed None",
            "enter Open ",
            "wrote words",
            "enter Closed",
            "move in Closed",
            "exit Closed None",
            "enter Open ",
            "wrote words",
        ];
        assert_eq!(trace, expected);
    }
}
