"""The one error of looking at attachments."""


class NotAccepted(Exception):
    """An attachment we do not keep; ``reason`` can be told to the citizen."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
