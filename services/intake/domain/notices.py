"""Notices: what citizens who wait are told, in their language, and how they answer.

The words are data: one ``Words`` for each language that the centre speaks itself; whoever speaks none of these reads
English. Every notice says that no person wrote it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

AUTOMATIC = "hub120"
"""Who wrote a notice, where a reply names an agent."""
MOST_COUNTED = 1000
"""A place behind more than these is told as that."""
LONGEST_TOLD_MIN = 30
"""A wait of more is told as more than that: nobody knows so far ahead."""
TRUE_FOR_S = 120.0
"""How long a place may be told after it was read."""
ANSWERED_WITHIN_S = 3600.0
"""How long a word may be meant as the answer to a notice."""


class NoticeKind(StrEnum):
    """What a notice is about; the names are those of routing's contract."""

    POSITION = "position"
    BANNER = "banner"
    CALLBACK_KEPT = "callback_kept"
    CALLBACK_OVER = "callback_over"
    OUTCOME = "outcome"
    JOINED = "joined"


_OF_A_PLACE = frozenset({NoticeKind.POSITION, NoticeKind.BANNER})


@dataclass(frozen=True, slots=True)
class Notice:
    """What a citizen is to be told."""

    id: str
    case_id: str
    work_item_id: str
    kind: NoticeKind
    position: int
    wait_s: float | None
    offers_callback: bool
    texts: Mapping[str, str]
    true_at: float

    @property
    def of_a_place(self) -> bool:
        """It tells a place, which changes while it is told."""
        return self.kind in _OF_A_PLACE


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    mark: str
    place: str
    far: str
    about: str
    more: str
    unknown: str
    callback: str
    banner: str
    kept: str
    over: str
    outcome: str
    joined: str


WORDS: Mapping[str, Words] = {
    "ko": Words(
        mark="[자동 안내]",
        place="지금 {position}번째로 기다리고 계십니다.",
        far="앞에 {position}명 넘게 기다리고 있습니다.",
        about="예상 대기 시간은 약 {minutes}분입니다.",
        more="예상 대기 시간은 {minutes}분이 넘습니다.",
        unknown="얼마나 걸릴지 지금은 알 수 없지만, 순서는 그대로 유지됩니다.",
        callback="기다리지 않고 저희 연락을 받으시려면 1번을 보내 주세요. 순서는 유지됩니다.",
        banner="지금 문의가 매우 많아 답변이 늦어지고 있습니다. 생명이 위급하면 119로 전화해 주세요.",
        kept="순서가 되면 저희가 먼저 연락드리겠습니다. 기다리지 않으셔도 됩니다.",
        over="여러 번 연락드렸으나 연결되지 않아 접수를 마칩니다. 필요하시면 다시 문의해 주세요.",
        outcome="같은 곳에 대해 접수된 신고가 함께 처리되었습니다. 남은 문제가 있으면 다시 알려 주세요.",
        joined="같은 곳의 신고가 이미 있어 함께 처리하고 결과를 알려 드립니다. 위급해지면 바로 알려 주세요.",
    ),
    "en": Words(
        mark="[Automatic message]",
        place="You are number {position} in line.",
        far="More than {position} people are before you.",
        about="The wait is about {minutes} min.",
        more="The wait is more than {minutes} min.",
        unknown="We cannot say now how long it takes; you keep your place.",
        callback="To be contacted by us instead of waiting, reply 1. You keep your place.",
        banner="Very many people are contacting us and answers take long. If a life is in danger, call 119.",
        kept="We will contact you when it is your turn. You need not wait.",
        over="We tried to reach you several times without an answer and close your request. Write again if needed.",
        outcome="What was reported about the same place has been dealt with together. Tell us if anything is left.",
        joined="The same place was reported before; we deal with both and tell you. Write at once if it is urgent.",
    ),
    "zh": Words(
        mark="[自动消息]",
        place="您当前排在第{position}位。",
        far="您前面有超过{position}人在等候。",
        about="预计等待约{minutes}分钟。",
        more="预计等待超过{minutes}分钟。",
        unknown="目前无法告知等待时间,但会为您保留顺序。",
        callback="如不想等候、希望由我们联系您,请回复1。顺序将为您保留。",
        banner="目前咨询量很大,答复会有延迟。如有生命危险,请拨打119。",
        kept="轮到您时我们会主动联系您,您不必等候。",
        over="我们多次联系您均未接通,本次受理到此结束。如有需要请再次联系我们。",
        outcome="同一地点的举报已一并处理。如仍有问题,请再次告知我们。",
        joined="同一地点已有人举报,我们将一并处理,完成后会通知您。如情况变得紧急,请立即告知我们。",
    ),
    "ja": Words(
        mark="[自動案内]",
        place="現在{position}番目にお待ちいただいています。",
        far="前に{position}人を超える方がお待ちです。",
        about="待ち時間は約{minutes}分です。",
        more="待ち時間は{minutes}分を超える見込みです。",
        unknown="今は待ち時間をお伝えできませんが、順番はそのまま保たれます。",
        callback="待たずにこちらからの連絡をご希望の場合は、1とご返信ください。順番は保たれます。",
        banner="現在お問い合わせが非常に多く、回答に時間がかかっています。命の危険がある場合は119に電話してください。",
        kept="順番になりましたらこちらからご連絡します。お待ちいただく必要はありません。",
        over="何度かご連絡しましたがつながらなかったため、受付を終了します。必要な場合は再度お問い合わせください。",
        outcome="同じ場所についての通報はまとめて対応されました。問題が残っている場合は再度お知らせください。",
        joined="同じ場所の通報がすでにあり、まとめて対応して結果をお知らせします。緊急の場合はすぐにご連絡ください。",
    ),
    "vi": Words(
        mark="[Tin nhắn tự động]",
        place="Bạn đang ở vị trí thứ {position} trong hàng chờ.",
        far="Có hơn {position} người trước bạn.",
        about="Thời gian chờ khoảng {minutes} phút.",
        more="Thời gian chờ hơn {minutes} phút.",
        unknown="Hiện chưa biết phải chờ bao lâu, nhưng bạn vẫn giữ vị trí của mình.",
        callback="Nếu muốn chúng tôi liên lạc lại thay vì chờ, hãy trả lời 1. Bạn vẫn giữ vị trí của mình.",
        banner="Hiện có rất nhiều người liên hệ nên trả lời bị chậm. Nếu nguy hiểm đến tính mạng, hãy gọi 119.",
        kept="Khi đến lượt, chúng tôi sẽ liên lạc với bạn. Bạn không cần phải chờ.",
        over="Chúng tôi đã liên lạc nhiều lần nhưng không được nên kết thúc yêu cầu này. Nếu cần, hãy liên hệ lại.",
        outcome="Các phản ánh về cùng một nơi đã được xử lý chung. Nếu vẫn còn vấn đề, hãy báo lại cho chúng tôi.",
        joined="Nơi này đã được phản ánh, chúng tôi xử lý chung và sẽ báo khi xong. Nếu khẩn cấp, hãy báo ngay.",
    ),
    "mn": Words(
        mark="[Автомат мэдээлэл]",
        place="Та {position} дугаарт хүлээж байна.",
        far="Таны өмнө {position}-аас олон хүн хүлээж байна.",
        about="Хүлээх хугацаа ойролцоогоор {minutes} минут.",
        more="Хүлээх хугацаа {minutes} минутаас илүү.",
        unknown="Хэр удахыг одоо хэлэх боломжгүй ч таны дараалал хэвээр үлдэнэ.",
        callback="Хүлээхгүйгээр биднээс холбогдохыг хүсвэл 1 гэж хариулна уу. Таны дараалал хэвээр үлдэнэ.",
        banner="Одоо маш олон хүн хандаж байгаа тул хариу удаж байна. Амь насанд аюултай бол 119 руу залгана уу.",
        kept="Таны ээлж ирэхэд бид холбогдоно. Та хүлээх шаардлагагүй.",
        over="Бид хэд хэдэн удаа холбогдсон боловч хариу аваагүй тул хүсэлтийг хаалаа. Хэрэгтэй бол дахин хандана уу.",
        outcome="Нэг газрын талаарх мэдээллийг хамтад нь шийдвэрлэлээ. Асуудал үлдсэн бол дахин мэдэгдэнэ үү.",
        joined="Энэ газрын талаар мэдээлэл ирсэн тул хамтад нь шийдвэрлээд мэдэгдэнэ. Яаралтай болбол даруй бичнэ үү.",
    ),
}


def worded(notice: Notice, language: str) -> str:
    """A notice as a citizen reads it."""
    words = WORDS.get(language or "ko", WORDS["en"])
    match notice.kind:
        case NoticeKind.CALLBACK_KEPT:
            said = [words.kept]
        case NoticeKind.CALLBACK_OVER:
            said = [words.over]
        case NoticeKind.OUTCOME:
            said = [words.outcome]
        case NoticeKind.JOINED:
            said = [_banner(notice.texts, language or "ko", words), words.joined]
        case NoticeKind.BANNER:
            said = [_banner(notice.texts, language or "ko", words), *_place(notice, words)]
        case NoticeKind.POSITION:
            said = _place(notice, words)
    return " ".join([words.mark, *said])


def _banner(texts: Mapping[str, str], language: str, words: Words) -> str:
    """The centre's own words for this surge; who speaks a language that has none reads ours rather than another's."""
    return texts.get(language) or (texts.get("en") if language not in WORDS else None) or words.banner


def _place(notice: Notice, words: Words) -> list[str]:
    far = notice.position > MOST_COUNTED
    place = words.far.format(position=f"{MOST_COUNTED:,}") if far else words.place.format(position=notice.position)
    return [place, _wait(notice.wait_s, words), *([words.callback] if notice.offers_callback else [])]


def _wait(wait_s: float | None, words: Words) -> str:
    if wait_s is None:
        return words.unknown
    minutes = told_minutes(wait_s)
    if minutes > LONGEST_TOLD_MIN:
        return words.more.format(minutes=LONGEST_TOLD_MIN)
    return words.about.format(minutes=minutes)


def told_minutes(wait_s: float) -> int:
    """A wait in whole minutes, rounded up: from ten on to the next five, since nobody knows it better."""
    minutes = max(1, math.ceil(wait_s / 60))
    return minutes if minutes <= 10 else math.ceil(minutes / 5) * 5


_CALLBACK = re.compile(r"(1번?|콜백|전화\s?주세요|call\s?back|call me)[.!\s]*", re.IGNORECASE)


def asks_for_callback(text: str) -> bool:
    """Whether a text may be the answer that asks for a callback; only after a notice that offered one it is."""
    return len(text) <= 20 and _CALLBACK.fullmatch(text.strip()) is not None
