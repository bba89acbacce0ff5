"""A listener over a wire of lines: ``HELLO id pid cursor``, then ``DELIVER number message`` until ``ACK number``.

The tower's first word says what to do; a radio that is told to misbehave does so as soon as it is connected.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Context,
    Inbound,
    Line,
    Outbound,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    Retry,
    Unauthorised,
)

LOOK_S = 0.2


class Radio:
    """The Channel and Listener."""

    def __init__(self, context: Context, name: str) -> None:
        host, _, port = context.settings["tower"].partition(":")
        self._tower = (host, int(port))
        self._name = name

    def parse(self, request: Request) -> Sequence[Record]:
        """Nobody calls it."""
        raise Unauthorised("a radio only listens")

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """Nobody is answered."""
        return Response()

    def send(self, message: Outbound) -> Receipt:
        """Nothing is sent."""
        raise Rejected("a radio only listens")

    def fetch(self, attachment: Attachment) -> Content:
        """There are no files."""
        raise Rejected("a radio has no files")

    def listen(self, line: Line) -> None:
        """Connect, and do what the tower says."""
        try:
            with socket.create_connection(self._tower, 5) as connection, connection.makefile("rb") as lines:
                connection.sendall(f"HELLO {self._name} {os.getpid()} {line.cursor or '-'}\n".encode())
                if misbehave(lines.readline().decode().strip(), line):
                    return
                connection.settimeout(LOOK_S)
                self._hear(line, connection)
        except OSError as error:
            raise Retry("the tower is gone") from error

    def _hear(self, line: Line, connection: socket.socket) -> None:
        come = b""
        while not line.ended():
            with suppress(TimeoutError):
                more = connection.recv(65_536)
                if not more:
                    return
                come += more
            while b"\n" in come and not line.ended():
                text, _, come = come.partition(b"\n")
                _, number, message = text.decode().split(" ", 2)
                line.keep([_inbound(json.loads(message))], number)
                connection.sendall(f"ACK {number}\n".encode())


def _inbound(message: dict[str, str]) -> Inbound:
    return Inbound(message["id"], Address(AddressKind.ACCOUNT, message["from"]), message["text"])


def misbehave(told: str, line: Line) -> bool:
    """Do what the tower says, nothing where it says ``listen``; true if that was all."""
    rubbish: Any = {"this": "is no record"}
    match told:
        case "raise":
            raise ValueError("I was told to")
        case "hang":
            time.sleep(3600)
        case "spin":
            while True:
                pass
        case "exit":
            sys.exit(3)
        case "keep rubbish":
            line.keep(rubbish)
    return told == "return"
