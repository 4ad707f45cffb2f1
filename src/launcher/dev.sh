# The developer's verbs of the launcher, which reads this file: one test, the tiers. Standard output belongs to the tests.

dev_usage() {
  cat <<'TEXT'
Bulwark, for who changes it:

  ./bulwark dev test MODULE CLASS[#METHOD]        one Java test class; an unchanged tree starts it without a build tool
  ./bulwark dev test circuits PACKAGE [PATTERN]   go test of one package, -run PATTERN
  ./bulwark dev fast                              what a change usually breaks: no server, key, node or browser; go test -short beside it
  ./bulwark test                                  everything that a commit waits for
  ./bulwark dev soak                              by night: the larger sizes, long parity, toolchains
  ./bulwark dev golden                            whether what nobody moves has moved: facts, snapshots, tables, margins, circuits, cases
  ./bulwark dev rooms --seed N                    twenty lines of the product without their path, then where they stand
  ./bulwark dev reference                         writes docs/reference from the code
  ./bulwark dev bench [WHAT]                      measures; conformance FILE…: reference cases in, computed against expected out
  ./bulwark dev record [PROTOCOL [FILE]]          records aave, lyra or perp again: real contracts on a local chain, asked by their adapter
  ./bulwark dev format                            formats the code, as the full tier checks it

A module is a folder of the root, or src/test for the house as a whole. CONTRIBUTING.md says which tier to run when.
TEXT
}

refuse() { # one line: what is wrong
  say "bulwark: $1"
  exit 2
}

all_modules() { sed -n 's|^ *<module>\(.*\)</module>.*|\1|p' "$root/pom.xml" | grep -v '^bench$'; }

# The folder of an artifact is its name, but for the tests of the house and the tiers.
folder_of() {
  case "$1" in
    house-tests) echo src/test ;;
    test-tiers) echo src/tiers ;;
    *) echo "$1" ;;
  esac
}

# A module and every module that it stands on, by what the POMs say.
with_upstream() { # module
  local queue=("$1") seen=" $1 src/tiers " next artifact
  while ((${#queue[@]} > 0)); do
    next="${queue[0]}"
    queue=("${queue[@]:1}")
    while IFS= read -r artifact; do
      artifact="$(folder_of "$artifact")"
      [[ "$artifact" != bulwark && "$seen" != *" $artifact "* ]] || continue
      seen+="$artifact "
      queue+=("$artifact")
    done < <(sed -n '/<dependencies>/,/<\/dependencies>/s|.*<groupId>io.bulwark</groupId><artifactId>\([a-z-]*\)</artifactId>.*|\1|p' "$root/$next/pom.xml")
  done
  # shellcheck disable=SC2086 # words
  printf '%s\n' $seen
}

tests_of() { # module
  if [[ "$1" == src/test ]]; then printf '%s\n' src/test/java src/test/resources; else printf '%s\n' "$1/src/test"; fi
}

# Where the beds lie on which the modules above stand.
beds_of() { # module
  if grep -q '<goal>test-jar</goal>' "$root/$1/pom.xml"; then tests_of "$1"; fi
}

# Everything that decides the classes of a module and of its tests.
test_sources() { # module
  local part
  printf '%s\n' pom.xml
  while IFS= read -r part; do
    printf '%s\n' "$part/pom.xml" "$part/src/main"
    beds_of "$part"
    [[ "$part" != zk-prover ]] || printf '%s\n' zk-prover/circuits
  done < <(with_upstream "$1")
  tests_of "$1"
}

# Classes that another build has written since would not be those of the key.
untouched_since() { # stamp, module
  local part folders=()
  while IFS= read -r part; do folders+=("$root/$part/target/classes" "$root/$part/target/test-classes"); done < <(with_upstream "$2")
  [[ -z "$(find "${folders[@]}" -name '*.class' -newer "$1" -print -quit 2>/dev/null)" ]]
}

# The classes of modules and of their tests compiled, and the path of each in target/test.classpath.
build_tests() { # modules
  local module stale=() keys=() paths key i
  for module in "$@"; do
    mapfile -t paths < <(test_sources "$module")
    key="$(source_key "${paths[@]}")"
    if ! is_built "$module" "$key"; then
      stale+=("$module")
      keys+=("$key")
    fi
  done
  ((${#stale[@]} > 0)) || return 0
  need_build_tools
  mkdir -p -- "$stamps"
  say "Building the tests of ${stale[*]}"
  maven_in_words "$stamps/dev-test.log" -pl "$(IFS=,; printf '%s' "${stale[*]}")" -am test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath -Dspotless.check.skip=true
  for i in "${!stale[@]}"; do printf '%s\n' "${keys[$i]}" >"$root/${stale[$i]}/target/test.key"; done
}

is_built() { # module, key of its sources
  local stamp="$root/$1/target/test.key"
  [[ -f "$stamp" && -s "$root/$1/target/test.classpath" && "$(<"$stamp")" == "$2" ]] && untouched_since "$stamp" "$1"
}

# The options of the JVM that the POMs give Surefire, so that a class alone runs as it does among the others.
test_jvm() { # module
  local common own
  common="$(sed -n 's|.*<test.jvm>\(.*\)</test.jvm>.*|\1|p' "$root/pom.xml")"
  own="$(sed -n 's|.*<argLine>\(.*\)</argLine>.*|\1|p' "$root/$1/pom.xml")"
  [[ -n "$own" ]] || own="$common"
  printf '%s\n' "${own//\$\{test.jvm\}/$common}"
}

dev_test() { # MODULE CLASS[#METHOD], or circuits PACKAGE [PATTERN]
  local module="${1:-}" class="${2:-}" options
  [[ -n "$module" ]] || refuse "dev test MODULE CLASS[#METHOD]: MODULE is missing; one of circuits $(all_modules | tr '\n' ' ')"
  if [[ "$module" == circuits ]]; then
    shift
    dev_test_go "$@"
    return
  fi
  all_modules | grep -qxF -- "$module" || refuse "no module $module: there are circuits $(all_modules | tr '\n' ' ')"
  [[ -n "$class" ]] || refuse "dev test $module CLASS[#METHOD]: CLASS is missing"
  [[ $# -le 2 ]] || refuse "dev test takes one MODULE and one CLASS[#METHOD]; ${*:3} is too much"
  find_java
  if [[ "$module" == src/test ]]; then build_program api; fi # its journeys start the packaged program
  build_tests "$module"
  tests_over "$module" full ChosenTests "$class"
}

tests_over() { # module, tier, program of the tiers, its arguments after the folder of classes
  java_over "$1" "$2" "io.bulwark.tier.$3" target/test-classes "${@:4}"
}

# A program over the classes of a built module and of its tests, in its folder, as Surefire would start it.
java_over() { # module, tier, program, its arguments
  local module="$1" tier="$2" program="$3" options
  shift 3
  read -ra options < <(test_jvm "$module")
  cd -- "$root/$module"
  exec "$JAVA_HOME/bin/java" "${options[@]}" -Dbasedir="$root/$module" -Dbulwark.tier="$tier" \
    -cp "$root/$module/target/test-classes:$root/$module/target/classes:$(<target/test.classpath)" "$program" "$@"
}

dev_test_go() { # PACKAGE [PATTERN]
  local package="${1:-}" pattern="${2:-}"
  [[ -n "$package" ]] || refuse "dev test circuits PACKAGE [PATTERN]: PACKAGE is missing, a folder of zk-prover/circuits"
  [[ -d "$root/zk-prover/circuits/$package" ]] || refuse "no package $package in zk-prover/circuits"
  [[ $# -le 2 ]] || refuse "dev test circuits takes one PACKAGE and one PATTERN; ${*:3} is too much"
  find_go
  cd -- "$root/zk-prover/circuits"
  exec go test "./$package" ${pattern:+-run "$pattern"}
}

# Every module that has tests.
tested_modules() {
  local module
  while IFS= read -r module; do
    [[ ! -d "$root/$module/src/test/java" && "$module" != src/test ]] || printf '%s\n' "$module"
  done < <(all_modules)
}

dev_fast() {
  local status=0 started=$SECONDS module modules log="$stamps/fast-go.log" go_job
  [[ $# -eq 0 ]] || refuse "dev fast takes no arguments; have $*"
  find_java
  find_go
  mapfile -t modules < <(tested_modules)
  build_tests "${modules[@]}"
  started=$SECONDS
  (cd -- "$root/zk-prover/circuits" && exec go test -short ./...) >"$log" 2>&1 &
  go_job=$!
  for module in "${modules[@]}"; do
    printf '%s: ' "$module"
    # What classes print goes to a log; what the run says of them is after its last mark.
    (tests_over "$module" fast UntaggedTests) >"$stamps/fast.log" 2>&1 || status=1
    sed -n '/^== /,$p' "$stamps/fast.log" | sed 's/^== //'
  done
  if wait "$go_job"; then
    printf 'circuits: %s packages passed\n' "$(grep -c '^ok' "$log")"
  else
    grep -vE '^(ok|\?) ' "$log" || true
    status=1
  fi
  say "dev fast: $((SECONDS - started)) s"
  return "$status"
}

dev_soak() {
  [[ $# -eq 0 ]] || refuse "dev soak takes no arguments; have $*"
  find_java
  need_build_tools
  mkdir -p -- "$stamps"
  if want_node; then node_packages; fi
  say "The night's tests: hours; the whole log is in $stamps/soak.log"
  BULWARK_CEREMONY=1 mvn --batch-mode -Dstyle.color=never --no-transfer-progress -f "$root/pom.xml" verify -Dtest.tier=soak -Dgo.test.skip=true 2>&1 \
    | tee -- "$stamps/soak.log" | test_report
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
  build_program api
  build_tests protocol-adapters zk-prover src/test
  while IFS= read -r test; do
    module="${test%%/java/*}"
    [[ "$module" == src/test ]] || module="${module%/src/test}"
    (tests_over "$module" full ChosenTests "$(basename -- "$test" .java)") >"$stamps/golden.log" 2>&1 || status=1
    tail -n 1 "$stamps/golden.log"
  done < <(cd -- "$root" && find . -path '*/target' -prune -o -name 'Golden*Test.java' -print -o -name 'AcrossVenuesJourneyTest.java' -print \
    -o -name 'ExchangesJourneyTest.java' -print | sed 's|^\./||' | LC_ALL=C sort)
  (cd -- "$root/zk-prover/circuits" && go test -run 'KeepItsSize|CountTheConstraints|Vector' ./account ./book ./fund ./contagion ./vectors) || status=1
  if [[ -d "$root/../shared/reference" ]]; then
    build_program conformance
    "$JAVA_HOME/bin/java" "${quiet_jvm[@]}" -jar "$(jar_of conformance)" conformance "$root/../shared/reference" | tail -n 3 || status=1
  else
    say "skipped: no reference cases beside the checkout"
  fi
  return "$status"
}

dev_reference() {
  [[ $# -eq 0 ]] || refuse "dev reference takes no arguments; have $*"
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

dev_format() {
  [[ $# -eq 0 ]] || refuse "dev format takes no arguments; have $*"
  find_java
  need_build_tools
  maven_in_words "$stamps/format.log" spotless:apply
}

dev() { # verb and its arguments
  case "${1:-}" in
    "" | help | --help | -h) dev_usage ;;
    test) shift; dev_test "$@" ;;
    fast) shift; dev_fast "$@" ;;
    soak) shift; dev_soak "$@" ;;
    rooms) shift; dev_rooms "$@" ;;
    golden) shift; dev_golden "$@" ;;
    reference) shift; dev_reference "$@" ;;
    bench | conformance) main "$@" ;;
    record) shift; dev_record "$@" ;;
    format) shift; dev_format "$@" ;;
    *) refuse "dev has no verb $1: there are test, fast, soak, golden, rooms, reference, bench, conformance, record, format" ;;
  esac
}
