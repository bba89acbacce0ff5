"""Pages as trees of elements, as browsers read them: what stands in one, and what a form of it would send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tree, self.open = TreeBuilder(), ["page"]
        self.tree.start("page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes what is not open"
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def read(html: str) -> Element:
    """What is written, below an element of its own. Fails for an element that is closed where it is not open."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == ["page"], f"left open: {reader.open[1:]}"
    reader.tree.end("page")
    return reader.tree.close()


def words(element: Element) -> str:
    """What stands in it, as it is read."""
    return " ".join(" ".join(element.itertext()).split())


def by_id(page: Element, id: str) -> Element:
    """The one element of an id."""
    found = [one for one in page.iter() if one.get("id") == id]
    assert len(found) == 1, f"{len(found)} elements have the id {id}"
    return found[0]


def fill(part: Element, html: str, *, put: bool) -> None:
    """Another content; with ``put`` each child replaces the one of its id, or comes at the end."""
    new = read(html)
    if not put:
        _empty(part)
        part.text = new.text
        part.extend(new)
        return
    for child in new:
        places = [place for place, old in enumerate(part) if old.get("id") == child.get("id")]
        if places:
            part[places[0]] = child
        else:
            part.append(child)


def _empty(part: Element) -> None:
    named = dict(part.attrib)
    part.clear()
    part.attrib.update(named)


class Fields:
    """The fields of a form, those of them too that stand elsewhere on its page."""

    def __init__(self, form: Element, page: Element) -> None:
        self._form = form
        elsewhere = [one for one in page.iter() if one.get("form") and one.get("form") == form.get("id")]
        controls = [one for one in [*form.iter(), *elsewhere] if one.tag in {"input", "select", "textarea"}]
        self._controls = [one for one in controls if one.get("name")]
        self.sent = dict(self._usual())

    def _usual(self) -> Iterator[tuple[str, list[str]]]:
        """What is sent if nobody touches it."""
        for name in dict.fromkeys(str(one.get("name")) for one in self._controls):
            found = [value for one in self._named(name) for value in usual(one)]
            if found:
                yield name, found

    def _named(self, name: str) -> list[Element]:
        return [one for one in self._controls if one.get("name") == name]

    def enter(self, filled: Mapping[str, object]) -> None:
        """Write, choose or tick. A list is what is ticked of several; an empty one leaves the field out. Fails for what
        nobody could enter."""
        for name, value in filled.items():
            wanted = [str(one) for one in value] if isinstance(value, list) else [str(value)]
            controls = self._named(name)
            assert controls, f"the form has no field {name}, but {sorted(self.sent)}"
            assert any(one.get("type") != "hidden" for one in controls), f"{name} is hidden"
            may_be = choices(controls)
            assert may_be is None or set(wanted) <= may_be, f"{name} is one of {may_be}"
            self.sent[name] = wanted
        for one in self._controls:
            value = next(iter(self.sent.get(str(one.get("name")), ())), "")
            assert value or "required" not in one.attrib, f"{one.get('name')} must be filled in"
            assert len(value) <= int(one.get("maxlength", "100000")), f"{one.get('name')} is too long"

    def press(self, value: str) -> None:
        """With which of its buttons it is sent."""
        for button in self._form.iter("button"):
            if button.get("name") and value == button.get("value"):
                self.sent[str(button.get("name"))] = [value]
                return
        raise AssertionError(f"the form has no button {value}")


def usual(control: Element) -> list[str]:
    """What a control sends by itself."""
    if control.tag == "textarea":
        return [control.text or ""]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if "selected" in one.attrib] or options[:1]
        return [one.get("value", words(one)) for one in chosen]
    if control.get("type") in {"checkbox", "radio"} and "checked" not in control.attrib:
        return []
    return [control.get("value", "")]


def choices(controls: list[Element]) -> set[str] | None:
    """What can be chosen; None where people write."""
    first = controls[0]
    if first.tag == "select":
        return {one.get("value", words(one)) for one in first.iter("option")}
    if first.get("type") in {"checkbox", "radio"}:
        return {one.get("value", "") for one in controls}
    return None
