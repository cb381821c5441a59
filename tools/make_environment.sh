#!/bin/sh
# Make the virtual environment .venv, or say in one sentence what is missing.
set -eu
python="$1"

fail() { printf 'vaxel: %s\n' "$1" >&2; exit 1; }

[ -n "$python" ] || fail "Python 3.11 or later is missing. On Debian: apt-get install python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "Python 3.11 or later is needed, and $python is older. Name another one with: make PYTHON=/path/to/python3.11 …"

if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  "$python" -m venv .venv
  exit 0
fi
# Debian keeps ensurepip in a package of its own.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's python3-venv, which makes virtual environments …"
  { apt-get install -qq -y python3-venv || { apt-get update -qq && apt-get install -qq -y python3-venv; }; } >/dev/null ||
    fail "python3-venv could not be installed. Install it by hand: apt-get install python3-venv"
  exec "$python" -m venv .venv
fi
fail "Python's venv module is missing. Install it and start again: sudo apt-get install python3-venv"
