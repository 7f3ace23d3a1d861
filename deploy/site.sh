# What the scripts of a site have in common. Sourced; needs `here`, and the variables of /etc/tombolo/site.env:
#
#   TOMBOLO_CLUSTER         the cluster's name
#   TOMBOLO_ROLE            site: controller, and what else is configured here; gateway: one more gateway
#   TOMBOLO_SECRET_KIND     where secrets are: file, aws, gcp, azure
#   TOMBOLO_JOIN_SECRET     which of them is the token to join with; empty: this site joins nobody by itself
#   TOMBOLO_GATEWAY_SECRET  which of them has tokens for further gateways; empty: there are none
#   TOMBOLO_SIDECARS        name:namespace/account, separated by blanks
#   TOMBOLO_CONFIG, TOMBOLO_STATE, TOMBOLO_USER   as deploy/install.sh has them
config=${TOMBOLO_CONFIG:-/etc/tombolo}
state=${TOMBOLO_STATE:-/var/lib/tombolo}
user=${TOMBOLO_USER:-tombolo}
kind=${TOMBOLO_SECRET_KIND:-file}
tokens=$state/tokens
umask 077

say() { printf 'tombolo site: %s\n' "$*" >&2; }

as_user() {
    if [ "$(id -un)" = "$user" ]; then "$@"; else runuser -u "$user" -- "$@"; fi
}

# The command, as the user that the programs run as.
command_line() {
    as_user env HOME="$state" TOMBOLO_NO_BUILD=1 TOMBOLO_CONTEXTS="$state/contexts.yaml" \
        "$here/../tombolo" "$@"
}

# Reads secret $1 into file $2, readable by the user alone. Other exit codes than 0: there is none, or the store is silent.
fetch() {
    sh "$here/secret.sh" read "$kind" "$1" >"$2.new" || { rm -f "$2.new"; return 1; }
    chown "$user" "$2.new"
    mv "$2.new" "$2"
}

# Repeats a command until it succeeds, every $1 seconds for at most $2 seconds. In a shell of its own: one may be within another,
# and each has its own numbers.
again() (
    pause=$1 left=$2
    shift 2
    until "$@"; do
        left=$((left - pause))
        [ "$left" -gt 0 ] || return 1
        sleep "$pause"
    done
)
