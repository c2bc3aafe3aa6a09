"""Running and asking the command: what every part of the bench shares."""
import contextlib
import http.client
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
from visiting import Visitor, link_in

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


def cookie_from(port, said):
    """A session: the one of the last run while it lives, or a new one by the one-time link that the server printed."""
    kept = FOLDER / "cookie"
    for cookie in (os.environ.get("BENCH_COOKIE", ""), kept.read_text() if kept.exists() else ""):
        if cookie and get(port, "/", cookie)[0] == 200:
            return cookie
    link = link_in(said)
    if not link:
        raise RuntimeError("the server printed no one-time link: remove .build/bench, or name a session in BENCH_COOKIE")
    visitor = Visitor(port)
    visitor.enter(link)
    kept.write_text(visitor.cookie)
    return visitor.cookie
