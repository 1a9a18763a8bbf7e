#!/bin/bash
# runc for a machine that lacks CAP_SYS_RESOURCE: a privileged container asks for every
# capability and for negative OOM scores, which such a machine can't give ("unable to apply
# caps: operation not permitted"). Both are taken out of what runc is asked for; all else is runc.
set -euo pipefail

for ((i = 1; i < $#; i++)); do
  next=$((i + 1))
  case "${!i}" in
    --bundle) spec="${!next}/config.json" process=.process ;;
    --process) spec="${!next}" process=. ;;
  esac
done

if [[ -f "${spec:-}" ]]; then
  jq "$process |= (
        if .capabilities then .capabilities |= map_values(map(select(. != \"CAP_SYS_RESOURCE\"))) else . end
        | if (.oomScoreAdj // 0) < 0 then .oomScoreAdj = 0 else . end)" "$spec" >"$spec.mended"
  cat "$spec.mended" >"$spec"
  rm "$spec.mended"
fi
exec runc "$@"
