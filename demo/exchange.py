"""The telephone exchange, over ARI as Asterisk speaks it, and a citizen on the line who speaks Mongolian.

All telephones of agents and interpreters are answered at once, and so is that of an old woman's daughter; her own line
is busy. The citizen talks a little as soon as an agent and an interpreter are on one bridge with them, and then hangs
up.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from demo import citizens
from demo.citizens import Message
from demo.neighbours import DAUGHTER, FARMER, OLD_WOMAN, line
from demo.program import Program
from demo.staff import AGENT_LINE, STAFF, TRUNK
from demo.switchboard import Switchboard
from demo.volunteers import VOLUNTEERS

TALKS_S = 0.5
LOOK_S = 0.05


class Caller:
    """A citizen with a telephone, and the telephones of all others."""

    def __init__(self, exchange: Switchboard, program: Program) -> None:
        self._exchange, self._program = exchange, program
        self._agents = [AGENT_LINE.format(account=person.id) for person in STAFF]
        self._interpreters = [TRUNK.format(national=f"0{one.telephone.removeprefix('+82')}") for one in VOLUNTEERS]
        exchange.answering.update(self._agents, self._interpreters, [line(DAUGHTER), line(FARMER)])
        exchange.busy.add(line(OLD_WOMAN))

    def call(self, message: Message) -> None:
        """Call, and wait until somebody understands."""
        self._program.report("sent", message.marker)
        leg_id = self._exchange.call_in(f"+8210{message.luck().randrange(10**8):08}")
        self._wait(leg_id, lambda: self._exchange.unacknowledged() == 0)
        self._program.report("accepted", message.marker)
        if not self._wait(leg_id, lambda: self._is_understood(leg_id)):
            self._program.report("told", words="the call was cut before anybody understood")
            return
        self._program.report("reply", message.marker)
        time.sleep(TALKS_S)
        self._exchange.hang_up(leg_id)

    def _wait(self, leg_id: str, is_so: Callable[[], bool]) -> bool:
        """Until something is so; False if the call ended before."""
        while not is_so():
            if leg_id not in self._exchange.channels:
                return False
            time.sleep(LOOK_S)
        return True

    def _is_understood(self, leg_id: str) -> bool:
        """Whether an agent and an interpreter hear the citizen, and each other."""
        heard = self._exchange.heard_with(leg_id)
        return all(
            any(heard.intersection(self._exchange.legs(telephone)) for telephone in telephones)
            for telephones in (self._agents, self._interpreters)
        )


def main() -> None:
    """Run until the demonstration ends."""
    program = Program()
    with Switchboard() as exchange:
        caller = Caller(exchange, program)
        program.report("ready", words=exchange.url)
        program.write([citizens.call(program.order.run)], caller.call)
        program.stay()


if __name__ == "__main__":
    main()
