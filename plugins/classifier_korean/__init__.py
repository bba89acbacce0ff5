"""The ``classifier_korean`` connector: language, topic and urgency of what citizens write, by no service outside."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.classifier_korean.classifier import KoreanClassifier


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.classifier_korean"), KoreanClassifier)
