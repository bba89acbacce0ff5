"""Who is calling, and whether they may: bearer tokens in, callers out, and the rule beside every gRPC method.

Tokens are JWTs: signed with a local key in embedded mode, by an OIDC issuer in production. What a method needs is
declared in its proto; a server with a method that declares nothing does not start. The interceptor that enforces the
rules is in ``chassis.grpc_host``.
"""

from chassis.auth.callers import LEEWAY_S, ROLES, Caller, InvalidToken, Verifier
from chassis.auth.issuer import JwksVerifier
from chassis.auth.local import AUDIENCE, LOCAL_ISSUER, InsecureKeyFile, LocalIssuer, LocalVerifier
from chassis.auth.rules import MissingRule, rules
from chassis.auth.service_tokens import FileTokens, LocalTokens, ServiceTokens

__all__ = [
    "AUDIENCE",
    "LEEWAY_S",
    "LOCAL_ISSUER",
    "ROLES",
    "Caller",
    "FileTokens",
    "InsecureKeyFile",
    "InvalidToken",
    "JwksVerifier",
    "LocalIssuer",
    "LocalTokens",
    "LocalVerifier",
    "MissingRule",
    "ServiceTokens",
    "Verifier",
    "rules",
]
