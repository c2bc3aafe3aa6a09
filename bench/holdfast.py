"""Running and asking the command: what every part of the bench shares."""
import base64
import contextlib
import hmac
import html.parser
import http.client
import os
import pathlib
import re
import socket
import statistics
import struct
import subprocess
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("BENCH_BINARY", str(ROOT / ".build/release/holdfast"))
ROWS = int(os.environ.get("BENCH_ROWS", "5000000"))
PAIRS = int(os.environ.get("BENCH_PAIRS", "3"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
FOLDER = ROOT / ".build/bench"
PASSWORD = "three invented words 2026"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def timed(arguments):
    """Runs a program; gives seconds, its peak memory in MiB, and seconds of processor, which other programs hardly change."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{arguments[0]} ended with {child.returncode}: {said.read()[-2000:].decode(errors='replace')}")
    return time.monotonic() - began, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def processor_seconds(process):
    """What a server and its workers have used so far."""
    used, below = 0.0, [process.pid]
    for pid in below:
        below += [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def get(port, path, cookie=""):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def wait_for(port, path, process, seconds=30):
    """Seconds from now until the address answers 200."""
    began = time.monotonic()
    while time.monotonic() - began < seconds and process.poll() is None:
        try:
            if get(port, path)[0] == 200:
                return time.monotonic() - began
        except OSError:
            time.sleep(0.002)
    raise RuntimeError(f"nothing answered {path}")


@contextlib.contextmanager
def serving(data):
    """A running server: (port, process, seconds to its first answer, what it has said so far as a function)."""
    port = free_port()
    with tempfile.NamedTemporaryFile() as log:
        process = subprocess.Popen(
            [BINARY, "serve", "--port", str(port), "--data", str(data)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield port, process, wait_for(port, "/healthz", process), lambda: pathlib.Path(log.name).read_text()
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def median(values):
    return statistics.median(values)


class Form(html.parser.HTMLParser):
    """The first form of a page: where it goes, what it holds, and the key of the second factor."""

    def __init__(self, text):
        super().__init__()
        self.action, self.fields, self.key, self.inside = None, {}, "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "form" and self.action is None:
            self.action = named.get("action", "")
        if tag == "input" and self.action is not None:
            self.fields[named.get("name", "")] = named.get("value", "")
        self.inside = tag == "code" and "secret" in named.get("class", "")

    def handle_data(self, data):
        if self.inside:
            self.key += "".join(data.split())

    def handle_endtag(self, tag):
        self.inside = False


def one_time_code(key):
    """RFC 6238: the code an authenticator app would show now."""
    secret = base64.b32decode(key + "=" * (-len(key) % 8))
    digest = hmac.digest(secret, struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def cookie_from(port, said):
    """A session: the one of the last run while it lives, or a new one by the one-time link that the server printed."""
    kept = FOLDER / "cookie"
    for cookie in (os.environ.get("BENCH_COOKIE", ""), kept.read_text() if kept.exists() else ""):
        if cookie and get(port, "/", cookie)[0] == 200:
            return cookie
    links = re.findall(r"http://[^\s/]+(/[^\s.,]+)", said)
    if not links:
        raise RuntimeError("the server printed no one-time link: remove .build/bench, or name a session in BENCH_COOKIE")
    jar = {}
    for _ in range(4):
        status, headers, body = get(port, links[0], "; ".join(f"{name}={value}" for name, value in jar.items()))
        remember(jar, headers)
        form = Form(body.decode(errors="replace"))
        if status != 200 or form.action is None:
            break
        given = {"password": PASSWORD, "password-again": PASSWORD, "code": one_time_code(form.key) if form.key else ""}
        post(port, form.action, form.fields | {name: text for name, text in given.items() if name in form.fields}, jar)
    cookie = "; ".join(f"{name}={value}" for name, value in jar.items())
    if get(port, "/", cookie)[0] != 200:
        raise RuntimeError("the one-time link gave no session; name one in BENCH_COOKIE")
    kept.write_text(cookie)
    return cookie


def post(port, path, fields, jar):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    origin = f"http://127.0.0.1:{port}"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin, "Sec-Fetch-Site": "same-origin",
               "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
    connection.request("POST", path, urllib.parse.urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    remember(jar, answer.getheaders())
    connection.close()


def remember(jar, headers):
    for name, value in headers:
        if name.lower() == "set-cookie":
            key, _, rest = value.partition("=")
            jar[key] = rest.split(";")[0]
