use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

fn main() -> std::io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([signal_hook::consts::SIGTERM])?;
    thread::spawn(move || {
        signals.forever().next();
        std::process::exit(0);
    });
    for stream in TcpListener::bind("0.0.0.0:8080")?.incoming() {
        let mut stream = stream?;
        let mut line = String::new();
        let mut reader = BufReader::new(stream.try_clone()?);
        reader.read_line(&mut line)?;
        let mut header = line.clone();
        while header.trim_end() != "" {
            header.clear();
            reader.read_line(&mut header)?;
        }
        let path = line.split(' ').nth(1).unwrap_or("");
        let status = if path == "/healthz" || path == "/readyz" { "200 OK" } else { "404 Not Found" };
        let mut length = itoa::Buffer::new();
        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{path}", length.format(path.len()))?;
    }
    Ok(())
}
