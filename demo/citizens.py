"""What citizens write, when, and on which channel: a plan that the same seed makes again.

Every message carries a marker, so that each can be told from all others wherever it turns up: with the provider, in a
case, in a reply.
"""

from __future__ import annotations

import csv
import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CHANNELS = {"kakaotalk": 45, "web": 35, "sms_twilio": 20}
"""Shares of the channels, in percent."""
LANGUAGES = {
    "kakaotalk": {"ko": 84, "en": 8, "vi": 5, "zh": 3},
    "web": {"ko": 70, "en": 12, "vi": 8, "zh": 6, "th": 4},
    "sms_twilio": {"ko": 94, "zh": 6},
}
"""Shares of languages that agents speak, in percent. An SMS states no language: only what its script gives away reaches
the hub."""
INTERPRETED = {"ar": "interpreter", "ru": "machine", "mn": "interpreter"}
"""Languages that no agent speaks, and who interprets: the centre has a partner; Russian it leaves to the machine."""
FOREIGN = ("ar", "ru")
FOREIGN_PERCENT, FEWEST_FOREIGN = 3, 4
"""How many of the messages are in these, all of them on KakaoTalk; in a very small sample at most a third."""
TELEPHONE, ON_TELEPHONE = "phone_asterisk", "mn"
"""One citizen calls, and speaks Mongolian."""
BAD_MANNERS_EVERY, PHOTO_EVERY = 17, 13

MARKER = re.compile(r"#[0-9A-Z]{3}-\d{4,6}(?:\.\d)?")
_SENTENCES = Path(__file__).with_name("sentences.txt")
_TITLES = Path(__file__).parents[2] / "shared/formats/minwon_kr"
_ENDINGS = ("관련해서 문의드립니다.", "— 어디에 신청하나요?", "자세히 알고 싶어요.", "때문에 연락드려요.")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one citizen."""

    marker: str
    channel: str
    due_s: float
    """When it is written, in seconds from the start."""
    language: str
    text: str
    """Ends with the marker; empty for a call."""
    photo: bool = False
    bad_manners: bool = False
    """Something about it goes against the rules; what, each channel's program knows."""

    @property
    def citizen(self) -> str:
        """Who writes, as 64 hexadecimal digits; whoever asks again is the same one."""
        return f"{random.Random(self.marker.partition('.')[0]).getrandbits(256):064x}"

    def luck(self) -> random.Random:
        """Chance that belongs to this message: the same however fast everything else runs."""
        return random.Random(f"luck {self.marker}")


def markers(text: str) -> list[str]:
    """The markers in a text."""
    return MARKER.findall(text)


def asks_again(marker: str) -> bool:
    """True for the message of a citizen who only wants to see the answer to an earlier one."""
    return "." in marker


def call(run: str) -> Message:
    """The one call, at the beginning of the sample. Its marker is never said."""
    return Message(f"#{run}-999999", TELEPHONE, 0.0, ON_TELEPHONE, "")


def plan(run: str, seed: int, contacts: int, rate: float) -> list[Message]:
    """Every message of the sample, in the order in which they are due."""
    chance, known, foreign = random.Random(seed), questions(), _foreign(contacts)
    number: Counter[str] = Counter()
    planned = []
    for n in range(contacts):
        channel = "kakaotalk" if n in foreign else _drawn(chance, CHANNELS)
        language = foreign.get(n) or _drawn(chance, LANGUAGES[channel])
        number[channel] += 1
        text = chance.choice(known[language])
        planned.append(_message(f"#{run}-{n:04d}", channel, n / rate, language, text, number[channel]))
    return planned


def _foreign(contacts: int) -> Mapping[int, str]:
    """The messages in a language that no agent speaks, by their places, which are spread over the sample."""
    count = min(max(FEWEST_FOREIGN, contacts * FOREIGN_PERCENT // 100), contacts // 3)
    languages = itertools.cycle(FOREIGN)
    return {(2 * n + 1) * contacts // (2 * count): next(languages) for n in range(count)}


def _message(marker: str, channel: str, due_s: float, language: str, text: str, number: int) -> Message:
    return Message(
        marker,
        channel,
        due_s,
        language,
        f"{text} ({marker})",
        photo=number % PHOTO_EVERY == 3,
        bad_manners=number % BAD_MANNERS_EVERY == 5,
    )


def _drawn(chance: random.Random, shares: Mapping[str, int]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def questions() -> Mapping[str, Sequence[str]]:
    """What is asked, by language: our own sentences; in Korean, real titles of civil questions where they lie."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in _SENTENCES.read_text(encoding="utf-8").splitlines():
        language, _, sentence = line.partition("|")
        if sentence and not line.startswith("#"):
            found[language.strip()].append(sentence.strip())
    if titles := _titles():
        found["ko"] = [f"{title} {_ENDINGS[n % len(_ENDINGS)]}" for n, title in enumerate(titles)]
    return found


def _titles() -> list[str]:
    """The column 제목 of a collection of civil questions beside the repository; empty where there is none."""
    found: list[str] = []
    for file in sorted(_TITLES.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as rows:
            found += [title for row in csv.DictReader(rows) if (title := (row.get("제목") or "").strip())]
    return found
