"""The text that an HTML body shows, line by line, quoted blocks after `>`. Nothing that it points to is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
        "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"})
SILENT = frozenset(
    {"head", "script", "style", "template", "title", "noscript", "object", "iframe", "svg", "math", "audio", "video"}
)
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
HIDING = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}[01](?:\.\d)?(?:px|pt|em|%)?\s{0,3}(?:;|$)"
    r"|mso-hide\s{0,3}:\s{0,3}all|opacity\s{0,3}:\s{0,3}0(?:\.0)?\s{0,3}(?:;|$)"
    r"|max-height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:;|$)|(?<![-\w])color\s{0,3}:\s{0,3}(?:#fff(?:fff)?\b|white\b)"
)
STYLE_LIMIT = 2_000  # characters of a style attribute that are looked at
DEPTH_LIMIT = 20_000  # open elements; more is an attack, and what follows counts as shown


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines that a reader sees, and what the body hides from them."""

    lines: tuple[str, ...] = field(repr=False)
    hidden: tuple[str, ...] = field(default=(), repr=False)
    links: tuple[str, ...] = field(default=(), repr=False)


def shown(html: str) -> Shown:
    """The text of an HTML body, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return Shown(_tidy(reader.lines), tuple(reader.unseen_texts()), tuple(dict.fromkeys(reader.links)))


class _Reader(HTMLParser):
    """Gathers the lines. `stack` holds the open elements: name, whether it hides, whether it quotes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.links: list[str] = []
        self.stack: list[tuple[str, bool, bool]] = []
        self.line = ""
        self.hiding = self.silent = self.quoting = 0
        self.unseen: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").strip():
            self.links.append(told["href"].strip()[:2000])
        if tag in {"br", "hr"} or tag in BLOCKS:
            self.end_line(gap=tag in PARAGRAPHS)
        if tag == "li":
            self.line = "• "
        if tag in {"td", "th"} and self.line:
            self.line += "\t"
        if tag == "img" and told.get("alt", "").strip() and not self.hiding:
            self.line += f"[{told['alt'].strip()}]"
        if tag not in VOID and len(self.stack) < DEPTH_LIMIT:
            self._push(tag, told)

    def _push(self, tag: str, told: dict[str, str]) -> None:
        hides = "hidden" in told or bool(HIDING.search(told.get("style", "")[:STYLE_LIMIT].lower()))
        hides = hides or (tag == "font" and told.get("color", "").lower() in {"white", "#fff", "#ffffff"})
        quotes = tag == "blockquote"
        self.stack.append((tag, hides, quotes))
        self.silent += tag in SILENT
        self.quoting += quotes
        if hides and not self.hiding:
            self.unseen.append([])
        self.hiding += hides

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_line(gap=tag in PARAGRAPHS)
        places = [
            at for at in range(len(self.stack) - 1, max(len(self.stack) - 64, -1), -1) if self.stack[at][0] == tag
        ]
        while places and len(self.stack) > places[0]:
            name, hides, quotes = self.stack.pop()
            self.silent -= name in SILENT
            self.hiding -= hides
            self.quoting -= quotes

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.hiding:
            self.unseen[-1].append(data)
        elif any(name == "pre" for name, _, _ in self.stack[-8:]):
            *whole, last = data.split("\n")
            for one in whole:
                self.line += one
                self.end_line()
            self.line += last
        else:
            text = re.sub(r"[ \t\r\n\f]+", " ", data)
            self.line += text.lstrip(" ") if not self.line or self.line.endswith((" ", "\t")) else text

    def end_line(self, *, gap: bool = False) -> None:
        if self.line.strip():
            self.lines.append("> " * min(self.quoting, 20) + self.line.rstrip())
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")
        self.line = ""

    def unseen_texts(self) -> list[str]:
        """What stood in hidden elements, one text for each."""
        return [text for parts in self.unseen if (text := " ".join(" ".join(parts).split()))]


def _tidy(lines: list[str]) -> tuple[str, ...]:
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)
