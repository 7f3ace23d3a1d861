#!/bin/sh
# Makes tokens for further gateways, each good for one, and lays them into the secret store, separated by blanks. A gateway
# takes any of them. All in one secret, written seldom: stores keep, and some sell, every version.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
. "$here/site.sh"
left=${TOMBOLO_GATEWAY_TOKENS:-8}
made=
while [ "$left" -gt 0 ]; do
    made="$made${made:+ }$(command_line gateway token create --ttl 30m -o json | jq -er .token)"
    left=$((left - 1))
done
# `printf` is part of the shell: it is no process whose arguments others could see.
printf '%s' "$made" | sh "$here/secret.sh" write "$kind" "$TOMBOLO_GATEWAY_SECRET"
