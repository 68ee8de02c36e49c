//! A client that delivers a message by SMTP (RFC 5321), and does not give up easily.
//!
//! It does no input or output itself. It is told what the server says and what time it is, and tells what to do by
//! [`Client::next_order`]. So it does not know of sockets, and hours of waiting take no time in a test.

use std::collections::VecDeque;
use std::time::Duration;

use frame_runtime::frame_system;

use super::message::{Message, Status};
use super::reply::{Class, Line, Reply, base64};

/// How long the first wait after a failed attempt is. Each further one is twice as long.
pub const FIRST_WAIT: Duration = Duration::from_secs(60);
/// No wait is longer.
pub const LONGEST_WAIT: Duration = Duration::from_secs(4 * 60 * 60);
/// How many lines of a reply are kept. A server that says more is not one.
const MAX_LINES: usize = 100;

const MINUTE: Duration = Duration::from_secs(60);

/// What the client wants to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Open a connection, and tell by `connected` or `closed`.
    Connect,
    /// Send a line.
    Say(String),
    /// Send a line that nobody else should read.
    Whisper(String),
    /// Negotiate TLS, and tell by `secured` or `closed`.
    Secure,
    /// Close the connection.
    HangUp,
}

/// Who the client is to a server that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub name: String,
    pub password: String,
}

frame_system! {
    /// Delivers a message.
    @@[stack(1)]
    pub @@system Client(host: String, message: Message, login: Option<Login> = None, max_attempts: u32 = 8) {
        operations:
            /// What to do next.
            next_order(): Option<Order> { self.orders.pop_front() }

        interface:
            /// The connection is open.
            connected()
            /// The connection could not be opened, or was lost.
            closed()
            /// The connection is encrypted.
            secured()
            /// The server says a line, here without its line end.
            line(text: &str)
            /// The server has said all lines of a reply.
            reply(r: &Reply)
            /// It is this late, counted from any fixed time on.
            tick(now: Duration)
            /// When the client wants to be told the time.
            deadline(&self): Option<Duration> = None
            /// Whether there is nothing left to do.
            is_done(&self): bool = false

        machine:
            $Connecting => $Online {
                $> {
                    self.attempts += 1;
                    self.secure = false;
                    self.authenticated = false;
                    self.order(Order::Connect, 5 * MINUTE);
                }
                connected() { -> $Greeting }
                closed() {
                    self.note("no connection");
                    -> $Deciding
                }
                => $^
            }

            $Greeting => $Online {
                $> { self.expect(5 * MINUTE); }
                reply(r: &Reply) {
                    match r.code {
                        220 => -> $Hello("EHLO"),
                        _ => => $^,
                    }
                }
                => $^
            }

            $Hello(command: &'static str) => $Online {
                $> { self.say(format!("{command} {}", self.host), 5 * MINUTE); }
                reply(r: &Reply) {
                    match r.code {
                        250 if r.offers("STARTTLS", None) && !self.secure => -> $StartTls,
                        250 => {
                            self.offers_login = r.offers("AUTH", Some("LOGIN"));
                            -> $MailFrom
                        }
                        // A server from before there were extensions.
                        500 | 502 if command == "EHLO" => -> $Hello("HELO"),
                        _ => => $^,
                    }
                }
                => $^
            }

            $StartTls => $Online {
                $> { self.say("STARTTLS".to_owned(), 2 * MINUTE); }
                reply(r: &Reply) {
                    match r.code {
                        220 => self.order(Order::Secure, 2 * MINUTE),
                        _ => => $^,
                    }
                }
                secured() {
                    self.secure = true;
                    // What the server has said in clear text counts no more (RFC 3207, section 4.2).
                    -> $Hello("EHLO")
                }
                => $^
            }

            $MailFrom => $Transaction {
                $> { self.say(format!("MAIL FROM:<{}>", self.message.from), 5 * MINUTE); }
                reply(r: &Reply) {
                    match r.code {
                        250 => -> $Next(0),
                        _ => => $^,
                    }
                }
                => $^
            }

            // Everything is said to the recipients before `from`. It never stays here.
            $Next(from: usize) => $Transaction {
                $> {
                    match self.message.next_pending(from) {
                        Some(index) => -> $RcptTo(index),
                        None if self.message.any_accepted() => -> $Data,
                        None => -> $Quitting,
                    }
                }
                => $^
            }

            $RcptTo(index: usize) => $Transaction {
                $> {
                    let address = &self.message.recipients[index].address;
                    self.say(format!("RCPT TO:<{address}>"), 5 * MINUTE);
                }
                reply(r: &Reply) {
                    self.note(&r.to_string());
                    let status = match r.class() {
                        _ if (250..=252).contains(&r.code) => Status::Accepted,
                        Class::TryLater => Status::Pending,
                        // A server that wants a login first says nothing about the recipient.
                        Class::GiveUp if r.code != 530 => Status::Failed(r.to_string()),
                        _ => {
                            => $^
                            return;
                        }
                    };
                    self.message.recipients[index].status = status;
                    -> $Next(index + 1)
                }
                => $^
            }

            $Data => $Transaction {
                $> { self.say("DATA".to_owned(), 2 * MINUTE); }
                reply(r: &Reply) {
                    match r.code {
                        354 => -> $Text,
                        _ => => $^,
                    }
                }
                => $^
            }

            $Text => $Transaction {
                $> {
                    self.say_text();
                    self.say(".".to_owned(), 10 * MINUTE);
                }
                reply(r: &Reply) {
                    if r.code == 250 {
                        self.message.change(&Status::Accepted, &Status::Delivered);
                        -> $Quitting
                    }
                    => $^
                }
                => $^
            }

            // A server may ask who we are in answer to any command. When it knows, the command is given again: that is
            // what the `$>` of its state does.
            $Transaction => $Online {
                reply(r: &Reply) {
                    if r.code == 530 && self.may_log_in() { push$ -> $AuthLogin }
                    => $^
                }
                => $^
            }

            // The dialogue of AUTH LOGIN. Where it returns to, it does not know.
            $AuthLogin => $Online {
                $> { self.say("AUTH LOGIN".to_owned(), 5 * MINUTE); }
                reply(r: &Reply) {
                    match r.code {
                        334 => -> $AuthName,
                        _ => => $^,
                    }
                }
                => $^
            }

            $AuthName => $Online {
                $> { self.whisper(|login| &login.name); }
                reply(r: &Reply) {
                    match r.code {
                        334 => -> $AuthPassword,
                        _ => => $^,
                    }
                }
                => $^
            }

            $AuthPassword => $Online {
                $> { self.whisper(|login| &login.password); }
                reply(r: &Reply) {
                    if r.code == 235 {
                        self.authenticated = true;
                        -> pop$
                    }
                    => $^
                }
                => $^
            }

            $Quitting => $Online {
                $> { self.say("QUIT".to_owned(), 5 * MINUTE); }
                // Whatever the answer is, it changes nothing any more.
                reply(r: &Reply) {
                    self.order_now(Order::HangUp);
                    -> $Deciding
                }
                closed() { -> $Deciding }
                => $^
            }

            // The lines of a reply, the failures, and the limits of patience.
            $Online {
                // A transition only ever follows a complete reply, so that every state begins with none.
                $.lines: Vec<String> = Vec::new()
                $.code: u16 = 0

                line(text: &str) {
                    let line = match Line::parse(text) {
                        Some(line) if $.lines.is_empty() || line.code == $.code => line,
                        _ => {
                            self.fail(&format!("not a reply: {text:?}"));
                            -> $Deciding
                        }
                    };
                    if $.lines.len() >= MAX_LINES {
                        self.fail("a reply without end");
                        -> $Deciding
                    }
                    $.code = line.code;
                    $.lines.push(line.text.to_owned());
                    if line.last {
                        let reply = Reply { code: line.code, lines: std::mem::take(&mut $.lines) };
                        @@:self.reply(&reply);
                    }
                }
                reply(r: &Reply) {
                    match r.class() {
                        Class::GoAway => {
                            self.fail(&r.to_string());
                            -> $Deciding
                        }
                        Class::TryLater => self.note(&r.to_string()),
                        Class::GiveUp => {
                            self.note(&r.to_string());
                            self.give_up(r);
                        }
                        Class::OutOfPlace => self.note(&format!("out of place: {r}")),
                    }
                    -> $Quitting
                }
                closed() {
                    self.note("connection lost");
                    -> $Deciding
                }
                tick(now: Duration) {
                    self.now = now;
                    if now >= self.patience {
                        self.fail("no answer");
                        -> $Deciding
                    }
                }
                deadline(): Option<Duration> { @@:(Some(self.patience)) }
            }

            // An attempt is over. It never stays here.
            $Deciding {
                $> {
                    // A login dialogue that was cut off has left behind where it was to return to.
                    pop$
                    self.message.change(&Status::Accepted, &Status::Pending);
                    if self.message.next_pending(0).is_none() { -> $Done }
                    if self.attempts >= self.max_attempts {
                        let last = format!("given up after {} attempts: {}", self.attempts, self.problem);
                        self.message.change(&Status::Pending, &Status::Failed(last));
                        -> $Done
                    }
                    -> $Waiting(self.wait())
                }
            }

            $Waiting(wait: Duration) {
                $.until: Duration = self.now + wait

                tick(now: Duration) {
                    self.now = now;
                    if now >= $.until { -> $Connecting }
                }
                deadline(): Option<Duration> { @@:(Some($.until)) }
            }

            $Done {
                is_done(): bool { @@:(true) }
            }

        actions:
            order_now(order: Order) {
                self.orders.push_back(order);
            }

            /// Orders something that the server has so much time to answer.
            order(order: Order, patience: Duration) {
                self.order_now(order);
                self.expect(patience);
            }

            expect(patience: Duration) {
                self.patience = self.now + patience;
            }

            say(command: String, patience: Duration) {
                self.order(Order::Say(command), patience);
            }

            /// Says something of the login, which is there whenever a login dialogue is.
            whisper(what: fn(&Login) -> &String) {
                let text = self.login.as_ref().map(what).map_or("", String::as_str);
                let order = Order::Whisper(base64(text.as_bytes()));
                self.order(order, 5 * MINUTE);
            }

            say_text() {
                for line in &self.message.lines {
                    // A line that is a dot would end the text (RFC 5321, section 4.5.2).
                    let dot = if line.starts_with('.') { "." } else { "" };
                    self.orders.push_back(Order::Say(format!("{dot}{line}")));
                }
            }

            note(problem: &str) {
                self.problem = problem.to_owned();
            }

            fail(problem: &str) {
                self.note(problem);
                self.order_now(Order::HangUp);
            }

            /// Whether a login may help. A password is not for everybody to read.
            may_log_in(): bool {
                self.login.is_some() && self.offers_login && self.secure && !self.authenticated
            }

            /// A refusal concerns those whom the server has accepted, or, before that, everybody.
            give_up(r: &Reply) {
                let concerned = match self.message.any_accepted() {
                    true => Status::Accepted,
                    false => Status::Pending,
                };
                self.message.change(&concerned, &Status::Failed(r.to_string()));
            }

            wait(): Duration {
                let doubled = 1u32.checked_shl(self.attempts.saturating_sub(1)).unwrap_or(u32::MAX);
                FIRST_WAIT.saturating_mul(doubled).min(LONGEST_WAIT)
            }

        domain:
            host: String
            pub message: Message
            login: Option<Login>
            max_attempts: u32
            /// How often a connection was tried.
            pub attempts: u32 = 0
            /// What went wrong last.
            pub problem: String = "nothing"
            orders: VecDeque<Order>
            now: Duration
            /// Until when the server may take its time.
            patience: Duration
            secure: bool = false
            authenticated: bool = false
            offers_login: bool = false
    }
}
