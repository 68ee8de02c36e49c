//! Section 4, R24: values that live as long as one call.

mod declared {
    frame_system! {
        @@[data(total: i32 = 100, steps: Vec<&'static str> = vec!["begin"])]
        @@system Till {
            interface:
                sell(price: i32): i32
                look(): i32
                log(): usize
                again(price: i32): i32
            machine:
                $Open => $Shop {
                    sell(price: i32): i32 {
                        @@:data.total += price;
                        @@:data.steps.push("Open.sell");
                        => $^
                        @@:data.steps.push("Open.sell again");
                        -> $Closed
                        @@:(@@:data.total)
                    }
                    <$ {
                        @@:data.total = @@:data.total * 2;
                        @@:data.steps.push("Open.exit");
                    }
                    look(): i32 { @@:data.total }
                    log(): usize { @@:data.steps.len() }
                    again(price: i32): i32 {
                        @@:data.total -= price;
                        let other = @@:self.look();
                        @@:data.total + other
                    }
                }
                $Shop {
                    sell(_price: i32): i32 {
                        @@:data.total += 1;
                        @@:data.steps.push("Shop.sell");
                    }
                }
                $Closed {
                    $> {
                        self.total = @@:data.total;
                        self.steps = std::mem::take(&mut @@:data.steps);
                    }
                    look(): i32 { @@:data.total }
                }
            domain:
                pub total: i32 = 0
                pub steps: Vec<&'static str>
        }
    }

    #[test]
    fn r24_every_handler_within_the_call_sees_the_data() {
        let mut till = Till::new();
        assert_eq!(till.sell(5), 106);
        assert_eq!(till.total, 212);
        assert_eq!(till.steps, ["begin", "Open.sell", "Shop.sell", "Open.sell again", "Open.exit"]);
    }

    #[test]
    fn r24_every_call_begins_with_the_initial_values() {
        let mut till = Till::new();
        assert_eq!((till.look(), till.log()), (100, 1));
        till.sell(5);
        assert_eq!(till.look(), 100);
    }

    #[test]
    fn r16_a_self_call_has_its_own_data() {
        assert_eq!(Till::new().again(30), 170);
    }
}

mod undeclared {
    frame_system! {
        @@system Request {
            interface:
                handle(path: String): String
            machine:
                $Ready => $Server {
                    handle(path: String): String {
                        @@:(format!("{:?}", @@:data.user))
                        @@:data.user = format!("user of {path}");
                        => $^
                        @@:return = format!("{} {} {}", @@:return, @@:data.user, @@:data.user.len())
                    }
                }
                $Server {
                    handle(_path: String): String {
                        @@:data.user.push('!');
                        if @@:data.realm.is_empty() {
                            @@:data.realm = "realm".to_string();
                        }
                    }
                }
        }
    }

    #[test]
    fn r24_an_undeclared_key_holds_a_string() {
        let mut request = Request::new();
        assert_eq!(request.handle("/".to_string()), "\"\" user of /! 10");
        assert_eq!(request.handle("/a".to_string()), "\"\" user of /a! 11");
    }
}

mod construction {
    frame_system! {
        @@[data(depth: u32 = 0)]
        @@system Boot {
            interface:
                depth(): u32
            machine:
                $First {
                    $> {
                        @@:data.depth += 1;
                        -> $Second
                    }
                    <$ { @@:data.depth += 10; }
                }
                $Second {
                    $> { self.seen = @@:data.depth + 100; }
                    depth(): u32 { @@:data.depth }
                }
            domain:
                pub seen: u32 = 0
        }
    }

    #[test]
    fn r24_construction_is_a_call_with_data_of_its_own() {
        let mut boot = Boot::new();
        assert_eq!((boot.seen, boot.depth()), (111, 0));
    }
}
