package io.tombolo.it.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.ProxyProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A sidecar in a mesh with many services, of which its application calls one; in short it is NarrowingTest. */
@Deep
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterestIT {
    private static final int MANY = 10_000;
    private static final int FEW = 10;
    private static final int AT_ONCE = 500;
    private static final int CALLS = 300;
    private static final int MOST_MEASURES = 12;
    private static final long SETTLED = 64 * 1_024;
    private static final long MIB = 1_024 * 1_024;

    private static final long ALLOWED = 4 * MIB;

    private Federation federation;
    private Cluster east;
    private Caller caller;

    @BeforeAll
    void oneServiceThatIsCalled() {
        federation = Federation.linked(Map.of("east", "eu"));
        east = federation.cluster("east");
        east.startsService("shop", "checkout", "checkout");
        services(0, FEW);
        caller = east.startsCaller("shop", "shopper", "checkout.shop:80", Map.of());
        caller.awaitsAnswerOf("east checkout");
    }

    @AfterAll
    void end() {
        federation.close();
    }

    @Test
    void itsMemoryDoesNotGrowWithTheServicesThatItDoesNotCall() throws Exception {
        // Given
        ProxyProcess sidecar = caller.sidecar();
        awaitKnown(sidecar, FEW);
        long before = settledBytes(sidecar);
        // When
        for (int from = FEW; from < MANY; from += AT_ONCE) {
            services(from, Math.min(MANY, from + AT_ONCE));
        }
        awaitKnown(sidecar, MANY);
        long after = settledBytes(sidecar);
        // Then
        System.out.printf(
                "sidecar: %d bytes live with %d services, %d with %d: %+d%n", before, FEW, after, MANY, after - before);
        assertThat(sidecar.counted("tombolo_imports_called")).isEqualTo(1);
        assertThat(after - before).isLessThan(ALLOWED);
        // and one that it never called is there when it does
        Caller other = east.startsCaller("shop", "clerk", "many-7.shop:80", Map.of());
        other.awaitsStatus(503);
        assertThat(other.sidecar().counted("tombolo_imports_called")).isEqualTo(1);
    }

    /** What is live when calls and collections do not change it any more: a start leaves things behind that go later. */
    private long settledBytes(ProxyProcess sidecar) throws IOException, InterruptedException {
        long last = Long.MAX_VALUE;
        for (int i = 0; i < MOST_MEASURES; i++) {
            calls(CALLS);
            long live = liveBytes(sidecar);
            if (Math.abs(last - live) < SETTLED) {
                return Math.min(live, last);
            }
            last = live;
        }
        return last;
    }

    private void calls(int requests) {
        for (int i = 0; i < requests; i++) {
            assertThat(caller.gets("/").statusCode()).isEqualTo(200);
        }
    }

    private void services(int from, int to) {
        var yaml = new StringBuilder();
        for (int i = from; i < to; i++) {
            yaml.append("---\napiVersion: tombolo.io/v1\nkind: Service\nmetadata: {namespace: shop, name: many-")
                    .append(i)
                    .append("}\nspec: {ports: [{port: 80, appProtocol: http}]}\n");
        }
        east.operator().api().postYaml("/resources", yaml.toString());
    }

    private static void awaitKnown(ProxyProcess sidecar, int services) {
        Awaitility.await(services + " names")
                .atMost(Duration.ofSeconds(60))
                .until(() -> sidecar.counted("tombolo_imports_known") >= services);
    }

    /** What is left of the heap after a full collection. */
    private static long liveBytes(ProxyProcess sidecar) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process histogram = new ProcessBuilder(
                        jcmd, Long.toString(sidecar.process().pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(histogram.waitFor()).as(text).isZero();
        String total = text.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.split("\\s+")[2]);
    }
}
