import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ConsentHow(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_HOW_UNSPECIFIED: _ClassVar[ConsentHow]
    CONSENT_HOW_SPOKEN: _ClassVar[ConsentHow]
    CONSENT_HOW_WRITTEN: _ClassVar[ConsentHow]
    CONSENT_HOW_GUARDIAN: _ClassVar[ConsentHow]

class HolidayRule(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOLIDAY_RULE_UNSPECIFIED: _ClassVar[HolidayRule]
    HOLIDAY_RULE_SKIP: _ClassVar[HolidayRule]
    HOLIDAY_RULE_MOVE: _ClassVar[HolidayRule]
    HOLIDAY_RULE_CALL: _ClassVar[HolidayRule]

class CheckInState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHECK_IN_STATE_UNSPECIFIED: _ClassVar[CheckInState]
    CHECK_IN_STATE_PLANNED: _ClassVar[CheckInState]
    CHECK_IN_STATE_CALLING: _ClassVar[CheckInState]
    CHECK_IN_STATE_NO_ANSWER: _ClassVar[CheckInState]
    CHECK_IN_STATE_SECOND_CONTACT: _ClassVar[CheckInState]
    CHECK_IN_STATE_LOCAL_OFFICE: _ClassVar[CheckInState]
    CHECK_IN_STATE_VISIT_ORDERED: _ClassVar[CheckInState]
    CHECK_IN_STATE_ANSWERED: _ClassVar[CheckInState]
    CHECK_IN_STATE_COMPLETED: _ClassVar[CheckInState]
    CHECK_IN_STATE_ACCOUNTED_FOR: _ClassVar[CheckInState]
    CHECK_IN_STATE_VISITED: _ClassVar[CheckInState]
    CHECK_IN_STATE_CANCELLED: _ClassVar[CheckInState]

class CheckInOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHECK_IN_OUTCOME_UNSPECIFIED: _ClassVar[CheckInOutcome]
    CHECK_IN_OUTCOME_WELL: _ClassVar[CheckInOutcome]
    CHECK_IN_OUTCOME_IN_NEED: _ClassVar[CheckInOutcome]
    CHECK_IN_OUTCOME_IN_HOSPITAL: _ClassVar[CheckInOutcome]
    CHECK_IN_OUTCOME_MOVED: _ClassVar[CheckInOutcome]
    CHECK_IN_OUTCOME_DECEASED: _ClassVar[CheckInOutcome]
    CHECK_IN_OUTCOME_NOT_FOUND: _ClassVar[CheckInOutcome]

class SignClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SIGN_CLASS_UNSPECIFIED: _ClassVar[SignClass]
    SIGN_CLASS_MOOD: _ClassVar[SignClass]
    SIGN_CLASS_RISK: _ClassVar[SignClass]
    SIGN_CLASS_LIFE_SAFETY: _ClassVar[SignClass]

class SignState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SIGN_STATE_UNSPECIFIED: _ClassVar[SignState]
    SIGN_STATE_PROPOSED: _ClassVar[SignState]
    SIGN_STATE_CONFIRMED: _ClassVar[SignState]
    SIGN_STATE_DISMISSED: _ClassVar[SignState]

class AnswerType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_TYPE_UNSPECIFIED: _ClassVar[AnswerType]
    ANSWER_TYPE_YES_NO: _ClassVar[AnswerType]
    ANSWER_TYPE_CHOICE: _ClassVar[AnswerType]
    ANSWER_TYPE_NUMBER: _ClassVar[AnswerType]
    ANSWER_TYPE_SCALE: _ClassVar[AnswerType]
    ANSWER_TYPE_TEXT: _ClassVar[AnswerType]
CONSENT_HOW_UNSPECIFIED: ConsentHow
CONSENT_HOW_SPOKEN: ConsentHow
CONSENT_HOW_WRITTEN: ConsentHow
CONSENT_HOW_GUARDIAN: ConsentHow
HOLIDAY_RULE_UNSPECIFIED: HolidayRule
HOLIDAY_RULE_SKIP: HolidayRule
HOLIDAY_RULE_MOVE: HolidayRule
HOLIDAY_RULE_CALL: HolidayRule
CHECK_IN_STATE_UNSPECIFIED: CheckInState
CHECK_IN_STATE_PLANNED: CheckInState
CHECK_IN_STATE_CALLING: CheckInState
CHECK_IN_STATE_NO_ANSWER: CheckInState
CHECK_IN_STATE_SECOND_CONTACT: CheckInState
CHECK_IN_STATE_LOCAL_OFFICE: CheckInState
CHECK_IN_STATE_VISIT_ORDERED: CheckInState
CHECK_IN_STATE_ANSWERED: CheckInState
CHECK_IN_STATE_COMPLETED: CheckInState
CHECK_IN_STATE_ACCOUNTED_FOR: CheckInState
CHECK_IN_STATE_VISITED: CheckInState
CHECK_IN_STATE_CANCELLED: CheckInState
CHECK_IN_OUTCOME_UNSPECIFIED: CheckInOutcome
CHECK_IN_OUTCOME_WELL: CheckInOutcome
CHECK_IN_OUTCOME_IN_NEED: CheckInOutcome
CHECK_IN_OUTCOME_IN_HOSPITAL: CheckInOutcome
CHECK_IN_OUTCOME_MOVED: CheckInOutcome
CHECK_IN_OUTCOME_DECEASED: CheckInOutcome
CHECK_IN_OUTCOME_NOT_FOUND: CheckInOutcome
SIGN_CLASS_UNSPECIFIED: SignClass
SIGN_CLASS_MOOD: SignClass
SIGN_CLASS_RISK: SignClass
SIGN_CLASS_LIFE_SAFETY: SignClass
SIGN_STATE_UNSPECIFIED: SignState
SIGN_STATE_PROPOSED: SignState
SIGN_STATE_CONFIRMED: SignState
SIGN_STATE_DISMISSED: SignState
ANSWER_TYPE_UNSPECIFIED: AnswerType
ANSWER_TYPE_YES_NO: AnswerType
ANSWER_TYPE_CHOICE: AnswerType
ANSWER_TYPE_NUMBER: AnswerType
ANSWER_TYPE_SCALE: AnswerType
ANSWER_TYPE_TEXT: AnswerType

class Window(_message.Message):
    __slots__ = ("weekday", "start_minute", "end_minute")
    WEEKDAY_FIELD_NUMBER: _ClassVar[int]
    START_MINUTE_FIELD_NUMBER: _ClassVar[int]
    END_MINUTE_FIELD_NUMBER: _ClassVar[int]
    weekday: int
    start_minute: int
    end_minute: int
    def __init__(self, weekday: _Optional[int] = ..., start_minute: _Optional[int] = ..., end_minute: _Optional[int] = ...) -> None: ...

class SecondContact(_message.Message):
    __slots__ = ("name", "relation", "telephone", "agreed")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RELATION_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_FIELD_NUMBER: _ClassVar[int]
    AGREED_FIELD_NUMBER: _ClassVar[int]
    name: str
    relation: str
    telephone: str
    agreed: bool
    def __init__(self, name: _Optional[str] = ..., relation: _Optional[str] = ..., telephone: _Optional[str] = ..., agreed: _Optional[bool] = ...) -> None: ...

class LocalOffice(_message.Message):
    __slots__ = ("name", "department", "telephone")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DEPARTMENT_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_FIELD_NUMBER: _ClassVar[int]
    name: str
    department: str
    telephone: str
    def __init__(self, name: _Optional[str] = ..., department: _Optional[str] = ..., telephone: _Optional[str] = ...) -> None: ...

class Person(_message.Message):
    __slots__ = ("id", "name", "telephone", "address", "birth_year", "language", "district", "windows", "bond_ids", "second_contact", "office", "notes", "agreed", "agree_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TELEPHONE_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    BIRTH_YEAR_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    DISTRICT_FIELD_NUMBER: _ClassVar[int]
    WINDOWS_FIELD_NUMBER: _ClassVar[int]
    BOND_IDS_FIELD_NUMBER: _ClassVar[int]
    SECOND_CONTACT_FIELD_NUMBER: _ClassVar[int]
    OFFICE_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    AGREED_FIELD_NUMBER: _ClassVar[int]
    AGREE_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    telephone: str
    address: str
    birth_year: int
    language: str
    district: str
    windows: _containers.RepeatedCompositeFieldContainer[Window]
    bond_ids: _containers.RepeatedScalarFieldContainer[str]
    second_contact: SecondContact
    office: LocalOffice
    notes: str
    agreed: bool
    agree_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., telephone: _Optional[str] = ..., address: _Optional[str] = ..., birth_year: _Optional[int] = ..., language: _Optional[str] = ..., district: _Optional[str] = ..., windows: _Optional[_Iterable[_Union[Window, _Mapping]]] = ..., bond_ids: _Optional[_Iterable[str]] = ..., second_contact: _Optional[_Union[SecondContact, _Mapping]] = ..., office: _Optional[_Union[LocalOffice, _Mapping]] = ..., notes: _Optional[str] = ..., agreed: _Optional[bool] = ..., agree_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Programme(_message.Message):
    __slots__ = ("id", "name", "weekdays", "holidays", "calls_per_hour", "sheet_id", "tries", "hours", "paused")
    class HoursEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    WEEKDAYS_FIELD_NUMBER: _ClassVar[int]
    HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    CALLS_PER_HOUR_FIELD_NUMBER: _ClassVar[int]
    SHEET_ID_FIELD_NUMBER: _ClassVar[int]
    TRIES_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    weekdays: _containers.RepeatedScalarFieldContainer[int]
    holidays: HolidayRule
    calls_per_hour: int
    sheet_id: str
    tries: int
    hours: _containers.ScalarMap[str, float]
    paused: bool
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., weekdays: _Optional[_Iterable[int]] = ..., holidays: _Optional[_Union[HolidayRule, str]] = ..., calls_per_hour: _Optional[int] = ..., sheet_id: _Optional[str] = ..., tries: _Optional[int] = ..., hours: _Optional[_Mapping[str, float]] = ..., paused: _Optional[bool] = ...) -> None: ...

class Sign(_message.Message):
    __slots__ = ("id", "kind", "words", "question_id", "state", "decided_by")
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLASS_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    kind: str
    words: str
    question_id: str
    state: SignState
    decided_by: str
    def __init__(self, id: _Optional[str] = ..., kind: _Optional[str] = ..., words: _Optional[str] = ..., question_id: _Optional[str] = ..., state: _Optional[_Union[SignState, str]] = ..., decided_by: _Optional[str] = ..., **kwargs) -> None: ...

class Need(_message.Message):
    __slots__ = ("code", "referral_id", "referral_state")
    CODE_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_ID_FIELD_NUMBER: _ClassVar[int]
    REFERRAL_STATE_FIELD_NUMBER: _ClassVar[int]
    code: str
    referral_id: str
    referral_state: str
    def __init__(self, code: _Optional[str] = ..., referral_id: _Optional[str] = ..., referral_state: _Optional[str] = ...) -> None: ...

class CheckIn(_message.Message):
    __slots__ = ("id", "round_id", "person_id", "state", "plan_time", "due_time", "attempts", "case_id", "agent_id", "outcome", "escalation", "escalation_taken_by", "visitor", "visit_by_time", "talk_seconds", "work_seconds", "needs")
    ID_FIELD_NUMBER: _ClassVar[int]
    ROUND_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PLAN_TIME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ESCALATION_FIELD_NUMBER: _ClassVar[int]
    ESCALATION_TAKEN_BY_FIELD_NUMBER: _ClassVar[int]
    VISITOR_FIELD_NUMBER: _ClassVar[int]
    VISIT_BY_TIME_FIELD_NUMBER: _ClassVar[int]
    TALK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    WORK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    round_id: str
    person_id: str
    state: CheckInState
    plan_time: _timestamp_pb2.Timestamp
    due_time: _timestamp_pb2.Timestamp
    attempts: int
    case_id: str
    agent_id: str
    outcome: CheckInOutcome
    escalation: str
    escalation_taken_by: str
    visitor: str
    visit_by_time: _timestamp_pb2.Timestamp
    talk_seconds: int
    work_seconds: int
    needs: _containers.RepeatedCompositeFieldContainer[Need]
    def __init__(self, id: _Optional[str] = ..., round_id: _Optional[str] = ..., person_id: _Optional[str] = ..., state: _Optional[_Union[CheckInState, str]] = ..., plan_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., attempts: _Optional[int] = ..., case_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., outcome: _Optional[_Union[CheckInOutcome, str]] = ..., escalation: _Optional[str] = ..., escalation_taken_by: _Optional[str] = ..., visitor: _Optional[str] = ..., visit_by_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., talk_seconds: _Optional[int] = ..., work_seconds: _Optional[int] = ..., needs: _Optional[_Iterable[_Union[Need, _Mapping]]] = ...) -> None: ...

class Round(_message.Message):
    __slots__ = ("id", "programme_id", "day", "states", "attempts", "talk_seconds", "work_seconds", "open_signs", "confirmed_signs", "needs", "referred", "helped", "visits", "escalated")
    ID_FIELD_NUMBER: _ClassVar[int]
    PROGRAMME_ID_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    TALK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    WORK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    OPEN_SIGNS_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_SIGNS_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    REFERRED_FIELD_NUMBER: _ClassVar[int]
    HELPED_FIELD_NUMBER: _ClassVar[int]
    VISITS_FIELD_NUMBER: _ClassVar[int]
    ESCALATED_FIELD_NUMBER: _ClassVar[int]
    id: str
    programme_id: str
    day: str
    states: _containers.RepeatedCompositeFieldContainer[StateCount]
    attempts: int
    talk_seconds: int
    work_seconds: int
    open_signs: int
    confirmed_signs: int
    needs: int
    referred: int
    helped: int
    visits: int
    escalated: int
    def __init__(self, id: _Optional[str] = ..., programme_id: _Optional[str] = ..., day: _Optional[str] = ..., states: _Optional[_Iterable[_Union[StateCount, _Mapping]]] = ..., attempts: _Optional[int] = ..., talk_seconds: _Optional[int] = ..., work_seconds: _Optional[int] = ..., open_signs: _Optional[int] = ..., confirmed_signs: _Optional[int] = ..., needs: _Optional[int] = ..., referred: _Optional[int] = ..., helped: _Optional[int] = ..., visits: _Optional[int] = ..., escalated: _Optional[int] = ...) -> None: ...

class StateCount(_message.Message):
    __slots__ = ("state", "count")
    STATE_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    state: CheckInState
    count: int
    def __init__(self, state: _Optional[_Union[CheckInState, str]] = ..., count: _Optional[int] = ...) -> None: ...

class RoundEntry(_message.Message):
    __slots__ = ("sequence", "check_in_id", "kind", "state", "reason", "actor", "time")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    CHECK_IN_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    check_in_id: str
    kind: str
    state: CheckInState
    reason: str
    actor: str
    time: _timestamp_pb2.Timestamp
    def __init__(self, sequence: _Optional[int] = ..., check_in_id: _Optional[str] = ..., kind: _Optional[str] = ..., state: _Optional[_Union[CheckInState, str]] = ..., reason: _Optional[str] = ..., actor: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SheetWords(_message.Message):
    __slots__ = ("ko", "en")
    KO_FIELD_NUMBER: _ClassVar[int]
    EN_FIELD_NUMBER: _ClassVar[int]
    ko: str
    en: str
    def __init__(self, ko: _Optional[str] = ..., en: _Optional[str] = ...) -> None: ...

class SheetChoice(_message.Message):
    __slots__ = ("code", "words")
    CODE_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    code: str
    words: SheetWords
    def __init__(self, code: _Optional[str] = ..., words: _Optional[_Union[SheetWords, _Mapping]] = ...) -> None: ...

class Question(_message.Message):
    __slots__ = ("id", "words", "type", "choices", "lowest", "highest", "required")
    ID_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CHOICES_FIELD_NUMBER: _ClassVar[int]
    LOWEST_FIELD_NUMBER: _ClassVar[int]
    HIGHEST_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_FIELD_NUMBER: _ClassVar[int]
    id: str
    words: SheetWords
    type: AnswerType
    choices: _containers.RepeatedCompositeFieldContainer[SheetChoice]
    lowest: float
    highest: float
    required: bool
    def __init__(self, id: _Optional[str] = ..., words: _Optional[_Union[SheetWords, _Mapping]] = ..., type: _Optional[_Union[AnswerType, str]] = ..., choices: _Optional[_Iterable[_Union[SheetChoice, _Mapping]]] = ..., lowest: _Optional[float] = ..., highest: _Optional[float] = ..., required: _Optional[bool] = ...) -> None: ...

class CallSheet(_message.Message):
    __slots__ = ("id", "version", "name", "questions")
    ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    id: str
    version: int
    name: SheetWords
    questions: _containers.RepeatedCompositeFieldContainer[Question]
    def __init__(self, id: _Optional[str] = ..., version: _Optional[int] = ..., name: _Optional[_Union[SheetWords, _Mapping]] = ..., questions: _Optional[_Iterable[_Union[Question, _Mapping]]] = ...) -> None: ...

class Answer(_message.Message):
    __slots__ = ("question_id", "value")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    value: str
    def __init__(self, question_id: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
