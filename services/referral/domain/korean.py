"""Korean as searching needs it, without a dictionary: words without their particles and endings, pairs of syllables,
initial consonants (초성).

A word without what hangs on it finds itself in any sentence; pairs of its syllables find it inside longer words and
over spaces ("긴급 복지" and "긴급복지" share 긴급, 급복 and 복지). Where a rule cuts off too much it does so in services
and in queries alike, so they still meet. Whoever wants every form of every verb needs a dictionary; this leaves them to
the pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_TOKENS = re.compile(r"[가-힣]+|[a-z]+|[0-9]+|[ㄱ-ㅎ]+")
_BETWEEN = re.compile(r"[\s·ㆍ∙]{1,2}")
"""What may stand between two words that some write as one."""
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_DOUBLE = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}
"""People type ㄱ for ㄲ: both count as one."""
_FIRST, _EACH = ord("가"), 588

_ENDINGS = sorted(
    """
    으로부터 에서부터 에게서는 이라도 이라서 이라는 입니다 합니다 됩니다 습니다 하려면 하려고 하고 하는 하는데 하면 하며 하여 하게
    하기 하지 해서 해요 해야 했어요 했는데 했습니다 한다 한데 할까요 할게요 하나요 한테서 한테 에서 에서는 에서도 에게 에게는 께서
    으로 으로는 으로도 이나 이랑 이며 이고 이면 이라 이라고 인데 인데요 이에요 예요 에요 부터 까지 처럼 보다 마다 조차 밖에 만큼
    들은 들이 들을 들에게 들의 들도 들과 들 되면 되는 되어 되고 된 됐어요 됐는데 되었어요 당했어요 당했는데 당해서 당하고 당한 당하는
    였어요 였는데 으면 어요 아요 네요 나요 는데 는데요 은데 은데요 었어요 았어요 었는데 았는데 었습니다 았습니다 지만 니다 니까 니까요
    려고 려면 으려면 면서 어서 아서 여서 게 고 서 던 던데 은 는 이 가 을 를 에 의 도 로 와 과 만 랑 요 라서 라도 에는 에도 와의 과의
    """.split(),
    key=len,
    reverse=True,
)
_PARTICLES = frozenset("은 는 이 가 을 를 에 의 도 로 으로 만 과 와 랑 에서 까지 부터 때문에 이나".split())
_ONE_SYLLABLE = frozenset("집 돈 빚 밥 병 약 암 애 옷 물 불 차 땅 일 몸 눈 귀 이 쌀 방 봄 젖 술".split())
"""Nouns of one syllable that services are about: they mean something once their particle is off."""
_WHOLE_ENDS = tuple(
    """
    여가 국가 휴가 평가 물가 상가 농가 추가 허가 전문가 활동가 작가 자가 대가 증가 제도 정도 온도 지도 보도 경로 진로 도로 피로 효과 결과
    학과 치과 내과 외과 안과 문의 회의 주의 동의 합의 상의 편의 나이 아이 놀이 먹이 어린이 젊은이 높이 차이 맞벌이 도우미 무료 의료
    치료 자료 진료 원료 보증서 확인서 신청서 계약서 증명서 진단서 경찰서 소방서 교과서 부서 문서 신고 사고 해고 중고 광고 경고 최고
    보고 권고 상고 항고 필요 주요 중요 수요 소요 가게 어르신 부과 성과 초과 통과 경과 도서 정서 질서 순서 각서
    """.split()
)
"""Words whose last syllable looks like a particle and is none."""
STOP_WORDS = frozenset(
    """
    수 것 거 게 좀 제 저 저는 제가 나 나는 내가 우리 저희 그 이 그리고 그런데 그래서 근데 혹시 어떻게 어디 어디서 어디에 어디로 언제 무엇 뭐
    뭘 뭔가 누가 어느 어떤 무슨 얼마 얼마나 있나 있나요 있어 있어요 있는 있는데 있는데요 있을까 있을까요 있고 있으면 있습니다 있는지
    없나 없나요 없어 없어요 없는 없는데 없는데요 없고 없으면 없습니다 없이 싶어 싶어요 싶은 싶은데 싶은데요 싶습니다 해요 해주세요 하나요 하고
    하는 하는데 해야 하려면 할 할까요 합니다 했어요 되나 되나요 되는 되는지 될까요 된다고 돼요 됩니다 받을 받고 받는 받나요 받으려면 받아 받아요
    받을까요 받았어요 받은 주세요 주시 주나 주나요 주는 줘요 알려주세요 알고 알려 궁금해요 궁금합니다 궁금 문의 문의드려요 문의합니다 관련
    관해 관하여 대해 대해서 대한 위한 위해 위하여 통해 통하여 따라 따른 등 등의 등을 및 또는 못 안 잘 더 너무 많이 많아요 같이 다시 지금 요즘 아직
    이번 저번 때 때문 때문에 경우 정도 생겼어요 생겨서 가능한 가능한가요 가능 해당 필요 필요해요 필요한 필요합니다 필요한데 찾아요 찾고 찾는 찾습니다 싶다 한
    좋은 좋을까요 모르겠어요 몰라요 힘들어요 힘들어 힘든 힘든데 어려워요 어려운 어려워 어려워서 곳 데 가야 가면 계속 바로 그냥 도와주세요 도움
    내요 내고 내는 내서 냈어요 도움이 도움을 도와 줄 하나 방법 방법이 방법을 경우에
    """.split()
)
"""Words that say nothing of what is looked for."""
_MOST_STRIPPED = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    stem: str
    """Without particles and endings."""
    written: str
    """As it stands in the text, in small letters."""
    follows: bool
    """Nothing but a space separates it from the word before, which has nothing hanging on it: some write the two as
    one."""


def normal(text: str) -> str:
    """A text as it is searched: syllables composed, Latin letters small."""
    return unicodedata.normalize("NFC", text).casefold()


def words(text: str) -> list[Word]:
    """The words of a text, stop words too."""
    found: list[Word] = []
    clean, end, bare = normal(text), -1, False
    for token in _TOKENS.finditer(clean):
        written = token[0]
        cut = stem(written)
        adjacent = end >= 0 and _BETWEEN.fullmatch(clean, end, token.start()) is not None
        found.append(Word(cut, written, bare and adjacent and is_hangul(cut)))
        end, bare = token.end(), cut == written and is_hangul(cut)
    return found


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without what hangs on it; at least two syllables remain, or one that means something alone."""
    if word[:1] in _ONE_SYLLABLE and word[1:] in _PARTICLES:
        return word[0]
    if word in STOP_WORDS or not is_hangul(word):
        return word
    for _ in range(_MOST_STRIPPED):
        cut = _cut(word)
        if cut == word:
            break
        word = cut
    return word


def _cut(word: str) -> str:
    if word.endswith(_WHOLE_ENDS):
        return word
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 2 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def stands_alone(stem: str) -> bool:
    """Whether a word of one sign means something."""
    return stem in _ONE_SYLLABLE


def is_hangul(word: str) -> bool:
    """Whether a word is of Korean syllables."""
    return "가" <= word[:1] <= "힣"


def is_initials(word: str) -> bool:
    """Whether a word is of consonants alone, as people type who do not want to type it whole."""
    return "ㄱ" <= word[:1] <= "ㅎ"


def pairs(word: str) -> list[str]:
    """Every two syllables of a word that stand side by side; none of a word of one syllable or of Latin letters."""
    return [word[at : at + 2] for at in range(len(word) - 1)] if is_hangul(word) else []


def pairs_over_spaces(found: Sequence[Word]) -> Iterator[str]:
    """The last syllable of a word with the first of the next, where some write the two as one."""
    for before, word in zip(found, found[1:], strict=False):
        if word.follows:
            yield before.stem[-1] + word.stem[0]


def initials(text: str) -> str:
    """The initial consonants of a text's syllables, one string whatever the spaces."""
    return simple("".join(_INITIALS[(ord(sign) - _FIRST) // _EACH] for sign in normal(text) if "가" <= sign <= "힣"))


def simple(consonants: str) -> str:
    """Consonants with double ones as single ones."""
    return "".join(_DOUBLE.get(one, one) for one in consonants)


def grams(consonants: str) -> set[str]:
    """What a text's initials are found by: every two and three of them side by side."""
    return {consonants[at : at + size] for size in (2, 3) for at in range(len(consonants) - size + 1)}
