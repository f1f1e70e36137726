#!/usr/bin/env bash
# Runs the steps of the Dockerfile's first stage in a folder of its own, with the paths of that folder.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
cd "$work/src"

steps=$(sed -n '/^FROM .* AS builder$/,/^FROM /p' "$root/Dockerfile" | grep -E '^(COPY|RUN) ')
while IFS= read -r step; do
  case $step in
    "COPY "*)
      read -ra words <<<"${step#COPY }"
      target=${words[-1]}
      for one in "${words[@]::${#words[@]}-1}"; do cp -r "$root/$one" "$target"; done ;;
    "RUN "*)
      echo "+ ${step#RUN }"
      bash -euo pipefail -c "$(sed "s#/venv#$work/venv#g" <<<"${step#RUN }")" ;;
  esac
done <<<"$steps"
"$work/venv/bin/python" -c "
from redactor.policy.loader import bundled
print('pack found in the wheel:', bundled().id)"
