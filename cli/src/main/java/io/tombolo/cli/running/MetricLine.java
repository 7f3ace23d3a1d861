package io.tombolo.cli.running;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One number of a page of metrics. */
public record MetricLine(String name, Map<String, String> labels, double value) {
    private static final Pattern LINE = Pattern.compile("([a-z_]+)\\{(.*)} ([0-9.E+-]+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Those with labels whose name begins with one of {@code names}, from the text format of Prometheus. */
    public static Stream<MetricLine> of(String page, String... names) {
        return page.lines()
                .filter(line -> Stream.of(names).anyMatch(line::startsWith))
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(found ->
                        new MetricLine(found.group(1), labels(found.group(2)), Double.parseDouble(found.group(3))));
    }

    private static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        return labels;
    }

    /** A label; empty if it is not there. */
    public String label(String key) {
        return labels.getOrDefault(key, "");
    }
}
