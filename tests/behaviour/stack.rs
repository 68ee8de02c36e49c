//! Section 4, R21–R23: the stack of compartments.

mod pages {
    use crate::behaviour::panic_message;

    frame_system! {
        @@system Browser {
            operations:
                depth(): usize { @@:system.stack.depth }
            interface:
                visit(to: u32)
                visit_lines(to: u32)
                visit_later(to: u32)
                save()
                swap()
                forget()
                back()
                back_with(word: &'static str)
                scroll(by: u32)
                look(): String
            machine:
                $Home {
                    visit(to: u32) { push$ -> $Page(to) }
                    back() { -> pop$ }
                }
                $Page(id: u32) => $Tab {
                    $.top: u32 = 0

                    visit(to: u32) { push$ ("left") -> ("arrived") "link" $Page(to) }
                    visit_lines(to: u32) {
                        push$;
                        ("left") -> ("arrived") $Page(to);
                    }
                    visit_later(to: u32) {
                        push$
                        $.top += 1000;
                        -> $Page(to)
                    }
                    save() { push$ }
                    swap() {
                        pop$
                        push$;
                    }
                    forget() { pop$ }
                    back() { -> pop$ }
                    back_with(word: &'static str) { (word) -> (word) pop$ }
                    scroll(by: u32) {
                        $.top += by;
                        => $^
                    }
                    look(): String {
                        => $^
                        @@:(format!("page {id} at {} {}", $.top, @@:return))
                    }
                    $>(how: &'static str) { self.trace.push(format!("enter {id} {how:?}")); }
                    <$(why: &'static str) {
                        self.trace.push(format!("exit {id} {why:?}"));
                        $.top += 100;
                    }
                }
                $Tab {
                    $.scrolled: u32 = 0
                    scroll(by: u32) { $.scrolled += by; }
                    look(): String { @@:(format!("scrolled {}", $.scrolled)) }
                }
            domain:
                pub trace: Vec<String>
        }
    }

    fn on_page_one() -> Browser {
        let mut browser = Browser::new();
        browser.visit(1);
        browser.scroll(5);
        browser.trace.clear();
        browser
    }

    #[test]
    fn r21_push_with_a_transition_saves_the_compartment_after_its_exit() {
        let mut browser = on_page_one();
        browser.visit(2);
        assert_eq!((browser.look(), browser.depth()), ("page 2 at 0 scrolled 0".to_string(), 2));
        browser.back();
        assert_eq!(browser.look(), "page 1 at 105 scrolled 5");
    }

    #[test]
    fn r21_push_and_transition_take_all_decorations() {
        let mut browser = on_page_one();
        browser.visit(2);
        assert_eq!(browser.trace, ["exit 1 \"left\"", "enter 2 \"arrived\""]);
    }

    #[test]
    fn r21_a_semicolon_or_line_end_between_push_and_transition_changes_nothing() {
        let mut browser = on_page_one();
        browser.visit_lines(2);
        assert_eq!(browser.trace, ["exit 1 \"left\"", "enter 2 \"arrived\""]);
        browser.back();
        assert_eq!(browser.look(), "page 1 at 105 scrolled 5");
    }

    #[test]
    fn r21_a_bare_push_saves_a_clone() {
        let mut browser = on_page_one();
        browser.save();
        browser.scroll(1);
        assert_eq!((browser.look(), browser.depth()), ("page 1 at 6 scrolled 6".to_string(), 2));
        browser.back();
        assert_eq!(browser.look(), "page 1 at 5 scrolled 5");
    }

    #[test]
    fn r21_a_push_followed_by_something_else_is_bare() {
        let mut browser = on_page_one();
        browser.visit_later(2);
        browser.back();
        assert_eq!(browser.look(), "page 1 at 5 scrolled 5");
    }

    #[test]
    fn r22_pop_restores_variables_and_args_without_initialising() {
        let mut browser = on_page_one();
        browser.visit(2);
        browser.scroll(20);
        browser.visit(3);
        assert_eq!(browser.look(), "page 3 at 0 scrolled 0");
        browser.back();
        assert_eq!(browser.look(), "page 2 at 120 scrolled 20");
        browser.back();
        assert_eq!(browser.look(), "page 1 at 105 scrolled 5");
        browser.back();
        assert_eq!((browser.state(), browser.depth()), (BrowserState::Home, 0));
    }

    #[test]
    fn r22_pop_enters_with_the_saved_args() {
        let mut browser = on_page_one();
        browser.visit(2);
        browser.visit(3);
        browser.trace.clear();
        browser.back();
        browser.back();
        assert_eq!(
            browser.trace,
            ["exit 3 \"\"", "enter 2 \"arrived\"", "exit 2 \"\"", "enter 1 \"\""]
        );
    }

    #[test]
    fn r22_pop_enters_with_new_args_when_given() {
        let mut browser = on_page_one();
        browser.visit(2);
        browser.trace.clear();
        browser.back_with("again");
        assert_eq!(browser.trace, ["exit 2 \"again\"", "enter 1 \"again\""]);
    }

    #[test]
    fn r21_a_bare_pop_drops_the_top() {
        let mut browser = on_page_one();
        browser.visit(2);
        browser.visit(3);
        browser.forget();
        assert_eq!((browser.state(), browser.depth()), (BrowserState::Page, 2));
        browser.back();
        assert_eq!(browser.look(), "page 1 at 105 scrolled 5");
    }

    #[test]
    fn r21_a_bare_pop_does_nothing_on_an_empty_stack() {
        let mut browser = on_page_one();
        browser.forget();
        assert_eq!(browser.depth(), 0);
        browser.forget();
        assert_eq!((browser.look(), browser.depth()), ("page 1 at 5 scrolled 5".to_string(), 0));
    }

    #[test]
    fn r21_statements_of_the_stack_take_effect_at_once() {
        let mut browser = on_page_one();
        browser.visit(2);
        browser.swap();
        assert_eq!(browser.depth(), 2);
        browser.scroll(7);
        browser.back();
        assert_eq!(browser.look(), "page 2 at 0 scrolled 0");
    }

    #[test]
    fn r23_the_stack_grows() {
        let mut browser = Browser::new();
        for id in 0..200 {
            browser.visit(id);
        }
        assert_eq!(browser.depth(), 200);
        for id in (0..199).rev() {
            browser.back();
            assert_eq!(browser.look(), format!("page {id} at 100 scrolled 0"));
        }
        browser.back();
        assert_eq!((browser.state(), browser.depth()), (BrowserState::Home, 0));
    }

    #[test]
    fn r23_pop_on_an_empty_stack_panics_before_anything_has_changed() {
        let mut browser = on_page_one();
        browser.forget();
        let message = panic_message(|| browser.back());
        for part in ["Browser", "Page", "back"] {
            assert!(message.contains(part), "no {part} in {message:?}");
        }
        assert!(browser.trace.is_empty());
        assert_eq!((browser.look(), browser.depth()), ("page 1 at 5 scrolled 5".to_string(), 0));
    }

    #[test]
    fn r23_the_machine_stays_usable_after_an_empty_pop() {
        let mut browser = on_page_one();
        browser.forget();
        panic_message(|| browser.back());
        browser.visit(2);
        assert_eq!((browser.state(), browser.depth()), (BrowserState::Page, 1));
        browser.back();
        assert_eq!(browser.look(), "page 1 at 105 scrolled 5");
    }
}

mod hierarchy {
    frame_system! {
        @@system Player {
            interface:
                pause()
                rival()
                resume()
                tick(): u32
                depth(): usize
            machine:
                $Song => $Playing {
                    $.ticks: u32 = 0
                    tick(): u32 {
                        $.ticks += 1;
                        @@:($.ticks)
                    }
                    rival() {
                        => $^
                        -> $Paused
                    }
                    pause() { => $^ }
                    depth(): usize { => $^ }
                }
                $Playing {
                    pause() { push$ -> $Paused }
                    rival() { push$ -> $Stopped }
                    depth(): usize { @@:system.stack.depth }
                }
                $Paused {
                    resume() { -> pop$ }
                    depth(): usize { @@:system.stack.depth }
                }
                $Stopped {}
        }
    }

    #[test]
    fn r21_a_parents_push_saves_the_leaf() {
        let mut player = Player::new();
        player.tick();
        player.tick();
        player.pause();
        assert_eq!((player.tick(), player.depth()), (0, 1));
        player.resume();
        assert_eq!((player.tick(), player.depth()), (3, 0));
    }

    #[test]
    fn r08_a_transition_that_is_overridden_pushes_nothing() {
        let mut player = Player::new();
        player.rival();
        assert_eq!((player.state(), player.depth()), (PlayerState::Paused, 0));
    }
}

mod retained {
    frame_system! {
        @@system Wizard {
            interface:
                help()
                leave()
                back()
                fill(): u32
            machine:
                $Form => $Session {
                    help() { push$ -> $Help }
                    leave() { push$ -> $Away }
                    => $^
                }
                $Help => $Session {
                    back() { -> pop$ }
                    => $^
                }
                $Away {
                    back() { -> pop$ }
                }
                @@[retain]
                $Session {
                    $.filled: u32 = 0
                    fill(): u32 {
                        $.filled += 1;
                        @@:($.filled)
                    }
                }
        }
    }

    #[test]
    fn r12_a_push_to_another_descendant_retains_the_parent() {
        let mut wizard = Wizard::new();
        wizard.fill();
        wizard.help();
        assert_eq!(wizard.fill(), 2);
    }

    #[test]
    fn r22_a_pop_restores_the_parent_as_it_was_pushed() {
        let mut wizard = Wizard::new();
        wizard.fill();
        wizard.help();
        wizard.fill();
        wizard.back();
        assert_eq!((wizard.state(), wizard.fill()), (WizardState::Form, 2));
        wizard.leave();
        wizard.back();
        assert_eq!(wizard.fill(), 3);
    }
}

mod bounded {
    use crate::behaviour::panic_message;

    frame_system! {
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        @@[stack(2)]
        @@system Menu {
            interface:
                enter(id: u32)
                mark()
                leave()
                look(): u32
            machine:
                $Root {
                    enter(id: u32) { push$ -> $Level(id) }
                }
                $Level(id: u32) {
                    $.looks: u32 = 0
                    enter(id: u32) { push$ -> $Level(id) }
                    mark() { push$ }
                    leave() {
                        if @@:system.stack.depth > 0 { -> pop$ }
                    }
                    look(): u32 {
                        $.looks += 1;
                        id * 10 + $.looks
                    }
                    <$ { self.exits += 1; }
                }
            domain:
                pub exits: u32 = 0
        }
    }

    fn full() -> Menu {
        let mut menu = Menu::new();
        menu.enter(1);
        menu.enter(2);
        menu
    }

    #[test]
    fn r23_a_bounded_stack_holds_its_capacity() {
        let mut menu = full();
        assert_eq!(menu.look(), 21);
        menu.leave();
        assert_eq!(menu.look(), 11);
        menu.leave();
        assert_eq!((menu.state(), menu.exits), (MenuState::Root, 3));
    }

    #[test]
    fn r23_a_push_beyond_the_bound_panics_before_anything_has_changed() {
        let mut menu = full();
        let message = panic_message(|| menu.enter(3));
        for part in ["Menu", "Level", "enter"] {
            assert!(message.contains(part), "no {part} in {message:?}");
        }
        assert_eq!((menu.look(), menu.exits), (21, 1));
        panic_message(|| menu.mark());
        assert_eq!(menu.look(), 22);
        menu.leave();
        assert_eq!(menu.look(), 11);
    }

    #[test]
    fn s6_derives_hold_for_the_stack() {
        let (mut menu, other) = (full(), full());
        assert_eq!(std::collections::BTreeSet::from([menu.clone(), other.clone()]).len(), 1);
        menu.leave();
        assert!(menu != other);
    }

    #[test]
    fn r23_a_full_stack_takes_pushes_again_after_a_pop() {
        let mut menu = full();
        panic_message(|| menu.enter(3));
        menu.leave();
        menu.mark();
        menu.look();
        menu.leave();
        assert_eq!(menu.look(), 11);
    }
}

mod combined {
    // Stack statements together with lifecycle handlers, default forwards and forwarded events.
    frame_system! {
        @@system Dialogs {
            interface:
                open(n: u32)
                close(n: u32)
                flash(n: u32)
                ask(n: u32): String
            machine:
                $Page {
                    $>(n: u32 = 77) { self.note("Page.enter", n); }
                    <$(n: u32 = 88) { self.note("Page.exit", n); }
                    open(n: u32) { push$ -> (n) $Dialog }
                    close(n: u32) { self.note("Page.close", n); }
                    ask(n: u32): String { push$ (n) -> => (n + 1) $Question }
                }
                $Dialog => $Overlay {
                    close(n: u32) { -> => pop$ }
                    flash(n: u32) { push$ -> (n) $Flash }
                    => $^
                }
                $Overlay {
                    $.opened: u32 = 0
                    $>(n: u32, m: u32 = 9) {
                        $.opened += 1;
                        self.note("Overlay.enter", n * 100 + m * 10 + $.opened);
                    }
                    <$ { self.note("Overlay.exit", $.opened); }
                }
                $Flash {
                    $>(n: u32) {
                        self.note("Flash.enter", n);
                        -> pop$
                    }
                }
                $Question {
                    $>(n: u32) {
                        self.note("Question.enter", n);
                        -> pop$
                    }
                    ask(n: u32): String { @@:(format!("asked {n}")) }
                }
            actions:
                note(what: &str, n: u32) { self.trace.push(format!("{what} {n}")); }
            domain:
                pub trace: Vec<String>
        }
    }

    #[test]
    fn r25_an_event_taken_to_a_popped_state_comes_after_its_enter() {
        let mut dialogs = Dialogs::new();
        dialogs.open(2);
        dialogs.close(3);
        assert_eq!(
            dialogs.trace,
            [
                "Page.enter 77",
                "Page.exit 88",
                "Overlay.enter 291",
                "Overlay.exit 1",
                "Page.enter 77",
                "Page.close 3"
            ]
        );
    }

    #[test]
    fn r06_enter_may_pop_back_to_where_it_came_from() {
        let mut dialogs = Dialogs::new();
        dialogs.open(2);
        dialogs.trace.clear();
        dialogs.flash(4);
        // The saved args reach the ancestor's handler again, and its variable was kept.
        assert_eq!(dialogs.trace, ["Overlay.exit 1", "Flash.enter 4", "Overlay.enter 292"]);
        assert_eq!(dialogs.state(), DialogsState::Dialog);
    }

    #[test]
    fn r26_a_forwarded_event_comes_before_a_pop_queued_by_enter() {
        let mut dialogs = Dialogs::new();
        dialogs.trace.clear();
        assert_eq!(dialogs.ask(5), "asked 5");
        assert_eq!(dialogs.trace, ["Page.exit 5", "Question.enter 6", "Page.enter 77"]);
        assert_eq!(dialogs.state(), DialogsState::Page);
    }
}

mod names {
    frame_system! {
        @@system Corn {
            interface:
                heat()
                cool()
            machine:
                $Raw {
                    heat() { push$ -> $Pop }
                    cool() { -> $POP }
                }
                $Pop {
                    heat() { -> $Pop }
                    cool() { -> pop$ }
                }
                $POP {
                    heat() { -> $Pop }
                    cool() { -> $Raw }
                }
        }
    }

    #[test]
    fn s1_states_may_be_named_like_what_a_transition_does() {
        let mut corn = Corn::new();
        corn.cool();
        assert_eq!(corn.state(), CornState::POP);
        corn.cool();
        corn.heat();
        corn.heat();
        assert_eq!(corn.state(), CornState::Pop);
        corn.cool();
        assert_eq!(corn.state(), CornState::Raw);
    }
}
