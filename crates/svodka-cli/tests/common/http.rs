//! A client of HTTP/1.1 that keeps its connection: enough to ask the server on this machine.
#![allow(dead_code, reason = "not every file uses all of it")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What was answered.
pub struct Answer {
    pub status: u16,
    /// Lines of the head, in lower case.
    pub head: Vec<String>,
    pub body: String,
}

impl Answer {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let of = |line: &'_ String| line.strip_prefix(name)?.strip_prefix(": ").map(str::len);
        let found = self.head.iter().find(|line| of(line).is_some())?;
        found.get(name.len() + 2..)
    }
}

/// A connection to the server.
pub struct Client {
    port: u16,
    /// Sent with each request, each line with its end.
    pub with: String,
    stream: BufReader<TcpStream>,
}

impl Client {
    pub fn new(port: u16, with: &str) -> io::Result<Client> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        Ok(Client {
            port,
            with: with.to_owned(),
            stream: BufReader::new(stream),
        })
    }

    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, "", b"")
    }

    pub fn post(&mut self, path: &str, body: &str) -> io::Result<Answer> {
        self.ask("POST", path, "application/json", body.as_bytes())
    }

    /// Sends files as a form.
    pub fn upload(&mut self, files: &[(&str, &str)]) -> io::Result<Answer> {
        let mut body = String::new();
        for (name, text) in files {
            body += &format!(
                "--svodka\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
            );
        }
        body += "--svodka--\r\n";
        let kind = "multipart/form-data; boundary=svodka";
        self.ask("POST", "/api/reports", kind, body.as_bytes())
    }

    pub fn ask(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> io::Result<Answer> {
        self.send(method, path, kind, body)?;
        self.answer()
    }

    /// Sends a request and does not wait.
    pub fn send(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> io::Result<()> {
        let (port, with) = (self.port, &self.with);
        let kind = match kind {
            "" => String::new(),
            kind => format!("Content-Type: {kind}\r\n"),
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{kind}Content-Length: {}\r\n{with}\r\n",
            body.len()
        );
        let stream = self.stream.get_mut();
        stream.write_all(&[head.as_bytes(), body].concat())
    }

    /// A line, without its end.
    pub fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn answer(&mut self) -> io::Result<Answer> {
        let odd = || io::Error::from(io::ErrorKind::InvalidData);
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|it| it.parse().ok());
        let mut head = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            head.push(match line.split_once(": ") {
                Some((name, value)) => format!("{}: {value}", name.to_lowercase()),
                None => line,
            });
        }
        let mut answer = Answer {
            status: status.ok_or_else(odd)?,
            head,
            body: String::new(),
        };
        let length = answer.header("content-length").map(str::parse);
        let bytes = match length {
            Some(length) => self.exactly(length.map_err(|_| odd())?)?,
            None if answer.header("transfer-encoding") == Some("chunked") => {
                let mut bytes = Vec::new();
                loop {
                    let length = self.line()?;
                    let length = usize::from_str_radix(&length, 16).map_err(|_| odd())?;
                    bytes.extend(self.exactly(length)?);
                    self.line()?;
                    if length == 0 {
                        break bytes;
                    }
                }
            }
            None => Vec::new(),
        };
        answer.body = String::from_utf8_lossy(&bytes).into_owned();
        Ok(answer)
    }
}
