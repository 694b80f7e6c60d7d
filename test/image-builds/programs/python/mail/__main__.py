import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from itsdangerous import Signer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.path in ("/healthz", "/readyz")
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(Signer("public").sign(self.path))


server = ThreadingHTTPServer(("", 8080), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
