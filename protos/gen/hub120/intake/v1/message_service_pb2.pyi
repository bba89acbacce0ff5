from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.intake.v1 import case_pb2 as _case_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PartnerRoad(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PARTNER_ROAD_UNSPECIFIED: _ClassVar[PartnerRoad]
    PARTNER_ROAD_EMAIL: _ClassVar[PartnerRoad]
    PARTNER_ROAD_SMS: _ClassVar[PartnerRoad]
PARTNER_ROAD_UNSPECIFIED: PartnerRoad
PARTNER_ROAD_EMAIL: PartnerRoad
PARTNER_ROAD_SMS: PartnerRoad

class TellCitizenRequest(_message.Message):
    __slots__ = ("case_id", "message_id", "texts", "choices", "open_hours")
    class TextsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    TEXTS_FIELD_NUMBER: _ClassVar[int]
    CHOICES_FIELD_NUMBER: _ClassVar[int]
    OPEN_HOURS_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    message_id: str
    texts: _containers.ScalarMap[str, str]
    choices: _containers.RepeatedCompositeFieldContainer[Choice]
    open_hours: int
    def __init__(self, case_id: _Optional[str] = ..., message_id: _Optional[str] = ..., texts: _Optional[_Mapping[str, str]] = ..., choices: _Optional[_Iterable[_Union[Choice, _Mapping]]] = ..., open_hours: _Optional[int] = ...) -> None: ...

class Choice(_message.Message):
    __slots__ = ("code", "words")
    class WordsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CODE_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    code: str
    words: _containers.ScalarMap[str, str]
    def __init__(self, code: _Optional[str] = ..., words: _Optional[_Mapping[str, str]] = ...) -> None: ...

class TellCitizenResponse(_message.Message):
    __slots__ = ("told",)
    TOLD_FIELD_NUMBER: _ClassVar[int]
    told: bool
    def __init__(self, told: _Optional[bool] = ...) -> None: ...

class WithdrawQuestionRequest(_message.Message):
    __slots__ = ("message_id",)
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    def __init__(self, message_id: _Optional[str] = ...) -> None: ...

class WithdrawQuestionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SendToPartnerRequest(_message.Message):
    __slots__ = ("message_id", "road", "address", "subject", "text")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    ROAD_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    road: PartnerRoad
    address: str
    subject: str
    text: str
    def __init__(self, message_id: _Optional[str] = ..., road: _Optional[_Union[PartnerRoad, str]] = ..., address: _Optional[str] = ..., subject: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class SendToPartnerResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class HandOverForAgentRequest(_message.Message):
    __slots__ = ("handover_id", "case_id", "agent_id", "department", "title", "text", "topic", "citizen_agreed", "urgent", "fields")
    class FieldsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    HANDOVER_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TOPIC_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_AGREED_FIELD_NUMBER: _ClassVar[int]
    URGENT_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    handover_id: str
    case_id: str
    agent_id: str
    department: str
    title: str
    text: str
    topic: str
    citizen_agreed: bool
    urgent: bool
    fields: _containers.ScalarMap[str, str]
    def __init__(self, handover_id: _Optional[str] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., department: _Optional[str] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., topic: _Optional[str] = ..., citizen_agreed: _Optional[bool] = ..., urgent: _Optional[bool] = ..., fields: _Optional[_Mapping[str, str]] = ...) -> None: ...

class HandOverForAgentResponse(_message.Message):
    __slots__ = ("state",)
    STATE_FIELD_NUMBER: _ClassVar[int]
    state: _case_pb2.HandoverState
    def __init__(self, state: _Optional[_Union[_case_pb2.HandoverState, str]] = ...) -> None: ...

class StopSendingRequest(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class StopSendingResponse(_message.Message):
    __slots__ = ("stopped",)
    STOPPED_FIELD_NUMBER: _ClassVar[int]
    stopped: bool
    def __init__(self, stopped: _Optional[bool] = ...) -> None: ...

class OpenCallCaseRequest(_message.Message):
    __slots__ = ("request_id", "telephone", "display_name", "language")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    telephone: str
    display_name: str
    language: str
    def __init__(self, request_id: _Optional[str] = ..., telephone: _Optional[str] = ..., display_name: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class OpenCallCaseResponse(_message.Message):
    __slots__ = ("case_id", "citizen_id")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    CITIZEN_ID_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    citizen_id: str
    def __init__(self, case_id: _Optional[str] = ..., citizen_id: _Optional[str] = ...) -> None: ...
