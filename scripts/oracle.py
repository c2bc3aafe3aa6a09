"""Holds a house to what it has answered: people who write over HTTP, a book of what was acknowledged, and its audit."""
import collections
import http.client
import json
import random
import re
import shutil
import sqlite3
import tempfile
import threading
import uuid

from campaigning import PATIENCE
from visiting import Form, Visitor


class Book:
    """What was acknowledged, and what was sent without an answer. An action has the id of its form, so that it may be
    sent again; a person has a sign-in name that nobody else can have."""

    def __init__(self):
        self.lock = threading.Lock()
        self.actions, self.people, self.reads = {}, set(), collections.Counter()
        self.unknown, self.denied = {}, {}

    def acknowledge(self, action, title):
        with self.lock:
            self.actions[action] = title
            self.unknown.pop(action, None)


class Desk:
    """Where the crowd writes: one signed-in session, one area for improvement, one owner."""

    def __init__(self, house, report):
        house.must("inspection", "import", str(report))
        visitor = house.first_visitor()
        self.jar, self.token = visitor.jar, visitor.token()
        areas = re.findall(r'href="/areas/([a-z0-9-]+)"', visitor.get("/areas").text)
        if not areas:
            raise RuntimeError("there is no area to write to")
        self.area = areas[0]
        form = Form(visitor.get(f"/areas/{self.area}/actions").text, "/actions")
        self.owner = next(choice for choice in form.choices["owner"] if choice)
        visitor.close()


class Crowd:
    """People who write and read at once, until they are told to stop or hear nothing more."""

    def __init__(self, house, desk, book, seed, size=3):
        self.house, self.desk, self.book, self.over = house, desk, book, threading.Event()
        self.done, self.refused, self.odd = 0, 0, []
        self.threads = [threading.Thread(target=self.work, args=(random.Random(f"{seed} {number}"),))
                        for number in range(size)]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def finish(self):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def work(self, chance):
        visitor = Visitor(self.house.port, self.desk.jar, PATIENCE)
        try:
            while not self.over.is_set():
                draw = chance.random()
                if draw < 0.6:
                    action = str(uuid.UUID(int=chance.getrandbits(128)))
                    self.give(visitor, action, f"Invented action {action}")
                elif draw < 0.8:
                    self.read(visitor)
                else:
                    self.add(visitor, f"person-{chance.getrandbits(64):x}")
        except (OSError, http.client.HTTPException):
            pass
        finally:
            visitor.close()

    def give(self, visitor, action, title):
        """Gives an action, or gives it again with the same id."""
        with self.book.lock:
            self.book.unknown[action] = title
            self.book.denied.pop(action, None)
        answer = visitor.post(f"/areas/{self.desk.area}/actions", {
            "form-token": self.desk.token, "once": action, "title": title, "owner": self.desk.owner, "due-day": "1",
            "due-month": "3", "due-year": "2027"})
        if self.heard(answer, 303):
            self.book.acknowledge(action, title)
        elif "Nothing was saved" in answer.text:
            with self.book.lock:
                self.book.denied[action] = title

    def read(self, visitor):
        if self.heard(visitor.get(f"/areas/{self.desk.area}"), 200):
            with self.book.lock:
                self.book.reads[self.desk.area] += 1

    def add(self, visitor, name):
        if self.heard(visitor.post("/accounts", {
                "form-token": self.desk.token, "name": "Invented Person", "userName": name, "agency": "police",
                "roles": "analyst"}), 200):
            with self.book.lock:
                self.book.people.add(name)

    def heard(self, answer, wanted):
        self.done += answer.status == wanted
        self.refused += answer.status == 503
        if answer.status not in (wanted, 503):
            self.odd.append(f"answered {answer.status}: {' '.join(re.sub('<[^>]*>', ' ', answer.text).split())[:200]}")
        return answer.status == wanted

    def again(self):
        """Sends once more what had no answer: it must be there once, whether it was heard the first time or not."""
        visitor = Visitor(self.house.port, self.desk.jar, PATIENCE)
        for action, title in list(self.book.unknown.items()):
            self.give(visitor, action, title)
        visitor.close()


class FolderStore:
    """Reads a copy of the embedded store, so that a recovery is the command's own."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        self.copy = tempfile.TemporaryDirectory(dir=self.folder.parent)
        for name in ("holdfast.sqlite", "holdfast.sqlite-wal"):
            if (self.folder / name).exists():
                shutil.copy(self.folder / name, self.copy.name)
        self.database = sqlite3.connect(f"{self.copy.name}/holdfast.sqlite")
        return self

    def __exit__(self, *_):
        self.database.close()
        self.copy.cleanup()

    def rows(self, statement):
        return self.database.execute(statement).fetchall()

    def has(self, table):
        return bool(self.rows(f"SELECT 1 FROM sqlite_master WHERE name = '{table}'"))

    def damage(self):
        said = self.rows("PRAGMA integrity_check")[0][0]
        return "" if said == "ok" else said


class ClusterStore:
    """Reads a PostgreSQL database as its administrator."""

    def __init__(self, server, database):
        self.server, self.database = server, database

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def rows(self, statement):
        said = self.server.sql(f"SELECT to_json(r) FROM ({statement}) r", self.database)
        return [tuple(json.loads(line).values()) for line in said.splitlines() if line]

    def has(self, table):
        return self.server.sql(f"SELECT to_regclass('{table}') IS NOT NULL", self.database) == "t"

    def damage(self):
        return self.server.damage(self.database)


CHECKS = [
    ("entries of the log that are missing between others",
     "SELECT MAX(sequence) - COUNT(*) AS n FROM audit"),
    ("records whose newest version is not there",
     "SELECT COUNT(*) AS n FROM record r WHERE r.version <> "
     "(SELECT COUNT(*) FROM record_version v WHERE v.record = r.id AND v.version BETWEEN 1 AND r.version)"),
    ("versions without an entry in the log",
     "SELECT COUNT(*) AS n FROM record_version v WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.record = v.record "
     "AND a.version = v.version AND a.allowed = 1)"),
    ("versions of no record",
     "SELECT COUNT(*) AS n FROM record_version v WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.id = v.record)"),
]


def inspect(store, book):
    """What does not agree: with itself, and with the book. Empty when all is well."""
    found = []
    damage = store.damage()
    if damage:
        found.append(f"damaged: {damage}")
    if not store.has("record_version"):
        return found + (["the store is gone"] if book.actions or book.people else [])
    for sentence, statement in CHECKS:
        number = store.rows(statement)[0][0] or 0
        if number:
            found.append(f"{number} {sentence}")
    titles, names = {}, collections.Counter()
    for record, kind, body in store.rows(
            "SELECT r.id, r.kind, v.body FROM record r JOIN record_version v ON v.record = r.id AND v.version = r.version "
            "WHERE r.kind IN ('action', 'account.user')"):
        body = json.loads(body)
        if kind == "action":
            titles[record] = body["title"]
        else:
            names[body["signInName"]] += 1
    lost = [action for action, title in book.actions.items() if titles.get(action) != title]
    doubled = [title for title, count in collections.Counter(titles.values()).items() if count > 1]
    false = [action for action in book.denied if action in titles]
    for what, which in (("acknowledged and lost", lost + sorted(book.people - set(names))), ("there twice", doubled),
                        ("there twice", [name for name, count in names.items() if count > 1]),
                        ("saved, though “Nothing was saved” was said", false)):
        if which:
            found.append(f"{what}: {len(which)}, such as {which[:3]}")
    for area, count in book.reads.items():
        told = store.rows(f"SELECT COUNT(*) AS n FROM audit WHERE record = '{area}' AND operation = 'consultation' "
                          "AND allowed = 1")[0][0]
        if told < count:
            found.append(f"{count} reads were answered and {told} are in the log")
    return found
