"""What the demonstration shows: how far the sample is, its result, and where to go from there.

Bars that move where a person looks on; plain lines now and then where none does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from demo.citizens import TELEPHONE
from demo.tally import ALL, THROUGH, Fault, Line, percentile

PLAIN_EVERY_S = 2.0
MOST_FAULTS = 10
STAGES = ("보냄 sent", "접수 accepted", "배정 제안 offered", "답변 도착 answered")
_NAMES = {
    "kakaotalk": "KakaoTalk",
    "web": "웹 Web",
    "sms_twilio": "문자 SMS",
    TELEPHONE: "전화 Call",
    ALL: "합계 Total",
    "interpreter": "통역 Partner",
    "machine": "기계 Machine",
}


class Screen:
    """The terminal, or the log of whoever runs this without one."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._progress: Progress | None = None
        self._bars: list[TaskID] = []
        self._told_at = self._began_at = time.monotonic()

    def say(self, line: str) -> None:
        """A sentence or two, wrapped between words where the terminal ends."""
        self._console.print(line, soft_wrap=not self._console.is_terminal)

    def plain(self, line: str) -> None:
        """One line exactly as it is, to be copied."""
        self._console.print(line, soft_wrap=True, markup=False)

    def trouble(self, what: str) -> None:
        """Why it cannot go on."""
        self._console.print(f"\n{what}", style="red", soft_wrap=True, markup=False)

    def busy(self, what: str) -> AbstractContextManager[object]:
        """Something takes a moment."""
        if self._console.is_terminal:
            return self._console.status(what)
        self.say(what)
        return nullcontext()

    @contextmanager
    def sampling(self, total: int) -> Iterator[None]:
        """While the sample runs."""
        self._told_at = self._began_at = time.monotonic()
        if not self._console.is_terminal:
            yield
            return
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, console=self._console) as progress:
            self._progress = progress
            self._bars = [progress.add_task(stage, total=total) for stage in STAGES]
            yield
        self._progress = None

    def show(self, counts: Sequence[int], total: int, *, now: bool = False) -> None:
        """How far the sample is. Without a terminal only every few seconds, unless it must be ``now``."""
        if self._progress is not None:
            for bar, count in zip(self._bars, counts, strict=True):
                self._progress.update(bar, completed=count)
        elif now or time.monotonic() - self._told_at > PLAIN_EVERY_S:
            self._told_at = time.monotonic()
            told = " · ".join(f"{stage} {count}" for stage, count in zip(STAGES, counts, strict=True))
            self.say(f"{self._told_at - self._began_at:5.1f} s  {told}  / {total}")

    def table(self, lines: Sequence[Line]) -> None:
        """The result."""
        shown = Table(box=box.SIMPLE_HEAD, padding=0, pad_edge=False, show_edge=False)
        shown.add_column("채널\nchannel", no_wrap=True)
        for heading in ("보냄\nsent", "접수\naccepted", "제안\noffered", "답변\nanswered"):
            shown.add_column(heading, justify="right", no_wrap=True)
        for heading in ("제안까지\np50/p99ms", "답변까지\np50/p99ms", "유실\nlost", "중복\nduplicated"):
            shown.add_column(heading, justify="right", no_wrap=True)
        for line in lines:
            if line.channel in {ALL, THROUGH[0]}:
                shown.add_section()
            shown.add_row(*_cells(line), style="bold" if line.channel == ALL else "")
        self._console.print("", shown, "")
        self.say("제안까지 webhook → offer on an agent's stream · 답변까지 webhook → reply at the provider")
        self.say("전화 call → offer, and → citizen, agent and interpreter hear each other")

    def faults(self, faults: Mapping[str, tuple[Fault, str]]) -> None:
        """What went wrong, message by message."""
        for marker, (kind, why) in list(faults.items())[:MOST_FAULTS]:
            self.say(f"[red]{kind}[/red] {marker}: {why}")
        if len(faults) > MOST_FAULTS:
            self.say(f"… and {len(faults) - MOST_FAULTS} more")

    def addresses(self, rows: Sequence[tuple[str, str]]) -> None:
        """Where to go from here."""
        self.say("\n[bold underline]이제 해 볼 것 · From here[/bold underline]")
        for name, value in rows:
            self.say(f"[bold]{name}[/bold]")
            self.plain(f"  {value}")


def _cells(line: Line) -> list[str]:
    bad = {Fault.LOST: line.lost, Fault.DUPLICATED: line.duplicated}
    return [
        _NAMES[line.channel],
        *(str(number) for number in (line.sent, line.accepted, line.offered, line.answered)),
        _span(line.to_offer_ms),
        _span(line.to_reply_ms),
        *(f"[red]{number}[/red]" if number else f"[green]{number}[/green]" for number in bad.values()),
    ]


def _span(ordered: Sequence[float]) -> str:
    return f"{percentile(ordered, 50):.0f}/{percentile(ordered, 99):.0f}" if ordered else "–"
