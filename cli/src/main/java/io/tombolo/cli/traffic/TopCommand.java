package io.tombolo.cli.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;
import io.tombolo.cli.running.AdminPage;
import io.tombolo.cli.running.RunningSidecar;
import io.tombolo.model.setting.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo top}. */
@Command(
        name = "top",
        description = {
            "Show who calls whom through a running sidecar, how often, how well and how fast, until Ctrl-C.",
            "OK is the share of requests that nobody but the client is to blame for; P50 and P99 are as exact as the buckets.",
            "Without --state-dir: the one that `tombolo sidecar run` of this user runs without one, if it is the only one."
        },
        footer = {"", "Example:", "  tombolo top --once -o json"})
public final class TopCommand implements Runnable {
    private static final String CLEAR = "\033[H\033[2J";

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "",
            description = "The sidecar's state directory.")
    private Path stateDir = Path.of("");

    @Option(names = "--once", description = "Print one table, of the first interval, and end.")
    private boolean once;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Between two looks, 100ms to 1m (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ofSeconds(1);

    @Mixin
    private Output output = new Output();

    @Override
    public void run() {
        Setting.check(interval.toMillis() >= 100 && interval.toSeconds() <= 60, "--interval", interval, "100ms to 1m");
        try (AdminPage page = AdminPage.of(RunningSidecar.in(stateDir))) {
            look(page);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(AdminPage page) throws InterruptedException {
        Sample before = Sample.read(page.text("/metrics"));
        long beforeNanos = System.nanoTime();
        do {
            TimeUnit.MILLISECONDS.sleep(interval.toMillis());
            Sample now = Sample.read(page.text("/metrics"));
            long nowNanos = System.nanoTime();
            show(now.since(before, (nowNanos - beforeNanos) / 1e9));
            before = now;
            beforeNanos = nowNanos;
        } while (!once);
    }

    private void show(List<Rate> rates) {
        if (!once && output.forPeople() && System.console() != null) {
            output.say(CLEAR);
        }
        output.print(
                json(rates),
                new Table("No request ended in that time.")
                        .column("DIRECTION", "/direction")
                        .column("SOURCE", row -> at(row, "source"))
                        .column("DESTINATION", row -> at(row, "destination"))
                        .column("RPS", row -> number(row, "perSecond", ""))
                        .column("OK", row -> percent(row.path("success").asDouble()))
                        .column("P50", row -> number(row, "p50Millis", " ms"))
                        .column("P99", row -> number(row, "p99Millis", " ms"))
                        .column("BLAME", "/mostBlame"));
    }

    private static String at(JsonNode row, String end) {
        return row.path(end).asText() + " (" + row.path(end + "Cluster").asText() + ")";
    }

    private static String number(JsonNode row, String field, String unit) {
        return row.path(field).isNull()
                ? "> last bucket"
                : String.format(Locale.ROOT, "%.1f%s", row.path(field).asDouble(), unit);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(share * 1e3) / 10);
    }

    private static ArrayNode json(List<Rate> rates) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Rate rate : rates) {
            ObjectNode one = all.addObject()
                    .put("direction", rate.way().direction())
                    .put("source", rate.way().source())
                    .put("sourceCluster", rate.way().sourceCluster())
                    .put("destination", rate.way().destination())
                    .put("destinationCluster", rate.way().destinationCluster())
                    .put("perSecond", rate.perSecond())
                    .put("success", rate.success())
                    .put("mostBlame", rate.mostBlame());
            millis(one, "p50Millis", rate.p50Millis());
            millis(one, "p99Millis", rate.p99Millis());
        }
        return all;
    }

    /** JSON has no infinity. */
    private static void millis(ObjectNode row, String field, double value) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            row.putNull(field);
        } else {
            row.put(field, value);
        }
    }
}
