"""Reports of places, and cases that are taken together with another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Rows, Sql
from services.routing.domain.merging import MERGED_CLASSES, MergeState, stored
from services.routing.domain.work import NewWork

_REPORT = Sql("""
INSERT INTO place_report (case_id, place, topic, reported_at) VALUES (:case_id, :place, :topic, :now)
ON CONFLICT (case_id) DO NOTHING
""")
_CLASSES = ", ".join(f"'{one.value}'" for one in sorted(MERGED_CLASSES))
_LEADING = held(
    f"""
SELECT * FROM work_item WHERE id = (SELECT work_item.id FROM place_report
    JOIN work_item ON work_item.case_id = place_report.case_id
    WHERE place_report.place = :place AND place_report.topic = :topic AND place_report.reported_at > :since
    AND work_item.state IN ('queued', 'offered', 'assigned', 'wrapping') AND work_item.medium = 'text'
    AND work_item.priority_class IN ({_CLASSES}) ORDER BY work_item.rank, work_item.id LIMIT 1)"""  # noqa: S608 - ours
)
_MERGE = Sql("""
INSERT INTO merged_work (id, case_id, leading_id, leading_case_id, state, merged_at, work, contact_count,
    contact_sequence)
VALUES (:id, :case_id, :leading_id, :leading_case_id, 'merged', :now, :work, :contacts, :sequence)
""")
_OF_CASE = held("SELECT * FROM merged_work WHERE case_id = :case_id AND state = 'merged'")
_COUNT = Sql("""
UPDATE merged_work SET contact_count = contact_count + 1, contact_sequence =
    CASE WHEN :sequence > contact_sequence THEN :sequence ELSE contact_sequence END
WHERE id = :id
""")
_LED_BY_CASE = Sql("SELECT * FROM merged_work WHERE state = 'merged' AND leading_case_id = :case_id ORDER BY id")
_LED_BY_WORK = Sql("""
SELECT * FROM merged_work WHERE state = 'merged'
    AND leading_case_id = (SELECT case_id FROM work_item WHERE id = :work_item_id) ORDER BY id
""")
_END = Sql("UPDATE merged_work SET state = :state, ended_at = :now WHERE id = :id AND state = 'merged'")
_LIST = Sql("""
SELECT * FROM merged_work WHERE state = 'merged' AND id > :after AND (:leading_id = '' OR leading_id = :leading_id)
ORDER BY id LIMIT :limit
""")
_FORGET = Sql("DELETE FROM place_report WHERE reported_at < :before")


def report(tx: Tx, work: NewWork, place: bytes) -> None:
    """Note which place a case is about."""
    values = {"case_id": work.case_id, "place": place, "topic": work.topic, "now": tx.now.timestamp()}
    tx.execute(_REPORT, values)


def leading(tx: Tx, work: NewWork, place: bytes, since: float) -> Row | None:
    """Open work on the same topic and place, reported since then; its row is held."""
    return tx.execute(_LEADING[tx.dialect], {"place": place, "topic": work.topic, "since": since}).first()


def merge(tx: Tx, merge_id: str, work: NewWork, leading_item: Row) -> None:
    """Take work together with other work."""
    values = {
        "id": merge_id,
        "case_id": work.case_id,
        "leading_id": leading_item.id,
        "leading_case_id": leading_item.case_id,
        "work": stored(work),
        "contacts": work.contacts,
        "sequence": work.contact_sequence,
        "now": tx.now.timestamp(),
    }
    tx.execute(_MERGE, values)


def of_case(tx: Tx, case_id: str) -> Row | None:
    """What is merged of a case; its row is held."""
    return tx.execute(_OF_CASE[tx.dialect], {"case_id": case_id}).one_or_none()


def count(tx: Tx, merge_id: str, sequence: int) -> None:
    """The citizen of a merged case wrote again."""
    tx.execute(_COUNT, {"id": merge_id, "sequence": sequence})


def led(tx: Tx, leading_case_id: str) -> Sequence[Row]:
    """The cases that are taken together with this one."""
    return tx.execute(_LED_BY_CASE, {"case_id": leading_case_id}).all()


def led_by_work(tx: Tx, work_item_id: str, then: Callable[[Rows], object]) -> None:
    """As ``led``, told with the next statement."""
    tx.later(_LED_BY_WORK, {"work_item_id": work_item_id}, then)


def end(tx: Tx, merge_id: str, state: MergeState) -> bool:
    """A case is not merged any more; False if it was not."""
    return tx.execute(_END, {"id": merge_id, "state": state.value, "now": tx.now.timestamp()}).rowcount > 0


def merged(tx: Tx, leading_id: str, after: str, limit: int) -> Sequence[Row]:
    """Merged cases in the order in which they were merged, all or those of one work item."""
    return tx.execute(_LIST, {"leading_id": leading_id, "after": after, "limit": limit}).all()


def forget(tx: Tx, before: float) -> int:
    """Drop reports that nothing is merged with any more; returns how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount
