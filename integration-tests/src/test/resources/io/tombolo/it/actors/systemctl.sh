#!/bin/sh
# Stands in for systemd in tests: starts the ExecStart of units in ./units as processes, with their environment. Keeps no
# user, limits or order; what runs is in ./run/UNIT.pid.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
mkdir -p "$here/run"

file_of() {
    case $1 in
        *@*) printf '%s' "$here/units/${1%%@*}@.service" ;;
        *) printf '%s' "$here/units/$1" ;;
    esac
}

value() { sed -n "s/^$1=//p" "$file" | sed "s/%i/$instance/g"; }

is_alive() { [ -e "$here/run/$1.pid" ] && kill -0 "$(cat "$here/run/$1.pid")" 2>/dev/null; }

# In a shell of its own: becomes the unit's program.
become() {
    set -a
    for each in $(value EnvironmentFile); do . "$each"; done
    for each in $(value Environment); do eval "$each"; done
    set +a
    eval "exec $(value ExecStart)"
}

start() {
    file=$(file_of "$1") instance=${1#*@}
    instance=${instance%.service}
    [ -e "$file" ] || { echo "no unit $1" >&2; exit 5; }
    ! is_alive "$1" || return 0
    case $(value Type) in
        oneshot) (become) ;;
        *)
            (become) >>"$here/run/$1.log" 2>&1 </dev/null &
            echo $! >"$here/run/$1.pid"
            ;;
    esac
}

verb=$1
shift
case $verb in daemon-reload) exit 0 ;; esac
for unit; do
    case $unit in
        --*) continue ;;
        *.timer) unit=${unit%.timer}.service ;;
    esac
    if [ "$verb" = restart ] && is_alive "$unit"; then kill "$(cat "$here/run/$unit.pid")"; sleep 1; fi
    start "$unit"
done
