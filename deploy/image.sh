#!/bin/sh
# Makes the container image of all programs, without a container engine. From a checkout that was built; deploy/image.sh --help.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
home=$(dirname -- "$here")
. "$home/bin/find-jdk.sh"
find_jdk || exit 69
[ -e "$home/images/target/app/lib" ] || { echo "image: run ./mvnw -DskipTests package first" >&2; exit 1; }

# jlink makes a runtime for the machine that it runs on.
case $(uname -s)-$(uname -m) in
    Linux-x86_64) architecture=amd64 ;;
    Linux-aarch64) architecture=arm64 ;;
    *) echo "image: the image is for Linux on x86_64 or aarch64: run this there" >&2; exit 1 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# All that the programs' libraries may ask for; no tools. Kafka's logger asks for JavaBeans, which are in java.desktop.
desktop=,java.desktop
for word; do
    case $word in
        --programs=*kafka*) ;;
        --programs=*) desktop= ;;
    esac
done
"$TOMBOLO_JDK/bin/jlink" --output "$work/runtime" --strip-debug --no-header-files --no-man-pages --compress zip-6 --add-modules \
    java.base,java.compiler,java.datatransfer,java.instrument,java.logging,java.management,java.management.rmi,java.naming,java.net.http,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs"$desktop"
"$TOMBOLO_JDK/bin/java" -cp "$home/images/target/app/lib/*" io.tombolo.image.ImageCommand \
    --installation "$home" --runtime "$work/runtime" \
    --architecture "$architecture" "$@"
