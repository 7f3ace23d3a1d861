package io.tombolo.cli.failover;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Shares before and after as bars, in SVG 1.1: one pair of bars for each service, one colour for each cluster. */
final class SharesPicture {
    /** Told apart also by who sees fewer colours (Okabe and Ito). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999");

    private static final String REFUSED = "#000000";
    private static final int LEFT = 260;
    private static final int WIDTH = 600;
    private static final int BAR = 16;
    private static final int STEP = 52;
    private static final int TOP = 40;

    private final StringBuilder svg = new StringBuilder();
    private final List<String> clusters;

    private SharesPicture(List<String> clusters) {
        this.clusters = clusters;
    }

    static String of(JsonNode services) {
        var names = new TreeSet<String>();
        services.forEach(service -> service.path("clusters")
                .forEach(part -> names.add(part.path("cluster").asText())));
        var picture = new SharesPicture(new ArrayList<>(names));
        picture.draw(services);
        return picture.svg.toString();
    }

    private void draw(JsonNode services) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                LEFT + WIDTH + 20,
                TOP + STEP * services.size() + 10));
        legend();
        int y = TOP;
        for (JsonNode service : services) {
            text(4, y + 20, service.path("service").asText());
            bar(service, y, "before", "shedBefore");
            bar(service, y + BAR + 4, "after", "shedAfter");
            y += STEP;
        }
        svg.append("</svg>\n");
    }

    private void legend() {
        int x = LEFT;
        for (int i = 0; i < clusters.size(); i++) {
            rectangle(x, 10, 12, colour(i));
            text(x + 16, 20, clusters.get(i));
            x += 30 + 8 * clusters.get(i).length();
        }
        rectangle(x, 10, 12, REFUSED);
        text(x + 16, 20, "refused");
    }

    private void bar(JsonNode service, int y, String when, String shed) {
        text(LEFT - 48, y + 12, when);
        double x = LEFT;
        for (JsonNode part : service.path("clusters")) {
            double width = part.path(when).asDouble() * WIDTH;
            rectangle(x, y, width, colour(clusters.indexOf(part.path("cluster").asText())));
            x += width;
        }
        rectangle(x, y, service.path(shed).asDouble() * WIDTH, REFUSED);
    }

    private static String colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    private void rectangle(double x, int y, double width, String colour) {
        if (width > 0) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    x,
                    y,
                    width,
                    BAR,
                    colour));
        }
    }

    private void text(int x, int y, String text) {
        String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, safe));
    }
}
