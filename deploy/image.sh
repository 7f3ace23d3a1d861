#!/bin/sh
# Makes the container image of all programs, without a container engine. From a checkout that was built; deploy/image.sh --help.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
home=$(dirname -- "$here")
. "$home/bin/find-jdk.sh"
find_jdk || exit 69
programs='cli kafka gateway sidecar federation-controller'
. "$home/bin/installation.sh"
[ -e "$home/images/target/app/lib" ] || { echo "image: run ./mvnw -DskipTests package first" >&2; exit 1; }

# jlink makes a runtime for the machine that it runs on.
case $(uname -s)-$(uname -m) in
    Linux-x86_64) architecture=amd64 ;;
    Linux-aarch64) architecture=arm64 ;;
    *) echo "image: the image is for Linux on x86_64 or aarch64: run this there" >&2; exit 1 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
image=$work/tombolo
rehearses=yes
for word; do
    case $word in --without-rehearsal | -h | --help | -V | --version) rehearses= ;; esac
done

# What is in the image, laid out as in it. All that the programs' libraries may ask for; no tools. Kafka's logger asks for
# JavaBeans, which are in java.desktop.
mkdir "$image"
"$TOMBOLO_JDK/bin/jlink" --output "$image/runtime" --strip-debug --no-header-files --no-man-pages --compress zip-6 --add-modules \
    java.base,java.compiler,java.datatransfer,java.desktop,java.instrument,java.logging,java.management,java.management.rmi,java.naming,java.net.http,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
cp -R "$home/tombolo" "$home/bin" "$image/"
for program in $programs; do
    find_output "$program"
    mkdir -p "$image/$program/target"
    cp -R "$home/$program/$output" "$image/$program/$output"
done

# Two linked clusters work here for a moment, on loopback only, with the image's runtime and jars as they will be there: a JVM
# uses what it learned of a jar of the same size and time, wherever it is.
rehearsal() (
    installation=$image
    TOMBOLO_JDK=$image/runtime
    run_rehearsal
)
if [ "$rehearses" ]; then
    find "$image" -exec touch -d @1 {} +
    echo "image: letting the programs work for a moment, so that they start faster" >&2
    rehearsal >"$work/log" 2>&1 || {
        tail -n 50 "$work/log" >&2
        echo "image: that failed, see above; --without-rehearsal makes an image whose programs start slower" >&2
        exit 1
    }
    rm -rf "$image/rehearsal"
fi
"$TOMBOLO_JDK/bin/java" -cp "$home/images/target/app/lib/*" io.tombolo.image.ImageCommand \
    --installation "$image" --runtime "$image/runtime" --architecture "$architecture" "$@"
