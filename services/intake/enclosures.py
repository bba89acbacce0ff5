"""Files of citizens: looked at, cleaned, and kept outside the database, before what became of them is stored in it."""

from __future__ import annotations

from hub120_sdk import Attachment

from chassis.attachments import NotAccepted, inspect
from chassis.blobs import Blobs
from chassis.errors import Unavailable
from chassis.process import Process
from services.intake.domain.contacts import AttachmentState, NewAttachment, Settled


def keep(blobs: Blobs, blob_id: str, data: bytes, filename: str) -> Settled:
    """Look at the bytes, strip what they tell of the sender, and put them away; a second time replaces the first."""
    try:
        inspected = inspect(data, filename)
    except NotAccepted as error:
        return Settled(AttachmentState.REFUSED, failure=error.reason)
    key = blobs.put(blob_id, inspected.data)
    return Settled(AttachmentState.STORED, inspected.media_type, len(inspected.data), key)


def arrived(process: Process, message: tuple[str, str], place: int, file: Attachment, most_bytes: int) -> NewAttachment:
    """A file of a message (its channel and id) as it is announced; one that came along is kept first.

    It is kept under a name made of message, place and bytes: a delivery that was not stored and comes again finds it
    there, and no other can replace it. Raises ``Unavailable`` when it cannot be kept.
    """
    if file.data is None:
        return NewAttachment(file.reference, file.media_type, file.filename)
    if len(file.data) > most_bytes:
        settled = Settled(AttachmentState.REFUSED, failure=f"the file has more than {most_bytes} bytes")
        return NewAttachment(file.reference, file.media_type, file.filename, settled)
    named = "\0".join((*message, str(place))).encode() + b"\0" + file.data
    try:
        settled = keep(process.blobs, process.keyring.keyed_hash("attachment", named).hex(), file.data, file.filename)
    except OSError as error:
        raise Unavailable("files cannot be kept now") from error
    return NewAttachment(file.reference, file.media_type, file.filename, settled)
