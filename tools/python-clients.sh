#!/usr/bin/env bash
# Installs the Python clients that the client tests run, each in an environment of its own; quick when they are there.
# Beside the tests, environments/NAME.txt says what is asked for and NAME.lock every package that follows from it, so
# that the same ones are installed everywhere. `tools/python-clients.sh lock` writes the locks anew.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=.cache/python-clients
asked=apps/tracewell/src/clients/python/environments
uv_version=0.13.9
uv="$folder/uv-$uv_version/bin/uv"
export UV_CACHE_DIR="$folder/packages" # On the disk of the environments, which then share their files.

if [ ! -x "$uv" ]; then
  python3 -m venv "$folder/uv-$uv_version"
  "$folder/uv-$uv_version/bin/pip" install --quiet --disable-pip-version-check "uv==$uv_version"
fi

install_environment() {
  local name=$1
  cmp -s "$asked/$name.lock" "$folder/$name/.installed" && return
  rm -rf "${folder:?}/$name"
  "$uv" venv --quiet --python python3 "$folder/$name"
  "$uv" pip install --quiet --python "$folder/$name/bin/python" --only-binary :all: --no-deps --compile-bytecode \
    -r "$asked/$name.lock"
  cp "$asked/$name.lock" "$folder/$name/.installed"
}

for file in "$asked"/*.txt; do
  name=$(basename "$file" .txt)
  if [ "${1:-}" = lock ]; then
    "$uv" pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header "$file" -o "$asked/$name.lock"
  else
    install_environment "$name"
  fi
done
