#!/bin/sh
# Makes a token for one more gateway and lays it into the secret store, where the next gateway finds it.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
. "$here/site.sh"
command_line gateway token create --ttl 15m -o json | jq -er .token | sh "$here/secret.sh" write "$kind" "$TOMBOLO_GATEWAY_SECRET"
