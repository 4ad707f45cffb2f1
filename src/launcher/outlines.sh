#!/bin/sh
# outlines.sh classes|test-classes|jar TARGET JAR START: keeps the times of what looks from outside as before (Outlines.java says why). Maven calls it.
# Where no JDK 25 is found it does nothing, and Maven rebuilds what it always did.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=$2
name=$3
start=$4

jdk_25() {
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* "${HOME:-/nonexistent}"/.sdkman/candidates/java/*25* "${HOME:-/nonexistent}"/.jdks/*25* /opt/*25*; do
        if [ -x "$candidate/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$candidate/release" 2>/dev/null; then
            echo "$candidate/bin"
            return
        fi
    done
}

newer() { # folder: a class of it that was written since the build began
    [ ! -d "$1" ] || find "$1" -name '*.class' -newermt "$start" -print -quit
}

outlines() { # folder of classes, record
    [ -d "$1" ] || return 0
    [ -n "$(newer "$1")" ] || [ ! -f "$2" ] || return 0
    jdk=$(jdk_25)
    [ -n "$jdk" ] || return 0
    compiled
    "$jdk/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$program" Outlines "$1" "$2" "$start"
}

# A start from the source compiles it each time, which takes longer than what it does; modules that are built at once may both be the first.
compiled() {
    program=$here/../../target/launcher
    [ ! "$program/Outlines.class" -nt "$here/Outlines.java" ] || return 0
    mkdir -p "$program"
    "$jdk/javac" -d "$program/$$" "$here/Outlines.java"
    mv -f "$program/$$/Outlines.class" "$program/Outlines.class"
    rmdir "$program/$$"
}

age() { # jar, folder of its classes
    [ ! -f "$1" ] || [ -n "$(newer "$2")" ] || touch -d "$start" "$1"
}

case $1 in
    classes) outlines "$target/classes" "$target/outlines" ;;
    test-classes) outlines "$target/test-classes" "$target/test-outlines" ;;
    jar)
        age "$target/$name.jar" "$target/classes"
        age "$target/$name-tests.jar" "$target/test-classes"
        ;;
esac
