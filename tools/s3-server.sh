#!/usr/bin/env bash
# The S3 server that tests run against (Apache-2.0): built with Go where there is one, once.
set -euo pipefail
version=v1.8.0
command -v versitygw >/dev/null 2>&1 && exit 0
[ -x "$HOME/go/bin/versitygw" ] && exit 0
if ! command -v go >/dev/null 2>&1; then
  echo "No Go here: tests of the S3 adapter and of separate processes will be left out." >&2
  exit 0
fi
GOBIN="$HOME/go/bin" GOFLAGS=-mod=mod go install "github.com/versity/versitygw/cmd/versitygw@$version"
