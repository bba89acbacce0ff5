"""What a contact is about and how urgent it is: the classifier is asked before anything is stored, and whatever it says
or fails to say, the hub looks for crisis words itself. The words go to the classifier and nowhere else."""

from __future__ import annotations

from hub120_sdk import Classification, ConnectorError, Urgency
from hub120_sdk.crisis import alarm

from chassis import logs, telemetry
from chassis.connectors import operations
from chassis.connectors.errors import UnknownConnector
from chassis.connectors.host import Host
from chassis.crypto import mask_resident_numbers
from services.intake.domain.contacts import language_heard
from services.intake.domain.priorities import Judged, PriorityClass, raised

_CLASSES = {urgency: PriorityClass[urgency.name] for urgency in Urgency}
_classified = telemetry.counter(
    "hub120.contacts.classified",
    "{contact}",
    "Contacts with words, by what the classifier said of them: said, unsaid (none, too late, nonsense), overruled (a"
    " crisis word that it overlooked)",
    (telemetry.attributes.OUTCOME,),
)
_log = logs.get_logger("classifying")


class Classifying:
    """A classifier, by its id (empty: none), and the crisis words."""

    def __init__(self, host: Host, classifier: str) -> None:
        self._host = host
        self._classifier = classifier
        if classifier and classifier not in host.having("classifier"):
            _log.warning("classifier_not_running", connector=classifier)

    def judge(self, stated_language: str, text: str) -> Judged:
        """Never raises. A contact without words has no topic and is no more urgent than others."""
        if not text.strip():
            return Judged(language_heard(stated_language, "", "", 0.0))
        words, _ = mask_resident_numbers(text)
        said = self._ask(words)
        found, told = _CLASSES[alarm(words).urgency], _CLASSES[said.urgency if said else Urgency.NORMAL]
        priority = raised(told, found)
        self._count(said, overruled=priority is not told)
        said = said or Classification()
        language = language_heard(stated_language, words, said.language, said.language_confidence)
        return Judged(language, said.topic, priority, round(said.confidence * 100) if said.topic else 0)

    def _ask(self, text: str) -> Classification | None:
        """None where there is no classifier, or it did not answer in time, or not sensibly: the host has told why."""
        if not self._classifier:
            return None
        try:
            said: Classification = self._host.ask(self._classifier, operations.CLASSIFY, text)
        except (ConnectorError, UnknownConnector):
            return None
        return said

    def _count(self, said: Classification | None, *, overruled: bool) -> None:
        outcome = "overruled" if overruled else "said" if said else "unsaid"
        _classified.add(1, {telemetry.attributes.OUTCOME: outcome})
        if said and overruled:
            _log.warning("crisis_word_overlooked", connector=self._classifier)
