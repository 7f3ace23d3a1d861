#!/bin/sh
# Starts the provider on the Java runtime beside it. Ctrl-C goes to Terraform's whole process group; the provider lets it pass.
trap '' INT
here=$(cd "${0%/*}" && pwd -P)
# Made for a process that lives for a second: reflection by method handles, and compiling what was compiled in the rehearsal, cost more
# than they bring.
exec "$here/runtime/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3 -XX:-UsePerfData -Xmx256m \
    -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:ArchiveRelocationMode=0 -Djdk.reflect.useNativeAccessorOnly=true \
    -Djava.library.path="$here" -XX:AOTCache="$here/provider.aot" -Xlog:disable -Xlog:all=error:stderr \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$here/provider.jar" io.tombolo.terraform.boot.Main
