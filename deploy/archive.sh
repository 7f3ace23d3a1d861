#!/bin/sh
# Makes the archive that deploy/install.sh installs: programs, launcher and this directory. From a checkout that was built.
#
#   deploy/archive.sh OUT.tar.gz        # also writes OUT.tar.gz.sha256; a name that ends in .tar is not compressed
#
# What JVMs learned in a rehearsal is left out: it fits one JDK on one kind of machine only.
set -eu
out=${1:?usage: deploy/archive.sh OUT.tar.gz}
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
home=$(dirname -- "$here")

set -- tombolo bin deploy cli/target/app kafka/target/app
for program in gateway sidecar federation-controller; do set -- "$@" "$program/target/quarkus-app"; done
for part; do
    [ -e "$home/$part" ] || { echo "archive: $home/$part is missing: run ./mvnw package first" >&2; exit 1; }
done
case $out in *.tar) pack=-cf ;; *) pack=-czf ;; esac
tar -C "$home" --exclude='*.aot' $pack "$out" "$@"
(cd "$(dirname -- "$out")" && sha256sum "$(basename -- "$out")") >"$out.sha256"
