"""복지로, as data.go.kr offers it: both lists of welfare services over their own APIs, in XML, as many as wanted.

Bad manners: the day's calls run out, the gateway's errors come with HTTP 200, one call in some is slow or fails, and
the lists change while they are read. A program of its own: ``python -m demo.bokjiro --services 10000`` prints its
address and serves until its input ends.
"""

from __future__ import annotations

import itertools
import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

import click

from demo import provider
from demo.bokjiro_services import Service, service
from demo.provider import Answer, Asked

SECRET = "demo+service/key=="
CENTRAL, LOCAL = "NationalWelfareInformationsV001/NationalWelfare", "LocalGovernmentWelfareInformations/LcgvWelfare"
MOST_ROWS, MOST_PAGES = 500, 1_000
SLOW_EVERY, TROUBLE_EVERY, GATEWAY_EVERY, CHANGES_EVERY = 101, 151, 211, 31
QUOTA, UNKNOWN_KEY, BAD_PARAMETER = "22", "30", "10"
_MESSAGES = {
    "04": "HTTP_ERROR",
    BAD_PARAMETER: "INVALID_REQUEST_PARAMETER_ERROR",
    QUOTA: "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR",
    UNKNOWN_KEY: "SERVICE_KEY_IS_NOT_REGISTERED_ERROR",
}
_XML = {"content-type": "application/xml;charset=UTF-8"}


def nobody(_: str) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How it behaves. Without a seed for its luck it is always well."""

    luck: int | None = None
    slow_s: float = 0.3
    calls: int | None = None
    """So many calls are left today; None: no end."""


class Bokjiro:
    """The two APIs. One service in ten is a ministry's, the others are local."""

    def __init__(
        self, services: int, seed: int = 120, manners: Manners | None = None, misbehaves: Callable[[str], None] = nobody
    ) -> None:
        self._seed, self._misbehaves = seed, misbehaves
        self.manners = manners or Manners()
        self._lock = threading.Lock()
        self._numbers, self._calls = itertools.count(services), itertools.count(1)
        numbers = range(services - 1, -1, -1)
        self.lists = {
            CENTRAL: [service(seed, number) for number in numbers if number % 10 == 0],
            LOCAL: [service(seed, number) for number in numbers if number % 10],
        }
        """The services by API, the newest first."""
        self._known = {one.id: one for listed in self.lists.values() for one in listed}
        self.asked = 0
        """Calls so far."""
        self.down = False
        self.address = provider.serve(self.answer)

    def publish(self, api: str = LOCAL) -> Service:
        """A new service comes to the front of a list."""
        with self._lock:
            new = service(self._seed, next(self._numbers))
            self._known[new.id] = new
            self.lists[api] = [new, *self.lists[api]]
        return new

    def withdraw(self, service_id: str) -> None:
        """A service is no more."""
        with self._lock:
            for api, listed in self.lists.items():
                self.lists[api] = [one for one in listed if one.id != service_id]

    def answer(self, asked: Asked) -> Answer:
        """What data.go.kr answers."""
        self.asked = number = next(self._calls)
        if self.down:
            return Answer(503, b"<html>Service Unavailable</html>", {"content-type": "text/html"})
        said = asked.query()
        if said.get("serviceKey") != SECRET:
            return gateway(UNKNOWN_KEY)
        if self.manners.calls is not None and number > self.manners.calls:
            self._misbehaves("days whose calls were used up")
            return gateway(QUOTA)
        return self._misbehaved(number) or self._told(asked.path, said)

    def _misbehaved(self, number: int) -> Answer | None:
        if self.manners.luck is None:
            return None
        luck = random.Random(f"bokjiro {self.manners.luck} {number}")
        if luck.randrange(SLOW_EVERY) == 0:
            self._misbehaves("slow answers")
            time.sleep(self.manners.slow_s)
        if luck.randrange(CHANGES_EVERY) == 0:
            self._misbehaves("lists that changed while they were read")
            self.publish()
        if luck.randrange(GATEWAY_EVERY) == 0:
            self._misbehaves("errors of the gateway with HTTP 200")
            return gateway("04")
        if luck.randrange(TROUBLE_EVERY) == 0:
            self._misbehaves("troubles of data.go.kr")
            return Answer(500, b"Unexpected errors", {"content-type": "text/plain"})
        return None

    def _told(self, path: str, said: dict[str, str]) -> Answer:
        for api, listed in self.lists.items():
            if f"/{api}list" in path:
                return _list(listed, said, local=api == LOCAL)
            if f"/{api}detailed" in path:
                found = self._known.get(said.get("servId", ""))
                return _xml(found.details(local=api == LOCAL), "wantedDtl") if found else _xml("", "wantedDtl", "10")
        return Answer(404, b"API not found", {"content-type": "text/plain"})


def _list(listed: list[Service], said: dict[str, str], *, local: bool) -> Answer:
    page, rows = (int(said.get(name, "")) if said.get(name, "").isdecimal() else 0 for name in ("pageNo", "numOfRows"))
    complete = local or (said.get("callTp") == "L" and said.get("srchKeyCode") in {"001", "002", "003"})
    if not (complete and 1 <= page <= MOST_PAGES and 1 <= rows <= MOST_ROWS):
        return _xml("", "wantedList", BAD_PARAMETER)
    province = said.get("ctpvNm", "")
    found = [one for one in listed if one.province == province] if province else listed
    head = f"<totalCount>{len(found)}</totalCount><pageNo>{page}</pageNo><numOfRows>{rows}</numOfRows>"
    shown = found[(page - 1) * rows : page * rows]
    return _xml(head + "".join(f"<servList>{one.row(local=local)}</servList>" for one in shown), "wantedList")


def _xml(inside: str, root: str, code: str = "0") -> Answer:
    message = _MESSAGES.get(code, "SUCCESS")
    result = f"<resultCode>{code}</resultCode><resultMessage>{message}</resultMessage>"
    body = f'<?xml version="1.0" encoding="UTF-8"?><{root}>{inside}{result}</{root}>'
    return Answer(200, body.encode(), _XML)


def gateway(code: str) -> Answer:
    """An error of the gateway before the API: another root, and HTTP 200."""
    told = f"<errMsg>SERVICE ERROR</errMsg><returnAuthMsg>{escape(_MESSAGES[code])}</returnAuthMsg>"
    header = f"<cmmMsgHeader>{told}<returnReasonCode>{code}</returnReasonCode></cmmMsgHeader>"
    return Answer(200, f"<OpenAPI_ServiceResponse>{header}</OpenAPI_ServiceResponse>".encode(), _XML)


@click.command()
@click.option("--services", default=1_000, show_default=True, help="How many there are.")
@click.option("--seed", default=120, show_default=True, help="The same seed makes the same services.")
@click.option("--luck", type=int, default=None, help="Misbehave, the same each time for the same luck.")
@click.option("--calls", type=int, default=None, help="So many calls are left today.")
def main(services: int, seed: int, luck: int | None, calls: int | None) -> None:
    """Serve until the input ends."""
    bokjiro = Bokjiro(services, seed, Manners(luck, calls=calls))
    print(bokjiro.address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
