#!/usr/bin/env bash
# The S3 server that tests run against (Apache-2.0): built with Go where there is one, once. Without it, its tests
# are left out and say so.
set -euo pipefail
version=v1.8.0
time_limit=300
command -v versitygw >/dev/null 2>&1 && exit 0
[ -x "$HOME/go/bin/versitygw" ] && exit 0
if ! command -v go >/dev/null 2>&1; then
  echo "No Go here: tests of the S3 adapter will be left out." >&2
  exit 0
fi
# What a build says is of interest only when it fails.
said="$(mktemp)"
trap 'rm -f "$said"' EXIT
if ! GOBIN="$HOME/go/bin" GOFLAGS=-mod=mod timeout "$time_limit" \
  go install "github.com/versity/versitygw/cmd/versitygw@$version" >"$said" 2>&1; then
  tail -n 3 "$said" >&2
  echo "versitygw $version could not be built: tests of the S3 adapter will be left out." >&2
fi
