#!/usr/bin/env python3
"""Checks heads and proofs of a Holdfast log. Needs Python 3 alone, and shares no code with Holdfast: what it knows is
in docs/log-format.md (RFC 9162, RFC 8032, c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature).

  verify_log.py head HEAD --log-key KEY [--witness KEY]...
  verify_log.py inclusion PROOF --head HEAD --log-key KEY [--witness KEY]...
  verify_log.py consistency PROOF --old HEAD --new HEAD --log-key KEY [--witness KEY]...

Every witness that is named must have countersigned each head. Exit code 0 when all holds, 1 when not, 2 for wrong usage.
"""
import argparse
import base64
import hashlib
import json
import struct
import sys

def check(holds, sentence):
    if not holds:
        raise ValueError(sentence)

def exact(data, encoded, text):
    """Bytes that were read from a text which is the only one that stands for them."""
    check(encoded == text, "a hash or signature is written in another way than it should be")
    return data

def base(text):
    data = base64.b64decode(text)
    return exact(data, base64.b64encode(data).decode(), text)

def hexadecimal(text):
    data = bytes.fromhex(text)
    return exact(data, data.hex(), text)

# Ed25519 (RFC 8032, section 5.1), for checking only: nothing here is secret, so time may depend on what is read.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)

def add(one, other):
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b, c, d = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2), 2 * t1 * t2 * D, 2 * z1 * z2
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total

def point(data):
    """The point that 32 bytes stand for; None when there is none."""
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def signed(public, message, signature):
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    (x1, y1, z1, _), (x2, y2, z2, _) = times(s, BASE), add(r, times(h, a))
    return (x1 * z2 - x2 * z1) % P == 0 and (y1 * z2 - y2 * z1) % P == 0

def key(text, kind):
    """Name, number and bytes of a public key `name+12345678+…`."""
    name, number, encoded = text.split("+", 2)
    data = base(encoded)
    right = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    check(len(data) == 33 and data[0] == kind and right.hex() == number, f"{text} is no key of the kind that is needed")
    return name, right, data[1:]

def head(path, log_key, witnesses):
    """Size and root of a head whose signatures hold."""
    with open(path, "rb") as file:
        text = file.read()
    body, gap, lines = text.rpartition(b"\n\n")
    body += b"\n"
    check(gap and lines.endswith(b"\n"), f"{path} is no signed head")
    found = []
    for line in lines.decode().split("\n")[:-1]:
        dash, name, encoded = line.split(" ")
        data = base(encoded)
        check(dash == "\u2014", f"{path}: a line of signature cannot be read")
        found.append((name, data[:4], data[4:]))
    for text, kind in [(log_key, 1)] + [(witness, 4) for witness in witnesses]:
        name, number, public = key(text, kind)
        own = [signature for who, which, signature in found if (who, which) == (name, number)]
        check(own, f"{path} is not signed by {name}")
        for signature in own:
            stamp, signature = (signature[:8], signature[8:]) if kind == 4 else (b"", signature)
            message = (b"cosignature/v1\ntime %d\n" % int.from_bytes(stamp, "big") if kind == 4 else b"") + body
            check(signed(public, message, signature), f"{path}: the signature of {name} does not hold")
    origin, size, root = body.decode().split("\n")[:3]
    check(origin == log_key.split("+")[0], f"{path} is of another log")
    check(size == str(int(size)) and int(size) >= 0, f"{path}: the size cannot be read")
    return int(size), base(root)

# The entry as bytes, and the tree (RFC 9162, section 2.1).
FIELDS = "sequence at person agency purpose operation kind record about allowed version digest recipient".split()

def leaf(entry):
    check(sorted(entry) == sorted(FIELDS), "the entry has other fields than an entry has")
    content = b"\x01"
    for name in FIELDS:
        value = entry[name]
        if value is None:
            content += b"\xff\xff\xff\xff"
            continue
        number, digest = isinstance(value, int), name == "digest"
        data = struct.pack(">q", value) if number else hexadecimal(value) if digest else value.encode()
        content += struct.pack(">I", len(data)) + data
    return hashlib.sha256(b"\x00" + content).digest()

def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()

def walk(place, last, start, path):
    """Up the tree to the root (sections 2.1.3.2, 2.1.4.2): what the steps on the left give, and what all steps give."""
    before = after = start
    for step in path:
        check(last > 0, "the proof is too long")
        if place & 1 or place == last:
            before, after = node(step, before), node(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node(after, step)
        place, last = place >> 1, last >> 1
    check(last == 0, "the proof is too short")
    return before, after

def continued(first, old, second, path):
    """The two roots that a proof of consistency gives (section 2.1.4.2)."""
    check(0 < first < second or (0 < first == second and not path), "the sizes cannot be")
    path = ([old] if first & (first - 1) == 0 or first == second else []) + path
    place, last = (0, 0) if first == second else (first - 1, second - 1)
    while place & 1:
        place, last = place >> 1, last >> 1
    return walk(place, last, path[0], path[1:])

def read(path, name):
    with open(path, encoding="utf-8") as file:
        proof = json.load(file)
    check(proof["format"] == name, f"{path} has another format than {name}")
    return proof, [hexadecimal(step) for step in proof["path"]]

def run(words):
    if words.job == "head":
        size, root = head(words.file, words.log_key, words.witness)
        return f"The head over {size} entries is signed as asked; its root is {root.hex()}."
    if words.job == "inclusion":
        proof, path = read(words.file, "holdfast-inclusion/1")
        size, root = head(words.head, words.log_key, words.witness)
        number = proof["entry"]["sequence"]
        check([proof["leaf"], proof["size"], hexadecimal(proof["root"])] == [number - 1, size, root],
              "proof and head do not go together")
        check(0 < number <= size and walk(number - 1, size - 1, leaf(proof["entry"]), path)[1] == root,
              f"entry {number} is not in this log")
        return f"Entry {number} is in the log of {size} entries, as it is written."
    proof, path = read(words.file, "holdfast-consistency/1")
    (first, old), (second, new) = (head(file, words.log_key, words.witness) for file in (words.old, words.new))
    roots = [hexadecimal(proof[name]) for name in ("fromRoot", "toRoot")]
    check([proof["from"], proof["to"]] == [first, second] and roots == [old, new], "proof and heads do not go together")
    check(continued(first, old, second, path) == (old, new), "the earlier log is not the beginning of the later one")
    return f"Nothing in the first {first} entries was changed: the log of {second} entries begins with them."

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = parser.add_subparsers(dest="job", required=True)
    for name, files in (("head", []), ("inclusion", ["--head"]), ("consistency", ["--old", "--new"])):
        job = jobs.add_parser(name)
        job.add_argument("file")
        for flag in files + ["--log-key"]:
            job.add_argument(flag, required=True)
        job.add_argument("--witness", action="append", default=[])
    try:
        print(run(parser.parse_args()))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OSError, struct.error) as reason:
        print(f"Refused: {reason}", file=sys.stderr)
        sys.exit(1)

main()
