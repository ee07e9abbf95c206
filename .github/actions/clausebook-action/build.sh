#!/usr/bin/env bash
# Builds a site with the clausebook of the PATH: SITE into OUTPUT, at BASE_URL if that is given, and stops at warnings if DENY is
# `true`. Errors and warnings are also shown beside their lines, where the forge knows how.
set -euo pipefail
arguments=("${SITE:?}" --output "${OUTPUT:?}" --format short)
[ -z "${BASE_URL:-}" ] || arguments+=(--base-url "$BASE_URL")
[ "${DENY:-true}" != true ] || arguments+=(--deny warnings)
status=0
said=$(clausebook build "${arguments[@]}") || status=$?
[ -z "$said" ] || echo "$said"
if [ -n "${GITHUB_ACTIONS:-}" ] && [ -n "$said" ]; then
    # `path:line:column: severity[code]: message`
    sed -nE 's/^([^:]+):([0-9]+):([0-9]+): (error|warning)\[([^]]+)\]: (.*)$/::\4 file=\1,line=\2,col=\3,title=\5::\6/p' <<<"$said"
fi
exit "$status"
