#!/bin/sh
# Installs what deploy/archive.sh packed; runs from within the unpacked archive, as root. Running it again does no harm.
#
#   TOMBOLO_HOME    where programs go        (/opt/tombolo; each release in a directory of its own, `current` names one)
#   TOMBOLO_CONFIG  configuration            (/etc/tombolo)
#   TOMBOLO_STATE   keys and state           (/var/lib/tombolo)
#   TOMBOLO_UNITS   where units go           (/etc/systemd/system)
#   TOMBOLO_USER    who the programs run as  (tombolo; made if nobody has that name)
set -eu
home=${TOMBOLO_HOME:-/opt/tombolo}
config=${TOMBOLO_CONFIG:-/etc/tombolo}
state=${TOMBOLO_STATE:-/var/lib/tombolo}
units=${TOMBOLO_UNITS:-/etc/systemd/system}
user=${TOMBOLO_USER:-tombolo}
release=${TOMBOLO_RELEASE:-$(date -u +%Y%m%dT%H%M%SZ)}
from=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)

make_user() {
    id "$user" >/dev/null 2>&1 \
        || useradd --system --user-group --home-dir "$state" --no-create-home --shell /usr/sbin/nologin "$user"
}

# A copy under another name first: a release is there whole or not at all, and one that is there is left alone.
copy_release() {
    [ ! -e "$home/$release" ] || return 0
    mkdir -p "$home"
    rm -rf "$home/.$release.new"
    cp -R -p "$from" "$home/.$release.new"
    mv "$home/.$release.new" "$home/$release"
}

# Programs that run keep the release that they were started from.
switch() {
    rm -f "$home/.current.new"
    ln -s "$release" "$home/.current.new"
    mv -T "$home/.current.new" "$home/current"
}

# Units name the usual places; elsewhere those names are changed.
write_units() {
    mkdir -p "$units"
    for unit in "$home/current/deploy/systemd"/*; do
        sed -e "s|/opt/tombolo|$home|g" -e "s|/etc/tombolo|$config|g" -e "s|/var/lib/tombolo|$state|g" \
            -e "s|^User=tombolo|User=$user|" -e "s|^Group=tombolo|Group=$(id -gn "$user")|" \
            "$unit" >"$units/$(basename "$unit")"
    done
    # StateDirectory= is below /var/lib; anywhere else the programs are let in by name.
    [ "$state" = /var/lib/tombolo ] \
        || sed -i "s|^StateDirectory=tombolo|ReadWritePaths=$state|;/^StateDirectoryMode=/d" "$units"/tombolo-*.service
}

make_user
copy_release
switch
install -d -m 0755 "$config"
install -d -m 0700 "$state"
# A new machine may number its users otherwise than the one that had the disk before.
[ "$(stat -c %U "$state")" = "$user" ] || chown -R "$user:" "$state"
write_units
command -v systemctl >/dev/null 2>&1 && systemctl daemon-reload || true
echo "installed $release in $home"
