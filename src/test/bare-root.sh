#!/usr/bin/env bash
# A root folder for chroot with a shell, a handful of coreutils and the C and C++ libraries of this machine: neither Java nor Go, Maven or a compiler.
#
#   bare-root.sh make FOLDER             makes it
#   bare-root.sh run FOLDER COMMAND...   runs a command in it as user 1000, in namespaces of its own
set -euo pipefail

make_root() {
  local program file root="$1"
  mkdir -p "$root"/{bin,usr/bin,etc,dev,proc,home/user}
  mkdir -m 1777 "$root/tmp"
  for program in bash sh env cat ls dirname readlink awk; do
    file="$(readlink -f "$(command -v "$program")")"
    cp "$file" "$root/bin/$program"
    ldd "$file" | grep -o '/[^ ]*\.so[^ ]*' | while read -r file; do put "$root" "$file"; done
  done
  for program in libdl.so.2 libpthread.so.0 librt.so.1 libm.so.6 libc.so.6 libstdc++.so.6 libgcc_s.so.1; do
    ldconfig -p | sed -n "s|.*$program (libc6,x86-64.*=> ||p" | head -n 1 | while read -r file; do put "$root" "$file"; done
  done
  ln -s ../../bin/env "$root/usr/bin/env"
  printf 'root:x:0:0::/:/bin/sh\nuser:x:1000:1000::/home/user:/bin/bash\n' >"$root/etc/passwd"
  printf 'root:x:0:\nuser:x:1000:\n' >"$root/etc/group"
  printf '127.0.0.1 localhost\n' >"$root/etc/hosts"
  chown 1000:1000 "$root/home/user"
}

put() { # root, file
  mkdir -p "$1$(dirname "$2")"
  cp -n -L "$2" "$1$2"
}

run_in() {
  local root="$1"
  shift
  # shellcheck disable=SC2016 # expanded by the inner shell
  exec unshare -m -p -f --kill-child bash -euc \
    'root="$1"; shift; mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"; exec chroot --userspec=1000:1000 "$root" /bin/env -i HOME=/home/user PATH=/bin bash -c "cd; exec \"\$@\"" bash "$@"' \
    bash "$root" "$@"
}

case "${1:-}" in
  make) make_root "$2" ;;
  run) shift; run_in "$@" ;;
  *) echo 'usage: bare-root.sh make FOLDER | run FOLDER COMMAND...' >&2; exit 2 ;;
esac
