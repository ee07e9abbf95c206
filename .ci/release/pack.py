#!/usr/bin/env python3
"""Packs a program into the files of a release, the same bytes each time.

    pack.py PROGRAM SYSTEM OUT [--runs PROGRAM]

SYSTEM is one of those below. The program itself is run for its pages, its completions and the manual; where it is of
another system, `--runs` names one that runs here. Needs Python 3.8; for a .deb also `dpkg-deb`.
"""

import argparse
import base64
import gzip
import hashlib
import io
import json
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

TOP = pathlib.Path(__file__).resolve().parents[2]

# The name of a system: the tag of its wheel, the `os` and `cpu` of npm, the architecture of Debian, the target of Rust.
SYSTEMS = {
    # A static program runs under either library of C.
    "linux-x86_64": (
        "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
        "linux",
        "x64",
        "amd64",
        "x86_64-unknown-linux-gnu",
    ),
    "linux-aarch64": (
        "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
        "linux",
        "arm64",
        "arm64",
        "aarch64-unknown-linux-gnu",
    ),
    "macos-x86_64": ("macosx_11_0_x86_64", "darwin", "x64", None, "x86_64-apple-darwin"),
    "macos-aarch64": ("macosx_11_0_arm64", "darwin", "arm64", None, "aarch64-apple-darwin"),
    "windows-x86_64": ("win_amd64", "win32", "x64", None, "x86_64-pc-windows-msvc"),
}
SUMMARY = "A static site generator for guidance that people cite by clause"
# The forge says where it is; whoever releases by hand may leave both out.
HOMEPAGE = os.environ.get("CLAUSEBOOK_HOMEPAGE", "")
MAINTAINER = os.environ.get("CLAUSEBOOK_MAINTAINER", "The maintainers of clausebook <maintainers@clausebook.invalid>")


def git(*arguments):
    return subprocess.run(["git", "-C", str(TOP), *arguments], check=True, capture_output=True, text=True).stdout.strip()


def version():
    lines = (TOP / "Cargo.toml").read_text(encoding="utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version = "))


def epoch():
    """The day of the files in a release: that of the commit."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or git("log", "-1", "--format=%ct"))


def tar(path, files):
    """Writes a tar.gz of (name, bytes, is it a program), whose bytes follow from these alone."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data, runs in files:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(data), 0o755 if runs else 0o644, epoch()
            archive.addfile(entry, io.BytesIO(data))
    with open(path, "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(held.getvalue())


def zipped(path, files):
    """Writes a zip of (name, bytes, is it a program), likewise."""
    # A zip knows no day before 1980.
    stamp = time.gmtime(max(epoch(), 315532800))[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data, runs in files:
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | (0o755 if runs else 0o644)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


def texts():
    """What goes with every form of the program."""
    return [(name, (TOP / name).read_bytes(), False) for name in ("CHANGELOG.md", "LICENSE", "README.md")]


def licences(system):
    """The licences of all that is in the program."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "licences.txt"
        script = pathlib.Path(__file__).parent / "licences.py"
        subprocess.run([sys.executable, script, SYSTEMS[system][4], path], check=True, stdout=subprocess.DEVNULL)
        return path.read_bytes()


def extras(program, folder):
    """Runs the program for its pages, its completions and the manual as a site."""
    folder = pathlib.Path(folder)
    (folder / "man").mkdir(parents=True)
    subprocess.run([program, "man", folder / "man"], check=True)
    for shell in ("bash", "zsh", "fish", "powershell", "elvish"):
        script = subprocess.run([program, "completions", shell], check=True, capture_output=True).stdout
        (folder / f"clausebook.{shell}").write_bytes(script)
    shutil.copytree(TOP / ".ci/release/manual", folder / "texts")
    shutil.copytree(TOP / "content/manual", folder / "texts", dirs_exist_ok=True)
    command = [program, "build", folder / "texts", "--output", folder / "manual", "--deny", "warnings", "-q"]
    subprocess.run(command, check=True)
    return folder


def manual(made):
    """The manual as a site: (name, bytes)."""
    files = sorted(path for path in (made / "manual").rglob("*") if path.is_file())
    return [(path.relative_to(made).as_posix(), path.read_bytes()) for path in files]


def wheel(program, exe, system, made, out, notices):
    tag, name = SYSTEMS[system][0], f"clausebook-{version()}"
    info = f"{name}.dist-info"
    metadata = [
        "Metadata-Version: 2.1",
        "Name: clausebook",
        f"Version: {version()}",
        f"Summary: {SUMMARY}",
        "License: MIT",
        *([f"Project-URL: Source, {HOMEPAGE}"] if HOMEPAGE else []),
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown",
        "",
        (TOP / "README.md").read_text(encoding="utf-8"),
    ]
    tags = "".join(f"Tag: py3-none-{one}\n" for one in tag.split("."))
    described = f"Wheel-Version: 1.0\nGenerator: clausebook\nRoot-Is-Purelib: false\n{tags}"
    files = [
        (f"{name}.data/scripts/{exe}", program.read_bytes(), True),
        *((f"{name}.data/data/share/doc/clausebook/{path}", data, False) for path, data in manual(made)),
        (f"{info}/METADATA", "\n".join(metadata).encode(), False),
        (f"{info}/WHEEL", described.encode(), False),
        (f"{info}/licenses/LICENSE", (TOP / "LICENSE").read_bytes(), False),
        (f"{info}/licenses/LICENCES.txt", notices, False),
    ]
    rows = []
    for path, data, _ in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        rows.append(f"{path},sha256={digest},{len(data)}\n")
    files.append((f"{info}/RECORD", ("".join(rows) + f"{info}/RECORD,,\n").encode(), False))
    zipped(out / f"{name}-py3-none-{tag}.whl", files)


def package(name, **more):
    described = {"name": name, "version": version(), "description": SUMMARY, "license": "MIT"}
    if HOMEPAGE:
        described["homepage"] = HOMEPAGE
    return (json.dumps({**described, **more}, indent=2) + "\n").encode()


def npm(program, exe, system, made, out, notices):
    """Two packages: the program of one system, and the command, which asks for that of each system."""
    _, os_name, cpu, _, _ = SYSTEMS[system]
    name = f"clausebook-{os_name}-{cpu}"
    held = [
        ("package/package.json", package(name, os=[os_name], cpu=[cpu], preferUnplugged=True), False),
        (f"package/{exe}", program.read_bytes(), True),
        ("package/LICENSE", (TOP / "LICENSE").read_bytes(), False),
        ("package/LICENCES.txt", notices, False),
    ]
    tar(out / f"{name}-{version()}.tgz", held)
    all_of_them = {f"clausebook-{os_name}-{cpu}": version() for _, os_name, cpu, _, _ in SYSTEMS.values()}
    command = package(
        "clausebook", bin={"clausebook": "clausebook.js"}, engines={"node": ">=18"}, optionalDependencies=all_of_them
    )
    launcher = (pathlib.Path(__file__).parent / "clausebook.js").read_bytes()
    held = [("package/package.json", command, False), ("package/clausebook.js", launcher, True)]
    held += [(f"package/{name}", data, False) for name, data, _ in texts()]
    held += [(f"package/{path}", data, False) for path, data in manual(made)]
    tar(out / f"clausebook-{version()}.tgz", held)


def deb(program, system, made, out, notices):
    architecture = SYSTEMS[system][3]
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        doc = root / "usr/share/doc/clausebook"

        def put(path, data, mode=0o644):
            path = root / path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(mode)

        put("usr/bin/clausebook", program.read_bytes(), 0o755)
        for page in sorted((made / "man").iterdir()):
            put(f"usr/share/man/man1/{page.name}.gz", gzip.compress(page.read_bytes(), 9, mtime=0))
        put("usr/share/bash-completion/completions/clausebook", (made / "clausebook.bash").read_bytes())
        put("usr/share/zsh/vendor-completions/_clausebook", (made / "clausebook.zsh").read_bytes())
        put("usr/share/fish/vendor_completions.d/clausebook.fish", (made / "clausebook.fish").read_bytes())
        shutil.copytree(made / "manual", doc / "manual")
        put("usr/share/doc/clausebook/copyright", (TOP / "LICENSE").read_bytes() + b"\n" + notices)
        put("usr/share/doc/clausebook/changelog.gz", gzip.compress((TOP / "CHANGELOG.md").read_bytes(), 9, mtime=0))
        for path in root.rglob("*"):
            path.chmod(0o755 if path.is_dir() or path == root / "usr/bin/clausebook" else 0o644)
        size = sum(-(-path.stat().st_size // 1024) for path in root.rglob("*") if path.is_file())
        control = [
            "Package: clausebook",
            f"Version: {version()}",
            f"Architecture: {architecture}",
            f"Maintainer: {MAINTAINER}",
            f"Installed-Size: {size}",
            "Suggests: poppler-utils",
            "Section: web",
            "Priority: optional",
            *([f"Homepage: {HOMEPAGE}"] if HOMEPAGE else []),
            f"Description: {SUMMARY}",
            " Every numbered paragraph of a paper gets its own link, page and citation.",
            " The site is a folder that needs no server, and a ledger keeps its addresses.",
        ]
        put("DEBIAN/control", ("\n".join(control) + "\n").encode())
        sums = sorted(path for path in root.rglob("*") if path.is_file() and "DEBIAN" not in path.parts)
        lines = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in sums]
        put("DEBIAN/md5sums", "".join(lines).encode())
        (root / "DEBIAN").chmod(0o755)
        root.chmod(0o755)
        target = out / f"clausebook_{version()}_{architecture}.deb"
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--threads-max=1", "--build", str(root), str(target)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch())}
        # Every file has the day of the commit, also those that are older.
        for path in root.rglob("*"):
            os.utime(path, (epoch(), epoch()), follow_symlinks=False)
        os.utime(root, (epoch(), epoch()))
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--runs", type=pathlib.Path)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    program, exe = asked.program.resolve(), asked.program.name
    runs = (asked.runs or asked.program).resolve()
    told = subprocess.run([runs, "--version"], check=True, capture_output=True, text=True).stdout
    if told.split()[1] != version():
        sys.exit(f"{runs} is {told.strip()}, and Cargo.toml says {version()}")
    with tempfile.TemporaryDirectory() as folder:
        made = extras(runs, pathlib.Path(folder) / "made")
        name = f"clausebook-{version()}-{asked.system}"
        held = [(f"{name}/{exe}", program.read_bytes(), True)]
        held += [(f"{name}/{path}", data, False) for path, data, _ in texts()]
        notices = licences(asked.system)
        held.append((f"{name}/LICENCES.txt", notices, False))
        for path in sorted(made.glob("clausebook.*")):
            held.append((f"{name}/completions/{path.name}", path.read_bytes(), False))
        for path in sorted((made / "man").iterdir()):
            held.append((f"{name}/man/{path.name}", path.read_bytes(), False))
        held += [(f"{name}/{path}", data, False) for path, data in manual(made)]
        if asked.system.startswith("windows"):
            zipped(asked.out / f"{name}.zip", held)
        else:
            tar(asked.out / f"{name}.tar.gz", held)
        wheel(program, exe, asked.system, made, asked.out, notices)
        npm(program, exe, asked.system, made, asked.out, notices)
        if SYSTEMS[asked.system][3]:
            if shutil.which("dpkg-deb"):
                deb(program, asked.system, made, asked.out, notices)
            else:
                sys.exit("dpkg-deb is missing: no .deb was made")
    for path in sorted(asked.out.iterdir()):
        print(path)


main()
