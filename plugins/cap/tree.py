"""XML as a small tree whose nodes know their line. No DTD, no entities, bounded in depth and number.

What the elements mean is left to ``reading``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from hub120_sdk import Unreadable

DEPTH = 20
ELEMENTS = 20_000


@dataclass(slots=True)
class Node:
    """One element."""

    namespace: str
    name: str
    line: int
    path: str
    """From the root on, for a person: ``alert/info[2]/area``."""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, blanks at both ends cut off."""
        return "".join(self.pieces).strip()

    def named(self, name: str, namespace: str | None = None) -> Iterator[Node]:
        """Its children of that name, in its own namespace unless another is named."""
        wanted = self.namespace if namespace is None else namespace
        return (one for one in self.children if one.name == name and one.namespace == wanted)

    def wrong(self, reason: str) -> Unreadable:
        """What to raise about it."""
        return Unreadable(f"{self.path}, line {self.line}: {reason}")


def read(body: bytes) -> Node:
    """The root. Raises ``Unreadable``, naming the line where the text stops being XML."""
    building = _Building()
    parser: Any = make_parser()
    parser.setFeature(feature_namespaces, True)
    parser.forbid_dtd = True
    parser.setContentHandler(building)
    try:
        parser.parse(BytesIO(body))
    except DefusedXmlException:
        raise Unreadable("document types and entities are not taken") from None
    except (SAXException, ValueError, LookupError):
        raise Unreadable(f"line {building.line}: this is no well-formed XML") from None
    if building.root is None:
        raise Unreadable("this is no XML")
    return building.root


class _Building(ContentHandler):
    """Makes the tree while the parser goes through the text."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self.line = 1
        self._open: list[tuple[Node, Counter[str]]] = []
        """With how many children of each name it has so far: counted anew for each, many brothers would take long."""
        self._count = 0
        self._locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:
        """Where the parser is."""
        self._locator = locator

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:
        """An element begins."""
        self._count += 1
        self.line = self._locator.getLineNumber() or 1
        if len(self._open) >= DEPTH or self._count > ELEMENTS:
            raise Unreadable(f"line {self.line}: more than {ELEMENTS} elements, or {DEPTH} in each other")
        namespace, own = name[0] or "", name[1]
        attributes = {key[1]: str(value) for key, value in attrs.items()}
        node = Node(namespace, own, self.line, self._path(own), attributes)
        if self._open:
            self._open[-1][0].children.append(node)
        else:
            self.root = node
        self._open.append((node, Counter()))

    def _path(self, name: str) -> str:
        if not self._open:
            return name
        parent, children = self._open[-1]
        children[name] += 1
        return f"{parent.path}/{name}" + (f"[{children[name]}]" if children[name] > 1 else "")

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        """It ends."""
        self._open.pop()

    def characters(self, content: str) -> None:
        """Text in it."""
        if self._open:
            self._open[-1][0].pieces.append(content)
