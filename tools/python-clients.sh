#!/usr/bin/env bash
# Installs the Python SDKs that the client tests run, each in an environment of its own; quick when they are there.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=.cache/python-clients
for version in 2.60.10 3.14.6 4.18.0; do
  [ -f "$folder/$version/.installed" ] && continue
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "langfuse==$version"
  touch "$folder/$version/.installed"
done
