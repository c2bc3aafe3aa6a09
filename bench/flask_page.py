"""The page of 50 rows as it would be written in Flask: session looked up, rows read, audit durable, table drawn.

Environment: BENCH_DB the file, BENCH_TOKEN_DIGEST the session that is allowed, BENCH_SYNCHRONOUS full or normal.
"""
import hashlib
import os
import sqlite3
import time

from flask import Flask, abort, g, render_template_string, request

ROWS = """
    SELECT s.id, p.month, t.word, o.word, l.word, a.word, s.lon, s.lat
    FROM feed_street s
    JOIN feed_run r ON r.run = s.run
    JOIN feed_part p ON p.id = r.part
    LEFT JOIN feed_word t ON t.id = s.crime_type
    LEFT JOIN feed_word o ON o.id = s.outcome
    LEFT JOIN feed_word l ON l.id = s.location
    LEFT JOIN feed_word a ON a.id = s.lsoa
    WHERE s.id > ? ORDER BY s.id LIMIT 50
"""
PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Street crime</title>
<link rel="stylesheet" href="/assets/site.css"></head>
<body><header><nav><a href="/">Home</a> <a href="/measures">Measures</a> <a href="/data">Data</a></nav></header>
<main><h1>Street crime</h1><table><caption>50 rows</caption><thead><tr>
<th>Row</th><th>Month</th><th>Type</th><th>Outcome</th><th>Place</th><th>Area</th><th>Longitude</th><th>Latitude</th>
</tr></thead><tbody>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell if cell is not none }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>
<p><a href="?after={{ rows[-1][0] if rows else 0 }}">Next page</a></p></main></body></html>"""

app = Flask(__name__)
app.jinja_env.auto_reload = False
connection = None


def database():
    """One connection for each worker, as a pool would give."""
    global connection
    if connection is None:
        connection = sqlite3.connect(os.environ["BENCH_DB"], timeout=30, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {os.environ.get('BENCH_SYNCHRONOUS', 'full')}")
    return connection


@app.before_request
def sign_in():
    digest = hashlib.sha256(request.cookies.get("session", "").encode()).hexdigest()
    found = database().execute("SELECT person FROM bench_session WHERE digest = ?", (digest,)).fetchone()
    if found is None:
        abort(404)
    g.person = found[0]


@app.get("/list")
def rows():
    found = database().execute(ROWS, (request.args.get("after", 0, type=int),)).fetchall()
    database().execute(
        """INSERT INTO audit (sequence, at, person, agency, purpose, operation, kind, record, about, allowed)
           SELECT COALESCE(MAX(sequence), 0) + 1, ?, ?, 'bench', 'bench', 'consultation', 'feed', NULL, ?, 1 FROM audit""",
        (int(time.time() * 1000), g.person, f"street after {found[0][0] if found else 0}"))
    return render_template_string(PAGE, rows=found)
