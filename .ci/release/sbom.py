#!/usr/bin/env python3
"""Lists the crates of a program in the form of CycloneDX 1.5: `sbom.py TARGET FILE`, the same bytes each time.

Those of tests alone are left out. Needs Python 3.8 and cargo.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import uuid

TOP = pathlib.Path(__file__).resolve().parents[2]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=TOP).stdout


def checksums():
    """The checksum of each crate, as Cargo.lock has it."""
    found, name, version = {}, "", ""
    for line in (TOP / "Cargo.lock").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(" = ")
        value = value.strip('"')
        if key == "name":
            name = value
        elif key == "version":
            version = value
        elif key == "checksum":
            found[name, version] = value
    return found


def tools():
    """The programs that the same bytes need: each with the first line that it says of its version."""
    found = []
    for name in ("rustc", "cc", "ld"):
        try:
            version = run(name, "--version").splitlines()[0]
        except (OSError, subprocess.CalledProcessError, IndexError):
            continue
        found.append({"name": f"clausebook:{name}", "value": version})
    return found


def main():
    target, out = sys.argv[1:]
    command = ("cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target)
    metadata = json.loads(run(*command))
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    packages = {package["id"]: package for package in metadata["packages"]}
    root, sums = metadata["resolve"]["root"], checksums()
    needs, next_ones = {}, [root]
    while next_ones:
        one = next_ones.pop()
        if one not in needs:
            deps = nodes[one]["deps"]
            needs[one] = [dep["pkg"] for dep in deps if any(kind["kind"] != "dev" for kind in dep["dep_kinds"])]
            next_ones += needs[one]

    def purl(one):
        return f"pkg:cargo/{packages[one]['name']}@{packages[one]['version']}"

    def component(one):
        package = packages[one]
        described = {
            "type": "application" if one == root else "library",
            "bom-ref": purl(one),
            "name": package["name"],
            "version": package["version"],
            "purl": purl(one),
        }
        if package["license"]:
            described["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
        checksum = sums.get((package["name"], package["version"]))
        if checksum:
            described["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        return described

    day = int(os.environ.get("SOURCE_DATE_EPOCH") or run("git", "log", "-1", "--format=%ct"))
    crates = sorted((one for one in needs if one != root), key=purl)
    body = {
        "metadata": {
            "timestamp": datetime.datetime.fromtimestamp(day, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": component(root),
            "properties": [{"name": "cargo:target", "value": target}, *tools()],
        },
        "components": [component(one) for one in crates],
        "dependencies": [
            {"ref": purl(one), "dependsOn": sorted({purl(other) for other in needs[one]})} for one in [root, *crates]
        ],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{number}", "version": 1}
    pathlib.Path(out).write_text(json.dumps({**head, **body}, indent=1) + "\n", encoding="utf-8")
    print(f"{out}: {len(crates)} crates")


main()
