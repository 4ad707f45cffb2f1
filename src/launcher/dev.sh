# The developer's verbs of the launcher, which reads this file: one test, the tiers. Standard output belongs to the tests.

dev_usage() {
  cat <<'TEXT'
Bulwark, for who changes it:

  ./bulwark dev test MODULE CLASS[#METHOD]        one Java test class; an unchanged tree starts it without a build tool
  ./bulwark dev test circuits PACKAGE [PATTERN]   go test of one package, -run PATTERN
  ./bulwark dev fast                              what a change usually breaks: no server, key, node or browser; go test -short beside it
  ./bulwark test                                  everything that a commit waits for
  ./bulwark dev soak [MODULE CLASS[#METHOD]]      by night: the larger sizes, long parity, toolchains; or one class as the night runs it
  ./bulwark dev golden                            whether what nobody moves has moved: facts, snapshots, tables, margins, circuits, cases
  ./bulwark dev rooms --seed N                    twenty lines of the product among their neighbours, without their path; then where they stand
  ./bulwark dev reference [--breaking]            writes docs/reference from the code; what takes from the API's promise only if it is meant
  ./bulwark dev api [REVISION]                    the API's description linted, compared with what was promised, and every operation asked
  ./bulwark dev bench [WHAT]                      measures; conformance FILE…: reference cases in, computed against expected out
  ./bulwark dev record [PROTOCOL [FILE]]          records aave, lyra or perp again: real contracts on a local chain, asked by their adapter
  ./bulwark dev kills [--rounds N] [--seed N]     a house that serves, a child killed (-9) in each round (100): it answers again within 10 s
  ./bulwark dev mutants [CLASS…]                  mutation tests of ledger, intake, outbox and epoch rooms (src/launcher/mutants.properties)
  ./bulwark dev sbom                              what ships of others: CycloneDX, and docs/reference/third-party.md with its licences
  ./bulwark dev format                            formats the code, as the full tier checks it

A module is a folder of the root, or src/test for the house as a whole. CONTRIBUTING.md says which tier to run when.
TEXT
}

dev_test() { # MODULE CLASS[#METHOD], or circuits PACKAGE [PATTERN]
  local module="${1:-}"
  [[ -n "$module" ]] || refuse "dev test MODULE CLASS[#METHOD]: MODULE is missing; one of circuits $(all_modules | tr '\n' ' ')"
  if [[ "$module" == circuits ]]; then
    shift
    dev_test_go "$@"
    return
  fi
  all_modules | grep -qxF -- "$module" || refuse "no module $module: there are circuits $(all_modules | tr '\n' ' ')"
  dev_class test full "$@"
}

dev_class() { # verb, tier, MODULE, CLASS[#METHOD]
  local verb="$1" tier="$2" module="$3" class="${4:-}"
  all_modules | grep -qxF -- "$module" || refuse "no module $module: there are $(all_modules | tr '\n' ' ')"
  [[ -n "$class" ]] || refuse "dev $verb $module CLASS[#METHOD]: CLASS is missing"
  [[ $# -le 4 ]] || refuse "dev $verb takes one MODULE and one CLASS[#METHOD]; ${*:5} is too much"
  find_java
  if [[ "$module" == src/test ]]; then build_program api; fi # its journeys start the packaged program
  build_tests "$module"
  tests_over "$module" "$tier" ChosenTests "$class"
}

dev_test_go() { # PACKAGE [PATTERN]
  local package="${1:-}" pattern="${2:-}"
  [[ -n "$package" ]] || refuse "dev test circuits PACKAGE [PATTERN]: PACKAGE is missing, a folder of zk-prover/circuits"
  [[ -d "$root/zk-prover/circuits/$package" ]] || refuse "no package $package in zk-prover/circuits"
  [[ $# -le 2 ]] || refuse "dev test circuits takes one PACKAGE and one PATTERN; ${*:3} is too much"
  find_go
  cd -- "$root/zk-prover/circuits"
  exec go test -trimpath "./$package" ${pattern:+-run "$pattern"}
}

dev_fast() {
  [[ $# -eq 0 ]] || refuse "dev fast takes no arguments; have $*"
  run_fast
}

dev_soak() {
  if [[ $# -gt 0 ]]; then dev_class soak soak "$@"; else run_soak; fi
}

dev_rooms() { # --seed N
  local lines=20
  [[ $# -eq 2 && "$1" == --seed && "$2" =~ ^[0-9]{1,18}$ ]] || refuse "dev rooms takes --seed N, a whole number of at most 18 digits; have ${*:-nothing}"
  find_java
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 "$root/src/launcher/Rooms.java" "$root" "$2" "$lines"
}

# Every pinned number: classes and Go tests that are called golden, houses that seal recorded venues, vectors, and the reference cases where they lie.
dev_golden() {
  local status=0 test module
  [[ $# -eq 0 ]] || refuse "dev golden takes no arguments; have $*"
  find_java
  find_go
  build_tests protocol-adapters zk-prover conformance src/test
  while IFS= read -r test; do
    module="${test%%/java/*}"
    [[ "$module" == src/test ]] || module="${module%/src/test}"
    (tests_over "$module" full ChosenTests "$(basename -- "$test" .java)") >"$stamps/golden.log" 2>&1 || status=1
    tail -n 1 "$stamps/golden.log"
  done < <(cd -- "$root" && find . -path '*/target' -prune -o -name 'Golden*Test.java' -print -o -name 'AcrossVenuesJourneyTest.java' -print \
    -o -name 'ExchangesJourneyTest.java' -print -o -name 'ConformanceTest.java' -print -o -name '*CasesTest.java' -path './conformance/*' -print | sed 's|^\./||' | LC_ALL=C sort)
  (cd -- "$root/zk-prover/circuits" && go test -trimpath -run 'KeepItsSize|CountTheConstraints|Vector' ./account ./book ./fund ./contagion ./vectors) || status=1
  return "$status"
}

dev_reference() { # [--breaking]
  if [[ "${1:-}" == --breaking ]]; then
    export BULWARK_BREAK_PROMISES=1
    shift
  fi
  [[ $# -eq 0 ]] || refuse "dev reference takes --breaking, where what the API promised is broken on purpose; have $*"
  export BULWARK_WRITE_REFERENCE=1
  find_java
  build_tests src/test
  tests_over src/test full ChosenTests Reference
}

dev_record() { # [PROTOCOL [FILE]]
  local protocol="${1:-aave}" file
  if asks_for_help "$@"; then dev_usage; return; fi
  [[ $# -le 2 ]] || refuse "dev record takes a PROTOCOL and a FILE; ${*:3} is too much"
  file="$(realpath -m -- "${2:-$root/protocol-adapters/src/main/resources/recordings/$protocol.json}")"
  find_java
  need_build_tools
  want_node || exit 2
  node_packages
  build_tests protocol-adapters
  java_over protocol-adapters full io.bulwark.adapter.recording.Recorder "$protocol" src/test/anvil "$file"
}

dev_kills() { # [--rounds N] [--seed N]
  local rounds=100 seed=()
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --rounds) [[ "${2:-}" =~ ^[1-9][0-9]{0,4}$ ]] || refuse "dev kills --rounds: have ${2:-nothing}, must be from 1 to 99999"; rounds="$2" ;;
      --seed) [[ "${2:-}" =~ ^[0-9]{1,18}$ ]] || refuse "dev kills --seed: have ${2:-nothing}, must be a whole number of at most 18 digits"; seed=("$2") ;;
      *) refuse "dev kills takes --rounds N and --seed N; have $1" ;;
    esac
    shift 2
  done
  find_java
  build_program api
  build_tests src/test
  java_over src/test full io.bulwark.journey.HouseKills "$rounds" "${seed[@]}"
}

dev_format() {
  [[ $# -eq 0 ]] || refuse "dev format takes no arguments; have $*"
  find_java
  need_build_tools
  # The tiers have no parent, and so no format: without them left out Maven looks for the plug-in there and finds none.
  maven_in_words "$stamps/format.log" -pl '!src/tiers' spotless:apply
}

# Mutants of chosen classes, each against the test that must notice: minutes a class, so beside the tiers.
dev_mutants() { # CLASS…
  local chosen="$root/src/launcher/mutants.properties" class line module name tests status=0
  [[ $# -gt 0 ]] || set -- $(sed -n 's/^\([A-Za-z]*\)=.*/\1/p' "$chosen")
  for class in "$@"; do
    grep -q "^$class=" "$chosen" || refuse "no mutants of $class: there are $(sed -n 's/^\([A-Za-z]*\)=.*/\1/p' "$chosen" | tr '\n' ' ')"
  done
  find_java
  need_build_tools
  for class in "$@"; do
    line="$(sed -n "s/^$class=//p" "$chosen")"
    read -r module name tests <<<"$line"
    say "Mutants of $name against $tests"
    (maven_in_words "$stamps/mutants.log" -Pmutants -pl "$module" -am test-compile org.pitest:pitest-maven:mutationCoverage \
      -Dspotless.check.skip=true "-DtargetClasses=$name" "-DtargetTests=$tests") || status=1
    grep -E '^>> (Generated|Mutations|Line)|^\[INFO\] >> ' "$stamps/mutants.log" || true
    say "  which lived: $root/$module/target/pit-reports"
  done
  return "$status"
}

dev_sbom() {
  local bills="$root/api/target/sbom" gomod=github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0
  [[ $# -eq 0 ]] || refuse "dev sbom takes no arguments; have $*"
  find_java
  need_build_tools
  maven_in_words "$stamps/sbom.log" -Psbom package -pl api -am -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true
  (cd -- "$root/zk-prover/circuits" && go run "$gomod" app -licenses -output "$bills/prover.cdx.xml" -main cmd/bulwark-prover . 2>/dev/null) \
    || refuse "the bill of materials of the circuits was not made: go run $gomod must work in zk-prover/circuits"
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 "$root/src/launcher/ThirdParty.java" "$root" "The server (Java)" "$bills/server.cdx.xml" \
    "The prover (Go)" "$bills/prover.cdx.xml" || exit 1
  say "$bills holds the bills of materials, docs/reference/third-party.md what they say"
}

dev_verbs=(test fast soak golden rooms reference api bench conformance record kills format mutants sbom)

dev() { # verb and its arguments
  case "${1:-}" in
    "" | help | --help | -h) dev_usage ;;
    bench | conformance) main "$@" ;;
    *)
      [[ " ${dev_verbs[*]} " == *" $1 "* ]] || refuse "dev has no verb $1: there are ${dev_verbs[*]}"
      "dev_$1" "${@:2}"
      ;;
  esac
}
