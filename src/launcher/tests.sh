# The tests of Bulwark for the launcher, which reads this file: what they are built of, and the tiers. Every JVM is started here, as the POMs say.

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
  if grep -q '<beds>' "$root/$1/pom.xml"; then tests_of "$1"; fi
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

# What has Maven write the path of a module's tests.
paths_of_tests=(dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath)

# The classes of modules and of their tests compiled, and the path of each in target/test.classpath.
build_tests() { # modules
  local module stale=() keys=() key i
  for module in "$@"; do
    key="$(test_key "$module")"
    if ! is_built "$module" "$key"; then
      stale+=("$module")
      keys+=("$key")
    fi
  done
  ((${#stale[@]} > 0)) || return 0
  need_build_tools
  mkdir -p -- "$stamps"
  say "Building the tests of ${stale[*]}"
  maven_in_words "$stamps/dev-test.log" -T "$processors" -pl "$(IFS=,; printf '%s' "${stale[*]}")" -am test-compile "${paths_of_tests[@]}" -Dspotless.check.skip=true
  for i in "${!stale[@]}"; do printf '%s\n' "${keys[$i]}" >"$root/${stale[$i]}/target/test.key"; done
}

test_key() { # module
  local paths
  mapfile -t paths < <(test_sources "$1")
  source_key "${paths[@]}"
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

# Every module that has tests.
tested_modules() {
  local module
  while IFS= read -r module; do
    [[ ! -d "$root/$module/src/test/java" && "$module" != src/test ]] || printf '%s\n' "$module"
  done < <(all_modules)
}

tests_in() { find "$root/$1" -name target -prune -o -name '*Test.java' -print0; } # module

# The thousandth parts of its test classes that need something of the machine.
tagged_in() { # module
  local tagged all
  tagged="$(tests_in "$1" | xargs -0r grep -lE '^@(Heavy|OfChain|OfHouse|OfPage|OfProof|Sized|Soak)' | wc -l)"
  all="$(tests_in "$1" | tr -dc '\0' | wc -c)"
  printf '%s\n' $((1000 * tagged / (all > 0 ? all : 1)))
}

# Modules in the order in which they are tested: those of long classes first, those of many short ones last, so that both processes end together.
by_weight() { # modules
  local module
  for module in "$@"; do printf '%s %s\n' "$(tagged_in "$module")" "$module"; done | sort -rn -k1,1 -s | cut -d' ' -f2
}

# The classes of built modules, shared out over as many processes as the tier says: each walks the same modules and takes the next class that no
# other has taken, so that no module waits for another's tests. Classes that compute alone get a process for each of two processors; where many
# wait for servers, chains and pages a third has something to do meanwhile.
processors=2
lanes=3

run_tier() { # tier, lanes, modules
  local tier="$1" lanes="$2" lane jobs=() status=0
  shift 2
  rm -rf -- "$stamps/tests"
  mkdir -p -- "$stamps/tests/claims"
  for ((lane = 1; lane <= lanes; lane++)); do
    run_lane "$tier" "$lane" "$@" &
    jobs+=($!)
  done
  for lane in "${jobs[@]}"; do wait "$lane" || status=1; done
  awk '/^== [0-9]+ passed/ { passed += $2; failed += $4; skipped += $6 }
    END { printf "Java: %d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$stamps"/tests/*.log
  return "$status"
}

run_lane() { # tier, lane, modules
  local tier="$1" lane="$2" module name log status=0
  shift 2
  for module in "$@"; do
    name="${module//\//-}"
    log="$stamps/tests/$name-$lane.log"
    (tests_over "$module" "$tier" TierTests "$stamps/tests/claims/$name") >"$log" 2>&1 || status=1
    # A class that ends its process ends it with whatever code it likes: only the last line says that all have run.
    if ! grep -qE '^== [0-9]+ passed' "$log"; then
      status=1
      printf '%s: the process ended within %s; see %s\n' "$module" "$(sed -n 's/^-- \([^:]*\)$/\1/p' "$log" | tail -n 1)" "$log"
    fi
    # What a class prints stays in the log, but for why it was skipped and how it failed.
    awk -v module="$module" '/^-- / { failure = 0 } /^== .* failed$/ { failure = 1 } /^== 0 passed, 0 failed, 0 skipped/ { next }
      /^== [0-9]+ passed/ { failure = 0; sub(/^== /, module ": "); print; next } failure || /^(== |skipped: )/' "$log"
  done
  return "$status"
}

# Go's tests in the background, their log in a file; their part of the tier's verdict.
start_go() { # log, what starts them
  local log="$1"
  shift
  "$@" >"$log" 2>&1 &
  go_job=$!
  # A build that fails leaves nothing running behind it.
  trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
}

go_verdict() { # log
  if wait "$go_job"; then
    printf 'Go: %s packages passed\n' "$(grep -c '^ok' "$1")"
  else
    grep -vE '^(ok|\?) ' "$1" || true
    return 1
  fi
}

run_fast() {
  local status=0 started modules log="$stamps/fast-go.log"
  find_java
  find_go
  mapfile -t modules < <(tested_modules)
  build_tests "${modules[@]}"
  started=$SECONDS
  start_go "$log" go test -C "$root/zk-prover/circuits" -trimpath -short ./...
  run_tier fast "$processors" "${modules[@]}" || status=1
  go_verdict "$log" || status=1
  say "dev fast: $((SECONDS - started)) s; what makes keys, or needs a server, is left to ./bulwark test"
  return "$status"
}

# Everything compiled as a release is, formatted and packaged; then every module's tests, which need not wait for each other any more.
run_tests() {
  local status=0 started=$SECONDS modules module packages="" log="$stamps/test-go.log"
  find_java
  need_build_tools
  mkdir -p -- "$stamps"
  start_go "$log" "$root/zk-prover/circuits/build.sh" test
  if want_node; then
    { node_packages && want_chromium; } &
    packages=$!
  fi
  say "Building every module; Go's tests run beside it"
  maven_in_words "$stamps/test.log" -T "$processors" --no-transfer-progress -DskipTests verify "${paths_of_tests[@]}"
  for module in api conformance research; do program_stamp "$module" >"$stamps/$module.key"; done
  mapfile -t modules < <(tested_modules)
  for module in "${modules[@]}"; do test_key "$module" >"$root/$module/target/test.key"; done
  [[ -z "$packages" ]] || wait "$packages"
  say "Testing every module; the logs are in $stamps/tests"
  mapfile -t modules < <(by_weight "${modules[@]}")
  run_tier full "$lanes" "${modules[@]}" || status=1
  go_verdict "$log" || status=1
  say "test: $(((SECONDS - started) / 60)) min $(((SECONDS - started) % 60)) s"
  return "$status"
}

# Error Prone and NullAway over the tests too, whose classes are compiled again for it.
scan_tests() {
  need_build_tools
  mkdir -p -- "$stamps"
  say "Scanning the tests of every module for what compiles and is wrong"
  find "$root" -type d -path '*/target/test-classes' -prune -exec rm -rf {} +
  maven_in_words "$stamps/scan.log" -T "$processors" test-compile -Dspotless.check.skip=true '-Derrorprone.unscanned=.*/generated-.*'
}

run_soak() {
  local status=0 modules log="$stamps/soak-go.log"
  find_java
  find_go
  scan_tests
  if want_node; then node_packages; fi
  want_chromium
  build_program api
  mapfile -t modules < <(tested_modules)
  build_tests "${modules[@]}"
  mapfile -t modules < <(by_weight "${modules[@]}")
  say "The night's tests: hours; the logs are in $stamps/tests"
  start_go "$log" go test -C "$root/zk-prover/circuits" -trimpath -timeout 60m ./...
  BULWARK_CEREMONY=1 run_tier soak "$processors" "${modules[@]}" || status=1
  go_verdict "$log" || status=1
  return "$status"
}
