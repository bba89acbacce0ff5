"""What the hub holds at the end, read as a supervisor over gRPC: which message lies in which case, and the photos."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import grpc
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake

from demo import citizens, doors
from demo.photos import has_metadata

CALL_S = 20.0
PAGE = 200
READERS = 4
PHOTOS_S = 15.0
"""How long photos may take to be fetched from the providers."""


@dataclass
class Kept:
    """What was found in the cases."""

    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """For each marker the case numbers where a message with it lies: one, if all is well."""
    photos: int = 0
    """Stored, and telling nothing but the picture."""


class Reader:
    """A supervisor's front end."""

    def __init__(self, grpc_address: str, token: str, run: str, since: float) -> None:
        """What came before ``since``, in seconds since 1970, is of another run."""
        self._channel = grpc.insecure_channel(grpc_address)
        self._intake = doors.intake(self._channel)
        self._metadata = doors.metadata(token, "counting the sample")
        self._run, self._since = run, since

    def read(self, photos: int, waiting: Callable[[], object]) -> Kept:
        """Read every case of this run, until as many photos are there as were sent or time is up. ``waiting`` is
        called in between."""
        deadline = time.monotonic() + PHOTOS_S
        while True:
            kept = self._read_once()
            if kept.photos >= photos or time.monotonic() > deadline:
                return kept
            waiting()

    def _read_once(self) -> Kept:
        kept = Kept()
        with ThreadPoolExecutor(READERS) as pool:
            for number, contacts in pool.map(self._contacts, self._case_ids()):
                for contact in contacts:
                    for marker in self._own(contact):
                        kept.places[marker].append(number)
                        kept.photos += sum(map(self._well_kept, contact.attachments))
        return kept

    def _own(self, contact: case_pb2.Contact) -> list[str]:
        if contact.channel == citizens.TELEPHONE:
            is_new = contact.receive_time.ToMicroseconds() / 1e6 > self._since
            return [citizens.call(self._run).marker] if is_new else []
        return [marker for marker in citizens.markers(contact.text) if marker.startswith(f"#{self._run}-")]

    def _case_ids(self) -> Iterator[str]:
        token = ""
        while True:
            request = intake.ListCasesRequest(page_size=PAGE, page_token=token)
            page = self._intake.ListCases(request, metadata=self._metadata, timeout=CALL_S)
            yield from (case.id for case in page.cases)
            token = page.next_page_token
            if not token:
                return

    def _contacts(self, case_id: str) -> tuple[str, Sequence[case_pb2.Contact]]:
        request = intake.GetCaseRequest(case_id=case_id)
        found = self._intake.GetCase(request, metadata=self._metadata, timeout=CALL_S)
        return found.case.number, [entry.contact for entry in found.entries if entry.HasField("contact")]

    def _well_kept(self, attachment: case_pb2.Attachment) -> bool:
        if attachment.state != case_pb2.ATTACHMENT_STATE_STORED:
            return False
        request = intake.GetAttachmentRequest(attachment_id=attachment.id)
        chunks = self._intake.GetAttachment(request, metadata=self._metadata, timeout=CALL_S)
        return not has_metadata(b"".join(part.chunk for part in chunks))

    def close(self) -> None:
        """Leave."""
        self._channel.close()
