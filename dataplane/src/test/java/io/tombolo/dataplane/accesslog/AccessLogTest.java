package io.tombolo.dataplane.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.outcome.Blame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class AccessLogTest {
    private static final Party CALLER = new Party("east", "shop", "frontend", "", 0, "aaaaaaaaaaaaa", "", "");
    private static final Party SERVER = new Party("west", "shop", "checkout", "checkout", 80, "bbbbbbbbbbbbb", "", "");

    private final Metrics metrics = new Metrics();

    @TempDir
    private Path home;

    private static Access access(String target) {
        return new Access(
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                Duration.ofNanos(1_234_567),
                Access.Direction.OUTBOUND,
                CALLER,
                SERVER,
                Optional.of(new Access.Http("GET", target, 503, 14, "0af7651916cd43dd8448eb211c80319c")),
                7,
                11,
                "complete",
                Optional.of(Blame.APP),
                "TB-2016",
                2,
                Access.TLS_1_3,
                "x25519");
    }

    private static final Pattern CODE = Pattern.compile("`([a-zA-Z]+)`");

    /** Rows {@code | `field`, `field` | … |} below the heading "Fields"; a party's own fields are in the second cell. */
    private static Set<String> documented() throws IOException {
        var fields = new TreeSet<String>();
        for (String row : Files.readAllLines(Path.of("../docs/access-log.md"))) {
            if (row.startsWith("| `") && !row.contains("access-log.")) {
                String[] cells = row.split("\\|", 3);
                List<String> names = names(cells[1]);
                names.forEach(name -> fields.addAll(
                        name.equals("source") || name.equals("destination")
                                ? names(cells[2]).stream()
                                        .map(part -> name + "." + part)
                                        .toList()
                                : List.of(name)));
            }
        }
        return fields;
    }

    private static List<String> names(String text) {
        return CODE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static Set<String> written(Access access) throws IOException {
        var fields = new TreeSet<String>();
        new ObjectMapper().readTree(line(access, true)).properties().forEach(field -> {
            if (field.getValue().isObject()) {
                field.getValue().fieldNames().forEachRemaining(part -> fields.add(field.getKey() + "." + part));
            } else {
                fields.add(field.getKey());
            }
        });
        return fields;
    }

    @Test
    void theDocumentListsEveryFieldAndNoOther() throws IOException {
        // Given
        var whole = new Party("c", "n", "w", "s", 1, "i", "a", "g");
        Access some = access("/");
        var every = new Access(
                some.began(),
                some.took(),
                some.direction(),
                whole,
                whole,
                some.http(),
                1,
                1,
                "cut",
                some.blame(),
                some.code(),
                1,
                some.tls(),
                some.tlsGroup());
        // Then
        assertThat(written(every)).isEqualTo(documented());
    }

    private static String line(Access access, boolean withQuery) {
        var text = new StringBuilder();
        AccessLine.append(text, access, withQuery);
        return text.toString();
    }

    private long dropped(String reason) {
        return metrics.counters("tombolo_access_log_dropped_total", "", "reason")
                .of(reason)
                .value();
    }

    @Test
    void aLineHasTheFieldsThatAreDocumentedInThisOrder() {
        assertThat(line(access("/cart?item=1"), false))
                .isEqualTo("{\"time\":\"2026-01-02T03:04:05.678901Z\",\"direction\":\"outbound\",\"protocol\":\"http\","
                        + "\"source\":{\"cluster\":\"east\",\"namespace\":\"shop\",\"workload\":\"frontend\","
                        + "\"instance\":\"aaaaaaaaaaaaa\"},"
                        + "\"destination\":{\"cluster\":\"west\",\"namespace\":\"shop\",\"workload\":\"checkout\","
                        + "\"service\":\"checkout\",\"port\":80,\"instance\":\"bbbbbbbbbbbbb\"},"
                        + "\"method\":\"GET\",\"path\":\"/cart\",\"status\":503,\"grpcStatus\":14,"
                        + "\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"requestBytes\":7,\"answerBytes\":11,"
                        + "\"durationMicros\":1234,\"ended\":\"complete\",\"blame\":\"APP\",\"code\":\"TB-2016\","
                        + "\"attempts\":2,\"tls\":\"TLSv1.3\",\"tlsGroup\":\"x25519\"}\n");
    }

    @Test
    void aQueryIsWrittenOnlyIfThatWasAskedFor() {
        assertThat(line(access("/a?token=secret"), false)).doesNotContain("secret");
        assertThat(line(access("/a?token=secret"), true)).contains("\"path\":\"/a?token=secret\"");
    }

    @Test
    void whateverAClientWritesTheLineStaysOneObjectOfBoundedLength() throws Exception {
        // Given
        String evil = "/\"},\n\u0001\\\u007f" + "x".repeat(100_000);
        // When
        String line = line(access(evil), false);
        // Then
        JsonNode parsed = new ObjectMapper().readTree(line);
        assertThat(parsed.path("path").asText()).startsWith("/\"},\n\u0001\\\u007fxxx");
        assertThat(line).hasSizeLessThan(4_000).endsWith("}\n");
        assertThat(line.chars().filter(c -> c == '\n').count()).isEqualTo(1);
    }

    @Test
    void whoLogsNeverWaitsAndWhatIsTooMuchIsCounted() {
        // Given: a disk that hangs
        var disk = new CompletableFuture<Void>();
        var written = new CopyOnWriteArrayList<String>();
        var log = new AccessLog(new AccessLogSettings("stderr", false, 64, 100), CALLER, metrics, sink(disk, written));
        // When
        for (int i = 0; i < 1_000; i++) {
            log.add(access("/" + i));
        }
        disk.complete(null);
        log.close();
        // Then
        long lines = String.join("", written).lines().count();
        assertThat(lines).isBetween(64L, 64L + 256L);
        assertThat(lines + dropped("queue_full")).isEqualTo(1_000);
    }

    @Test
    void aDiskThatRefusesCostsLinesAndNothingElse() {
        // Given
        var log = new AccessLog(new AccessLogSettings("stderr", false, 64, 100), CALLER, metrics, new AccessLog.Sink() {
            @Override
            public void write(byte[] lines) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
        // When
        log.add(access("/"));
        log.close();
        // Then
        assertThat(dropped("write_failed")).isEqualTo(1);
    }

    @Test
    void aFileThatWasMovedAwayIsFollowedByANewOneThatOthersCannotRead() throws Exception {
        // Given
        Path file = home.resolve("access.json");
        try (var sink = new LogFile(file)) {
            sink.write("one\n".getBytes(UTF_8));
            // When
            Files.move(file, home.resolve("access.json.1"));
            sink.write("two\n".getBytes(UTF_8));
        }
        // Then
        assertThat(home.resolve("access.json.1")).hasContent("one\n");
        assertThat(file).hasContent("two\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .endsWith("---");
    }

    @Test
    void aFileThatCannotBeWrittenStopsTheStartWithItsKey() {
        var settings = new AccessLogSettings(home.resolve("none/access.json").toString(), false, 64, 100);
        assertThatThrownBy(() -> AccessLog.open(settings, CALLER, metrics))
                .hasMessageContaining("TB-6006")
                .hasMessageContaining("access-log.to = " + home);
        assertThatThrownBy(() -> new AccessLogSettings("access.json", false, 64, 100))
                .hasMessageContaining("off, stderr, or the absolute path of a file");
    }

    @Test
    void offMeansOff() {
        // Given
        AccessLog log = AccessLog.off();
        // When
        log.add(access("/"));
        // Then
        assertThat(log.isOn()).isFalse();
        log.close();
    }

    private static AccessLog.Sink sink(CompletableFuture<Void> until, List<String> written) {
        return new AccessLog.Sink() {
            @Override
            public void write(byte[] lines) {
                until.join();
                written.add(new String(lines, UTF_8));
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
