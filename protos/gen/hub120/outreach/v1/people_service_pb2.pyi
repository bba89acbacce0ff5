from hub120.auth.v1 import rule_pb2 as _rule_pb2
from hub120.outreach.v1 import check_in_pb2 as _check_in_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PutPersonRequest(_message.Message):
    __slots__ = ("person",)
    PERSON_FIELD_NUMBER: _ClassVar[int]
    person: _check_in_pb2.Person
    def __init__(self, person: _Optional[_Union[_check_in_pb2.Person, _Mapping]] = ...) -> None: ...

class PutPersonResponse(_message.Message):
    __slots__ = ("person",)
    PERSON_FIELD_NUMBER: _ClassVar[int]
    person: _check_in_pb2.Person
    def __init__(self, person: _Optional[_Union[_check_in_pb2.Person, _Mapping]] = ...) -> None: ...

class GetPersonRequest(_message.Message):
    __slots__ = ("person_id",)
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    person_id: str
    def __init__(self, person_id: _Optional[str] = ...) -> None: ...

class GetPersonResponse(_message.Message):
    __slots__ = ("person",)
    PERSON_FIELD_NUMBER: _ClassVar[int]
    person: _check_in_pb2.Person
    def __init__(self, person: _Optional[_Union[_check_in_pb2.Person, _Mapping]] = ...) -> None: ...

class ListPeopleRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "bond_id")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    BOND_ID_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    bond_id: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., bond_id: _Optional[str] = ...) -> None: ...

class ListPeopleResponse(_message.Message):
    __slots__ = ("people", "next_page_token")
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    people: _containers.RepeatedCompositeFieldContainer[_check_in_pb2.Person]
    next_page_token: str
    def __init__(self, people: _Optional[_Iterable[_Union[_check_in_pb2.Person, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RecordCallConsentRequest(_message.Message):
    __slots__ = ("person_id", "how", "wording", "request_id")
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    WORDING_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    person_id: str
    how: _check_in_pb2.ConsentHow
    wording: str
    request_id: str
    def __init__(self, person_id: _Optional[str] = ..., how: _Optional[_Union[_check_in_pb2.ConsentHow, str]] = ..., wording: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RecordCallConsentResponse(_message.Message):
    __slots__ = ("person",)
    PERSON_FIELD_NUMBER: _ClassVar[int]
    person: _check_in_pb2.Person
    def __init__(self, person: _Optional[_Union[_check_in_pb2.Person, _Mapping]] = ...) -> None: ...

class WithdrawCallConsentRequest(_message.Message):
    __slots__ = ("person_id",)
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    person_id: str
    def __init__(self, person_id: _Optional[str] = ...) -> None: ...

class WithdrawCallConsentResponse(_message.Message):
    __slots__ = ("cancelled",)
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    cancelled: int
    def __init__(self, cancelled: _Optional[int] = ...) -> None: ...
