"""Forms with files: what we write an independent reader finds, and what browsers and libraries write we read."""

from __future__ import annotations

from email import message_from_bytes

import httpx
import pytest
from hub120_sdk import Content, Unreadable, multipart
from hub120_sdk.multipart import Part
from hypothesis import given
from hypothesis import strategies as st

PHOTO = b"\xff\xd8\r\n--\r\n\x00"


def test_the_standard_library_finds_what_we_write() -> None:
    kind, body = multipart.write({"이름": "가로등"}, [("photo", Content(PHOTO, "image/jpeg", '사"진.jpg'))])
    message = message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + body)
    _, value, file = message.walk()
    assert value.get_payload(decode=True) == "가로등".encode()
    assert file.get_content_type() == "image/jpeg"
    assert file.get_payload(decode=True) == PHOTO


def test_what_a_library_writes_is_read() -> None:
    file = ("사진.jpg", PHOTO, "image/jpeg")
    request = httpx.Request("POST", "https://a.example", data={"report": "{}"}, files={"photo": file})
    found = multipart.read(request.headers["content-type"], request.read())
    assert found == [Part("report", b"{}"), Part("photo", PHOTO, "사진.jpg", "image/jpeg")]
    assert [part.is_file for part in found] == [False, True]


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=20), max_size=3), st.binary(max_size=200))
def test_what_is_written_is_read(fields: dict[str, str], data: bytes) -> None:
    names = {name: value for name, value in fields.items() if name.isprintable() and '"' not in name + "\\"}
    plain = {name: value for name, value in names.items() if "\\" not in name and "%" not in name}
    found = multipart.read(*multipart.write(plain, [("file", Content(data, "image/png", "a.png"))]))
    assert [(part.name, part.data.decode()) for part in found[:-1]] == list(plain.items())
    assert found[-1] == Part("file", data, "a.png", "image/png")


@given(st.text(max_size=60), st.binary(max_size=300))
def test_anything_else_is_unreadable_at_worst(content_type: str, body: bytes) -> None:
    for kind in (content_type, "multipart/form-data; boundary=x"):
        try:
            multipart.read(kind, body)
        except Unreadable:
            continue


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\n\r\nvalue\r\n--x--", b"--x\r\ncontent-disposition: form-data\r\n\r\nv\r\n--x--"]
)
def test_a_form_that_does_not_end_or_name_its_parts_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        multipart.read("multipart/form-data; boundary=x", body)


def test_more_parts_than_anybody_needs_are_unreadable() -> None:
    part = b'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n'
    assert len(multipart.read("multipart/form-data; boundary=x", part * 100 + b"--x--")) == 100
    with pytest.raises(Unreadable):
        multipart.read("multipart/form-data; boundary=x", part * 101 + b"--x--")
