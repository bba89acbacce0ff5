"""Articles in files: CSV as public data portals give it, a page of HTML, a page of Markdown.

What cannot be read is named by its line, and the rest is taken: a quotation mark that nobody closed costs its own line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import PurePath

from hub120_sdk.html_text import to_text

from chassis.errors import InvalidArgument
from services.referral.domain import articles as domain
from services.referral.domain.articles import Article, Fault

LARGEST = 8_000_000
"""Bytes of a file."""
_MOST = 20_000
_ENCODINGS = ("utf-8-sig", "cp949")
_DELIMITERS = ",;\t"
_LONGEST_CELL = 1_000_000
_MOST_LINES = 500
"""Of one article in a CSV file."""
_KOREA = timezone(timedelta(hours=9))
_HEADINGS = {
    "내용번호": "key", "콘텐츠번호": "key", "id": "key", "key": "key", "번호": "number", "no": "number",
    "제목": "title", "질문": "title", "title": "title", "question": "title",
    "내용": "text", "답변": "text", "본문": "text", "text": "text", "body": "text", "answer": "text",
    "분류": "category", "category": "category", "url": "url", "주소": "url", "링크": "url", "link": "url",
    "수정일": "updated", "수정일자": "updated", "등록일": "updated", "등록일자": "updated", "updated": "updated",
    "date": "updated", "언어": "language", "language": "language",
}  # fmt: skip
"""What columns are called, and names in the front matter of a page, in the words below."""
_DATE = re.compile(r"\s*(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?\s*")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_PICTURE, _LINK = (
    re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"),
    re.compile(r"\[([^\]\n]+)\]\((\S+?)(?:[ \t]+\"[^\"]*\")?\)"),
)
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")


@dataclass(slots=True)
class Read:
    """What a file has."""

    articles: list[Article] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def take(self, line: int, article: Article) -> None:
        """One that was read, if nothing is wrong with it."""
        clean = domain.tidied(article)
        if wrong := domain.faults(clean):
            self.faults.append(Fault(line, wrong, clean.key))
        else:
            self.articles.append(clean)


def read(filename: str, content: bytes) -> Read:
    """The articles of a file, by the ending of its name. Raises ``InvalidArgument`` where it cannot be read."""
    reader = _READERS.get(PurePath(filename).suffix.lower())
    if reader is None:
        raise InvalidArgument([("filename", f"ends in {', '.join(_READERS)}")])
    if len(content) > LARGEST:
        raise InvalidArgument([("chunk", f"is of a file of more than {LARGEST // 1_000_000} MB")])
    found = Read()
    reader(PurePath(filename).name, _decoded(content), found)
    if not found.articles:
        why = f": line {found.faults[0].line} {found.faults[0].message}" if found.faults else ""
        raise InvalidArgument([("chunk", f"is of a file without any article{why}")])
    return found


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise InvalidArgument([("chunk", "is of a file that is neither UTF-8 nor CP949: save it as UTF-8")])


def _csv(name: str, text: str, found: Read) -> None:
    records = _records(text.split("\n"), found)
    heading = next(records, (0, list[str]()))[1]
    names = [_HEADINGS.get("".join(one.split()).casefold(), "") for one in heading]
    if not {"title", "text"} <= {*names}:
        raise InvalidArgument([("chunk", "is of a CSV file without the columns 제목 (title) and 내용 (text)")])
    known: set[str] = set()
    for line, record in records:
        row = {name: cell for name, cell in zip(names, record, strict=False) if name}
        key = row.get("key", "").strip() or row.get("number", "").strip() or _key_of(row.get("title", ""))
        if len(record) != len(names):
            found.faults.append(Fault(line, f"has {len(record)} columns, not {len(names)}"))
        elif key in known:
            found.faults.append(Fault(line, "has the number of an article before it", key))
        elif len(known) >= _MOST:
            raise InvalidArgument([("chunk", f"is of a file of more than {_MOST} articles: import it in parts")])
        else:
            known.add(key)
            found.take(line, _article(key, row))


def _records(lines: Sequence[str], found: Read) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file with the line on which each begins. What is no record costs the line it begins on."""
    csv.field_size_limit(_LONGEST_CELL)
    delimiter = max(_DELIMITERS, key=lines[0].count)
    at = 0
    while at < len(lines):
        record, used = _record(lines, at, delimiter)
        if record is None:
            found.faults.append(Fault(at + 1, "is no CSV: a quotation mark is not closed, or stands where none may"))
        elif any(cell.strip() for cell in record):
            yield at + 1, record
        at += used


def _record(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The record that begins on a line, and how many lines it takes."""
    open_quotes = False
    for used in range(1, min(_MOST_LINES, len(lines) - at) + 1):
        open_quotes ^= lines[at + used - 1].count('"') % 2 == 1
        if open_quotes and used > 1:
            continue
        try:
            piece = "\n".join(lines[at : at + used])
            return next(csv.reader([piece], delimiter=delimiter, strict=True), []), used
        except csv.Error:
            if not open_quotes:
                break
    return None, 1


def _article(key: str, row: Mapping[str, str]) -> Article:
    return Article(
        key=key,
        title=row.get("title", ""),
        text=row.get("text", ""),
        category=row.get("category", ""),
        url=row.get("url", ""),
        updated_at=_moment(row.get("updated", "")),
        language=row.get("language", ""),
    )


def _key_of(title: str) -> str:
    """The key of an article that has none: made of its title, so that it stays as long as that."""
    return sha256(title.strip().encode()).hexdigest()[:16]


def _moment(written: str) -> float | None:
    """When it was, in Korea where no zone is said; None for what is no date."""
    day = _DATE.fullmatch(written)
    try:
        at = datetime.fromisoformat("{:0>4}-{:0>2}-{:0>2}".format(*day.groups()) if day else written.strip())
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=_KOREA)).timestamp()


class _Head(HTMLParser):
    """What a page says of itself."""

    _DATES = ("article:modified_time", "last-modified", "date", "article:published_time")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, str] = {}
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        named = {name: value or "" for name, value in attrs}
        if tag in {"title", "h1"} and tag not in self.said:
            self._within = tag
        elif tag == "html":
            self.said["language"] = named.get("lang", "")
        elif tag == "link" and named.get("rel", "").lower() == "canonical":
            self.said["url"] = named.get("href", "")
        elif tag == "meta":
            self.said[(named.get("name") or named.get("property", "")).lower()] = named.get("content", "")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        """Words between the tags."""
        if self._within:
            self.said[self._within] = self.said.get(self._within, "") + data

    @property
    def updated(self) -> str:
        """When it was changed, as it is written there."""
        return next((self.said[name] for name in self._DATES if self.said.get(name)), "")


def _html(name: str, text: str, found: Read) -> None:
    head = _Head()
    head.feed(text)
    head.close()
    said = head.said
    title = said.get("title", "").strip() or said.get("h1", "").strip() or PurePath(name).stem
    row = {"title": title, "text": to_text(text), "updated": head.updated, "category": said.get("article:section", "")}
    found.take(1, _article(name, row | {word: said.get(word, "") for word in ("url", "language")}))


def _markdown(name: str, text: str, found: Read) -> None:
    front = _FRONT.match(text)
    lines = (line.partition(":") for line in front[1].split("\n")) if front else ()
    row = {_HEADINGS.get(word.strip().casefold(), ""): said.strip().strip("\"'") for word, _, said in lines}
    body = text[front.end() :] if front else text
    heading = _HEADING.search(body)
    row.setdefault("title", heading[1] if heading else PurePath(name).stem)
    row["text"] = _plain(body)
    found.take(1, _article(row.get("key") or name, row))


def _plain(markdown: str) -> str:
    """Markdown as a person would read it aloud: without signs for headings, emphasis and tags; addresses stay."""
    text = _TAG.sub("", _UNSEEN.sub("", markdown))
    text = _LINK.sub(r"\1 (\2)", _PICTURE.sub(r"\1", text))
    return _EMPHASIS.sub(r"\2", _HEADING.sub(r"\1", text))


_READERS: Mapping[str, Callable[[str, str, Read], None]] = {
    ".csv": _csv,
    ".html": _html,
    ".htm": _html,
    ".md": _markdown,
    ".markdown": _markdown,
}
