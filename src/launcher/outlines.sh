#!/bin/sh
# outlines.sh classes|jar TARGET JAR START: keeps the times of what looks from outside as before (Outlines.java says why). Maven calls it.
# Where no JDK 25 is found it does nothing, and Maven rebuilds what it always did.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=$2
jar=$target/$3.jar
start=$4

jdk_25() {
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* "${HOME:-/nonexistent}"/.sdkman/candidates/java/*25* "${HOME:-/nonexistent}"/.jdks/*25* /opt/*25*; do
        if [ -x "$candidate/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$candidate/release" 2>/dev/null; then
            echo "$candidate/bin/java"
            return
        fi
    done
}

[ -d "$target/classes" ] || exit 0
newer=$(find "$target/classes" -name '*.class' -newermt "$start" -print -quit)
case $1 in
    classes)
        [ -n "$newer" ] || [ ! -f "$target/outlines" ] || exit 0
        java=$(jdk_25)
        [ -z "$java" ] || "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$here/Outlines.java" "$target/classes" "$target/outlines" "$start"
        ;;
    jar)
        [ -n "$newer" ] || [ ! -f "$jar" ] || touch -d "$start" "$jar"
        ;;
esac
