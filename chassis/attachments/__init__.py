"""What a citizen attached, looked at before it is kept: what it really is, whether we take it, nothing hidden in it.

The type a channel claims is not believed: the first bytes tell. Photos and videos lose what they say of place, time and
device; pictures stay the same pixels. What is not on the list, too large, or not whole is refused with the reason.
"""

from chassis.attachments.inspection import ACCEPTED, Inspected, inspect
from chassis.attachments.refusal import NotAccepted

__all__ = ["ACCEPTED", "Inspected", "NotAccepted", "inspect"]
