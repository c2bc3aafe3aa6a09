"""Running and asking the command: what every part of the bench shares."""
import contextlib
import html.parser
import http.client
import os
import pathlib
import re
import socket
import statistics
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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def timed(arguments):
    """Runs a program; gives seconds and its peak memory in MiB."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{arguments[0]} ended with {child.returncode}: {said.read()[-2000:].decode(errors='replace')}")
    return time.monotonic() - began, usage.ru_maxrss / 1024


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
    """The first form of a page: where it goes and what it holds."""

    def __init__(self):
        super().__init__()
        self.action, self.fields = None, {}

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "form" and self.action is None:
            self.action = named.get("action", "")
        if tag == "input" and self.action is not None and named.get("type") == "hidden":
            self.fields[named.get("name", "")] = named.get("value", "")


def cookie_from(port, said):
    """A session, by following the one-time link that the server printed."""
    if os.environ.get("BENCH_COOKIE"):
        return os.environ["BENCH_COOKIE"]
    links = [link for link in re.findall(r"http://[^\s/]+(/\S+)", said) if len(link) > 1]
    if not links:
        raise RuntimeError("the server printed no one-time link; name a session in BENCH_COOKIE")
    jar = {}
    status, headers, body = get(port, links[0])
    remember(jar, headers)
    form = Form()
    form.feed(body.decode(errors="replace"))
    if status == 200 and form.action is not None:
        post(port, form.action or links[0], form.fields, jar)
    if not jar:
        raise RuntimeError("the one-time link gave no session; name one in BENCH_COOKIE")
    return "; ".join(f"{name}={value}" for name, value in jar.items())


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
