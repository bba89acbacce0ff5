"""Every check, in the order they are run."""

from __future__ import annotations

from hub120_sdk.testing import (
    alert_checks,
    classifier_checks,
    department_checks,
    directory_checks,
    inbound_checks,
    inquiry_checks,
    interpreter_checks,
    knowledge_checks,
    listener_checks,
    outbound_checks,
    quality_checks,
    telephony_checks,
    translator_checks,
)

CHECKS = (
    *inbound_checks.CHECKS,
    *inquiry_checks.CHECKS,
    *listener_checks.CHECKS,
    *department_checks.CHECKS,
    *interpreter_checks.CHECKS,
    *translator_checks.CHECKS,
    *directory_checks.CHECKS,
    *knowledge_checks.CHECKS,
    *alert_checks.CHECKS,
    *outbound_checks.CHECKS,
    *telephony_checks.CHECKS,
    *classifier_checks.CHECKS,
    *quality_checks.CHECKS,
)
