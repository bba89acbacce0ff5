"""What an api does beside its doors goes on whatever happens, and at once where somebody asks."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from chassis import event_loop, logs
from chassis.couriers import UnderWay
from chassis.lookout import Lookout


class Looks:
    """Counts looks; the first ``troubles`` of them fail."""

    def __init__(self, troubles: int = 0) -> None:
        self.count, self.troubles = 0, troubles
        self.seen = asyncio.Event()

    async def look(self) -> None:
        """One more."""
        self.count += 1
        self.seen.set()
        if self.count <= self.troubles:
            raise OperationalError("SELECT 1", {}, Exception("the server is away"))


async def looked(looks: Looks, times: int) -> None:
    while looks.count < times:
        looks.seen.clear()
        await asyncio.wait_for(looks.seen.wait(), 60)


def test_it_looks_by_itself_though_nobody_says_anything() -> None:
    async def main() -> None:
        looks = Looks()
        running = asyncio.create_task(Lookout("lookout", looks.look, every_s=0.01).run())
        await looked(looks, 3)
        running.cancel()

    event_loop.run(main())


def test_whoever_has_news_is_not_waited_for() -> None:
    async def main() -> None:
        looks = Looks()
        lookout = Lookout("lookout", looks.look, every_s=3600)
        running = asyncio.create_task(lookout.run())
        lookout.wake()
        await looked(looks, 1)
        lookout.wake()
        await looked(looks, 2)
        running.cancel()

    event_loop.run(main())


def test_it_ends_though_news_come_with_the_end() -> None:
    async def main() -> None:
        lookout = Lookout("lookout", Looks().look, every_s=3600)
        running = asyncio.create_task(lookout.run())
        await asyncio.sleep(0)
        lookout.wake()
        running.cancel()
        done, _ = await asyncio.wait([running], timeout=20)
        assert done

    event_loop.run(main())


def test_it_outlives_a_database_that_is_away_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning", "lookout")

    async def main() -> None:
        looks = Looks(troubles=2)
        running = asyncio.create_task(Lookout("lookout", looks.look, every_s=0.01).run())
        await looked(looks, 4)
        assert not running.done()
        running.cancel()

    event_loop.run(main())
    said = capsys.readouterr()
    assert (said.out + said.err).count("look_failed") == 2


def test_no_more_is_under_way_than_may_be_and_room_that_comes_is_told() -> None:
    async def main() -> None:
        woken: list[int] = []
        under_way, go_on = UnderWay(2, lambda: woken.append(1)), asyncio.Event()

        async def work() -> None:
            await go_on.wait()

        for name in ("a", "b"):
            under_way.begin(name, work())
        assert (under_way.room, under_way.names, "a" in under_way, "c" in under_way) == (0, ["a", "b"], True, False)
        go_on.set()
        for _ in range(5):
            await asyncio.sleep(0)
        assert (under_way.room, woken) == (2, [1]), "the second to end left room where there was some"

    event_loop.run(main())


def test_what_is_under_way_is_broken_off_in_the_end() -> None:
    async def main() -> None:
        under_way, ended = UnderWay(1, lambda: None), []

        async def work() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                ended.append("broken off")

        under_way.begin("a", work())
        await asyncio.sleep(0)
        await under_way.end()
        assert (ended, under_way.names) == (["broken off"], [])

    event_loop.run(main())
