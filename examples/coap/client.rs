//! The client: one request at a time, sent again until somebody acknowledges it (RFC 7252,
//! sections 4.2 and 5.2).

use std::collections::VecDeque;
use std::time::Duration;

use frame_runtime::{EventHandle, frame_system};

use super::timers::Timers;

/// How long the first wait for an acknowledgement is. Each further one is twice as long.
pub const ACK_TIMEOUT: Duration = Duration::from_secs(2);
/// How often a request is sent again.
pub const MAX_RETRANSMIT: u32 = 4;
/// How long an answer may take that was promised by an empty acknowledgement.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Numbers a request and all that belongs to it.
pub type Id = u16;

/// What the client has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    Sent { id: Id, path: String, again: u32 },
    Answered { id: Id, answer: String },
    Acknowledged { id: Id },
    Failed { id: Id, why: &'static str },
}

frame_system! {
    /// Events come from the application, from the network and from timers, which hold them
    /// until they are due.
    @@[event_enum]
    pub @@system Client {
        interface:
            /// The application wants something.
            get(path: String)
            /// The request has arrived. An answer may come with the news, or later.
            ack(id: Id, answer: Option<String>)
            /// The answer that was promised.
            answer(id: Id, answer: String)
            /// The server does not know what this is about.
            reset(id: Id)
            /// No acknowledgement, or no answer, in time.
            timeout()
        machine:
            $Idle {
                $> {
                    if let Some(path) = self.waiting.pop_front() {
                        self.id += 1;
                        -> $Sending(path)
                    }
                }
                get(path: String) {
                    self.waiting.push_back(path);
                    -> $Idle
                }
            }

            $Sending(path: String) => $Busy {
                $.again: u32 = 0
                $.timer: EventHandle = self.wait(ACK_TIMEOUT)

                $> { self.report(Report::Sent { id: self.id, path: path.clone(), again: 0 }); }
                <$ { self.timers.cancel($.timer); }

                timeout() {
                    if $.again == MAX_RETRANSMIT {
                        -> ("nobody there") $Failed
                    }
                    $.again += 1;
                    $.timer = self.wait(ACK_TIMEOUT * 2_u32.pow($.again));
                    self.report(Report::Sent { id: self.id, path: path.clone(), again: $.again });
                }
                ack(id: Id, answer: Option<String>) {
                    match answer {
                        _ if id != self.id => {} // late, for a request that was given up
                        Some(answer) => -> (answer) $Answered,
                        None => -> $Promised,
                    }
                }
                => $^
            }

            $Promised => $Busy {
                $.timer: EventHandle = self.wait(PATIENCE)

                $> { self.report(Report::Acknowledged { id: self.id }); }
                <$ { self.timers.cancel($.timer); }
                timeout() { -> ("no answer") $Failed }
                => $^
            }

            $Answered {
                $>(answer: String) {
                    self.report(Report::Answered { id: self.id, answer });
                    -> $Idle
                }
            }

            $Failed {
                $>(why: &'static str) {
                    self.report(Report::Failed { id: self.id, why });
                    -> $Idle
                }
            }

            /// There is a request under way.
            $Busy {
                get(path: String) { self.waiting.push_back(path); }
                // The answer may overtake the acknowledgement that promises it.
                answer(id: Id, answer: String) {
                    if id == self.id {
                        -> (answer) $Answered
                    }
                }
                reset(id: Id) {
                    if id == self.id {
                        -> ("refused") $Failed
                    }
                }
            }
        actions:
            wait(time: Duration): EventHandle {
                // One request, one timer: that of the state before is called off by then.
                self.timers.start(time, ClientEvent::Timeout).expect("there is room for two timers")
            }
            report(report: Report) { self.reports.push((self.timers.now(), report)); }
        domain:
            id: Id = 0
            waiting: VecDeque<String> = VecDeque::new()
            pub timers: Timers<ClientEvent, 2>
            pub reports: Vec<(Duration, Report)> = Vec::new()
    }
}
