"""HTML as text: what a reader of a mail or a page would see, links with addresses, lists with dashes, quotations."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl"),
        *("dt", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "ol", "p", "pre", "section", "table"),
        *("tr", "ul"),
    }
)
_APART = frozenset(
    {
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"),
        *("table", "blockquote"),
    }
)
_UNSEEN = frozenset(
    {
        *("script", "style", "title", "template", "object", "select", "textarea"),
    }
)
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link"),
        *("meta", "source", "track", "wbr"),
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINK = re.compile(r"(https?://|mailto:|tel:)\S{1,500}")
_DEEPEST = 300


def to_text(html: str) -> str:
    """The words of an HTML document, line by line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._open: list[str] = []
        self._unseen_from = 0
        """How deep the outermost element stands that is not shown; zero: all is shown."""
        self._links: list[tuple[str, int]] = []
        self._apart = False
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        named = {name: value or "" for name, value in attrs}
        self._break_at(tag)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(tag)
            if not self._unseen_from and (tag in _UNSEEN or _HIDDEN.search(named.get("style", ""))):
                self._unseen_from = len(self._open)
        if tag == "li":
            self._say("- ")
        elif tag in {"td", "th"} and self._line:
            self._say(" ")
        elif tag == "img":
            self._say(named.get("alt", ""))
        elif tag == "a":
            self._links.append((named.get("href", "").strip(), len(self._line)))

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it whatever was left open inside."""
        if tag == "a" and self._links:
            self._end_link(*self._links.pop())
        if tag not in self._open:
            return
        if tag in _BLOCKS:
            self._end_line()
        while self._open.pop() != tag:
            pass
        self._break_at(tag)
        if len(self._open) < self._unseen_from:
            self._unseen_from = 0

    def handle_data(self, data: str) -> None:
        """Words between the tags."""
        if "pre" in self._open:
            first, *others = data.split("\n")
            self._say(first)
            for line in others:
                self._end_line()
                self._say(line)
            return
        self._say(re.sub(r"[ \t\r\n\f\u200b\ufeff]+", " ", data).replace("\xa0", " "))

    def text(self) -> str:
        """All lines."""
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _say(self, words: str) -> None:
        if words and not self._unseen_from:
            self._line.append(words)

    def _end_link(self, address: str, begun: int) -> None:
        shown = "".join(self._line[begun:]).strip()
        if _LINK.fullmatch(address) and address.partition(":")[2].strip("/") not in shown:
            self._say(f" ({address})")

    def _break_at(self, tag: str) -> None:
        if tag == "br":
            self._end_line(even_empty=True)
        elif tag in _BLOCKS:
            self._end_line()
            self._apart = self._apart or (tag in _APART and not self._unseen_from)

    def _end_line(self, even_empty: bool = False) -> None:
        line = "".join(self._line).rstrip()
        line = line if "pre" in self._open else line.lstrip()
        self._line = []
        self._links = [(address, 0) for address, _ in self._links]
        if line or even_empty:
            self._add(line)

    def _add(self, line: str) -> None:
        """A line, behind an empty one where a paragraph ended."""
        depth = self._open.count("blockquote")
        if self._apart and self._lines and self._lines[-1].strip("> "):
            self._lines.append(("> " * min(depth, self._depth)).rstrip())
        self._lines.append(("> " * depth + line).rstrip())
        self._apart, self._depth = False, depth
