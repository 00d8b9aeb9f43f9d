#!/usr/bin/env bash
# Takes the README's pictures of a report in headless Chromium:
#   scripts/pictures.sh demo-workspace/reports/thematic-review
set -euo pipefail
report=$(realpath "$1")
images="$(cd "$(dirname "$0")/.." && pwd)/docs/images"
mkdir -p "$images"
shoot() { # page, file name, width, height
    local profile
    profile=$(mktemp -d)
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --hide-scrollbars --user-data-dir="$profile" --window-size="$3,$4" \
        --screenshot="$images/$2" "file://$report/$1" >/dev/null 2>&1
    rm -rf "$profile"
}
# The first passage that makes a person's drinking present: a number's second click.
passage=$(grep -oh 'href="\.\./pages/[^"]*"' "$report/factors/alcohol_misuse.html" | head -n 1 | sed 's/href="\.\.\///; s/"//')
shoot index.html report-summary.png 1280 1250
shoot factors/alcohol_misuse.html report-factor.png 1280 1250
shoot "$passage" report-page.png 1280 1400
shoot co-occurrence.html report-co-occurrence.png 1280 1400
