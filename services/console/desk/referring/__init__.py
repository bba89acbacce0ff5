"""Referrals at the desk: a service is found, proposed, agreed to by the citizen, sent, followed and confirmed.

``assessing`` asks what somebody may be entitled to, ``finding`` looks for services and proposes one, ``consenting``
asks the citizen, ``steps`` are all the others. ``cards`` draw how a referral stands, and ``news`` keeps them up.
"""

from services.console.desk.referring.tool import Referring

__all__ = ["Referring"]
