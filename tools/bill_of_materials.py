"""What a running Växel is made of, as CycloneDX: every library of the lock files, of one version, known by its hash.

    python tools/bill_of_materials.py FILE

Reads the lock files alone, so it needs no network: what they say is what is installed.
"""

import json
import re
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT: Final = Path(__file__).parents[1]
_PINNED: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
_ALGORITHMS: Final = {"sha512": HashAlgorithm.SHA_512, "sha1": HashAlgorithm.SHA_1}
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill_of_materials() -> Bom:
    """All that runs: what only builds and tests is left out."""
    own = Component(name="vaxel", type=ComponentType.APPLICATION, bom_ref="vaxel")
    bom = Bom(components=[*python_libraries(), *browser_libraries()])
    bom.metadata.component = own
    bom.register_dependency(own, bom.components)
    return bom


def python_libraries() -> Iterator[Component]:
    """Each with the hashes of all its files, one for each platform."""
    for entry in (ROOT / "requirements.lock").read_text().replace("\\\n", " ").splitlines():
        if pinned := _PINNED.match(entry):
            hashes = [HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in _HASH.findall(entry)]
            yield _library("pypi", pinned["name"].lower(), pinned["version"], hashes)


def browser_libraries() -> Iterator[Component]:
    """What the front-end build puts into our scripts and styles."""
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"]
    for place, package in packages.items():
        if place and not package.get("dev"):
            name = place.rpartition("node_modules/")[2]
            yield _library("npm", name, package["version"], [_from_npm(package["integrity"])])


def _from_npm(integrity: str) -> HashType:
    """In base64 there, in hexadecimal digits here."""
    algorithm, _, digest = integrity.partition("-")
    return HashType(alg=_ALGORITHMS[algorithm], content=b64decode(digest).hex())


def _library(kind: str, name: str, version: str, hashes: list[HashType]) -> Component:
    group, _, short = name.rpartition("/")
    address = PackageURL(type=kind, namespace=group or None, name=short, version=version)
    return Component(
        name=short, group=group or None, version=version, purl=address, bom_ref=str(address), hashes=hashes
    )


def main() -> None:
    """Write it to the file that is named."""
    written = JsonV1Dot6(bill_of_materials()).output_as_string(indent=2)
    Path(sys.argv[1]).write_text(f"{written}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
