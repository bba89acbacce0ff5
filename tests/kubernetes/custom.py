"""The objects of operators that we use: the fields we use of each, and those without which it is refused.

Written down from the operators' own definitions (CustomResourceDefinitions); a field that is new here was looked up
there first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.manifests import Object, name

_ROUTE = "parentRefs.name! parentRefs.namespace hostnames rules.backendRefs.name! rules.backendRefs.port"
FIELDS: Mapping[str, Mapping[str, str]] = {
    "rabbitmq.com/v1beta1": {
        "RabbitmqCluster": "replicas image persistence.storage resources.* tls.secretName tls.caSecretName"
        " tls.disableNonTLSListeners rabbitmq.additionalConfig terminationGracePeriodSeconds",
        "Vhost": "name! defaultQueueType rabbitmqClusterReference.name!",
        "User": "rabbitmqClusterReference.name! importCredentialsSecret.name tags",
        "Permission": "rabbitmqClusterReference.name! vhost! userReference.name permissions.configure!"
        " permissions.write! permissions.read!",
    },
    "postgresql.cnpg.io/v1": {
        "Cluster": "instances! imageName inheritedMetadata.labels.* minSyncReplicas maxSyncReplicas"
        " bootstrap.initdb.database bootstrap.initdb.owner bootstrap.initdb.encoding bootstrap.initdb.localeCollate"
        " bootstrap.initdb.localeCType storage.size! walStorage.size resources.* seccompProfile.type"
        " postgresql.parameters.* managed.roles.name! managed.roles.login managed.roles.connectionLimit"
        " managed.roles.passwordSecret.name!",
        "Database": "cluster.name! name! owner! databaseReclaimPolicy schemas.name! schemas.owner",
    },
    "cert-manager.io/v1": {
        "Issuer": "selfSigned ca.secretName",
        "Certificate": "secretName! issuerRef.name! issuerRef.kind isCA commonName dnsNames usages duration renewBefore"
        " privateKey.algorithm privateKey.size privateKey.rotationPolicy",
    },
    "external-secrets.io/v1": {
        "ExternalSecret": "refreshInterval secretStoreRef.kind secretStoreRef.name! target.template.type"
        " target.template.metadata.labels.* target.template.data.* data.secretKey! data.remoteRef.key!"
        " data.remoteRef.property dataFrom.extract.key!",
    },
    "keda.sh/v1alpha1": {
        "ScaledObject": "scaleTargetRef.name! minReplicaCount maxReplicaCount pollingInterval cooldownPeriod"
        " fallback.failureThreshold! fallback.replicas! triggers.type! triggers.metricType triggers.metadata.*"
        " triggers.authenticationRef.name! advanced.horizontalPodAutoscalerConfig.behavior.*",
        "TriggerAuthentication": "secretTargetRef.parameter! secretTargetRef.name! secretTargetRef.key!",
    },
    "gateway.networking.k8s.io/v1": {
        "HTTPRoute": f"{_ROUTE} rules.matches.path.type rules.matches.path.value rules.timeouts.request",
        "GRPCRoute": f"{_ROUTE} rules.matches.method.service",
        "BackendTLSPolicy": "targetRefs.group! targetRefs.kind! targetRefs.name! targetRefs.sectionName"
        " validation.hostname! validation.caCertificateRefs.group! validation.caCertificateRefs.kind!"
        " validation.caCertificateRefs.name!",
    },
    "monitoring.coreos.com/v1": {
        "PodMonitor": "selector.matchLabels.* podMetricsEndpoints.port podMetricsEndpoints.interval",
        "PrometheusRule": "groups.name! groups.rules.alert groups.rules.expr! groups.rules.for groups.rules.labels.*"
        " groups.rules.annotations.* groups.rules.record",
    },
}
"""By group and kind, as dotted paths: ``!`` must be there whenever what holds it is, ``.*`` is anything below."""
GROUPS = frozenset(FIELDS)


def faults(found: Object) -> list[str]:
    """What its operator would refuse; nothing for an object of Kubernetes' own."""
    group, kind = found["apiVersion"], found["kind"]
    if group not in FIELDS:
        return []
    if kind not in FIELDS[group]:
        return [f"{group} {kind}: unknown"]
    fields = FIELDS[group][kind].split()
    allowed = {field.rstrip("!") for field in fields}
    needed = {field.rstrip("!") for field in fields if field.endswith("!")}
    told = _unknown(found.get("spec", {}), "", allowed) + _missing(found.get("spec", {}), "", needed)
    return [f"{kind} {name(found)}: {one}" for one in told]


def _unknown(value: Any, path: str, allowed: set[str]) -> list[str]:
    return sorted({f"{leaf} is unknown" for leaf in _leaves(value, path) if not _is_allowed(leaf, allowed)})


def _is_allowed(leaf: str, allowed: set[str]) -> bool:
    return leaf in allowed or any(one.endswith(".*") and leaf.startswith(one[:-1]) for one in allowed)


def _leaves(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _leaves(inner, path)
    else:
        yield path


def _missing(value: Any, path: str, needed: set[str]) -> list[str]:
    """A field is missing where what holds it is there without it; at the top it must be there."""
    if isinstance(value, list):
        return [fault for inner in value for fault in _missing(inner, path, needed)]
    if not isinstance(value, dict):
        return []
    here = {field.rpartition(".")[2] for field in needed if field.rpartition(".")[0] == path}
    lacking = [f"{path}.{key}".lstrip(".") + " is missing" for key in sorted(here - set(value))]
    below = [f"{path}.{key}" if path else key for key in value]
    return lacking + [
        fault for key, inner in zip(below, value.values(), strict=True) for fault in _missing(inner, key, needed)
    ]
