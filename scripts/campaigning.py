"""What every campaign shares: its options, its tally and last line, a house that can be killed, a PostgreSQL of its own."""
import argparse
import glob
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from visiting import Visitor, link_in

PATIENCE = 120
# Each heap page, and each B-tree with the rows it should lead to (PostgreSQL, "amcheck").
DAMAGE = """
SET client_min_messages = error;
CREATE EXTENSION IF NOT EXISTS amcheck;
SELECT c.relname || ': ' || h.msg FROM pg_class c, verify_heapam(c.oid) h
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace;
SELECT bt_index_check(c.oid, true)::text FROM pg_class c JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree'
WHERE c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace;
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(name, campaign, description, cycles, **more):
    """Reads the options, runs the campaign in a folder of its own and ends with 1 when it found a fault.

    `more` names further whole numbers, with what they are unless named.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=".build/debug/holdfast")
    parser.add_argument("--cycles", type=int, default=cycles)
    parser.add_argument("--seed", type=int, default=1)
    for option, usual in more.items():
        if usual is False:
            parser.add_argument(f"--{option}", action="store_true")
        else:
            parser.add_argument(f"--{option}", type=int, default=usual)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix=f"holdfast-{name}-") as folder:
        folder = pathlib.Path(folder)
        if os.getuid() == 0:
            folder.chmod(0o755)
        # The keys of these houses, and of no other.
        os.environ["HOLDFAST_HOME"] = str(folder / "home")
        found = campaign(name, options, folder)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            found.run(options.cycles)
        except (SystemExit, KeyboardInterrupt):
            found.note("stopped before its end")
        finally:
            found.end()
        return found.tell()


class Campaign:
    """Counts what it does and what it finds. A campaign writes `run(cycles)`, and calls `passed` after each cycle."""

    def __init__(self, name, options, folder):
        self.name, self.options, self.folder = name, options, folder
        self.binary = str(pathlib.Path(options.binary).resolve())
        self.random = random.Random(options.seed)
        self.faults, self.tally, self.lines, self.done = [], {}, [], 0
        self.began, self.told, self.lock = time.monotonic(), time.monotonic(), threading.Lock()

    def fault(self, sentence):
        with self.lock:
            self.faults.append(sentence)
        print("  FAULT " + sentence, flush=True)

    def count(self, what, number=1):
        with self.lock:
            self.tally[what] = self.tally.get(what, 0) + number

    def note(self, sentence):
        """A line for the end."""
        self.lines.append(sentence)

    def passed(self):
        """One more cycle; tells how it goes, every half minute."""
        self.done += 1
        now = time.monotonic()
        if now - self.told > 30:
            self.told = now
            print(f"  {self.done} cycles, {len(self.faults)} faults, {now - self.began:.0f} s, "
                  + ", ".join(f"{count} {what}" for what, count in self.tally.items()), flush=True)

    def end(self):
        """Stops what still runs."""

    def tell(self):
        for what, count in self.tally.items():
            print(f"  {what}: {count}")
        for sentence in self.lines:
            print("  " + sentence)
        print(f"{self.name}: {self.done} cycles, {len(self.faults)} faults, seed {self.options.seed}, "
              f"{time.monotonic() - self.began:.0f} s, load {os.getloadavg()[0]:.1f}")
        return 1 if self.faults else 0


class House:
    """The command on one place: a folder, or the address of a database."""

    def __init__(self, binary, place):
        self.binary, self.place, self.process, self.port, self.said = binary, str(place), None, 0, ""

    def call(self, *arguments, **more):
        return subprocess.run([self.binary, *arguments, "--data", self.place], capture_output=True, text=True,
                              timeout=PATIENCE, stdin=subprocess.DEVNULL, **more)

    def must(self, *arguments):
        done = self.call(*arguments)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()[:500]}")
        return done.stdout

    def is_sound(self):
        """What `verify` says; its complaint when it is not sound, or nothing."""
        done = self.call("verify", "--json")
        try:
            return "" if done.returncode == 0 and json.loads(done.stdout)["sound"] else (done.stdout + done.stderr)[:600]
        except (ValueError, KeyError):
            return f"verify ended with {done.returncode}: {done.stderr[:600]}"

    def start(self, wrapper=(), environment=None, wait=True, arguments=()):
        """Starts `serve`, and waits until it listens unless told otherwise."""
        self.process = subprocess.Popen(
            [*wrapper, self.binary, "serve", "--port", "0", "--data", self.place, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            env={**os.environ, **(environment or {})})
        self.said, self.port, heard = "", 0, threading.Event()
        self.complaint = ""
        threading.Thread(target=self.hear, args=(self.process, heard), daemon=True).start()
        threading.Thread(target=self.hear_complaints, args=(self.process,), daemon=True).start()
        if wait and not (heard.wait(PATIENCE) and self.port):
            raise RuntimeError(f"the server did not start: {self.said!r} {self.complaint[-500:]!r}")
        return self

    def hear(self, process, heard):
        """Reads until the link was said, or would have been."""
        for line in iter(process.stdout.readline, b""):
            self.said += line.decode(errors="replace")
            if "listening on http://" in self.said and not self.port:
                self.port = int(self.said.split("listening on http://")[1].split("\n")[0].rpartition(":")[2])
                heard.set()
        heard.set()

    def hear_complaints(self, process):
        for line in iter(process.stderr.readline, b""):
            self.complaint = (self.complaint + line.decode(errors="replace"))[-4000:]

    def link(self):
        end = time.monotonic() + 10
        while not link_in(self.said) and time.monotonic() < end:
            time.sleep(0.01)
        return link_in(self.said)

    def first_visitor(self):
        """The first administrator, signed in by the link that the server printed."""
        visitor = Visitor(self.port)
        self.first_key = visitor.enter(self.link())
        return visitor

    def kill(self):
        """As a power cut: it gets no word of it."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        if self.process:
            self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()
                raise RuntimeError("a polite stop took over 40 s")

    def resident(self):
        """MiB of memory that it holds."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


class Postgres:
    """One PostgreSQL server on loopback, in a folder of its own, as an unprivileged user."""

    @staticmethod
    def programs():
        """The folder of the newest there; nothing when this machine has none."""
        return max(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]), default=None)

    def __init__(self, folder, name="one", buffers="32MB"):
        if not Postgres.programs():
            raise SystemExit("PostgreSQL is not on this machine; scripts/setup test installs it")
        self.name, self.port, self.buffers, self.process = name, free_port(), buffers, None
        if os.getuid() == 0 and folder.stat().st_uid == 0:
            shutil.chown(folder, "postgres", "postgres")
        self.data, self.log = folder / name, folder / f"{name}.log"
        self.account = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []

    def address(self, database="holdfast"):
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def call(self, program, *arguments):
        done = subprocess.run(
            [*self.account, f"{self.programs()}/{program}", *arguments], capture_output=True, text=True,
            timeout=PATIENCE, cwd=self.data.parent)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()}")
        return done.stdout.strip()

    def make(self):
        self.call("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")

    def make_database(self, name="holdfast"):
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")

    def start(self):
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                [*self.account, f"{self.programs()}/postgres", "-D", str(self.data), "-p", str(self.port), "-c",
                 "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.data.parent}", "-c",
                 f"shared_buffers={self.buffers}"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)
        end = time.monotonic() + 60
        ready = [f"{self.programs()}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready).returncode:
            if time.monotonic() > end:
                raise RuntimeError(f"{self.name} did not start: {self.log.read_text()[-500:]}")
            time.sleep(0.02)

    def sql(self, statement, database="postgres"):
        return self.call("psql", "-XqAt", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", database,
                         "-c", statement)

    def damage(self, database):
        """What amcheck finds in the tables and indexes of a database; empty when they are whole."""
        try:
            return self.sql(DAMAGE, database).strip()
        except RuntimeError as error:
            return str(error)

    def kill(self):
        """As a power cut: none of its processes gets a word of it."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        # Its workers are in groups of their own.
        for status in glob.glob("/proc/[0-9]*/cwd"):
            try:
                if os.readlink(status) == str(self.data):
                    os.kill(int(status.split("/")[2]), signal.SIGKILL)
            except OSError:
                continue
