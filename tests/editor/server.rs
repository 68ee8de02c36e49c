//! rust-analyzer as a child process, spoken to as an editor does: JSON-RPC over its pipes.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use std::{env, fs, thread};

use serde_json::{Value, json};

use super::lamp::MARK;
use super::package;

const PATIENCE: Duration = Duration::from_secs(120);

pub struct Server {
    process: Child,
    input: ChildStdin,
    /// What the server sends, read by a thread of its own.
    output: Receiver<Value>,
    requests: u64,
    version: u64,
    uri: String,
    /// Whether it has the sources of the standard library.
    pub has_library: bool,
}

impl Server {
    /// Starts the server on the package and waits until it has read it. Without one it says
    /// that the test is skipped.
    pub fn start() -> Option<Server> {
        let program = env::var_os("RUST_ANALYZER").unwrap_or_else(|| "rust-analyzer".into());
        let version = Command::new(&program).arg("--version").output();
        if !version.is_ok_and(|output| output.status.success()) {
            // Printed past the test harness, which keeps what a passing test prints to itself.
            let _ = writeln!(
                std::io::stderr(),
                "skipped: what an editor shows, since {} does not run; see CONTRIBUTING.md",
                program.display()
            );
            return None;
        }
        let root = package::make();
        let mut process = Command::new(program)
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", root.join("target"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("what told its version runs");
        let input = process.stdin.take().expect("it is a pipe");
        let output = read(process.stdout.take().expect("it is a pipe"));
        let uri = uri(&root.join("src/main.rs"));
        let has_library = library().is_some_and(|sources| sources.exists());
        let (requests, version) = (0, 0);
        let mut server = Server { process, input, output, requests, version, uri, has_library };
        server.initialize(&root);
        Some(server)
    }

    fn initialize(&mut self, root: &Path) {
        let mut options = json!({
            "checkOnSave": false,
            "cachePriming": { "enable": false },
            "completion": { "callable": { "snippets": "none" } },
        });
        // It would have rustup install them.
        if !self.has_library {
            let none = root.join("no-sources");
            fs::create_dir_all(&none).expect("the folder can be made");
            options["cargo"] = json!({ "sysrootSrc": none });
        }
        let parameters = json!({
            "processId": std::process::id(),
            "rootUri": uri(root),
            "capabilities": {
                "experimental": { "serverStatusNotification": true },
                "textDocument": { "diagnostic": {} },
            },
            "initializationOptions": options,
        });
        self.request("initialize", parameters);
        self.notify("initialized", json!({}));
        let document = json!({ "uri": self.uri, "languageId": "rust", "version": 0, "text": "" });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        let status = self.wait(|message| {
            message["method"] == "experimental/serverStatus"
                && message["params"]["quiescent"] == true
        });
        assert_ne!(status["params"]["health"], "error", "{status}");
    }

    /// What is offered where the cursor is in `text`.
    pub fn completions(&mut self, text: &str) -> Vec<String> {
        let offered = self.at_cursor("textDocument/completion", text);
        let items = offered["items"].as_array().or_else(|| offered.as_array());
        items.into_iter().flatten().map(|item| text_of(&item["label"])).collect()
    }

    /// The line of what the word at the cursor means.
    pub fn definition(&mut self, text: &str) -> usize {
        let found = self.at_cursor("textDocument/definition", text);
        let line = found[0]["range"]["start"]["line"].as_u64();
        line.and_then(|line| line.try_into().ok()).unwrap_or_else(|| panic!("{found}"))
    }

    /// The messages about `text`, from top to bottom.
    pub fn diagnostics(&mut self, text: &str) -> Vec<String> {
        self.change(text);
        let document = json!({ "uri": self.uri });
        let told = self.request("textDocument/diagnostic", json!({ "textDocument": document }));
        let told = told["items"].as_array().into_iter().flatten();
        let line = |one: &Value| one["range"]["start"]["line"].as_u64();
        let mut told: Vec<_> = told.map(|one| (line(one), text_of(&one["message"]))).collect();
        told.sort();
        told.into_iter().map(|(_, message)| message).collect()
    }

    fn at_cursor(&mut self, method: &str, text: &str) -> Value {
        let (before, _) = text.split_once(MARK).expect("there is a cursor");
        let line = before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
        self.change(&text.replace(MARK, ""));
        let position = json!({ "line": line, "character": column });
        let document = json!({ "uri": self.uri });
        self.request(method, json!({ "textDocument": document, "position": position }))
    }

    fn change(&mut self, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        let changes = json!([{ "text": text }]);
        let parameters = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", parameters);
    }

    fn request(&mut self, method: &str, parameters: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(json!({ "id": id, "method": method, "params": parameters }));
        let answer = self.wait(|message| message["id"] == id && message["method"].is_null());
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn notify(&mut self, method: &str, parameters: Value) {
        self.send(json!({ "method": method, "params": parameters }));
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())
            .and_then(|()| self.input.flush())
            .expect("the server listens");
    }

    /// The first message of a kind. What the server itself asks is answered by nothing.
    fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.output.recv_timeout(PATIENCE).expect("the server answers");
            if is_it(&message) {
                return message;
            }
            if let (id @ (Value::Number(_) | Value::String(_)), Value::String(_)) =
                (&message["id"], &message["method"])
            {
                self.send(json!({ "id": id, "result": null }));
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A path as the protocol has it.
fn uri(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    let text = bytes.map(|byte| match plain(*byte) {
        true => char::from(*byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    text.fold("file://".to_owned(), |uri, part| uri + &part)
}

/// Where the toolchain has the sources of the standard library, when it has them.
fn library() -> Option<PathBuf> {
    let rustc = Command::new("rustc").args(["--print", "sysroot"]).output().ok()?;
    let sysroot = String::from_utf8(rustc.stdout).ok()?;
    Some(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}

/// The messages that come out of the server, each as soon as it is whole.
fn read(output: ChildStdout) -> Receiver<Value> {
    let (sender, receiver) = channel();
    let mut output = BufReader::new(output);
    thread::spawn(move || {
        while let Some(message) = message(&mut output) {
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    receiver
}

/// One message: a header for each line, an empty one, and as many bytes as a header says.
fn message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok()?;
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut text = vec![0; length];
    output.read_exact(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}
