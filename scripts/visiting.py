"""Visits a running house over HTTP as a browser without scripts would: pages, forms and the one-time link."""
import base64
import hmac
import html.parser
import http.client
import re
import struct
import time
import urllib.parse

PASSWORD = "quiet copper walnut lagoon 2026"


class Form(html.parser.HTMLParser):
    """The first form of a page that goes to `wanted` (any, when empty): where it goes, what it holds, what its lists
    offer, and the key of the second factor that the page shows."""

    def __init__(self, text, wanted=""):
        super().__init__()
        self.action, self.fields, self.choices, self.key = None, {}, {}, ""
        self.wanted, self.is_mine, self.is_secret, self.list = wanted, False, False, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "form" and self.action is None and self.wanted in named.get("action", ""):
            self.action, self.is_mine = named.get("action", ""), True
        if self.is_mine and tag in ("input", "textarea", "select"):
            self.list = named.get("name", "")
            self.fields.setdefault(self.list, named.get("value", ""))
        if self.is_mine and tag == "option":
            self.choices.setdefault(self.list, []).append(named.get("value", ""))
        self.is_secret = tag == "code" and "secret" in named.get("class", "")

    def handle_data(self, data):
        if self.is_secret:
            self.key += "".join(data.split())

    def handle_endtag(self, tag):
        self.is_secret = False
        if tag == "form":
            self.is_mine = False


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.text = body.decode(errors="replace")

    @property
    def location(self):
        return next((value for name, value in self.headers if name.lower() == "location"), "")


class Visitor:
    """Somebody with a browser: keeps cookies and one connection, which is made anew when the server has ended it."""

    def __init__(self, port, jar=None, patience=60, shift=0):
        """`shift` is how many seconds the clock of the server is ahead of ours."""
        self.port, self.jar, self.patience, self.connection = port, dict(jar or {}), patience, None
        self.shift = shift

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        origin = f"http://127.0.0.1:{self.port}"
        return self.ask("POST", path, urllib.parse.urlencode(fields), {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": origin, "Sec-Fetch-Site": "same-origin"})

    def ask(self, method, path, body=None, headers=None):
        """One request. Raises OSError or HTTPException when no whole answer came: whether it was heard is not known."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        cookie = "; ".join(f"{name}={value}" for name, value in self.jar.items() if value)
        try:
            self.connection.request(method, path, body, dict(headers or {}) | ({"Cookie": cookie} if cookie else {}))
            said = self.connection.getresponse()
            answer = Answer(said.status, said.getheaders(), said.read())
        except BaseException:
            self.close()
            raise
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.jar[key] = rest.split(";")[0]
        return answer

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    @property
    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.jar.items() if value)

    def enter(self, link, password=PASSWORD):
        """Follows a one-time link to its end. Gives the key of the authenticator app, when it asked for one."""
        key = ""
        for _ in range(4):
            answer = self.get(link)
            form = Form(answer.text, link)
            if answer.status != 200 or form.action is None:
                break
            key = form.key or key
            given = {"password": password, "password-again": password, "code": one_time_code(form.key, time.time() + self.shift) if form.key else ""}
            self.post(form.action, form.fields | {name: text for name, text in given.items() if name in form.fields})
        if self.get("/").status != 200:
            raise RuntimeError("the one-time link gave no session")
        return key

    def token(self):
        """What every form of this session carries."""
        return Form(self.get("/").text, "/sign-out").fields["form-token"]


def link_in(said):
    """The one-time link that a server or a command has printed, without the site's address; empty when there is none."""
    found = re.search(r"(/link/[A-Za-z0-9_-]+)", said)
    return found.group(1) if found else ""


def one_time_code(key, at=None):
    """RFC 6238: the code an authenticator app would show at a time in seconds, now unless named."""
    secret = base64.b32decode(key + "=" * (-len(key) % 8))
    digest = hmac.digest(secret, struct.pack(">Q", int(at or time.time()) // 30), "sha1")
    place = digest[19] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"
