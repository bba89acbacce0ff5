"""Answers in the two forms of GeoReport v2: XML, which is mandatory, and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub120_sdk import Response, Unauthorised, Unreadable

XML, JSON = "xml", "json"
_ITEM = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What one entry of a list is called in XML."""


def rendered(form: str, root: str, value: object, status: int = 200) -> Response:
    """A list or an object under the name of its root element; in JSON the root has no name."""
    if form == JSON:
        return Response.json(value, status)
    from xml.etree import ElementTree  # noqa: PLC0415 - loaded when somebody asks for XML

    element = ElementTree.Element(root)
    _fill(element, root, value)
    body = ElementTree.tostring(element, encoding="utf-8", xml_declaration=True)
    return Response(status, body, "text/xml; charset=utf-8")


def _fill(element: object, name: str, value: object) -> None:
    from xml.etree.ElementTree import SubElement  # noqa: PLC0415 - as above

    if isinstance(value, Mapping):
        for key, one in value.items():
            _fill(SubElement(element, key), key, one)  # type: ignore[arg-type] # an element
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            item = _ITEM.get(name, "item")
            _fill(SubElement(element, item), item, one)  # type: ignore[arg-type] # an element
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        element.text = _plain(text)  # type: ignore[attr-defined] # an element


def _plain(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")


def problems(form: str, status: int, *descriptions: str) -> Response:
    """Errors as the specification says: a list of code and description."""
    return rendered(form, "errors", [{"code": status, "description": one} for one in descriptions], status)


def bad_request(form: str, *descriptions: str) -> Unreadable:
    """400: something is missing or wrong."""
    return Unreadable("; ".join(descriptions), problems(form, 400, *descriptions))


def not_found(form: str, description: str) -> Unreadable:
    """404: an unknown resource, service code, request or jurisdiction."""
    return Unreadable(description, problems(form, 404, description))


def forbidden(form: str) -> Unauthorised:
    """403: the api_key is missing or wrong."""
    description = "api_key is missing or not known: ask the operator of this endpoint for one"
    return Unauthorised(description, problems(form, 403, description))
