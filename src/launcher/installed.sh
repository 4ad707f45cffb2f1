#!/usr/bin/env bash
# Bulwark, unpacked: starts a verb with the Java, the prover and the PostgreSQL that lie beside it. Of the machine it needs bash, coreutils and awk.
set -euo pipefail

root="$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)"
launcher="$root/share"
reference="$root/docs/reference/cli.md"
java="$root/runtime/bin/java"
# Classes as they are after loading and linking. A Java that cannot use them loads the jars, which takes longer and gives the same.
quiet_jvm=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC "-Xlog:aot*=off" "-Xlog:cds*=off"
  "-Dbulwark.native=$root/native" "-Djna.boot.library.path=$root/native")

say() { printf '%s\n' "$*" >&2; }

usage() {
  cat <<'TEXT'
Bulwark: a multi-protocol clearing house whose margin is one integer: computed, stored and proved.

  ./bulwark demo                     starts everything embedded, runs the main job, keeps serving
  ./bulwark run                      serves the house as the last run left it
  ./bulwark account|epoch|fund|venue what the house knows of them: margin, replay, defaults, polling
  ./bulwark proof|chain              proofs made and judged; the registry on a chain
  ./bulwark verify FILE              judges a proof, a book or margin proofs from files alone
  ./bulwark research                 backtests and calibrations
  ./bulwark help verbs               every verb in a line; help GROUP VERB, or --help behind it: what it takes and gives
  ./bulwark completion bash|zsh      words to complete: source <(./bulwark completion bash)
TEXT
}

# shellcheck source=src/launcher/help.sh
source "$launcher/help.sh"

program() { # jar, options of the JVM, then --, then the verb and its arguments
  local jar="$root/program/$1" options=()
  shift
  while [[ "$1" != "--" ]]; do options+=("$1"); shift; done
  shift
  exec "$java" "${quiet_jvm[@]}" "${options[@]}" -jar "$jar" "$@"
}

loaded() { # which: the option for classes as they are after loading
  [[ "${BULWARK_AOT:-on}" == off || ! -f "$root/share/$1.aot" ]] || printf '%s\n' "-XX:AOTCache=$root/share/$1.aot"
}

main() {
  local verb="${1:-help}" words
  case "$verb" in
    --help | -h) usage; return ;;
    help)
      shift || true
      if [[ $# -eq 0 ]]; then usage; else help_of "$@"; fi
      return
      ;;
    completion) shift; [[ $# -eq 1 ]] || refuse "completion takes bash or zsh"; print_completion "$1" ""; return ;;
    dev | test | bench | package | record) refuse "$verb is for the sources; this is Bulwark as it is installed" ;;
  esac
  if asks_for_help "$@"; then
    mapfile -t words < <(words_of "$@")
    help_of "${words[@]}"
    return
  fi
  # The compiler of contracts is not in the archive: its packages are fetched there, by npm ci --ignore-scripts.
  export BULWARK_CONTRACTS="${BULWARK_CONTRACTS:-$root/contracts}"
  case "$verb" in
    research | calibrate | backtest | surface | forecast | wall) program research.jar -XX:TieredStopAtLevel=1 -- "$@" ;;
    conformance) program conformance.jar -XX:TieredStopAtLevel=1 -- "$@" ;;
    verify) mapfile -t words < <(loaded verbs); program bulwark.jar "${words[@]}" -XX:TieredStopAtLevel=1 -- "$@" ;;
    demo | run) program bulwark.jar -- "$@" ;;
    *) program bulwark.jar -XX:TieredStopAtLevel=1 -- "$@" ;;
  esac
}

main "$@"
