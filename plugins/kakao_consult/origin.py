"""Who may call. Dealers sign no webhook of a consultation: a secret of the operator's in the address or in a header,
and the networks the dealer calls from where they are known, are all there is."""

from __future__ import annotations

from urllib.parse import urlsplit

from hub120_sdk import Context, Misconfigured, Request, Unauthorised
from hub120_sdk.credentials import same_as_any
from hub120_sdk.networks import Networks


class Origin:
    """The secrets and networks of an installation."""

    def __init__(self, context: Context) -> None:
        self._secrets = context.secrets["webhook_secret"]
        self._header = context.settings["secret_header"].lower()
        try:
            self._networks = Networks(context.settings["source_networks"])
        except ValueError as error:
            raise Misconfigured(f"HUB120_CONNECTOR_KAKAO_CONSULT_SOURCE_NETWORKS: {error}") from None

    def verify(self, request: Request) -> None:
        """Raises ``Unauthorised`` unless a known network sent the request with the secret."""
        if not self._networks.admit(request.remote_address):
            raise Unauthorised("the caller is not in HUB120_CONNECTOR_KAKAO_CONSULT_SOURCE_NETWORKS")
        given = [request.headers.get(self._header, ""), *urlsplit(request.url).path.split("/")]
        if not any(same_as_any(one, self._secrets) for one in given):
            raise Unauthorised("neither the address nor the header has the webhook secret")
