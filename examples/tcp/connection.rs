//! One end of a TCP connection: the state machine of RFC 9293, figure 5, as seen by an observer.
//!
//! Every state of the figure stands here under its name, and every arrow is a transition: `send` has those whose label
//! begins with a call of the user, `receive` those that begin with a segment, `tick` the one that begins with a timeout.
//!
//! An observer does not send, it learns what the end has sent. So a user's CLOSE is seen as the FIN that it causes.
//! The states that the figure does not draw hold what their descendants share: `$Synchronized`, what the RFC tells of
//! all states in which the sequence numbers of both ends are known; `$Finished`, those of them in which this end has
//! closed; and `$Endpoint`, all.

use std::fmt;
use std::time::Duration;

use frame_runtime::frame_system;

use super::control::{Anomaly, Tcb};
use super::segment::Segment;

frame_system! {
    /// An end of a connection.
    ///
    /// What it says of a segment is whether it expected one like that.
    pub @@system Connection(two_msl: Duration = Duration::from_secs(240)) {
        interface:
            /// The passive OPEN: from now on, this end answers requests for a connection.
            listen()
            /// The end sends a segment.
            send(s: &Segment): Result<(), Anomaly> = Err(Anomaly::Unexpected)
            /// A segment arrives at the end.
            receive(s: &Segment): Result<(), Anomaly> = Err(Anomaly::Unexpected)
            /// Time passes, here counted from the start of the capture.
            tick(now: Duration)
            /// When the state ends by itself.
            deadline(&self): Option<Duration> = None

        machine:
            $Closed => $Endpoint {
                listen() {
                    self.listening = true;
                    -> $Listen
                }
                send(s: &Segment): Result<(), Anomaly> {
                    if s.is_bare_syn() {
                        self.open(s);
                        -> $SynSent
                        @@:(Ok(()))
                    }
                    if s.rst { @@:(Ok(())) }    // the answer to whatever arrives here
                }
                receive(s: &Segment): Result<(), Anomaly> {
                    // A listener outlives the connections that it has accepted.
                    if s.is_bare_syn() && self.listening { -> => $Listen }
                    @@:(Err(Anomaly::NoConnection))
                }
                => $^
            }

            $Listen => $Endpoint {
                send(s: &Segment): Result<(), Anomaly> {
                    if s.is_bare_syn() {
                        self.open(s);
                        -> $SynSent
                        @@:(Ok(()))
                    }
                    if s.rst { @@:(Ok(())) }
                }
                receive(s: &Segment): Result<(), Anomaly> {
                    if s.is_bare_syn() {
                        self.tcb = Tcb::default();
                        self.tcb.synchronize(s);
                        -> $SynReceived(true)
                        @@:(Ok(()))
                    }
                    @@:(Err(Anomaly::NoConnection))
                }
                => $^
            }

            $SynSent => $Endpoint {
                send(s: &Segment): Result<(), Anomaly> {
                    if s.is_bare_syn() { @@:return(Err(Anomaly::Repeated)) }
                    => $^
                }
                receive(s: &Segment): Result<(), Anomaly> {
                    if s.ack.is_some() && !self.tcb.syn_is_acknowledged_by(s) {
                        @@:return(Err(Anomaly::AckOfNothing))
                    }
                    if s.rst {
                        // Anybody can send a reset. Only the other end knows which SYN it answers.
                        if s.ack.is_none() { @@:return(Err(Anomaly::BlindReset)) }
                        -> "refused" $Closed
                        @@:(Ok(()))
                    }
                    if s.syn {
                        self.tcb.synchronize(s);
                        @@:(Ok(()))
                        if s.ack.is_some() { -> $Established }
                        -> "simultaneous open" $SynReceived(false)
                    }
                }
                => $^
            }

            $SynReceived(passive: bool) => $Synchronized {
                $.answered: bool = false

                send(s: &Segment): Result<(), Anomaly> {
                    if s.syn && s.ack.is_some() && !$.answered {
                        $.answered = true;
                        if passive { self.tcb.open(s); }
                        @@:return(Ok(()))
                    }
                    => $^
                    if s.fin && @@:return.is_ok() { -> $FinWait1 }
                }
                receive(s: &Segment): Result<(), Anomaly> {
                    if self.tcb.answers_simultaneous_open(s) {
                        -> $Established
                        @@:(Ok(()))
                    }
                    // "Enter ESTABLISHED state and continue processing", for it may hold data, or a FIN.
                    if self.tcb.completes(s) { -> => $Established }
                    => $^
                    // Note 1: back to where it came from.
                    if passive && self.tcb.is_reset_by(s) { -> $Listen }
                }
                => $^
            }

            $Established => $Synchronized {
                send(s: &Segment): Result<(), Anomaly> {
                    => $^
                    if s.fin && @@:return.is_ok() { -> $FinWait1 }
                }
                receive(s: &Segment): Result<(), Anomaly> {
                    => $^
                    if self.tcb.fin_received() { -> $CloseWait }
                }
                => $^
            }

            $CloseWait => $Synchronized {
                send(s: &Segment): Result<(), Anomaly> {
                    => $^
                    if s.fin && @@:return.is_ok() { -> $LastAck }
                }
                => $^
            }

            $FinWait1 => $Finished {
                receive(s: &Segment): Result<(), Anomaly> {
                    // The FIN of the other end may be in the segment that acknowledges ours.
                    if self.tcb.completes(s) { -> => $FinWait2 }
                    => $^
                    if self.tcb.fin_received() { -> $Closing }
                }
                => $^
            }

            $FinWait2 => $Finished {
                receive(s: &Segment): Result<(), Anomaly> {
                    => $^
                    if self.tcb.fin_received() { -> $TimeWait }
                }
                => $^
            }

            $Closing => $Finished {
                receive(s: &Segment): Result<(), Anomaly> {
                    => $^
                    if self.tcb.all_acknowledged() { -> $TimeWait }
                }
                => $^
            }

            $LastAck => $Finished {
                receive(s: &Segment): Result<(), Anomaly> {
                    => $^
                    if self.tcb.all_acknowledged() { -> $Closed }
                }
                => $^
            }

            // Lasts until no segment of this connection can be on its way any more.
            $TimeWait => $Finished {
                $.deadline: Duration = self.now + self.two_msl

                receive(s: &Segment): Result<(), Anomaly> {
                    // RFC 9293, section 3.6.1: a new connection between the same ports need not wait.
                    if self.listening && self.tcb.is_followed_by(s) { -> => $Listen }
                    // The FIN again: our last acknowledgment was lost, so it will be some time longer.
                    if s.fin { $.deadline = self.now + self.two_msl; }
                    => $^
                }
                tick(now: Duration) {
                    => $^
                    if self.now >= $.deadline { -> "2 MSL" $Closed }
                }
                deadline(): Option<Duration> { @@:(Some($.deadline)) }
                => $^
            }

            // This end has sent its FIN. It acknowledges and repeats, but has nothing new to say.
            $Finished => $Synchronized {
                send(s: &Segment): Result<(), Anomaly> {
                    if self.tcb.is_new(s) && !s.rst { @@:return(Err(Anomaly::AfterFin)) }
                    => $^
                }
                => $^
            }

            // The steps are those of RFC 9293, section 3.10.7.4, in their order.
            $Synchronized => $Endpoint {
                send(s: &Segment): Result<(), Anomaly> {
                    if s.rst {
                        if !self.tcb.may_reset(s) { @@:return(Err(Anomaly::Gap)) }
                        => $^
                        @@:return()
                    }
                    if s.is_bare_syn() { @@:return(Err(Anomaly::Unexpected)) }
                    @@:(self.tcb.sent(s))
                }
                receive(s: &Segment): Result<(), Anomaly> {
                    self.tcb.acceptable(s)?;
                    if s.rst {
                        if !self.tcb.is_reset_by(s) { @@:return(Err(Anomaly::BlindReset)) }
                        -> "reset" $Closed
                        @@:(Ok(()))
                    }
                    if s.syn { @@:return(Err(Anomaly::LateSyn)) }
                    @@:(self.tcb.received(s))
                }
                => $^
            }

            $Endpoint {
                $> { self.visited.push(self.state()); }

                send(s: &Segment): Result<(), Anomaly> {
                    if s.rst {
                        -> "abort" $Closed
                        @@:(Ok(()))
                    }
                }
                tick(now: Duration) { self.now = now; }
            }

        actions:
            open(s: &Segment) {
                self.tcb = Tcb::default();
                self.tcb.open(s);
            }

        domain:
            two_msl: Duration
            tcb: Tcb
            listening: bool = false
            now: Duration
            /// Every state it was in, the current one last.
            pub visited: Vec<ConnectionState>
    }

    impl fmt::Display for ConnectionState {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.pad(match self {
                ConnectionState::Closed => "CLOSED",
                ConnectionState::Listen => "LISTEN",
                ConnectionState::SynSent => "SYN-SENT",
                ConnectionState::SynReceived => "SYN-RECEIVED",
                ConnectionState::Established => "ESTABLISHED",
                ConnectionState::CloseWait => "CLOSE-WAIT",
                ConnectionState::FinWait1 => "FIN-WAIT-1",
                ConnectionState::FinWait2 => "FIN-WAIT-2",
                ConnectionState::Closing => "CLOSING",
                ConnectionState::LastAck => "LAST-ACK",
                ConnectionState::TimeWait => "TIME-WAIT",
                // No end is ever in these, which have descendants.
                ConnectionState::Finished => "closed by this end",
                ConnectionState::Synchronized => "synchronized",
                ConnectionState::Endpoint => "any",
            })
        }
    }
}
