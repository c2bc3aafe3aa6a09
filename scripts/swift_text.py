"""Just enough of Swift's grammar to tell code from comments and text, and to measure functions."""
import re


def blank(source, keep_text=False):
    """The source with comments as spaces, and text too unless kept. Lines stay where they are."""
    out = list(source)
    at, end = 0, len(source)

    def wipe(first, past):
        for index in range(first, past):
            if out[index] != "\n":
                out[index] = " "

    while at < end:
        if source.startswith("//", at):
            past = source.find("\n", at)
            past = end if past < 0 else past
            wipe(at, past)
        elif source.startswith("/*", at):
            past = source.find("*/", at + 2)
            past = end if past < 0 else past + 2
            wipe(at, past)
        elif (opening := re.compile(r'(#*)("""|")').match(source, at)) is not None:
            past = text_end(source, opening.end(), opening.group(2), opening.group(1))
            if not keep_text:
                wipe(opening.end(), past - len(opening.group(0)))
        else:
            past = at + 1
        at = past
    return "".join(out)


def text_end(source, at, quotes, hashes):
    """The index past the closing quotes; text inside an interpolation may hold quotes of its own."""
    closing, escape = quotes + hashes, "\\" + hashes
    while at < len(source):
        if source.startswith(escape + "(", at):
            at = interpolation_end(source, at + len(escape) + 1)
        elif source.startswith(escape, at):
            at += len(escape) + 1
        elif source.startswith(closing, at):
            return at + len(closing)
        elif source[at] == "\n" and quotes == '"':
            return at
        else:
            at += 1
    return len(source)


def interpolation_end(source, at):
    depth = 1
    while at < len(source) and depth > 0:
        opening = re.compile(r'(#*)("""|")').match(source, at)
        if opening:
            at = text_end(source, opening.end(), opening.group(2), opening.group(1))
            continue
        depth += {"(": 1, ")": -1}.get(source[at], 0)
        at += 1
    return at


STARTS = re.compile(r"\bfunc\s+(\S+?)\s*[(<]|\b(init)[?!]?\s*[(<]|\b(subscript)\s*[(<]|\bvar\s+(\w+)\s*:[^={\n]*\{")


def bodies(code):
    """Yields (name, first line, lines between the braces) of each function in source without comments and text."""
    for start in STARTS.finditer(code):
        name = next(group for group in start.groups() if group)
        opening = start.end() - 1 if code[start.end() - 1] == "{" else body_opening(code, start.end() - 1)
        if opening is None:
            continue
        closing = matching(code, opening)
        first = code.count("\n", 0, start.start()) + 1
        yield name, first, max(0, code.count("\n", opening, closing) - 1)


def body_opening(code, at):
    """The brace that opens a body, or nothing for a requirement of a protocol or a call of an initialiser."""
    if code[at] == "<":
        at = code.find("(", at)
    if at < 0:
        return None
    at = matching(code, at, "(", ")")
    # After the parameters only effects, a result and a where clause may stand before the brace.
    rest = re.compile(r"\)\s*((async|throws(\([^)]*\))?|rethrows)\s*)*(->[^{}=]*?)?(\s*where[^{}=]*?)?\s*\{").match(code, at)
    if rest is None or "\n\n" in rest.group(0):
        return None
    return rest.end() - 1


def matching(code, at, opens="{", closes="}"):
    depth = 0
    for index in range(at, len(code)):
        if code[index] == opens:
            depth += 1
        elif code[index] == closes:
            depth -= 1
            if depth == 0:
                return index
    return len(code) - 1
