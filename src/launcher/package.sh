# The verb package of the launcher, which reads this file: an archive that runs where there is neither Java nor Go nor Maven.

# What jlink puts into the runtime: what the class path names (jdeps), and what is only asked for by name: ciphers, DNS, charsets, the flight recorder.
runtime_modules=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.rmi,java.scripting
runtime_modules+=,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.attach,jdk.charsets,jdk.crypto.ec,jdk.httpserver
runtime_modules+=,jdk.jdi,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs

# Every file of the archive bears it: the time that the jars are built with.
package_time() { sed -n 's|.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*|\1|p' "$root/pom.xml"; }

package() { # [--image]
  local image="" name staged
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --image) image=yes ;;
      *) refuse "package takes --image or nothing; have $1" ;;
    esac
    shift
  done
  name="bulwark-$version-linux-$(processor)"
  staged="$stamps/dist/$name"
  find_java
  need_build_tools
  build_program api research conformance
  rm -rf -- "$staged"
  mkdir -p -- "$staged"
  say "Linking a Java of the modules that Bulwark uses"
  link_runtime "$staged/runtime"
  copy_program "$staged"
  one_time "$staged"
  say "Starting it once, so that every later start finds its classes loaded"
  remember_classes "$staged"
  one_time "$staged"
  archive "$staged"
  [[ -z "$image" ]] || container_image "$staged"
}

processor() {
  case "$(uname -m)" in
    x86_64 | amd64) echo x86-64 ;;
    *) refuse "package makes an archive for x86-64 and runs on it; this is $(uname -m): docs/install.md says what another processor needs" ;;
  esac
}

link_runtime() { # folder
  "$JAVA_HOME/bin/jlink" --add-modules "$runtime_modules" --output "$1" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --generate-cds-archive >"$stamps/jlink.log" 2>&1 || { say "jlink failed; the log is in $stamps/jlink.log"; exit 2; }
  # Loaded where pointers are not compressed, with heaps of 32 GiB and more: such a start takes longer and no other file.
  rm -f -- "$1"/lib/server/classes_nocoops.jsa
}

copy_program() { # folder
  local staged="$1" part
  mkdir -p -- "$staged/program/lib" "$staged/share" "$staged/docs" "$staged/contracts" "$staged/native"
  cp -- "$(jar_of api)" "$staged/program/bulwark.jar"
  cp -- "$(jar_of research)" "$staged/program/research.jar"
  cp -- "$(jar_of conformance)" "$staged/program/conformance.jar"
  for part in api research conformance; do cp -n -- "$root/$part/target/lib/"*.jar "$staged/program/lib/"; done
  unseal "$(printf '%s' "$staged/program/lib/"xz-*.jar)"
  # Beside the jars that hold them too: a start that finds them here unpacks nothing.
  cp -- "$root/zk-prover/target/classes/linux-x86-64/"{libbulwark.so,bulwark-prover} "$staged/native/"
  (cd -- "$stamps/dist" && "$JAVA_HOME/bin/jar" xf "$staged/program/lib/"jna-*.jar com/sun/jna/linux-x86-64/libjnidispatch.so && mv -f -- com/sun/jna/linux-x86-64/libjnidispatch.so "$staged/native/")
  cp -- "$launcher/installed.sh" "$staged/bulwark"
  cp -- "$launcher/help.sh" "$launcher/completion.sh" "$staged/share/"
  cp -R -- "$root/docs/." "$staged/docs/"
  cp -R -- "$root/ops" "$staged/ops"
  cp -- "$root/README.md" "$root/ARCHITECTURE.md" "$root/CHANGELOG.md" "$root/LICENSE" "$staged/"
  (cd -- "$root/zk-prover/contracts" && find . -name node_modules -prune -o -name target -prune -o -type f -print0 | xargs -0 cp --parents -t "$staged/contracts")
}

# A jar that seals its packages takes no class of another path, and loaded classes that are kept are of the path where they were kept.
unseal() { # jar
  local work="$stamps/dist/unsealed"
  rm -rf -- "$work"
  mkdir -p -- "$work"
  (
    cd -- "$work"
    "$JAVA_HOME/bin/jar" xf "$1"
    sed -i '/^Sealed:/d' META-INF/MANIFEST.MF
    mv -- META-INF/MANIFEST.MF ../unsealed.mf
    find . -type f | sed 's|^\./||' | LC_ALL=C sort >../unsealed.list
    "$JAVA_HOME/bin/jar" --create --file "$1" --date "$(package_time)" --manifest ../unsealed.mf @../unsealed.list
  )
}

# One time and plain rights for every file: a JVM takes loaded classes only of the jars, by their time and size, that they were loaded from.
one_time() { # folder
  chmod -R u+rwX,go+rX,go-w -- "$1"
  chmod 0755 -- "$1/bulwark" "$1/native/bulwark-prover"
  find "$1" -exec touch -h -d "$(package_time)" -- {} +
}

# The classes of verbs that judge from files, kept as they are after loading and linking (JEP 514). Not those of a house: kept classes say that they come from the
# jars where they were kept, and a house asks each venue which jar it came in.
remember_classes() { # folder
  local home="$stamps/dist/warm" log="$stamps/warm.log"
  rm -rf -- "$home"
  mkdir -p -- "$home"
  "$1/runtime/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    "-Dbulwark.native=$1/native" "-Djna.boot.library.path=$1/native" "-XX:AOTCacheOutput=$1/share/verbs.aot" -jar "$1/program/bulwark.jar" \
    verify "$root/api/src/test/resources/chain/proof.json" --home "$home/none" >"$log" 2>&1 || true
  [[ -s "$1/share/verbs.aot" ]] || { say "the loaded classes were not kept; the log is in $log"; exit 2; }
  rm -rf -- "$home" "$1/share/"*.config
}

# Names in order, one time, no owner: the same sources and the same tools give the same bytes, but for the file of loaded classes.
archive() { # folder
  local name made
  name="$(basename -- "$1")"
  made="$stamps/$name.tar.gz"
  tar -C "$(dirname -- "$1")" --sort=name --mtime="$(package_time)" --owner=0 --group=0 --numeric-owner --format=gnu -cf - -- "$name" | gzip -n -6 >"$made.new"
  mv -f -- "$made.new" "$made"
  (cd -- "$stamps" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
  say "Made $made ($(($(stat -c %s -- "$made") >> 20)) MiB); tar xzf it anywhere, then $name/bulwark demo"
  printf '%s\n' "$made"
}

# An image without a base: the archive, and of this machine the C and C++ libraries, the loader and a shell, which PostgreSQL's own start calls.
container_image() { # folder
  local staged="$1" system="$stamps/dist/system" made="$stamps/bulwark-image.tar" path="$stamps/image.path" file
  rm -rf -- "$system"
  mkdir -p -- "$system"/{bin,etc,tmp,house}
  cp -L -- "$(command -v dash || command -v sh)" "$system/bin/sh"
  while IFS= read -r file; do
    mkdir -p -- "$system$(dirname -- "$file")"
    cp -L -- "$file" "$system$file"
  done < <(libraries_of "$system/bin/sh" "$staged/runtime/bin/java" "$staged/runtime/lib/server/libjvm.so" "$staged/runtime/lib/libjava.so" "$staged/runtime/lib/libnet.so")
  printf 'root:x:0:0::/:/bin/sh\nbulwark:x:10001:10001::/house:/bin/sh\n' >"$system/etc/passwd"
  printf 'root:x:0:\nbulwark:x:10001:\n' >"$system/etc/group"
  printf 'hosts: files dns\n' >"$system/etc/nsswitch.conf"
  one_time_of_system "$system"
  [[ -s "$path" && "$path" -nt "$launcher/image.pom.xml" ]] \
    || mvn -q --batch-mode -f "$launcher/image.pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath "-Dmdep.outputFile=$path" >"$stamps/image.log" 2>&1 \
    || { say "what writes images could not be fetched; the log is in $stamps/image.log"; exit 2; }
  "$JAVA_HOME/bin/java" -cp "$(<"$path")" "$launcher/Image.java" "$staged" "$system" "$(package_time)" "$stamps/dist/kept" "$made" "$version" >"$stamps/image.log" 2>&1 \
    || { say "the image could not be written; the log is in $stamps/image.log"; exit 2; }
  say "Made $made ($(($(stat -c %s -- "$made") >> 20)) MiB), bulwark:$version"
  printf '%s\n' "$made"
}

# What the loader finds for programs and libraries, and what Java, the prover and PostgreSQL open by themselves.
libraries_of() { # files
  {
    ldd -- "$@" | grep -o '/[^ ]*\.so[^ :]*' | grep -v "^$stamps" || true
    for file in libdl.so.2 libpthread.so.0 librt.so.1 libm.so.6 libresolv.so.2 libnss_files.so.2 libnss_dns.so.2 libstdc++.so.6 libgcc_s.so.1; do
      ldconfig -p | sed -n "s|.*$file (libc6,x86-64.*=> ||p" | head -n 1
    done
  } | LC_ALL=C sort -u
}

one_time_of_system() { # folder
  chmod -R u+rwX,go+rX,go-w -- "$1"
  find "$1" -exec touch -h -d "$(package_time)" -- {} +
}
