#!/usr/bin/env python3
"""Writes the licences of all that is in a program: `licences.py TARGET FILE`, each text once, with the crates under it.

Crates are read where cargo keeps them. Needs Python 3.8 and cargo.
"""

import json
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
NAMES = ("license", "licence", "copying", "copyright", "notice", "unlicense")
LIBC = """The program for Linux also holds parts of the GNU C Library, which is under the GNU Lesser General Public License, version
2.1 or later. To link the program with another version of that library, run .ci/release/build in the source of clausebook.
"""


def main():
    target, out = sys.argv[1:]
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=TOP).stdout)
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    held, rest = set(), [root]
    while rest:
        one = rest.pop()
        if one not in held:
            held.add(one)
            rest += [dep["pkg"] for dep in nodes[one]["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])]
    texts, bare = {}, []
    for package in sorted((p for p in metadata["packages"] if p["id"] in held - {root}), key=lambda p: p["name"]):
        folder = pathlib.Path(package["manifest_path"]).parent
        found = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name.lower().startswith(NAMES)]
        name = f"{package['name']} {package['version']} ({package['license']})"
        for path in found:
            text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()
            texts.setdefault(text, []).append(f"{name}: {path.name}")
        if not found:
            bare.append(name)
    line = "=" * 78
    parts = ["clausebook is under the MIT licence, in LICENSE. It holds the work of others, under these licences.\n"]
    if "-linux-" in target:
        parts.append(LIBC)
    if bare:
        parts.append("These crates name a licence and have no text of it with them:\n\n" + "\n".join(bare) + "\n")
    for text, crates in texts.items():
        parts.append(f"{line}\n" + "\n".join(crates) + f"\n{line}\n\n{text}\n")
    pathlib.Path(out).write_bytes("\n".join(parts).encode())
    print(f"{out}: {len(held) - 1} crates, {len(texts)} texts")


main()
