from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.outreach.v1 import check_in_pb2 as _check_in_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PutProgrammeRequest(_message.Message):
    __slots__ = ("programme",)
    PROGRAMME_FIELD_NUMBER: _ClassVar[int]
    programme: _check_in_pb2.Programme
    def __init__(self, programme: _Optional[_Union[_check_in_pb2.Programme, _Mapping]] = ...) -> None: ...

class PutProgrammeResponse(_message.Message):
    __slots__ = ("programme",)
    PROGRAMME_FIELD_NUMBER: _ClassVar[int]
    programme: _check_in_pb2.Programme
    def __init__(self, programme: _Optional[_Union[_check_in_pb2.Programme, _Mapping]] = ...) -> None: ...

class ListProgrammesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListProgrammesResponse(_message.Message):
    __slots__ = ("programmes",)
    PROGRAMMES_FIELD_NUMBER: _ClassVar[int]
    programmes: _containers.RepeatedCompositeFieldContainer[_check_in_pb2.Programme]
    def __init__(self, programmes: _Optional[_Iterable[_Union[_check_in_pb2.Programme, _Mapping]]] = ...) -> None: ...

class EnrolRequest(_message.Message):
    __slots__ = ("programme_id", "person_id")
    PROGRAMME_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    programme_id: str
    person_id: str
    def __init__(self, programme_id: _Optional[str] = ..., person_id: _Optional[str] = ...) -> None: ...

class EnrolResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class LeaveRequest(_message.Message):
    __slots__ = ("programme_id", "person_id")
    PROGRAMME_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    programme_id: str
    person_id: str
    def __init__(self, programme_id: _Optional[str] = ..., person_id: _Optional[str] = ...) -> None: ...

class LeaveResponse(_message.Message):
    __slots__ = ("cancelled",)
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    cancelled: int
    def __init__(self, cancelled: _Optional[int] = ...) -> None: ...

class ListRoundsRequest(_message.Message):
    __slots__ = ("programme_id", "page_size", "page_token")
    PROGRAMME_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    programme_id: str
    page_size: int
    page_token: str
    def __init__(self, programme_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRoundsResponse(_message.Message):
    __slots__ = ("rounds", "next_page_token")
    ROUNDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    rounds: _containers.RepeatedCompositeFieldContainer[_check_in_pb2.Round]
    next_page_token: str
    def __init__(self, rounds: _Optional[_Iterable[_Union[_check_in_pb2.Round, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetRoundRequest(_message.Message):
    __slots__ = ("round_id",)
    ROUND_ID_FIELD_NUMBER: _ClassVar[int]
    round_id: str
    def __init__(self, round_id: _Optional[str] = ...) -> None: ...

class GetRoundResponse(_message.Message):
    __slots__ = ("round",)
    ROUND_FIELD_NUMBER: _ClassVar[int]
    round: _check_in_pb2.Round
    def __init__(self, round: _Optional[_Union[_check_in_pb2.Round, _Mapping]] = ...) -> None: ...

class WatchRoundRequest(_message.Message):
    __slots__ = ("round_id", "after_sequence")
    ROUND_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    round_id: str
    after_sequence: int
    def __init__(self, round_id: _Optional[str] = ..., after_sequence: _Optional[int] = ...) -> None: ...

class WatchRoundResponse(_message.Message):
    __slots__ = ("entry",)
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: _check_in_pb2.RoundEntry
    def __init__(self, entry: _Optional[_Union[_check_in_pb2.RoundEntry, _Mapping]] = ...) -> None: ...
