"""The WordsService of the contract, for other services of the hub: each method reads its request, calls one use case,
answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hub120.intake.v1 import words_service_pb2 as pb
from hub120.intake.v1 import words_service_pb2_grpc

from chassis.database import Database
from chassis.errors import InvalidArgument
from chassis.grpc_host import Check, caller, purpose, run_blocking
from services.intake import protos
from services.intake.domain.replies import MAX_TEXT, Translated
from services.intake.store.words import Word
from services.intake.use_cases import replying, wording
from services.intake.use_cases.casework import Reader
from services.intake.use_cases.replying import Cut

_MAX_TRANSLATION = 3 * MAX_TEXT


class WordsApi(words_service_pb2_grpc.WordsServiceServicer):
    """The words of cases."""

    def __init__(self, database: Database, cut: Cut) -> None:
        self._database, self._cut = database, cut

    async def ReadWords(self, request: pb.ReadWordsRequest, context: Any) -> pb.ReadWordsResponse:
        """What the citizen wrote."""
        check = Check(request).required("case_id").uuid("case_id").range("after_sequence", 0, 2**53)
        check.that(request.WhichOneof("from") is not None, "after_sequence", "or unanswered is required")
        check.raise_if_any()
        after = None if request.unanswered else request.after_sequence
        found = await run_blocking(self._database.run, wording.read_words, request.case_id, after, _reader("ReadWords"))
        return pb.ReadWordsResponse(
            words=map(_word, found.words), sequence=found.sequence, more=found.more, topic=found.topic
        )

    async def ReplyForAgent(self, request: pb.ReplyForAgentRequest, context: Any) -> pb.ReplyForAgentResponse:
        """Answer the citizen in an agent's name."""
        check = Check(request).required("case_id").uuid("case_id").length("agent_id", 1, 64)
        check.length("request_id", 1, 64).length("text", 1, _MAX_TRANSLATION).length("original_text", 1, MAX_TEXT)
        check.raise_if_any()
        found = await run_blocking(
            self._database.run,
            replying.reply_to_case,
            request.case_id,
            request.agent_id,
            request.request_id,
            request.text,
            self._cut,
            translated=Translated(request.original_text, request.machine_translated),
        )
        reply = protos.reply(found.reply, found.text, found.failure, original=found.original)
        return pb.ReplyForAgentResponse(reply=reply)


def _reader(action: str) -> Reader:
    why = purpose()
    if not why:
        raise InvalidArgument([("hub120-purpose", "is required in the metadata")])
    return Reader(caller().subject, action, why)


def _word(word: Word) -> pb.CitizenWords:
    return pb.CitizenWords(
        contact_id=word.contact_id,
        sequence=word.sequence,
        text=word.text,
        language=word.language,
        receive_time=datetime.fromtimestamp(word.received_at, UTC),
        traceparent=word.traceparent,
    )
