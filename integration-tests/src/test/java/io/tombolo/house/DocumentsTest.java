package io.tombolo.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents say about the house is true, and what they point at is there. */
class DocumentsTest {
    private static final Path DOCS = Module.home().resolve("docs");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern DECISION = Pattern.compile("ADR-([0-9]{4})");
    private static final Pattern TEST = Pattern.compile("\\b[A-Z][A-Za-z0-9]+(?:Test|IT)\\b");
    private static final Pattern MODULE = Pattern.compile("<module>([a-z-]+)</module>");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*");

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
        for (Path document : documents()) {
            for (String target : found(LINK, Files.readString(document))) {
                assertThat(document.resolveSibling(target))
                        .as("link in %s", document)
                        .exists();
            }
        }
    }

    @Test
    void everyDecisionHasANumberOfItsOwnAndAllItsParts() throws IOException {
        var numbers = new ArrayList<String>();
        for (Path decision : decisions()) {
            String number = number(decision);
            List<String> lines = Files.readAllLines(decision);
            assertThat(lines.getFirst()).as("%s", decision).startsWith("# ADR-" + number + " ");
            for (String part :
                    List.of("Status", "Context", "Decision", "Why", "Refused", "Cost", "Checked", "Revisit")) {
                assertThat(lines).as("%s of %s", part, decision).anyMatch(line -> line.startsWith(part + ":"));
            }
            numbers.add(number);
        }
        assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void everyDecisionThatIsNamedExists() throws IOException {
        Set<String> known = decisions().stream().map(DocumentsTest::number).collect(Collectors.toSet());
        for (Path file : Stream.concat(Sources.ofEverything().stream(), documents().stream())
                .toList()) {
            assertThat(known).as("decisions named in %s", file).containsAll(found(DECISION, Files.readString(file)));
        }
    }

    @Test
    void everyTestThatADecisionNamesExists() throws IOException {
        Set<String> tests = Sources.ofEverything().stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        for (Path decision : decisions()) {
            assertThat(tests).as("tests named in %s", decision).containsAll(found(TEST, Files.readString(decision)));
        }
    }

    @Test
    void theArchitectureNamesEveryModuleAndRoomAndNoOther() throws IOException {
        // Given
        Map<String, Set<String>> said = roomsInTheDocument();
        // Then
        assertThat(said.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Module.values())
                        .map(module -> module.sources()
                                .getName(Module.home().getNameCount())
                                .toString())
                        .toList());
        for (Module module : Module.values()) {
            String name = module.sources().getName(Module.home().getNameCount()).toString();
            assertThat(said.get(name)).as("rooms of %s", name).isEqualTo(rooms(module));
        }
    }

    @Test
    void theArchitectureNamesEveryModuleOfTheBuild() throws IOException {
        String text = Files.readString(DOCS.resolve("architecture.md"));
        assertThat(found(MODULE, Files.readString(Module.home().resolve("pom.xml"))))
                .isNotEmpty()
                .allSatisfy(module -> assertThat(text).contains(module));
    }

    /** Rows {@code | `module` | room, room … | … |} below the heading "Rooms". */
    private static Map<String, Set<String>> roomsInTheDocument() throws IOException {
        var rooms = new LinkedHashMap<String, Set<String>>();
        Files.readAllLines(DOCS.resolve("architecture.md")).stream()
                .dropWhile(line -> !line.equals("## Rooms"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", 3))
                .forEach(cells -> rooms.put(found(WORD, cells[1]).getFirst(), new TreeSet<>(found(WORD, cells[2]))));
        return rooms;
    }

    private static Set<String> rooms(Module module) throws IOException {
        Path base = module.sources().resolve(module.basePackage().replace('.', '/'));
        var rooms = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(base)) {
            files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> base.relativize(file.getParent()).toString().replace('/', '.'))
                    .filter(room -> !room.isEmpty())
                    .forEach(rooms::add);
        }
        return rooms;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(DOCS)) {
            return Stream.concat(
                            docs.filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md").map(Module.home()::resolve))
                    .toList();
        }
    }

    private static List<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("adr"))) {
            return files.sorted().toList();
        }
    }

    private static String number(Path decision) {
        return decision.getFileName().toString().substring(0, 4);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
                .toList();
    }
}
