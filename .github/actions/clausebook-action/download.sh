#!/usr/bin/env bash
# Downloads a release and checks it: `download.sh VERSION FOLDER` puts the program into FOLDER. `DOWNLOADS` is the address of the
# releases; without it, that of REPOSITORY on its forge. Where `gh` is there, the record of origin is checked as well.
set -euo pipefail
version=${1:?usage: download.sh VERSION FOLDER} folder=${2:?}
version=${version#v}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || {
    echo "error: \`$version\` is not a version" >&2
    echo "help: name the action by a tag such as @v0.2.0, or give it \`version: 0.2.0\`" >&2
    exit 2
}
case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) system=linux-x86_64 ending=tar.gz ;;
    Linux-aarch64) system=linux-aarch64 ending=tar.gz ;;
    Darwin-x86_64) system=macos-x86_64 ending=tar.gz ;;
    Darwin-arm64) system=macos-aarch64 ending=tar.gz ;;
    MINGW*-x86_64 | MSYS*-x86_64) system=windows-x86_64 ending=zip ;;
    *) echo "error: there is no release for $(uname -sm)" >&2; exit 2 ;;
esac
name=clausebook-$version-$system
from=${DOWNLOADS:-${GITHUB_SERVER_URL:-https://github.com}/${REPOSITORY:?}/releases/download/v$version}
mkdir -p "$folder"
cd "$folder"
for file in "$name.$ending" SHA256SUMS; do
    curl --fail --silent --show-error --location --retry 3 --output "$file" "$from/$file"
done
sum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi; }
expected=$(awk -v name="$name.$ending" '$2 == name { print $1 }' SHA256SUMS)
found=$(sum "$name.$ending" | cut -d ' ' -f 1)
if [ -z "$expected" ] || [ "$expected" != "$found" ]; then
    echo "error: $name.$ending is not what SHA256SUMS says" >&2
    exit 1
fi
if [ -n "${GITHUB_ACTIONS:-}" ]; then
    gh attestation verify "$name.$ending" --repo "${REPOSITORY:?}"
fi
if [ "$ending" = zip ]; then unzip -q -o "$name.zip"; else tar -xzf "$name.tar.gz"; fi
mv "$name"/clausebook* . 2>/dev/null || mv "$name/clausebook" .
./clausebook --version
