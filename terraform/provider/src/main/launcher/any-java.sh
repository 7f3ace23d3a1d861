#!/bin/sh
# Starts the provider on the Java that is here: JAVA_HOME, or java on the PATH, of version 25 or newer.
trap '' INT
here=$(cd "${0%/*}" && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=$("$java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
if [ "${version:-0}" -lt 25 ]; then
    printf 'This package of the provider tombolo/tombolo needs Java 25 or newer; "%s" is %s. Set JAVA_HOME.\n' \
        "$java" "${version:-not there}" >&2
    exit 1
fi
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3 -XX:-UsePerfData -Xmx256m \
    -Xlog:disable -Xlog:all=error:stderr \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$here/provider.jar" io.tombolo.terraform.boot.Main
