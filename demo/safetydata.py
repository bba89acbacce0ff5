"""The disaster and safety data portal: 긴급재난문자 over DSSP-IF-00247, in JSON, a day at a time.

Bad manners: every error comes with HTTP 200, numbers come as numbers and as strings, a message comes on two pages when
the list grows while it is read, some answers are slow, and the day's calls run out. A program of its own:
``python -m demo.safetydata`` prints its address and serves until its input ends; each line that comes in is sent as a
message to 경기도 수원시.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import click

from demo import provider
from demo.provider import Answer, Asked

SECRET = "demo/safety+key=="
PATH = "/V2/api/DSSP-IF-00247"
KOREA = timezone(timedelta(hours=9))
_FIRST = 215_001
_TOLD = {"00": "NORMAL SERVICE", "10": "INVALID_REQUEST_PARAMETER_ERROR", "22": "LIMITED_NUMBER_OF_SERVICE_REQUESTS"}


@dataclass(slots=True)
class Manners:
    """How it behaves; without any it is always well."""

    code: str = ""
    """It answers nothing but this result code."""
    slow_s: float = 0.0
    calls: int | None = None
    """So many calls are left today; None: no end."""
    grows: bool = False
    """A message comes in after every answer: what was last on a page is first on the next, too."""


class Safetydata:
    """The portal. Newest messages come first."""

    def __init__(self, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self.asked = 0
        self.now = datetime.now(KOREA)
        self._messages: list[dict[str, object]] = []
        self._lock = threading.Lock()
        self.address = provider.serve(self._answer)

    def publish(
        self, text: str, regions: str = "경기도 수원시", step: str = "안전안내", kind: str = "기타",
        at: datetime | None = None,
    ) -> str:  # fmt: skip
        """A message goes out; returns its number. Every other number comes as a number, the others as strings."""
        with self._lock:
            number = _FIRST + len(self._messages)
            when = (at or self.now).astimezone(KOREA)
            message: dict[str, object] = {
                "SN": number if number % 2 else str(number),
                "CRT_DT": f"{when:%Y/%m/%d %H:%M:%S}",
                "MSG_CN": text,
                "RCPTN_RGN_NM": regions,
                "EMRG_STEP_NM": step,
                "DST_SE_NM": kind,
                "REG_YMD": f"{when:%Y-%m-%d}",
                "MDFCN_YMD": f"{when:%Y-%m-%d}",
            }
            self._messages.append(message)
        return f"SN-{number}"

    def _answer(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked += 1
            number = self.asked
        if self.manners.slow_s:
            time.sleep(self.manners.slow_s)
        said = asked.query()
        if asked.path != PATH:
            return Answer(404, b"not found", {"content-type": "text/plain"})
        if said.get("serviceKey") != SECRET:
            return _coded("30")
        if self.manners.code or (self.manners.calls is not None and number > self.manners.calls):
            return _coded(self.manners.code or "22")
        found = self._page(said)
        if self.manners.grows and said.get("pageNo") == "1":
            self.publish("새 안내")
        return found

    def _page(self, said: dict[str, str]) -> Answer:
        page, rows = (int(said[name]) if said.get(name, "").isdecimal() else 0 for name in ("pageNo", "numOfRows"))
        if page < 1 or rows < 1 or said.get("returnType") != "json":
            return _coded("10")
        day = said.get("crtDt", "")
        with self._lock:
            listed = [one for one in reversed(self._messages) if str(one["CRT_DT"])[:10].replace("/", "") == day]
        if not listed:
            return _coded("03")
        shown = listed[(page - 1) * rows : page * rows]
        header = {"resultCode": "00", "resultMsg": _TOLD["00"], "errorMsg": None}
        whole = {"header": header, "numOfRows": rows, "pageNo": page, "totalCount": len(listed), "body": shown}
        return Answer.json(200, whole)


def _coded(code: str) -> Answer:
    header = {"resultCode": code, "resultMsg": _TOLD.get(code, "ERROR"), "errorMsg": _TOLD.get(code, "ERROR")}
    return Answer.json(200, {"header": header, "body": None})


@click.command()
@click.option("--calls", type=int, default=None, help="So many calls are left today.")
def main(calls: int | None) -> None:
    """Serve until the input ends."""
    portal = Safetydata(Manners(calls=calls))
    print(portal.address, flush=True)
    for line in sys.stdin:
        portal.publish(line.strip(), at=datetime.now(KOREA))


if __name__ == "__main__":
    main()
