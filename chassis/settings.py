"""The settings of a process, read once from the environment, typed, and refused by the variable's name.

Connectors have settings of their own (``HUB120_CONNECTOR_<ID>_<NAME>``), read by the connector host.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.bus.ports import RETRY_DELAYS_S

EMERGENCY_NUMBERS = ("119", "112", "109")
"""Fire and rescue, police, suicide prevention."""

_PAGES = r"^((https://[^\s/?#]+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?)/?)?$"
"""Where personal data is shown: encrypted, but on loopback."""


class SettingsError(Exception):
    """A setting that cannot be used; the message names the environment variable."""


class Settings(BaseSettings):
    """Every setting of the hub with its default: the embedded mode, which needs none."""

    model_config = SettingsConfigDict(env_prefix="HUB120_", extra="ignore", frozen=True)

    data_dir: Path = Path("var")
    """Where the embedded mode keeps databases, the bus, keys and attachments."""
    database: str = ""
    """SQLAlchemy address; ``{service}`` stands for the service's name (its role in PostgreSQL, its file in SQLite)."""
    bus: str = ""
    """``local:///file`` or ``amqp://…``."""
    blobs: str = ""
    """Where attachments are kept: ``file:///directory``."""

    http_address: str = "127.0.0.1:8120"
    grpc_address: str = "127.0.0.1:8121"
    worker_address: str = "127.0.0.1:8122"
    """Where a worker answers its health."""
    public_url: str = "http://127.0.0.1:8120"
    """What providers call; their signatures are computed over it."""
    console_url: Annotated[str, Field(pattern=_PAGES)] = ""
    """Where browsers reach the console; it says whether its cookies go over TLS alone. Empty: on ``http_address``."""
    console_client_id: str = ""
    """The console as ``oidc_issuer`` knows it; empty: nobody signs in there, tokens are pasted."""
    console_client_secret_file: Path | None = None
    """The secret of that client; none for a public client, which PKCE protects."""
    console_scope: str = "openid offline_access"
    """What the console asks for: openid, and offline_access for sessions that outlast a token."""
    console_bearer: Literal["access_token", "id_token"] = "access_token"
    """Which token the services take as the caller's; it is a JWT for ``oidc_audience`` with roles."""
    insecure: bool = False
    """Listen on addresses other than loopback without TLS: only where a mesh encrypts."""
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    tls_client_ca: Path | None = None
    """Given, clients must show a certificate of this authority (mTLS)."""

    keys_file: Path | None = None
    """The keyring that seals personal data; made by itself in embedded mode only."""
    token_key_file: Path | None = None
    """The key of local tokens (HS256); made by itself in embedded mode only."""
    oidc_issuer: str = ""
    oidc_audience: str = "hub120"
    oidc_jwks: str = ""
    """Address or file of the issuer's keys. With an issuer set, local tokens are not accepted."""
    reflection: bool = False
    calls_per_second: Annotated[float, Field(ge=0, le=100_000)] = 0.0
    """How many gRPC calls one caller may make, with bursts of five seconds' worth; 0: as many as they like. Services
    are not held back."""
    intake_address: str = ""
    """Where other services call intake's api, gRPC; empty: this process's own."""
    translation_address: str = ""
    """Where other services call translation's api, gRPC; empty: this process's own."""
    outreach_address: str = ""
    """Where the console calls outreach's api, gRPC; empty: this process's own."""
    referral_address: str = ""
    """Where the console calls referral's api, gRPC; empty: this process's own."""
    routing_address: str = ""
    """Where the console calls routing's api, gRPC; empty: this process's own."""
    peer_ca: Path | None = None
    """Services call each other over TLS and trust this authority; they show ``tls_certificate`` if there is one."""
    service_token_file: Path | None = None
    """The token that services show each other; read again when it changes. Empty: one signed with the local key."""

    otlp_endpoint: str = ""
    """Where traces and metrics go, OTLP over HTTP, for example ``http://collector:4318``."""
    trace_ratio: Annotated[float, Field(ge=0, le=1)] = 1.0
    traces_file: Path | None = None
    """A file in which the processes of one machine keep their spans; the embedded mode has one by itself."""
    traces_kept: Annotated[int, Field(ge=0, le=10_000_000)] = 200_000
    """About so many spans, the newest; 0: none are kept."""
    log_level: str = "info"

    connectors: str = ""
    """Comma-separated ids of the connectors to run; empty: all that are configured."""
    classifier: str = "classifier_korean"
    """The connector that says what a message is about and how urgent it is; empty: none, crisis words alone."""
    verification_channel: str = "sms_twilio"
    """The connector that carries verification codes, and SMS to partners."""
    email_channel: str = "email"
    """The connector that carries mails to partners."""

    retry_seconds: Annotated[tuple[Annotated[float, Field(gt=0)], ...], Field(min_length=1)] = RETRY_DELAYS_S
    """How long a failed message waits before each further attempt, as JSON; the same in every process."""
    poll_seconds: Annotated[int, Field(ge=1, le=3600)] = 60
    """How often departments are asked what changed."""
    offer_seconds: Annotated[int, Field(ge=3, le=600)] = 30
    """How long an agent has to answer an offer."""
    wrap_up_seconds: Annotated[int, Field(ge=0, le=7200)] = 0
    """How long an agent may write work up before it counts as finished; 0: until the agent says so."""
    medium_costs: dict[Literal["text", "voice", "video"], Annotated[int, Field(ge=1, le=1000)]] = {
        "text": 25,
        "voice": 100,
        "video": 100,
    }
    """What a conversation takes of an agent's capacity, as JSON; one for each medium."""
    notice_seconds: Annotated[int, Field(ge=0, le=3600)] = 30
    """How long a citizen waits before they are told where they stand; 0: nobody is told."""
    notice_channels: Annotated[tuple[str, ...], Field(max_length=100)] = (
        "kakao_consult",
        "messenger",
        "telegram",
        "web",
    )
    """The connectors over which citizens who wait are told so, as JSON: those where the next words are awaited and
    sending them costs nothing."""
    callback_tries: Annotated[int, Field(ge=1, le=10)] = 3
    """How often a citizen who asked for a callback is called before it is given up."""
    callback_retry_seconds: Annotated[int, Field(ge=60, le=86_400)] = 900
    """How long after a callback that nobody answered the next one is."""
    surge_wait_seconds: Annotated[int, Field(ge=0, le=86_400)] = 600
    """From which expected wait there is a surge; it ends below half of it. 0: only supervisors declare one."""
    surge_hold_seconds: Annotated[int, Field(ge=0, le=3600)] = 120
    """How long the wait must be so before there is a surge."""
    surge_merge_seconds: Annotated[int, Field(ge=0, le=86_400)] = 1800
    """In a surge, how long after a report others on the same topic and place are taken together with it; 0: never."""
    interpret_after_seconds: Annotated[int, Field(ge=0, le=86_400)] = 120
    """How long a citizen waits for an agent who speaks their language before anybody may take them, with an
    interpreter; where no such agent is at work nobody waits. 0: as long as one is at work."""
    pause_reasons: Annotated[tuple[str, ...], Field(max_length=50)] = (
        "break",
        "meal",
        "training",
        "meeting",
        "paperwork",
    )
    """Why agents may say that they pause, as JSON."""
    answer_seconds: Annotated[int, Field(ge=1, le=3600)] = 20
    """How soon a citizen shall be answered: what the service level counts."""
    short_abandon_seconds: Annotated[int, Field(ge=0, le=60)] = 5
    """Who leaves sooner is counted apart: nobody could have answered."""
    return_days: Annotated[int, Field(ge=1, le=30)] = 7
    """Whoever comes back so soon after a case was closed was not helped at first contact."""
    goal_service_level: Annotated[float, Field(gt=0, le=1)] = 0.8
    """Which part of those who are answered shall be answered in time: what the wall shows beside it."""
    goal_first_contact: Annotated[float, Field(gt=0, le=1)] = 0.95
    """Which part of the cases shall be closed at first contact."""
    goal_satisfaction: Annotated[float, Field(gt=0, le=1)] = 0.963
    """Which part of those who say how satisfied they are shall be satisfied."""

    check_in_hours: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$")] = (
        "08:00-21:00"
    )
    """When check-in calls are made, in Korea; nobody is called outside these hours."""

    emergency_lines: dict[str, str] = {}
    """What is dialled for 119, 112 and 109, as JSON. Empty: those numbers; in the embedded mode nobody."""
    drill_line: str = ""
    """What is dialled in a drill in place of everybody else; without it there are no drills."""
    supervisor_line: str = ""
    """What is dialled when a ladder of a safety conference is used up; empty: supervisors are told by the API alone."""
    agent_line: str = "{agent}"
    """The exchange's name of an agent's telephone; ``{agent}`` is the agent's id."""
    exchange: str = "phone_asterisk"
    """The connector that calls citizens who did not call."""
    connect_calls: bool = True
    """The hub calls an agent's telephone and puts the citizen through; false where the exchange does so by itself."""
    acknowledge_key: Annotated[str, Field(pattern=r"^[0-9*#]?$")] = "1"
    """What whoever is called in an emergency presses to take over; empty: they say so on the line."""

    approve_above: Annotated[int, Field(ge=0, le=1_000_000)] = 1_000
    """To more recipients than this nothing is sent on one person's word: a mailing needs the approval of somebody who
    did not write it, a notice to the public that of two people."""
    survey_percent: Annotated[int, Field(ge=0, le=100)] = 0
    """Of how many closed cases in a hundred the citizen is asked how satisfied they are; 0: of none."""
    message_prices: dict[str, Annotated[float, Field(ge=0, le=100_000)]] = {
        "kakao_alimtalk": 8.0,
        "phone_asterisk": 60.0,
        "sms_bizgo": 20.0,
        "sms_nhn": 20.0,
        "sms_smpp": 20.0,
        "sms_twilio": 60.0,
    }
    """What a message or a call costs by connector, in won, as JSON: what a dry run reckons with; 0 for one that is left
    out."""
    alert_poll_seconds: Annotated[int, Field(ge=5, le=3600)] = 30
    """How often each source of alerts that is polled is asked."""
    notice_roads: dict[Literal["app", "kakaotalk", "sms"], str] = {}
    """Which connector carries notices to the public, by channel, as JSON; one that is left out is carried by ``app``,
    ``kakao_alimtalk`` and ``verification_channel``."""

    stale_days: Annotated[int, Field(ge=1, le=3650)] = 180
    """A service of the directory that nobody has said to be right for so long is stale."""
    import_time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "03:30"
    """When the day's import from each directory outside begins, in Korea."""
    deadline_days: Annotated[tuple[Annotated[int, Field(ge=1, le=90)], ...], Field(min_length=1, max_length=10)] = (
        7,
        3,
        1,
    )
    """So many days before a deadline of a legal referral a supervisor is wanted if no agency has it, as JSON."""
    centre_name: Annotated[str, Field(min_length=1, max_length=100)] = "120 콜센터"
    """What interpreters are told who calls."""
    agency_url: Annotated[str, Field(pattern=_PAGES)] = ""
    """Where agencies' browsers reach the pages behind links. Empty: no agency can be reached by e-mail or SMS."""
    link_days: Annotated[int, Field(ge=1, le=30)] = 7
    """How long a link to an agency may be opened."""
    capacity_days: Annotated[int, Field(ge=1, le=90)] = 7
    """How long what an agency says about its room counts."""
    extra_language: Annotated[str, Field(pattern="^[a-z]{2,3}$")] = "hi"
    """ISO 639: what the coverage that a centre begins with has beside its own languages."""

    @field_validator("check_in_hours")
    @classmethod
    def _ends_later(cls, hours: str) -> str:
        start, _, end = hours.partition("-")
        if start >= end:
            raise ValueError("the hours must end after they begin")
        return hours

    @field_validator("drill_line")
    @classmethod
    def _no_emergency(cls, line: str, others: ValidationInfo) -> str:
        if line in {*EMERGENCY_NUMBERS, *others.data.get("emergency_lines", {}).values()}:
            raise ValueError("a drill must not ring an emergency service")
        return line

    @property
    def emergency_numbers(self) -> Mapping[str, str]:
        """What is dialled for each emergency service."""
        if self.emergency_lines or self.embedded:
            return self.emergency_lines
        return {number: number for number in EMERGENCY_NUMBERS}

    @property
    def roads_of_notices(self) -> Mapping[str, str]:
        """The connector of each channel of notices to the public."""
        usual = {"app": "app", "kakaotalk": "kakao_alimtalk", "sms": self.verification_channel}
        chosen = {str(channel): connector for channel, connector in self.notice_roads.items()}
        return {**usual, **chosen, "voice": self.exchange}

    @property
    def embedded(self) -> bool:
        """Nothing outside is needed: SQLite and the local bus."""
        return not self.database and not self.bus

    @property
    def database_address(self) -> str:
        """The address with ``{service}`` still in it."""
        return self.database or f"sqlite:///{self.data_dir.absolute()}/{{service}}.db"

    @property
    def bus_address(self) -> str:
        """The bus's address."""
        return self.bus or f"local:///{self.data_dir.absolute()}/bus.db"

    @property
    def blobs_address(self) -> str:
        """The attachment store's address."""
        return self.blobs or f"file://{self.data_dir.absolute()}/attachments"

    @property
    def keyring_path(self) -> Path:
        """The keyring's file."""
        return self.keys_file or self.data_dir / "keyring.json"

    @property
    def traces_path(self) -> Path | None:
        """Where spans are kept, if they are."""
        if not self.traces_kept:
            return None
        return self.traces_file or (self.data_dir / "traces.db" if self.embedded else None)

    @property
    def token_key_path(self) -> Path:
        """The local token key's file."""
        return self.token_key_file or self.data_dir / "token.key"


def read() -> Settings:
    """Read the environment. Raises ``SettingsError`` naming each variable that is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(f"HUB120_{str(part['loc'][0]).upper()}: {part['msg']}" for part in error.errors())
        raise SettingsError(f"{wrong}. Correct the environment and start again.") from error
    if (settings.tls_certificate is None) != (settings.tls_key is None):
        raise SettingsError("HUB120_TLS_CERTIFICATE and HUB120_TLS_KEY go together: set both or neither")
    for name in misspelt():
        print(f"warning: {name} is no setting of hub120; is it misspelt?", file=sys.stderr)
    return settings


def misspelt() -> list[str]:
    """Variables that look like the hub's and are none of its settings."""
    known = {f"HUB120_{name.upper()}" for name in Settings.model_fields}
    others = ("HUB120_CONNECTOR_", "HUB120_TEST_")
    return sorted(
        name for name in os.environ if name.startswith("HUB120_") and name not in known and not name.startswith(others)
    )
