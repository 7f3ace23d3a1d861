#!/bin/sh
# Reads or writes one secret of the cloud's store, as this machine's own identity. The value goes by standard output or input
# only; credentials reach curl by its standard input, so nothing of this is in arguments, the environment or a file.
#
#   secret.sh read  STORE NAME            # exit code 3: there is none (yet)
#   secret.sh write STORE NAME <value
#
#   STORE   file   NAME is a path
#           aws    NAME is the ARN of a secret in AWS Secrets Manager
#           gcp    NAME is projects/P/secrets/S of Google Secret Manager
#           azure  NAME is https://VAULT.vault.azure.net/secrets/S
#
# Tests set TOMBOLO_METADATA (the cloud's metadata service) and TOMBOLO_SECRET_STORE (the store) to addresses of their own.
set -eu
umask 077

# curl with a configuration on standard input; prints the answer's body.
ask() { curl --silent --show-error --fail --max-time 20 --config -; }

json() { jq -er "$1" || exit 3; }

# Prints $1 as a value of curl's configuration.
quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"; }

aws_credentials() {
    metadata=${TOMBOLO_METADATA:-http://169.254.169.254}
    session=$(ask <<C
url = "$metadata/latest/api/token"
request = PUT
header = "X-aws-ec2-metadata-token-ttl-seconds: 300"
C
)
    role=$(aws_metadata iam/security-credentials/)
    aws_metadata "iam/security-credentials/$role"
}

aws_metadata() {
    ask <<C
url = "$metadata/latest/meta-data/$1"
header = "X-aws-ec2-metadata-token: $session"
C
}

# $1 = operation, $2 = body
aws_call() {
    region=$(printf %s "$name" | cut -d : -f 4)
    credentials=$(aws_credentials)
    key=$(printf %s "$credentials" | json .AccessKeyId)
    secret=$(printf %s "$credentials" | json .SecretAccessKey)
    token=$(printf %s "$credentials" | json .Token)
    ask <<C
url = "${TOMBOLO_SECRET_STORE:-https://secretsmanager.$region.amazonaws.com}/"
aws-sigv4 = "aws:amz:$region:secretsmanager"
user = $(quoted "$key:$secret")
header = "X-Amz-Security-Token: $token"
header = "X-Amz-Target: secretsmanager.$1"
header = "Content-Type: application/x-amz-json-1.1"
data = $(quoted "$2")
C
}

gcp_token() {
    ask <<C | json .access_token
url = "${TOMBOLO_METADATA:-http://metadata.google.internal}/computeMetadata/v1/instance/service-accounts/default/token"
header = "Metadata-Flavor: Google"
C
}

# Destroys the version before the one that standard input names: each one that is left costs money.
gcp_forget() {
    read -r version
    before=$((${version##*/} - 1))
    [ "$before" -ge 1 ] || return 0
    bearer "${TOMBOLO_SECRET_STORE:-https://secretmanager.googleapis.com}/v1/$name/versions/$before:destroy" \
        "$(gcp_token)" 'header = "Content-Type: application/json"
data = "{}"' >/dev/null
}

azure_token() {
    ask <<C | json .access_token
url = "${TOMBOLO_METADATA:-http://169.254.169.254}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net"
header = "Metadata: true"
C
}

# $1 = URL, $2 = token, $3 = further lines
bearer() {
    ask <<C
url = "$1"
header = "Authorization: Bearer $2"
$3
C
}

read_secret() {
    case $store in
        file) [ -s "$name" ] || exit 3; cat "$name" ;;
        aws) aws_call GetSecretValue "{\"SecretId\":\"$name\"}" | json .SecretString ;;
        gcp)
            bearer "${TOMBOLO_SECRET_STORE:-https://secretmanager.googleapis.com}/v1/$name/versions/latest:access" \
                "$(gcp_token)" '' | json .payload.data | base64 -d
            ;;
        azure)
            bearer "${TOMBOLO_SECRET_STORE:-${name%%/secrets/*}}/secrets/${name##*/secrets/}?api-version=7.4" \
                "$(azure_token)" '' | json .value
            ;;
        *) echo "secret: no store is called $store" >&2; exit 2 ;;
    esac
}

write_secret() {
    value=$(cat)
    case $store in
        file)
            printf '%s\n' "$value" >"$name.new"
            mv "$name.new" "$name"
            ;;
        aws) aws_call PutSecretValue "{\"SecretId\":\"$name\",\"SecretString\":\"$value\"}" >/dev/null ;;
        gcp)
            bearer "${TOMBOLO_SECRET_STORE:-https://secretmanager.googleapis.com}/v1/$name:addVersion" "$(gcp_token)" \
                "header = \"Content-Type: application/json\"
data = $(quoted "{\"payload\":{\"data\":\"$(printf '%s' "$value" | base64 -w 0)\"}}")" | json .name | gcp_forget
            ;;
        azure)
            bearer "${TOMBOLO_SECRET_STORE:-${name%%/secrets/*}}/secrets/${name##*/secrets/}?api-version=7.4" \
                "$(azure_token)" "request = PUT
header = \"Content-Type: application/json\"
data = $(quoted "{\"value\":\"$value\"}")" >/dev/null
            ;;
        *) echo "secret: no store is called $store" >&2; exit 2 ;;
    esac
}

store=${2:?usage: secret.sh read|write STORE NAME}
name=${3:?usage: secret.sh read|write STORE NAME}
case $1 in
    read) read_secret ;;
    write) write_secret ;;
    *) echo "usage: secret.sh read|write STORE NAME" >&2; exit 2 ;;
esac
