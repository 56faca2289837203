#!/bin/sh
# Builds the programs that tests compare us with: every Go module in this folder, and every line "NAME PATH@VERSION" of
# tools.txt. They go to a cache folder under a name that holds the hash of their sources; what is there is not built again.
# Prints one line per program. Needs Go and its module proxy. packages/testkit/src/oracle.ts finds them by the same names.
set -eu
LC_ALL=C
export LC_ALL CGO_ENABLED=0
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/pullpath-oracles
# The tags of containers/image without its C libraries; other modules have none of these names.
tags=containers_image_openpgp,exclude_graphdriver_btrfs,containers_image_storage_stub
mkdir -p "$cache"

hash_of() { sha256sum | cut -c1-16; }

# A half-written program must never be found: build beside, then rename.
for mod in "$here"/*/go.mod; do
  module=$(basename "$(dirname "$mod")")
  cd "$here/$module"
  # A module may name further linker flags, e.g. the version that a program says it is.
  ldflags=
  [ ! -f ldflags ] || ldflags=$(cat ldflags)
  # ... or be the build of another module's program, which "go install" refuses because of its replacements.
  package=.
  [ ! -f package ] || package=$(cat package)
  target=$cache/$module-$({ cat go.mod go.sum ./*.go; for file in ldflags package; do [ ! -f $file ] || cat $file; done; } | hash_of)
  if [ ! -x "$target" ]; then
    go build -trimpath -ldflags "-s -w $ldflags" -tags "$tags" -o "$target.$$" "$package"
    mv "$target.$$" "$target"
  fi
  echo "$target"
done

cd "$here"
while read -r name package; do
  [ -n "$name" ] || continue
  target=$cache/$name-$(printf '%s' "$package" | hash_of)
  if [ ! -x "$target" ]; then
    GOBIN=$cache/install.$$ go install -trimpath "$package"
    mv "$cache/install.$$"/* "$target"
    rmdir "$cache/install.$$"
  fi
  echo "$target"
done <tools.txt
