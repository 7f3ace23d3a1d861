package io.tombolo.dataplane.exchange;

import io.tombolo.testing.EscapedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One row of {@code strict/requests.txt} or {@code strict/answers.txt}; those files say how they are written.
 * @param name   what is wrong, or right, with the bytes
 * @param bytes  what is sent
 * @param expect what must come of it, by door
 * @param has    header lines that the application must get
 * @param lacks  names of headers that it must not get
 */
record StrictRow(String name, String bytes, List<Expected> expect, List<String> has, List<String> lacks) {
    /**
     * What one door must do.
     * @param answers final statuses, in order
     * @param end     OPEN, CLOSED or CUT
     * @param code    the TB-nnnn that the last answer must carry; empty = it must carry none
     * @param got     whole requests that the application must get, as {@link ReadingApp#summary}; null = see {@code part}
     * @param part    whether the application may have seen the beginning of one that never became whole
     */
    record Expected(
            List<String> doors,
            List<Integer> answers,
            String end,
            Optional<String> code,
            List<String> got,
            boolean part) {
        static Expected parse(String line) {
            String[] sides = line.split("->", -1);
            String[] words = sides[0].strip().split(" +");
            List<Integer> answers = words[1].equals("none")
                    ? List.of()
                    : List.of(words[1].split("\\+")).stream()
                            .map(Integer::valueOf)
                            .toList();
            String reached = sides.length < 2 ? "" : sides[1].strip();
            boolean part = reached.startsWith("part");
            List<String> got = part || reached.isEmpty()
                    ? List.of()
                    : List.of(EscapedBytes.read(reached).split(", "));
            Optional<String> code = words.length < 4 ? Optional.empty() : Optional.of(words[3]);
            return new Expected(List.of(words[0].split(",")), answers, words[2], code, got, part);
        }
    }

    /** Doors that do as another one does where a row says nothing of them. */
    private static final Map<String, String> LIKE =
            Map.of("gateway", "mesh", "handed", "mesh", "bare", "app", "behind", "app");

    /** What {@code door} must do; empty if the row is not for it. */
    Optional<Expected> at(String door) {
        return expect.stream()
                .filter(e -> e.doors.contains(door))
                .findFirst()
                .or(() -> expect.stream()
                        .filter(e -> e.doors.contains("all") && !door.equals("proxy") && !LIKE.containsKey(door))
                        .findFirst())
                .or(() -> Optional.ofNullable(LIKE.get(door)).flatMap(this::at));
    }

    /**
     * Some rows of a table, evenly spread, for doors behind which the same reader stands as behind another one; all with -Pdeep.
     * @param each every so many-th one
     */
    static List<StrictRow> some(String resource, int each) throws IOException {
        List<StrictRow> all = read(resource);
        return Boolean.getBoolean("tombolo.deep")
                ? all
                : IntStream.range(0, all.size())
                        .filter(number -> number % each == 0)
                        .mapToObj(all::get)
                        .toList();
    }

    /** Reads a table. */
    static List<StrictRow> read(String resource) throws IOException {
        try (InputStream in = StrictRow.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no resource " + resource);
            }
            var rows = new ArrayList<StrictRow>();
            var lines = new ArrayList<String>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
                if (line.startsWith("= ") && !lines.isEmpty()) {
                    rows.add(row(lines));
                    lines.clear();
                }
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(line);
                }
            }
            rows.add(row(lines));
            return rows;
        }
    }

    private static StrictRow row(List<String> lines) {
        var bytes = new StringBuilder();
        var expect = new ArrayList<Expected>();
        var has = new ArrayList<String>();
        var lacks = new ArrayList<String>();
        for (String line : lines.subList(1, lines.size())) {
            String rest = line.substring(2);
            switch (line.charAt(0)) {
                case '>' -> bytes.append(EscapedBytes.read(rest));
                case '+' -> has.add(rest);
                case '-' -> lacks.add(rest.toLowerCase(Locale.ROOT));
                default -> expect.add(Expected.parse(line));
            }
        }
        return new StrictRow(lines.getFirst().substring(2), bytes.toString(), expect, has, lacks);
    }
}
