"""``python -m demo``: the hub and a simulated outside world, a sample of contacts through both, and a count of what
became of them. ``make run`` calls this."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack
from types import FrameType

import click

from demo.demonstration import Demonstration
from demo.screen import Screen
from demo.trouble import Trouble

INTERRUPTED = 130


@click.command()
@click.option("--contacts", type=click.IntRange(1, 20_000), default=300, show_default=True, help="How many to send.")
@click.option("--rate", type=click.FloatRange(0.1, 2_000), default=20.0, show_default=True, help="How many a second.")
@click.option("--seed", default=120, show_default=True, help="The same seed sends the same messages.")
@click.option("--keep", is_flag=True, help="Go on with what the last run left, instead of starting empty.")
@click.option("--exit", "leave", is_flag=True, help="End after the sample: 0 if all is well, 1 if not.")
def main(contacts: int, rate: float, seed: int, keep: bool, leave: bool) -> None:
    """Show hub120 at work, with everything outside it simulated."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    screen = Screen()
    try:
        with ExitStack() as ends:
            demonstration = Demonstration(screen, ends, contacts, rate, seed)
            demonstration.start(keep=keep)
            code = demonstration.sample()
            if not leave:
                demonstration.stay()
    except Trouble as trouble:
        screen.trouble(str(trouble))
        code = 1
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
