//! The examples `coap`, `tcp`, `mail` and `elevator`: what they make of the data that they come with, and of a few sequences that
//! nobody has recorded.

#![forbid(unsafe_code)]

#[allow(dead_code)]
#[path = "../examples/coap/main.rs"]
mod coap;
#[allow(dead_code)]
#[path = "../examples/elevator/main.rs"]
mod elevator;
#[allow(dead_code)]
#[path = "../examples/mail/main.rs"]
mod mail;
#[allow(dead_code)]
#[path = "../examples/tcp/main.rs"]
mod tcp;

fn data(name: &str) -> Vec<u8> {
    let path = format!("{}/examples/data/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn text(name: &str) -> String {
    String::from_utf8(data(name)).expect("a script is text")
}

// --- A TCP connection

mod connection {
    use std::time::Duration;

    use super::data;
    use super::tcp::connection::{Connection, ConnectionState as State};
    use super::tcp::control::Anomaly;
    use super::tcp::pcap::{self, Packet};
    use super::tcp::replay::{self, Conversation, What};
    use super::tcp::segment::{Segment, after, before};

    fn capture() -> Vec<Conversation> {
        replay::conversations(&pcap::packets(&data("tcp.pcap")).unwrap())
    }

    /// The conversation of this client.
    fn conversation(port: u16) -> Conversation {
        let mut conversations = capture();
        let index = conversations.iter().position(|c| c.ends[0].address.port() == port).unwrap();
        conversations.swap_remove(index)
    }

    fn states(conversation: &Conversation) -> [String; 2] {
        conversation.ends.each_ref().map(|end| path(&end.connection))
    }

    fn path(connection: &Connection) -> String {
        connection.visited.iter().map(State::to_string).collect::<Vec<_>>().join(" ")
    }

    const ACTIVE_CLOSE: &str = "CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED";
    const PASSIVE_CLOSE: &str = "CLOSED LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED";

    #[test]
    fn every_conversation_of_the_capture_ends_closed() {
        let conversations = capture();
        assert_eq!(conversations.len(), 10);
        for end in conversations.iter().flat_map(|conversation| &conversation.ends) {
            assert_eq!(end.connection.state(), State::Closed, "{}", end.address);
        }
    }

    #[test]
    fn the_capture_visits_every_state() {
        let conversations = capture();
        let visited = |state| {
            conversations
                .iter()
                .flat_map(|c| &c.ends)
                .any(|e| e.connection.visited.contains(&state))
        };
        for state in [
            State::Closed,
            State::Listen,
            State::SynSent,
            State::SynReceived,
            State::Established,
            State::FinWait1,
            State::FinWait2,
            State::CloseWait,
            State::Closing,
            State::LastAck,
            State::TimeWait,
        ] {
            assert!(visited(state), "{state}");
        }
    }

    #[test]
    fn only_the_expected_segments_are_remarked_upon() {
        let remarks: Vec<_> = capture()
            .iter()
            .flat_map(|conversation| {
                let port = |end: usize| conversation.ends[end].address.port();
                conversation
                    .anomalies()
                    .map(|(_, end, anomaly)| (port(end), anomaly))
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(
            remarks,
            [
                (7003, Anomaly::NoConnection),
                (7006, Anomaly::Gap),
                (41006, Anomaly::Repeated),
                (41008, Anomaly::Gap),
                (7008, Anomaly::BlindReset),
                (41008, Anomaly::AckOfNothing),
                (7008, Anomaly::AckOfNothing),
                (41008, Anomaly::Unexpected),
                (7008, Anomaly::LateSyn),
            ]
        );
    }

    #[test]
    fn request_and_response() {
        assert_eq!(states(&conversation(41001)), [ACTIVE_CLOSE, PASSIVE_CLOSE]);
    }

    #[test]
    fn half_closed() {
        let conversation = conversation(41002);
        assert_eq!(states(&conversation), [ACTIVE_CLOSE, PASSIVE_CLOSE]);
        // The server goes on sending.
        let sent_in_close_wait = conversation.events.iter().filter(|event| match event.what {
            What::Sent(packet, Ok(())) => {
                event.state == State::CloseWait && packet.segment.length > 0
            }
            _ => false,
        });
        assert_eq!(sent_in_close_wait.count(), 3);
    }

    #[test]
    fn refused() {
        assert_eq!(states(&conversation(41003)), ["CLOSED SYN-SENT CLOSED", "CLOSED"]);
    }

    #[test]
    fn aborted() {
        assert_eq!(
            states(&conversation(41004)),
            ["CLOSED SYN-SENT ESTABLISHED CLOSED", "CLOSED LISTEN SYN-RECEIVED ESTABLISHED CLOSED"]
        );
    }

    #[test]
    fn reset_while_half_closed() {
        assert_eq!(
            states(&conversation(41005)),
            [
                "CLOSED SYN-SENT ESTABLISHED CLOSE-WAIT CLOSED",
                "CLOSED LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 CLOSED"
            ]
        );
    }

    #[test]
    fn a_lost_segment_delays_the_others() {
        let conversation = conversation(41006);
        assert_eq!(states(&conversation), [ACTIVE_CLOSE, PASSIVE_CLOSE]);
        let lost = conversation.events.iter().filter(|event| matches!(event.what, What::Lost(_)));
        assert_eq!(lost.count(), 1);
    }

    #[test]
    fn the_same_ports_again_from_time_wait() {
        assert_eq!(
            states(&conversation(41007)),
            [
                "CLOSED SYN-SENT ESTABLISHED CLOSE-WAIT LAST-ACK \
                 CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED",
                "CLOSED LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT \
                 LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"
            ]
        );
    }

    #[test]
    fn forged_segments_change_nothing() {
        assert_eq!(
            states(&conversation(41008)),
            [
                "CLOSED SYN-SENT ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED",
                "CLOSED LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED"
            ]
        );
    }

    #[test]
    fn simultaneous_open() {
        assert_eq!(
            states(&conversation(41182)),
            [
                "CLOSED SYN-SENT SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED",
                "CLOSED SYN-SENT SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT CLOSED"
            ]
        );
    }

    #[test]
    fn simultaneous_close() {
        let conversation = conversation(41320);
        let closing = "ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT CLOSED";
        assert_eq!(
            states(&conversation),
            [format!("CLOSED SYN-SENT {closing}"), format!("CLOSED LISTEN SYN-RECEIVED {closing}")]
        );
        // As the figures of the RFC have it.
        let printed = conversation.to_string();
        for line in [
            "...  <SEQ=11><ACK=1><CTL=FIN,ACK>                  <--  FIN-WAIT-1\n",
            "FIN-WAIT-1  -->  <SEQ=1><ACK=11><CTL=FIN,ACK>                  ...\n",
            "CLOSING  <--  <SEQ=11><ACK=1><CTL=FIN,ACK>                  ...\n",
            "...  <SEQ=1><ACK=11><CTL=FIN,ACK>                  -->  CLOSING\n",
        ] {
            assert!(printed.contains(line), "no {line:?} in\n{printed}");
        }
    }

    // By hand: this end has 100 as its first number, the other one 300.

    fn ours(seq: u32, ack: u32) -> Segment {
        Segment { seq, ack: Some(ack), window: 1000, ..Segment::default() }
    }

    const SYN: Segment = Segment {
        seq: 100,
        ack: None,
        syn: true,
        fin: false,
        rst: false,
        window: 1000,
        scale: None,
        length: 0,
    };
    const THEIR_SYN: Segment = Segment { seq: 300, ..SYN };

    fn fin(s: Segment) -> Segment {
        Segment { fin: true, ..s }
    }

    fn rst(s: Segment) -> Segment {
        Segment { rst: true, ..s }
    }

    fn data_of(s: Segment, length: u32) -> Segment {
        Segment { length, ..s }
    }

    fn established() -> Connection {
        let mut end = Connection::default();
        end.send(&SYN).unwrap();
        end.receive(&Segment { ack: Some(101), ..THEIR_SYN }).unwrap();
        end.send(&ours(101, 301)).unwrap();
        assert_eq!(end.state(), State::Established);
        end
    }

    fn listening() -> Connection {
        let mut end = Connection::default();
        end.listen();
        end
    }

    #[test]
    fn nothing_is_expected_of_a_closed_end_but_resets() {
        let mut end = Connection::default();
        assert_eq!(end.send(&ours(1, 1)), Err(Anomaly::Unexpected));
        assert_eq!(end.receive(&ours(1, 1)), Err(Anomaly::NoConnection));
        assert_eq!(end.send(&rst(ours(1, 1))), Ok(()));
        assert_eq!(path(&end), "CLOSED");
    }

    #[test]
    fn data_and_fin_may_come_with_the_acknowledgment_of_the_syn() {
        let mut end = listening();
        end.receive(&THEIR_SYN).unwrap();
        end.send(&Segment { ack: Some(301), ..SYN }).unwrap();
        end.receive(&fin(data_of(ours(301, 101), 5))).unwrap();
        assert_eq!(path(&end), "CLOSED LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT");
        assert_eq!(end.send(&ours(101, 307)), Ok(()));
        assert_eq!(end.send(&ours(101, 308)), Err(Anomaly::AckOfNothing));
    }

    #[test]
    fn a_reset_sends_a_listener_back_and_a_caller_away() {
        let reset = Segment { ack: None, ..rst(ours(301, 0)) };
        let mut end = listening();
        end.receive(&THEIR_SYN).unwrap();
        end.send(&Segment { ack: Some(301), ..SYN }).unwrap();
        assert_eq!(end.receive(&reset), Ok(()));
        assert_eq!(path(&end), "CLOSED LISTEN SYN-RECEIVED LISTEN");

        let mut end = Connection::default();
        end.send(&SYN).unwrap();
        end.receive(&THEIR_SYN).unwrap();
        assert_eq!(end.receive(&reset), Ok(()));
        assert_eq!(path(&end), "CLOSED SYN-SENT SYN-RECEIVED CLOSED");
    }

    #[test]
    fn a_reset_counts_in_its_place_only() {
        let at = |seq| Segment { ack: None, ..rst(ours(seq, 0)) };
        let mut end = established();
        assert_eq!(end.receive(&at(302)), Err(Anomaly::BlindReset));
        assert_eq!(end.receive(&at(5000)), Err(Anomaly::OutsideWindow));
        assert_eq!(end.receive(&at(300)), Err(Anomaly::Repeated));
        assert_eq!(end.receive(&at(301)), Ok(()));
        assert_eq!(end.state(), State::Closed);

        let mut end = Connection::default();
        end.send(&SYN).unwrap();
        assert_eq!(end.receive(&at(0)), Err(Anomaly::BlindReset));
        assert_eq!(end.receive(&rst(ours(0, 102))), Err(Anomaly::AckOfNothing));
        assert_eq!(end.receive(&rst(ours(0, 101))), Ok(()));
        assert_eq!(end.state(), State::Closed);
    }

    #[test]
    fn the_fin_that_acknowledges_ours_passes_through_fin_wait_2() {
        let mut end = established();
        end.send(&fin(ours(101, 301))).unwrap();
        end.receive(&fin(ours(301, 102))).unwrap();
        assert_eq!(path(&end), "CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT");
    }

    #[test]
    fn a_fin_that_overtakes_data_waits_for_them() {
        let mut end = established();
        assert_eq!(end.receive(&fin(data_of(ours(306, 101), 5))), Err(Anomaly::Gap));
        assert_eq!(end.state(), State::Established);
        assert_eq!(end.receive(&data_of(ours(301, 101), 5)), Ok(()));
        assert_eq!(end.state(), State::CloseWait);
        assert_eq!(end.receive(&data_of(ours(312, 101), 5)), Err(Anomaly::AfterFin));
        assert_eq!(end.send(&ours(101, 312)), Ok(()));
    }

    #[test]
    fn what_is_sent_must_fit() {
        let mut end = established();
        assert_eq!(end.send(&data_of(ours(101, 301), 10)), Ok(()));
        assert_eq!(end.send(&data_of(ours(101, 301), 10)), Err(Anomaly::Repeated));
        assert_eq!(end.send(&data_of(ours(112, 301), 10)), Err(Anomaly::Gap));
        assert_eq!(end.send(&data_of(ours(111, 301), 991)), Err(Anomaly::BeyondWindow));
        assert_eq!(end.send(&Segment { ack: None, ..ours(111, 0) }), Err(Anomaly::NoAck));
        assert_eq!(end.send(&SYN), Err(Anomaly::Unexpected));
        assert_eq!(end.send(&Segment { ack: None, ..rst(ours(2000, 0)) }), Err(Anomaly::Gap));
        assert_eq!(end.state(), State::Established);
    }

    #[test]
    fn nothing_new_is_sent_behind_fin() {
        let mut end = established();
        end.send(&fin(data_of(ours(101, 301), 4))).unwrap();
        assert_eq!(end.send(&fin(data_of(ours(101, 301), 4))), Err(Anomaly::Repeated));
        assert_eq!(end.send(&data_of(ours(106, 301), 1)), Err(Anomaly::AfterFin));
        assert_eq!(end.send(&ours(106, 301)), Ok(()));
        assert_eq!(end.send(&rst(ours(106, 301))), Ok(()));
        assert_eq!(end.state(), State::Closed);
    }

    #[test]
    fn time_wait_starts_anew_with_each_fin() {
        let seconds = Duration::from_secs;
        let mut end = established();
        end.send(&fin(ours(101, 301))).unwrap();
        end.receive(&ours(301, 102)).unwrap();
        assert_eq!(end.deadline(), None);
        end.tick(seconds(1));
        end.receive(&fin(ours(301, 102))).unwrap();
        assert_eq!(end.deadline(), Some(seconds(241)));
        end.tick(seconds(200));
        assert_eq!(end.receive(&fin(ours(301, 102))), Err(Anomaly::Repeated));
        assert_eq!(end.deadline(), Some(seconds(440)));
        end.tick(seconds(439));
        assert_eq!(end.state(), State::TimeWait);
        end.tick(seconds(440));
        assert_eq!(end.state(), State::Closed);
    }

    #[test]
    fn only_a_listener_leaves_time_wait_for_a_syn() {
        let syn = Segment { seq: 9000, ..THEIR_SYN };
        for listens in [false, true] {
            let mut end = Connection::default();
            if listens {
                end.listen();
                end.receive(&THEIR_SYN).unwrap();
                end.send(&Segment { ack: Some(301), ..SYN }).unwrap();
                end.receive(&ours(301, 101)).unwrap();
            } else {
                end = established();
            }
            end.send(&fin(ours(101, 301))).unwrap();
            end.receive(&fin(ours(301, 102))).unwrap();
            assert_eq!(end.state(), State::TimeWait);
            // A relic of the old connection never does.
            assert_eq!(end.receive(&THEIR_SYN), Err(Anomaly::Repeated));
            let expected = match listens {
                true => (Ok(()), State::SynReceived),
                false => (Err(Anomaly::OutsideWindow), State::TimeWait),
            };
            assert_eq!((end.receive(&syn), end.state()), expected);
        }
    }

    #[test]
    fn sequence_numbers_wrap_around() {
        assert!(before(u32::MAX, 0) && after(0, u32::MAX) && !before(7, 7) && !after(7, 7));
        let mut end = Connection::default();
        end.send(&Segment { seq: u32::MAX, ..SYN }).unwrap();
        end.receive(&Segment { seq: u32::MAX - 3, ack: Some(0), ..SYN }).unwrap();
        assert_eq!(end.receive(&data_of(ours(u32::MAX - 2, 0), 10)), Ok(()));
        assert_eq!(end.send(&data_of(ours(0, 7), 10)), Ok(()));
        assert_eq!(end.receive(&data_of(ours(u32::MAX - 2, 0), 10)), Err(Anomaly::Repeated));
    }

    #[test]
    fn windows_are_scaled_if_both_ends_want_it() {
        for scale in [None, Some(2)] {
            let mut end = Connection::default();
            end.send(&Segment { scale: Some(3), ..SYN }).unwrap();
            end.receive(&Segment { scale, ack: Some(101), ..THEIR_SYN }).unwrap();
            end.receive(&ours(301, 101)).unwrap();
            let expected = if scale.is_some() { Ok(()) } else { Err(Anomaly::BeyondWindow) };
            assert_eq!(end.send(&data_of(ours(101, 301), 4000)), expected);
        }
    }

    /// A capture of one SYN, as the format has it.
    fn smallest_capture() -> Vec<u8> {
        let mut file = vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0];
        file.extend([0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 101, 0, 0, 0]);
        file.extend([1, 0, 0, 0, 2, 0, 0, 0, 40, 0, 0, 0, 40, 0, 0, 0]);
        file.extend([0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]);
        file.extend([0, 7, 0, 9, 0, 0, 0, 5, 0, 0, 0, 0, 0x50, 2, 1, 0, 0, 0, 0, 0]);
        file
    }

    #[test]
    fn captures_are_read_or_refused() {
        let file = smallest_capture();
        let [Packet { number: 1, from, to, segment, .. }] = pcap::packets(&file).unwrap()[..]
        else {
            panic!("one packet was expected");
        };
        assert_eq!((from.port(), to.port()), (7, 9));
        assert_eq!(segment, Segment { seq: 5, syn: true, window: 256, ..Segment::default() });

        let error = |file: &[u8]| pcap::packets(file).unwrap_err();
        for length in 0..24 {
            assert_eq!(error(&file[..length]), pcap::Error::NoCapture);
        }
        assert_eq!(pcap::packets(&file[..24]), Ok(vec![]));
        for length in 25..file.len() {
            assert_eq!(error(&file[..length]), pcap::Error::CutOff { packet: 1 });
        }
        // Every byte is checked before it is believed.
        for (at, value) in [(40, 0x4f), (40, 0x41), (43, 10), (72, 0x10), (72, 0xf0)] {
            let mut file = file.clone();
            file[at] = value;
            assert_eq!(error(&file), pcap::Error::Header { packet: 1 }, "{value:#x} at {at}");
        }
        let mut other_link = file.clone();
        other_link[20] = 42;
        assert_eq!(error(&other_link), pcap::Error::LinkType(42));
    }

    #[test]
    fn an_end_that_talks_to_itself_opens_simultaneously() {
        let mut file = smallest_capture();
        let port = file.len() - 20 + 3;
        file[port] = 7;
        let conversations = replay::conversations(&pcap::packets(&file).unwrap());
        assert_eq!(path(&conversations[0].ends[0].connection), "CLOSED SYN-SENT SYN-RECEIVED");
    }
}

// --- Mail

mod delivery {
    use std::time::Duration;

    use super::mail::client::{Client, ClientState as State, LONGEST_WAIT, Login, Order};
    use super::mail::message::{Message, Status};
    use super::mail::reply::{Line, Reply, base64};
    use super::mail::server::{self, Error};
    use super::{mail, text};

    #[test]
    fn the_shipped_script_is_played_to_its_end() {
        let mut client = mail::client();
        let mut log = Vec::new();
        let script = server::script(&text("mail.script")).unwrap();
        assert_eq!(server::play(&mut client, &script, |event| log.push(event)), Ok(()));
        let statuses: Vec<_> = client.message.recipients.iter().map(|r| r.status.clone()).collect();
        let unknown = "550 5.1.1 <carol@example.org>: Recipient address rejected: \
                       User unknown in local recipient table";
        assert_eq!(
            statuses,
            [Status::Delivered, Status::Failed(unknown.to_owned()), Status::Delivered]
        );
        assert_eq!(client.attempts, 7);

        // Each wait is twice as long as the one before; the fifth attempt had to wait for an answer, too.
        let waits: Vec<_> = log
            .iter()
            .filter_map(|event| {
                let minutes = event.text.strip_prefix("nothing happens for ")?;
                Some((event.state, minutes.strip_suffix(" min")?.parse::<u32>().ok()?))
            })
            .collect();
        let waiting = |minutes| (State::Waiting, minutes);
        assert_eq!(
            waits,
            [
                waiting(1),
                waiting(2),
                waiting(4),
                waiting(8),
                (State::Greeting, 5),
                waiting(16),
                waiting(32)
            ]
        );
        // The login returns to where it was asked for.
        let after_login = |i: usize| {
            let said = log[i..].iter().find(|event| event.text.starts_with("C: ")).unwrap();
            (said.state, &said.text[..])
        };
        let logins: Vec<_> = (0..log.len())
            .filter(|&i| log[i].text.starts_with("S: 235"))
            .map(after_login)
            .collect();
        assert_eq!(
            logins,
            [
                (State::MailFrom, "C: MAIL FROM:<lamp@example.com>"),
                (State::RcptTo, "C: RCPT TO:<bob@example.org>")
            ]
        );
        assert!(log.iter().all(|event| !event.text.contains("bGV0IHRoZXJl")), "the password shows");
    }

    fn client(max_attempts: u32) -> Client {
        let login = Login { name: "me".to_owned(), password: "secret".to_owned() };
        let message = Message::new("a@example.com", &["b@example.com"], "Hello\n");
        Client::new("here.example.com".to_owned(), message, Some(login), max_attempts)
    }

    /// Says lines to a client and returns what it wants to be done in return.
    fn answer(client: &mut Client, lines: &[&str]) -> Vec<Order> {
        lines.iter().for_each(|line| client.line(line));
        orders(client)
    }

    fn orders(client: &mut Client) -> Vec<Order> {
        std::iter::from_fn(|| client.next_order()).collect()
    }

    fn say(text: &str) -> Vec<Order> {
        vec![Order::Say(text.to_owned())]
    }

    fn connected(max_attempts: u32) -> Client {
        let mut client = client(max_attempts);
        assert_eq!(orders(&mut client), [Order::Connect]);
        client.connected();
        client
    }

    /// A client that has said MAIL FROM over an encrypted connection.
    fn at_mail_from(max_attempts: u32) -> Client {
        let mut client = connected(max_attempts);
        assert_eq!(answer(&mut client, &["220 hi"]), say("EHLO here.example.com"));
        assert_eq!(answer(&mut client, &["250-hi", "250 starttls"]), say("STARTTLS"));
        assert_eq!(answer(&mut client, &["220 go"]), [Order::Secure]);
        client.secured();
        assert_eq!(orders(&mut client), say("EHLO here.example.com"));
        assert_eq!(
            answer(&mut client, &["250-hi", "250 AUTH PLAIN LOGIN"]),
            say("MAIL FROM:<a@example.com>")
        );
        client
    }

    fn status(client: &Client) -> &Status {
        &client.message.recipients[0].status
    }

    #[test]
    fn a_permanent_refusal_is_final() {
        let mut client = at_mail_from(8);
        assert_eq!(answer(&mut client, &["552 5.3.4 too big"]), say("QUIT"));
        assert_eq!(answer(&mut client, &["221 bye"]), [Order::HangUp]);
        assert!(client.is_done());
        assert_eq!(*status(&client), Status::Failed("552 5.3.4 too big".to_owned()));
    }

    #[test]
    fn a_refused_text_does_not_fail_those_who_were_put_off() {
        let mut client = at_mail_from(8);
        client.message.recipients.insert(0, client.message.recipients[0].clone());
        assert_eq!(answer(&mut client, &["250 ok"]), say("RCPT TO:<b@example.com>"));
        assert_eq!(answer(&mut client, &["451 later"]), say("RCPT TO:<b@example.com>"));
        assert_eq!(answer(&mut client, &["250 ok"]), say("DATA"));
        assert_eq!(answer(&mut client, &["554 no"]), say("QUIT"));
        let statuses: Vec<_> = client.message.recipients.iter().map(|r| &r.status).collect();
        assert_eq!(statuses, [&Status::Pending, &Status::Failed("554 no".to_owned())]);
        answer(&mut client, &["221 bye"]);
        assert_eq!(client.state(), State::Waiting);
    }

    #[test]
    fn it_gives_up_in_the_end() {
        let mut client = client(3);
        for attempt in 1..=3 {
            assert_eq!(orders(&mut client), [Order::Connect]);
            assert_eq!(client.attempts, attempt);
            client.closed();
            if let Some(deadline) = client.deadline() {
                client.tick(deadline - Duration::from_nanos(1));
                assert_eq!(client.state(), State::Waiting);
                client.tick(deadline);
            }
        }
        assert!(client.is_done());
        let why = "given up after 3 attempts: no connection";
        assert_eq!(*status(&client), Status::Failed(why.to_owned()));
        assert_eq!((orders(&mut client), client.deadline()), (vec![], None));
    }

    #[test]
    fn no_wait_is_endless() {
        let mut client = client(u32::MAX);
        let mut now = Duration::ZERO;
        for _ in 0..100 {
            client.closed();
            let wait = client.deadline().unwrap() - now;
            assert!(wait <= LONGEST_WAIT);
            now += wait;
            client.tick(now);
        }
        assert_eq!(client.attempts, 101);
    }

    #[test]
    fn a_login_that_was_cut_off_is_forgotten() {
        let mut client = at_mail_from(8);
        assert_eq!(answer(&mut client, &["530 who?"]), say("AUTH LOGIN"));
        client.closed();
        client.tick(client.deadline().unwrap());
        orders(&mut client);
        client.connected();
        // This server asks for no login, and MAIL FROM is said once.
        assert_eq!(answer(&mut client, &["220 hi"]), say("EHLO here.example.com"));
        assert_eq!(answer(&mut client, &["250 hi"]), say("MAIL FROM:<a@example.com>"));
        assert_eq!(answer(&mut client, &["250 ok"]), say("RCPT TO:<b@example.com>"));
    }

    #[test]
    fn a_wrong_password_is_final_a_login_server_that_is_down_is_not() {
        for (reply, done) in [("535 5.7.8 no", true), ("454 4.7.0 later", false)] {
            let mut client = at_mail_from(8);
            answer(&mut client, &["530 who?", "334 VXNlcm5hbWU6"]);
            let whisper = Order::Whisper(base64(b"secret"));
            assert_eq!(answer(&mut client, &["334 UGFzc3dvcmQ6"]), [whisper]);
            assert_eq!(answer(&mut client, &[reply]), say("QUIT"));
            client.closed();
            assert_eq!(client.is_done(), done, "{reply}");
        }
    }

    #[test]
    fn nobody_is_asked_to_log_in_twice() {
        let mut client = at_mail_from(8);
        answer(&mut client, &["530 who?", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 ok"]);
        assert_eq!(answer(&mut client, &["530 who?"]), say("QUIT"));
        assert_eq!(*status(&client), Status::Failed("530 who?".to_owned()));
    }

    #[test]
    fn a_password_is_not_sent_in_clear_text() {
        let mut client = connected(8);
        answer(&mut client, &["220 hi", "250-hi", "250 AUTH LOGIN"]);
        assert_eq!(answer(&mut client, &["530 who?"]), say("QUIT"));
    }

    #[test]
    fn an_old_server_is_greeted_the_old_way() {
        let mut client = connected(8);
        answer(&mut client, &["220 hi"]);
        assert_eq!(answer(&mut client, &["502 what?"]), say("HELO here.example.com"));
        assert_eq!(answer(&mut client, &["250 hi"]), say("MAIL FROM:<a@example.com>"));
        let mut client = connected(8);
        answer(&mut client, &["220 hi", "500 what?"]);
        orders(&mut client);
        assert_eq!(answer(&mut client, &["500 what?"]), say("QUIT"));
    }

    #[test]
    fn replies_arrive_in_lines() {
        let mut client = connected(8);
        assert_eq!(answer(&mut client, &["220-hi", "220-there"]), []);
        assert_eq!(answer(&mut client, &["220"]), say("EHLO here.example.com"));
    }

    #[test]
    fn what_is_no_reply_ends_the_attempt() {
        for lines in
            [&["SSH-2.0"][..], &["220-a", "221 b"], &["22"], &["2200"], &["120 a"], &["é20 x"]]
        {
            let mut client = connected(8);
            assert_eq!(answer(&mut client, lines), [Order::HangUp], "{lines:?}");
            assert_eq!(client.state(), State::Waiting);
            assert!(client.problem.starts_with("not a reply: "), "{}", client.problem);
        }
        let mut client = connected(8);
        assert_eq!(answer(&mut client, &["220-a"; 101]), [Order::HangUp]);
        assert_eq!(client.problem, "a reply without end");
        // What still arrives from the connection that was closed does not matter.
        assert_eq!(answer(&mut client, &["220 a"]), []);
    }

    #[test]
    fn lines_are_parsed() {
        assert_eq!(Line::parse("250-A b"), Some(Line { code: 250, last: false, text: "A b" }));
        assert_eq!(Line::parse("354"), Some(Line { code: 354, last: true, text: "" }));
        for bad in ["", "25", "25O ok", "250+ok", "650 ok", "-25 ok"] {
            assert_eq!(Line::parse(bad), None, "{bad}");
        }
        let lines = ["hi", "SIZE 1000", "AUTH PLAIN login"].map(str::to_owned).to_vec();
        let reply = Reply { code: 250, lines };
        assert!(reply.offers("size", None) && reply.offers("auth", Some("LOGIN")));
        assert!(!reply.offers("hi", None) && !reply.offers("AUTH", Some("XOAUTH2")));
    }

    #[test]
    fn base64_pads() {
        let encoded = ["", "l", "la", "lam", "lamp"].map(|text| base64(text.as_bytes()));
        assert_eq!(encoded, ["", "bA==", "bGE=", "bGFt", "bGFtcA=="]);
    }

    #[test]
    fn a_script_that_does_not_fit_is_told_where() {
        let play = |text: &str| {
            let script = server::script(text)?;
            server::play(&mut client(1), &script, |_| {})
        };
        assert_eq!(play("[refused]\n"), Ok(()));
        assert_eq!(play("# none\n\nHello"), Err(Error::Syntax { line: 3 }));
        assert_eq!(play("[refused]\nS: 220 hi"), Err(Error::TooLong { line: 2 }));
        assert_eq!(play("[accepted]"), Err(Error::TooShort { does: "waits".to_owned() }));
        let does = "says \"EHLO here.example.com\"".to_owned();
        assert_eq!(
            play("[accepted]\nS: 220 hi\nC: HELO here"),
            Err(Error::Differs { line: 3, does })
        );
        assert_eq!(
            play("[accepted]\nC: EHLO here.example.com"),
            Err(Error::Differs { line: 2, does: "waits".to_owned() })
        );
    }
}

// --- Elevator

mod lift {
    use std::time::Duration;

    use super::elevator::controller::{
        Controller, ControllerState as State, DWELL, Order, RUN_LIMIT,
    };
    use super::elevator::requests::Direction;
    use super::elevator::script::{self, Error};
    use super::elevator::simulation::{self, Accident, Entry};
    use super::text;

    fn timeline(text: &str) -> Result<Vec<Entry>, Accident> {
        let mut entries = Vec::new();
        let script = script::parse(text).unwrap();
        simulation::run(&script, |entry| entries.push(entry)).map(|_| entries)
    }

    /// The states that the controller goes through.
    fn path(text: &str) -> Vec<State> {
        let mut states: Vec<_> = timeline(text).unwrap().iter().map(|entry| entry.state).collect();
        states.dedup();
        states
    }

    /// The floors at which the doors open.
    fn stops(text: &str) -> Vec<f64> {
        let entries = timeline(text).unwrap();
        let opening =
            |pair: &&[Entry]| pair[1].state == State::Opening && pair[0].state == State::Moving;
        entries.windows(2).filter(opening).map(|pair| pair[1].height).collect()
    }

    #[test]
    fn the_shipped_script() {
        let lines: Vec<_> =
            timeline(&text("elevator.script")).unwrap().iter().map(Entry::to_string).collect();
        let expected = "   1.0 s   0.00  * call 5 down, lit     Moving         Run(Up)
   3.0 s   0.67  * call 2 down, lit     Moving
   4.0 s   1.00  * call 3 up, lit       Moving
   5.0 s   1.33  * call 5 up, not lit   Moving
   9.9 s   3.00  reached 3              Opening        Stop, Open
  11.9 s   3.00  opened                 Open           Open
  15.9 s   3.00  timeout                Closing        Close
  17.8 s   3.00  closed                 Moving         Run(Up)
  21.0 s   4.03  * select 0, lit        Moving
  23.8 s   5.00  reached 5              Opening        Stop, Open
  25.8 s   5.00  opened                 Open           Open
  29.8 s   5.00  timeout                Closing        Close
  31.7 s   5.00  closed                 Moving         Run(Down)
  40.7 s   2.00  reached 2              Opening        Stop, Open
  42.7 s   2.00  opened                 Open           Open
  46.7 s   2.00  timeout                Closing        Close
  48.6 s   2.00  closed                 Moving         Run(Down)
  54.6 s   0.00  reached 0              Opening        Stop, Open
  56.6 s   0.00  opened                 Open           Open
  59.0 s   0.00  * overload on          Open
  60.6 s   0.00  timeout                Open           Buzz
  64.6 s   0.00  timeout                Open           Buzz
  67.0 s   0.00  * overload off         Open
  68.6 s   0.00  timeout                Closing        Close
  69.5 s   0.00  * obstacle             Opening        Open
  70.3 s   0.00  opened                 Open           Open
  72.0 s   0.00  * obstacle             Open
  76.0 s   0.00  timeout                Closing        Close
  77.0 s   0.00  * obstacle             Opening        Open
  77.9 s   0.00  opened                 Open           Open
  81.9 s   0.00  timeout                Closing        Close
  83.0 s   0.00  * obstacle             Opening        Open
  83.5 s   0.00  * key on               Inspection     Stop, Close
  87.0 s   0.00  * key off              Opening        Stop, Open
  88.9 s   0.00  opened                 Open           Open
  92.9 s   0.00  timeout                Closing        Close
  94.0 s   0.00  * obstacle             Nudging        Nudge
  94.5 s   0.00  * obstacle             Nudging
  96.2 s   0.00  closed                 Idle
 100.0 s   0.00  * call 4 down, lit     Moving         Run(Up)
 106.0 s   2.00  * key on               Inspection     Stop, Stop, Close
 107.0 s   2.00  * call 1 up, not lit   Inspection
 108.0 s   2.00  * hold up              Inspection     RunSlowly(Up)
 112.0 s   2.33  * release              Inspection     Stop
 113.0 s   2.33  * key off              Homing         Stop, RunSlowly(Down)
 116.9 s   2.00  reached 2              Moving         Stop, Run(Up)
 122.9 s   4.00  reached 4              Opening        Stop, Open
 124.9 s   4.00  opened                 Open           Open
 128.9 s   4.00  timeout                Closing        Close
 130.8 s   4.00  closed                 Idle
 140.0 s   4.00  * select 1, lit        Moving         Run(Down)
 145.0 s   2.33  * fire on              RecallClosing  Stop, Nudge
 145.0 s   2.33  closed                 RecallMoving   Run(Down)
 150.0 s   0.70  * call 3 down, not lit RecallMoving
 152.0 s   0.00  reached 0              RecallOpen     Stop, Open
 170.0 s   0.00  * fire off             RecallEnded    Nudge
 174.9 s   0.00  closed                 Idle           Stop
 180.0 s   0.00  * select 2, lit        Moving         Run(Up)
 183.0 s   1.00  * jam on               Moving
 192.9 s   1.00  timeout                OutOfOrder     Stop, Buzz
 200.0 s   1.00  * select 0, not lit    OutOfOrder
 205.0 s   1.00  * jam off              OutOfOrder
 206.0 s   1.00  * key on               Inspection     Stop, Close
 207.0 s   1.00  * hold down            Inspection     RunSlowly(Down)
 210.0 s   0.75  * release              Inspection     Stop
 211.0 s   0.75  * key off              Homing         Stop, RunSlowly(Down)
 219.9 s   0.00  reached 0              Moving         Stop, Run(Up)
 225.9 s   2.00  reached 2              Opening        Stop, Open
 227.9 s   2.00  opened                 Open           Open
 231.9 s   2.00  timeout                Closing        Close
 233.8 s   2.00  closed                 Idle
 250.0 s   2.00  * end                  Idle
";
        assert_eq!(lines, expected.lines().collect::<Vec<_>>());
    }

    #[test]
    fn calls_are_served_on_the_way_there_and_back() {
        assert_eq!(stops("0 select 4\n0 call 2 down\n0 call 3 up"), [3.0, 4.0, 2.0]);
        assert_eq!(stops("0 call 1 down\n0 call 2 down\n1 call 3 down"), [3.0, 2.0, 1.0]);
        assert_eq!(stops("0 call 9 down\n0 call 0 down\n0 call 5 up\n0 select 6"), []);
    }

    /// A controller of three floors at floor 0, and the time.
    fn controller() -> Controller {
        Controller::new(3)
    }

    fn orders(controller: &mut Controller) -> Vec<Order> {
        std::iter::from_fn(|| controller.next_order()).collect()
    }

    fn doors_open() -> Controller {
        let mut controller = controller();
        controller.open_button();
        controller.opened();
        assert_eq!(controller.state(), State::Open);
        orders(&mut controller);
        controller
    }

    #[test]
    fn the_doors_reopen_three_times_only() {
        let mut controller = doors_open();
        for _ in 0..3 {
            controller.close_button();
            controller.obstacle();
            assert_eq!(controller.state(), State::Opening);
            controller.opened();
        }
        controller.close_button();
        controller.obstacle();
        assert_eq!(controller.state(), State::Nudging);
        controller.obstacle();
        assert_eq!(controller.state(), State::Nudging);
        controller.closed();
        assert_eq!(controller.state(), State::Idle);
        // At the next stop, they are patient again.
        controller.open_button();
        controller.opened();
        controller.close_button();
        controller.obstacle();
        assert_eq!(controller.state(), State::Opening);
    }

    #[test]
    fn the_mechanic_gives_back_what_he_has_found() {
        let mut controller = doors_open();
        for _ in 0..3 {
            controller.close_button();
            controller.obstacle();
            controller.opened();
        }
        controller.close_button();
        controller.key(true);
        assert_eq!(controller.state(), State::Inspection);
        assert!(!controller.call(2, Direction::Down));
        controller.key(false);
        // The count was on the stack as well.
        assert_eq!(controller.state(), State::Closing);
        controller.obstacle();
        assert_eq!(controller.state(), State::Nudging);
    }

    #[test]
    fn the_mechanic_moves_the_car_with_its_doors_locked_only() {
        let mut controller = doors_open();
        controller.key(true);
        assert_eq!(orders(&mut controller), [Order::Stop, Order::Close]);
        controller.hold(Direction::Up);
        assert_eq!(orders(&mut controller), []);
        controller.closed();
        controller.hold(Direction::Down);
        assert_eq!(orders(&mut controller), [], "there is no floor below");
        controller.hold(Direction::Up);
        assert_eq!(orders(&mut controller), [Order::RunSlowly(Direction::Up)]);
        controller.left();
        controller.reached(1);
        controller.left();
        controller.reached(2);
        assert_eq!(orders(&mut controller), [Order::Stop]);
        controller.hold(Direction::Up);
        assert_eq!(orders(&mut controller), [], "there is no floor above");
        // The doors were open at another floor: that is over.
        controller.key(false);
        assert_eq!(controller.state(), State::Idle);
    }

    #[test]
    fn a_fire_that_breaks_out_under_inspection_comes_first_afterwards() {
        let mut controller = doors_open();
        controller.key(true);
        controller.fire(true);
        assert_eq!(controller.state(), State::Inspection);
        controller.key(false);
        assert_eq!(controller.state(), State::RecallClosing);
        controller.closed();
        assert_eq!(controller.state(), State::RecallOpen);
        // A recall is interrupted by the key like anything else.
        controller.key(true);
        controller.key(false);
        assert_eq!(controller.state(), State::RecallOpen);
        controller.fire(false);
        controller.closed();
        assert_eq!(controller.state(), State::Idle);
    }

    #[test]
    fn an_overloaded_car_stays() {
        let mut controller = doors_open();
        controller.overload(true);
        controller.tick(DWELL);
        assert_eq!((controller.state(), orders(&mut controller)), (State::Open, vec![Order::Buzz]));
        controller.close_button();
        assert_eq!((controller.state(), orders(&mut controller)), (State::Open, vec![Order::Buzz]));
        controller.overload(false);
        controller.tick(2 * DWELL);
        assert_eq!(controller.state(), State::Closing);
        controller.overload(true);
        assert_eq!(controller.state(), State::Opening);
    }

    #[test]
    fn a_motor_that_does_not_move_the_car_is_stopped() {
        let mut controller = controller();
        assert!(controller.select(2));
        assert_eq!(controller.deadline(), Some(RUN_LIMIT));
        controller.left();
        controller.tick(RUN_LIMIT / 2);
        controller.reached(1);
        assert_eq!(controller.deadline(), Some(RUN_LIMIT * 3 / 2));
        controller.left();
        orders(&mut controller);
        controller.tick(RUN_LIMIT * 2);
        assert_eq!(orders(&mut controller), [Order::Stop, Order::Buzz]);
        assert_eq!((controller.state(), controller.deadline()), (State::OutOfOrder, None));
        // Turning the key twice is no repair, but a look at it: the car then creeps to a landing.
        controller.key(true);
        controller.key(false);
        assert_eq!(controller.state(), State::Securing);
        controller.closed();
        assert_eq!(controller.state(), State::Homing);
        controller.reached(1);
        assert_eq!(controller.state(), State::Moving);
    }

    #[test]
    fn after_a_fire_nobody_is_waited_for() {
        let states = path("0 select 5\n8 fire on\n9 call 3 up\n60 fire off\n80 end");
        assert_eq!(
            states,
            [
                State::Moving,
                State::RecallClosing,
                State::RecallMoving,
                State::RecallOpen,
                State::RecallEnded,
                State::Idle
            ]
        );
    }

    #[test]
    fn no_script_makes_the_car_do_what_is_unsafe() {
        // Whatever happens at whatever time, in a ride that opens its doors and turns round.
        let actions = ["key on", "fire on", "open", "close", "obstacle", "overload on", "hold up"];
        for action in actions {
            for time in 0..60 {
                let off = match action.strip_suffix(" on") {
                    Some(what) => format!("{} {what} off", time + 7),
                    None => format!("{} release", time + 7),
                };
                let ride = "0 select 2\n0 call 1 down\n";
                let result = timeline(&format!("{ride}{time} {action}\n{off}\n100 end"));
                assert!(result.is_ok(), "{action} at {time}: {:?}", result.err());
            }
        }
    }

    #[test]
    fn scripts_are_read_or_refused() {
        let error = |text: &str| script::parse(text).unwrap_err();
        assert_eq!(script::parse("# nothing\n\n"), Ok(vec![]));
        assert_eq!(error("soon open"), Error::Time { line: 1 });
        assert_eq!(error("-1 open"), Error::Time { line: 1 });
        assert_eq!(error("NaN open"), Error::Time { line: 1 });
        assert_eq!(error("1e300 open"), Error::Time { line: 1 });
        assert_eq!(error("2 open\n1 close"), Error::Order { line: 2 });
        for bad in ["1", "1 jump", "1 call 3", "1 call -3 up", "1 key", "1 select up", "1 open up"]
        {
            assert_eq!(error(bad), Error::Action { line: 1 }, "{bad}");
        }
        let all = text("elevator.script");
        for event in script::parse(&all).unwrap() {
            let written = format!("{} {}", event.time.as_secs_f64(), event.action);
            assert_eq!(script::parse(&written), Ok(vec![event]));
        }
        // A script without end goes on for a minute, and the time of the steps is that of people.
        let last = timeline("0 select 1").unwrap().pop().unwrap();
        assert!(last.time < Duration::from_secs(60) && last.state == State::Idle);
    }
}

// --- Whatever comes

mod whatever {
    use proptest::prelude::*;

    use super::elevator::{script, simulation};
    use super::mail::server;
    use super::tcp::{pcap, replay};
    use super::{data, mail};

    const REPLIES: [&str; 12] = [
        "220 a",
        "250 a",
        "250-a",
        "250 AUTH LOGIN",
        "250 STARTTLS",
        "334 a",
        "235 a",
        "354 a",
        "421 a",
        "450 a",
        "530 a",
        "550 a",
    ];
    const ACTIONS: [&str; 14] = [
        "call 3 down",
        "call 1 up",
        "select 0",
        "select 5",
        "open",
        "close",
        "obstacle",
        "overload on",
        "overload off",
        "fire on",
        "fire off",
        "key on",
        "key off",
        "release",
    ];

    /// The mechanic turned the key back while the doors were closing.
    #[test]
    fn the_car_waits_for_the_doors_when_the_key_is_turned_back() {
        let script = "0 call 3 down\n0 select 0\n16.9 call 3 down\n25.9 overload on\n\
                      75.9 key on\n77 fire off\n77.8 key off";
        let script = script::parse(script).expect("the script is right");
        let result = simulation::run(&script, |_| {});
        assert!(result.is_ok(), "{:?}", result.err());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn a_damaged_capture_is_replayed_or_refused(
            damages in prop::collection::vec((24usize..9000, any::<u8>()), 1..40),
        ) {
            let mut file = data("tcp.pcap");
            for (at, value) in damages {
                file[at] = value;
            }
            if let Ok(packets) = pcap::packets(&file) {
                for conversation in replay::conversations(&packets) {
                    prop_assert!(!conversation.to_string().is_empty());
                }
            }
        }

        #[test]
        fn a_client_bears_with_any_server(
            says in prop::collection::vec((0..REPLIES.len() + 4, any::<String>()), 0..200),
        ) {
            let mut client = mail::client();
            for (choice, text) in says {
                match choice.checked_sub(REPLIES.len()) {
                    None => client.line(REPLIES[choice]),
                    Some(0) => client.line(&text),
                    Some(1) => client.connected(),
                    Some(2) => client.secured(),
                    _ => client.deadline().into_iter().for_each(|late| client.tick(late)),
                }
                while client.next_order().is_some() {}
                prop_assert_eq!(client.is_done(), client.deadline().is_none());
            }
            // Then nobody answers any more.
            while let Some(deadline) = client.deadline() {
                client.tick(deadline);
            }
            prop_assert!(client.attempts <= 8);
        }

        #[test]
        fn a_script_is_read_or_refused(lines in prop::collection::vec("([SC]: )?[a-z0-9 #.-]{0,12}", 0..9)) {
            let text = lines.join("\n");
            let _ = script::parse(&text);
            if let Ok(script) = server::script(&text) {
                let result = server::play(&mut mail::client(), &script, |_| {});
                prop_assert!(result.is_err());
            }
        }

        #[test]
        fn nothing_that_people_do_is_unsafe(
            mut does in prop::collection::vec((0..900u32, 0..ACTIONS.len()), 0..30),
        ) {
            does.sort_unstable();
            let lines: Vec<String> = does
                .iter()
                .map(|&(tenths, i)| format!("{} {}", f64::from(tenths) / 10.0, ACTIONS[i]))
                .collect();
            let script = script::parse(&lines.join("\n"));
            let script = script.map_err(|e| TestCaseError::fail(e.to_string()))?;
            let result = simulation::run(&script, |_| {});
            prop_assert!(result.is_ok(), "{:?}", result.err());
        }
    }
}

// --- A client of CoAP

mod requests {
    use std::time::Duration;

    use super::coap::client::Report;
    use super::coap::timers::Timers;
    use super::coap::{run, script};
    use super::text;

    /// What became of a request, and when.
    fn ends(script: &str) -> Vec<(u64, u16, String)> {
        let reports = run(script::parse(script).unwrap()).into_iter();
        reports
            .filter_map(|(at, report)| match report {
                Report::Answered { id, answer } => Some((at.as_secs(), id, answer)),
                Report::Failed { id, why } => Some((at.as_secs(), id, why.to_owned())),
                Report::Sent { .. } | Report::Acknowledged { .. } => None,
            })
            .collect()
    }

    #[test]
    fn every_request_of_the_script_ends() {
        let ends = ends(&text("coap.script"));
        let ids: Vec<u16> = ends.iter().map(|(_, id, _)| *id).collect();
        assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7, 8]);
    }

    /// RFC 7252, 4.2: the waits double, and the fifth ends the attempt.
    #[test]
    fn a_request_is_sent_again_after_waits_that_double() {
        let reports = run(script::parse("0 get /a").unwrap()).into_iter();
        let times: Vec<u64> = reports.map(|(at, _)| at.as_secs()).collect();
        assert_eq!(times, [0, 2, 6, 14, 30, 62]);
    }

    #[test]
    fn a_promised_answer_ends_the_retransmission_and_has_its_own_time() {
        assert_eq!(ends("0 get /a\n1 ack 1"), [(31, 1, "no answer".to_owned())]);
        assert_eq!(ends("0 get /a\n1 ack 1\n9 answer 1 x"), [(9, 1, "x".to_owned())]);
    }

    #[test]
    fn what_comes_late_is_not_taken_for_the_next_request() {
        let script = "0 get /a\n0 get /b\n1 reset 1\n1 ack 1 late\n1 answer 1 late\n2 ack 2 b";
        assert_eq!(ends(script), [(1, 1, "refused".to_owned()), (2, 2, "b".to_owned())]);
    }

    #[test]
    fn a_timer_that_has_rung_cannot_be_called_off() {
        let mut timers: Timers<char, 2> = Timers::default();
        let second = Duration::from_secs(1);
        let (late, early) = (timers.start(2 * second, 'b'), timers.start(second, 'a'));
        assert_eq!(timers.start(second, 'c'), None);
        assert_eq!(timers.advance(second), Some('a'));
        assert!(!timers.cancel(early.unwrap()));
        assert!(timers.cancel(late.unwrap()));
        assert_eq!((timers.advance(9 * second), timers.now()), (None, 9 * second));
    }
}
