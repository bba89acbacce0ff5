"""Writes down what is installed beside this Python, as a CycloneDX bill of materials: ``python deploy/sbom.py FILE``.

The same packages give the same file, so it holds no time and no serial number.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path


def component(found: Distribution) -> dict[str, object]:
    """One package, by the name its index knows it by."""
    name = found.metadata["Name"].lower().replace("_", "-").replace(".", "-")
    licence = next(iter(found.metadata.get_all("License-Expression") or ()), "")
    return {
        "type": "library",
        "name": name,
        "version": found.version,
        "purl": f"pkg:pypi/{name}@{found.version}",
        **({"licenses": [{"expression": licence}]} if licence else {}),
    }


def bill() -> dict[str, object]:
    """Everything, by name."""
    components = sorted((component(found) for found in distributions()), key=lambda one: str(one["name"]))
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(bill(), indent=1) + "\n")
