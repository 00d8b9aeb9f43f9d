#!/usr/bin/env bash
# Installs Debian packages: tesseract, without which scanned documents stay unread, and what only
# the tests use: a headless browser, fonts and the venv module. With the argument "tesseract" that
# alone. Called by "make demo" and "make test"; safe to run again.
set -euo pipefail
packages=(tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd)
if [ "${1:-}" != tesseract ]; then
    packages+=(chromium fonts-liberation fonts-dejavu-core poppler-utils)
    command -v python3.11 >/dev/null && ! python3.11 -c 'import ensurepip' 2>/dev/null && packages+=(python3.11-venv)
fi
if ! command -v apt-get >/dev/null; then
    echo "Please install first, by the names of your system: ${packages[*]}" >&2
    exit 1
fi
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Please install first: sudo apt-get install ${missing[*]}" >&2
    exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
