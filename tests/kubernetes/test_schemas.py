"""Every object is one that Kubernetes, or the operator it is for, would take: nothing missing, nothing misspelt."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest

from tests.kubernetes import custom
from tests.manifests import OVERLAYS, Object, built, name

PLACES = ("base", *(f"overlays/{overlay}" for overlay in OVERLAYS))
VERSIONS = ("1.31", "1.37")
"""The oldest Kubernetes we are for, and the newest whose schemas are at hand."""


@cache
def schemas(version: str) -> Any:
    return files("kubernetes_validate") / "kubernetes-json-schema" / f"v{version}.0-local-strict"


@cache
def definitions(version: str) -> jsonschema_rs.Registry:
    contents = json.loads((schemas(version) / "_definitions.json").read_text())
    return jsonschema_rs.Registry([("json-schema:///_definitions.json", contents)])


@cache
def validator(version: str, api_version: str, kind: str) -> Any:
    """Its file is called after the kind, the first word of the group, and the version; none is an unknown kind."""
    group, _, number = api_version.rpartition("/")
    parts = [kind.lower(), *([group.partition(".")[0]] if group else []), number]
    contents = json.loads((schemas(version) / f"{'-'.join(parts)}.json").read_text())
    return jsonschema_rs.validator_for(
        contents, registry=definitions(version), base_uri="json-schema:///", validate_formats=False
    )


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("place", PLACES)
def test_kubernetes_takes_every_object_of_its_own(place: str, version: str) -> None:
    faults = [
        f"{found['kind']} {name(found)}: {error.instance_path} {error.message}"
        for found in built(place)
        if found["apiVersion"] not in custom.GROUPS
        for error in validator(version, found["apiVersion"], found["kind"]).iter_errors(found)
    ]
    assert faults == []


@pytest.mark.parametrize("place", PLACES)
def test_operators_take_every_object_that_is_theirs(place: str) -> None:
    assert [fault for found in built(place) for fault in custom.faults(found)] == []


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        ({"kind": "Permission", "spec": {"vhots": "hub120"}}, "vhots"),
        ({"kind": "Permission", "spec": {"rabbitmqClusterReference": {"name": "broker"}}}, "vhost"),
        ({"kind": "Permissoin", "spec": {}}, "unknown"),
    ],
)
def test_what_is_misspelt_or_missing_is_found(spoilt: Object, fault: str) -> None:
    found = {"apiVersion": "rabbitmq.com/v1beta1", "metadata": {"name": "x"}, **spoilt}
    assert any(fault in told for told in custom.faults(found))
    wrong = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"prots": []}}
    assert not validator(VERSIONS[0], "v1", "Service").is_valid(wrong)
