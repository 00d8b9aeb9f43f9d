#!/usr/bin/env bash
# Installs the Debian packages that the tests use: a headless browser, fonts, the venv module, and
# tesseract, without which scanned documents stay unread (the workbench needs none of the others).
# Called by "make test"; safe to run again.
set -euo pipefail
packages=(chromium fonts-liberation fonts-dejavu-core poppler-utils tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd)
command -v python3.11 >/dev/null && ! python3.11 -c 'import ensurepip' 2>/dev/null && packages+=(python3.11-venv)
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
