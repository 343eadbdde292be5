"""A district with bad days: a real FHIR server behind a proxy that loses, tears and delays answers on request.

The server (sekmet) never answers 429 or 503 and never breaks off, so this stands in front of it. One process for a
test to hold: it starts the server on a free port of this machine, prints `ready PORT`, takes commands on standard
input and ends, with the server, when standard input is closed.

    plan FAULT ...   what happens to the next transactions with readings, one after the other; afterwards nothing
    stored           prints what the server holds, one JSON line
    release          lets go whatever is held

A held request prints `held` once. Every request is written, head and body, to a numbered file in the folder given.
Nothing but the standard library is used.

    district.py SEKMET FOLDER
"""

import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# fault: (is the request delivered to the server, what the client gets)
# `pass`           delivered, answered
# `429`, `503`     not delivered, with Retry-After: 1
# `503=3600`       the same with another Retry-After
# `401`, `500`     not delivered
# `cutBefore`      not delivered, connection closed
# `cutAfter`       delivered, connection closed without an answer
# `html`           delivered, 200 with a proxy's page
# `truncate`       delivered, half of the answer, then closed
# `redirect`       not delivered, 307 to another path
# `holdBefore`     not delivered, nothing until `release`
# `holdAfter`      delivered, nothing until `release`
# `lock=FILE`      delivered and answered while the ledger FILE is locked for writing until `release`


class District:
    def __init__(self, folder, upstream):
        self.folder, self.upstream = folder, upstream
        self.lock = threading.Lock()
        self.plan = []
        self.count = 0
        self.released = threading.Event()

    def keep(self, head, body):
        """Writes one request down; returns nothing."""
        with self.lock:
            self.count += 1
            number = self.count
        with open(os.path.join(self.folder, f"{number:04}.head"), "w", encoding="utf-8") as file:
            file.write(head)
        with open(os.path.join(self.folder, f"{number:04}.json"), "wb") as file:
            file.write(body)

    def fault(self, method, path, body):
        """The next fault of the plan, for a transaction that carries readings."""
        if method != "POST" or "_search" in path or b'"Observation"' not in body:
            return "pass"
        with self.lock:
            return self.plan.pop(0) if self.plan else "pass"

    def deliver(self, method, path, headers, body):
        """Passes a request to the server: status, content type and body of its answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        wanted = {k: v for k, v in headers.items() if k.lower() in ("content-type", "accept", "prefer", "if-match")}
        connection.request(method, path, body or None, wanted)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.getheader("Content-Type", ""), content

    def stored(self):
        """Every resource the server holds, newest version, as the test wants to compare it."""
        found = []
        for kind in ("Patient", "Device", "Observation", "Provenance"):
            offset = 0
            while True:
                _, _, content = self.deliver("GET", f"/fhir/{kind}?_count=500&_offset={offset}", {}, None)
                entries = json.loads(content).get("entry", [])
                found += [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == kind]
                offset += 500
                if len(entries) < 500:
                    break
        return [
            {
                "type": one["resourceType"],
                "identifier": "|".join(one["identifier"][0][key] for key in ("system", "value"))
                if "identifier" in one else "",
                "status": one.get("status", ""),
                "version": one["meta"]["versionId"],
                "subject": one.get("subject", {}).get("reference", ""),
                "id": f"{one['resourceType']}/{one['id']}",
            }
            for one in found
        ]


def say(text):
    print(text, flush=True)


def handler(district):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def cut(self):
            """Ends the connection without another byte."""
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def reply(self, status, kind, content, **more):
            self.send_response(status)
            for key, value in {"Content-Type": kind, "Content-Length": str(len(content)), **more}.items():
                self.send_header(key.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(content)

        def hold(self):
            say("held")
            district.released.wait()

        def handle_any(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            district.keep(f"{self.command} {self.path}\n{self.headers}", body)
            fault, _, argument = district.fault(self.command, self.path, body).partition("=")
            if fault == "cutBefore":
                return self.cut()
            if fault == "holdBefore":
                self.hold()
                return self.cut()
            if fault in ("429", "503"):
                return self.reply(int(fault), "text/plain", b"later", Retry_After=argument or "1")
            if fault in ("401", "500"):
                return self.reply(int(fault), "text/plain", b"no")
            if fault == "redirect":
                return self.reply(307, "text/plain", b"", Location="/elsewhere")
            status, kind, content = district.deliver(self.command, self.path, self.headers, body)
            if fault == "cutAfter":
                return self.cut()
            if fault == "holdAfter":
                self.hold()
                return self.cut()
            if fault == "html":
                return self.reply(200, "text/html", b"<html><body>Welcome to this network</body></html>")
            if fault == "truncate":
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2])
                return self.cut()
            if fault == "lock":
                ledger = sqlite3.connect(argument, isolation_level=None)
                ledger.execute("BEGIN IMMEDIATE")
                self.reply(status, kind, content)
                self.hold()
                ledger.execute("ROLLBACK")
                return ledger.close()
            return self.reply(status, kind, content)

        do_GET = do_POST = do_PUT = handle_any

    return Handler


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_server(sekmet, folder, port):
    """Starts the server with its data in a folder of its own and waits until it says that it listens."""
    data = os.path.join(folder, "server")
    os.mkdir(data)
    server = subprocess.Popen(
        [os.path.abspath(sekmet), "serve", "--host", "127.0.0.1", "--port", str(port)],
        cwd=data, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    log = open(os.path.join(data, "log"), "wb")
    for line in server.stdout:
        log.write(line)
        if b"running on" in line:
            threading.Thread(target=shutil.copyfileobj, args=(server.stdout, log), daemon=True).start()
            return server
    log.close()
    sys.exit("district.py: the FHIR server did not start; see server/log")


def main():
    sekmet, folder = sys.argv[1:]
    upstream = free_port()
    server = start_server(sekmet, folder, upstream)
    try:
        district = District(folder, upstream)
        proxy = ThreadingHTTPServer(("127.0.0.1", 0), handler(district))
        proxy.daemon_threads = True
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        say(f"ready {proxy.server_address[1]}")
        for line in sys.stdin:
            command, *words = line.split()
            if command == "plan":
                district.released.clear()
                district.plan = words
                say("planned")
            elif command == "stored":
                say(json.dumps(district.stored()))
            elif command == "release":
                district.released.set()
                say("released")
    finally:
        # Not SIGTERM: whoever started us may have blocked it, and a child inherits that.
        server.kill()
        server.wait()


main()
