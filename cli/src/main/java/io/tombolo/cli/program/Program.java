package io.tombolo.cli.program;

import java.util.List;
import java.util.stream.Stream;

/** The programs that run for long, with the JVM flags that suit each (ADR-0060). */
public enum Program {
    KAFKA(
            "kafka/target/app/lib",
            "io.tombolo.kafka.boot.EmbeddedBroker",
            List.of("-Xmx160m", "-XX:TieredStopAtLevel=1")),
    CONTROLLER(
            "federation-controller/target/quarkus-app/quarkus-run.jar",
            "",
            List.of("-Xms24m", "-Xmx256m", "-XX:TieredStopAtLevel=1")),
    GATEWAY("gateway/target/quarkus-app/quarkus-run.jar", "", Flags.PROXY),
    SIDECAR("sidecar/target/quarkus-app/quarkus-run.jar", "", Flags.PROXY);

    private final String place;
    private final String mainClass;
    private final List<String> flags;

    Program(String place, String mainClass, List<String> flags) {
        this.place = place;
        this.mainClass = mainClass;
        this.flags = flags;
    }

    /** Where its jar or its jars are, below the installation. */
    String place() {
        return place;
    }

    /** Its main class; empty if it is a runnable jar. */
    String mainClass() {
        return mainClass;
    }

    /** Flags for its JVM. */
    List<String> flags() {
        return Stream.concat(Flags.EVERY.stream(), flags.stream()).toList();
    }

    /** Where what its JVM learned in a rehearsal is kept, below the installation. */
    public String cache() {
        return place.substring(0, place.indexOf('/')) + "/target/program.aot";
    }

    private static final class Flags {
        /**
         * A small heap: what a proxy holds for its connections is off the heap, at most two reads of 64 KiB for each that
         * does not take what it asked for. Where 2,000 of them use up what there is, one that needs more breaks. Names of
         * gateways are asked for again after a second: the JDK's 30 would be an outage when a load balancer moves.
         */
        static final List<String> PROXY = List.of(
                "-Xms12m",
                "-Xmn4m",
                "-Xmx48m",
                "-XX:MaxDirectMemorySize=256m",
                "-Dsun.net.inetaddr.ttl=1",
                "-XX:Tier4InvocationThreshold=20000",
                "-XX:Tier4MinInvocationThreshold=5000",
                "-XX:Tier4CompileThreshold=40000",
                "-XX:Tier4BackEdgeThreshold=160000");

        static final List<String> EVERY = List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xss512k",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:TrimNativeHeapInterval=5000",
                "-XX:MinHeapFreeRatio=15",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                // What a rehearsal compiled is mostly what only starting needs: not worth a compiler's time and memory.
                "-XX:-AOTReplayTraining",
                // Netty tries out the JDK's TLS with a key store in memory; 10,000 rounds for its password are wasted.
                "-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }
}
