//! What there is to deliver, and what became of it.

/// A message on its way to everybody it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub from: String,
    pub recipients: Vec<Recipient>,
    /// The lines of the message, head and body.
    pub lines: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub address: String,
    pub status: Status,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// To be tried, or to be tried again.
    Pending,
    /// The server takes mail for them, but has not got this one yet.
    Accepted,
    Delivered,
    /// Given up, with the reason.
    Failed(String),
}

impl Message {
    pub fn new(from: &str, to: &[&str], text: &str) -> Self {
        let pending =
            |&address: &&str| Recipient { address: address.to_owned(), status: Status::Pending };
        Self {
            from: from.to_owned(),
            recipients: to.iter().map(pending).collect(),
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    /// The first recipient from `start` on that is still to be tried.
    pub fn next_pending(&self, start: usize) -> Option<usize> {
        let of = |recipient: &Recipient| recipient.status == Status::Pending;
        self.recipients.iter().skip(start).position(of).map(|offset| start + offset)
    }

    pub fn any_accepted(&self) -> bool {
        self.recipients.iter().any(|recipient| recipient.status == Status::Accepted)
    }

    /// Gives those who have one status another.
    pub fn change(&mut self, from: &Status, to: &Status) {
        for recipient in self.recipients.iter_mut().filter(|r| r.status == *from) {
            recipient.status = to.clone();
        }
    }
}
