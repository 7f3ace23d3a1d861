#!/bin/sh
# Brings a site up: starts its controller, joins the federation if it has not, makes the tokens of its proxies, starts them.
# Every step looks first whether it was done, so it runs at every boot. No secret is in arguments or the environment; a token
# is in a file of mode 0600 while it is needed, and is deleted when it was used.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
. "$here/site.sh"
patience=${TOMBOLO_PATIENCE_SECONDS:-3600}
every=${TOMBOLO_RETRY_SECONDS:-15}

answers() { command_line status -o json >"$state/.status" 2>/dev/null; }

is_member() {
    answers && jq -e '.federation // empty' "$state/.status" >/dev/null
}

# Exit code 3 of `join`: joined, pairs of gateways are still to be proven. A token that was refused may have been replaced
# in the store since, so it is read anew each time.
try_to_join() {
    ! is_member || return 0
    fetch "$TOMBOLO_JOIN_SECRET" "$tokens/join.token" || { say "no join token yet"; return 1; }
    code=0
    command_line join --token-file "$tokens/join.token" >&2 || code=$?
    rm -f "$tokens/join.token"
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || return 1
    # It was good for once. In a cloud's store it dies at its time.
    [ "$kind" != file ] || rm -f "$TOMBOLO_JOIN_SECRET"
}

# Without a token to join with somebody founds a federation here, or joins one, by hand. That may take days; tokens of proxies,
# which live for minutes, are made after it.
await_membership() {
    is_member || say 'waiting for `tombolo init` or `tombolo join` on this machine'
    until is_member; do sleep "$every"; done
}

# A proxy that has an identity needs no token any more.
start_gateway() {
    [ -e "$state/gateway/svid.pem" ] || make_token gateway gateway token create
    systemctl enable --now tombolo-gateway.service
}

start_sidecar() {
    name=${1%%:*} identity=${1#*:}
    [ -e "$state/sidecars/$name/svid.pem" ] \
        || make_token "sidecar-$name" workload token create -n "${identity%/*}" --account "${identity#*/}"
    as_user mkdir -p "$state/sidecars"
    systemctl enable --now "tombolo-sidecar@$name.service"
}

# $1 = name of the token's file; then the command that makes it
make_token() {
    file=$tokens/$1.token
    shift
    rm -f "$file"
    command_line "$@" --out "$file" >&2
}

site() {
    [ ! -e "$config/kafka.env" ] || systemctl enable --now tombolo-kafka.service
    systemctl enable --now tombolo-controller.service
    again 1 "$patience" answers || { say 'the controller does not answer'; exit 1; }
    if [ -n "${TOMBOLO_JOIN_SECRET:-}" ]; then
        again "$every" "$patience" try_to_join || { say 'could not join; see above'; exit 1; }
    else
        await_membership
    fi
    [ ! -e "$config/gateway.properties" ] || start_gateway
    for sidecar in ${TOMBOLO_SIDECARS:-}; do start_sidecar "$sidecar"; done
    [ -z "${TOMBOLO_GATEWAY_SECRET:-}" ] || systemctl enable --now tombolo-gateway-token.timer
}

gateway_is_up() { [ -e "$state/gateway/svid.pem" ]; }

# Of several tokens any one is taken. Another gateway may have taken it before: then this one is refused, and tries again.
try_gateway() {
    ! gateway_is_up || return 0
    fetch "$TOMBOLO_GATEWAY_SECRET" "$tokens/gateway.all" || { say "no gateway token yet"; return 1; }
    tr ' ' '\n' <"$tokens/gateway.all" | shuf -n 1 >"$tokens/gateway.token"
    rm -f "$tokens/gateway.all"
    chown "$user" "$tokens/gateway.token"
    systemctl restart tombolo-gateway.service
    again 1 20 gateway_is_up || return 1
    rm -f "$tokens/gateway.token"
}

more_gateway() {
    again "$every" "$patience" try_gateway || { say 'could not register; see the log of tombolo-gateway'; exit 1; }
    systemctl enable --now tombolo-gateway.service
}

as_user mkdir -p "$tokens"
case ${TOMBOLO_ROLE:-site} in
    site) site ;;
    gateway) more_gateway ;;
    *) say "TOMBOLO_ROLE is $TOMBOLO_ROLE; expected site or gateway"; exit 2 ;;
esac
