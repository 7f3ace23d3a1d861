package io.tombolo.terraform.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a module takes and gives, as its README shows it, from its variables.tf and outputs.tf as `terraform fmt` writes them. */
final class ModuleTables {
    private static final String HEADING = "## Inputs and outputs\n\n";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^(?:variable|output) \"([^\"]+)\" \\{\n(.*?)^}$");
    private static final Pattern TEXT = Pattern.compile("^\"((?:[^\"\\\\]|\\\\.)*)\"$");

    private final Path module;

    ModuleTables(Path module) {
        this.module = module;
    }

    /** One variable or output; its body is indented by two. */
    private record Declared(String name, String body) {
        /** The expression of one attribute: to the end of the line, or to the line that ends its brackets. */
        Optional<String> attribute(String key) {
            Matcher found = Pattern.compile("(?m)^  " + key + " *= (.*[({\\[]\n(?s:.*?)^  [])}]+|.*)$")
                    .matcher(body);
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }

        String description() {
            String quoted = attribute("description").orElseThrow(() -> new IllegalStateException(name));
            Matcher text = TEXT.matcher(quoted);
            if (!text.matches()) {
                throw new IllegalStateException(name + ": " + quoted);
            }
            return cell(text.group(1).replace("\\\"", "\"").replace("\\\\", "\\"));
        }

        String type() {
            String type = attribute("type").orElseThrow(() -> new IllegalStateException(name));
            return type.contains("\n") ? "[below](#shapes)" : "`" + cell(type) + "`";
        }

        String standard() {
            return attribute("default")
                    .map(text -> "`" + cell(text.replaceAll("\\s*\n\\s*", " ")) + "`")
                    .orElse("required");
        }

        private static String cell(String text) {
            return text.replace("|", "\\|");
        }
    }

    /** The README with its last section written anew. */
    String readme() {
        String now = read("README.md");
        int at = now.indexOf(HEADING);
        if (at < 0) {
            throw new IllegalStateException(module + "/README.md has no \"" + HEADING.strip() + "\"");
        }
        return now.substring(0, at) + HEADING + inputs() + "\n" + outputs() + shapes();
    }

    private String inputs() {
        return "| input | what | type | default |\n|---|---|---|---|\n"
                + declared("variables.tf").stream()
                        .map(one -> "| `%s` | %s | %s | %s |\n"
                                .formatted(one.name(), one.description(), one.type(), one.standard()))
                        .collect(Collectors.joining());
    }

    private String outputs() {
        return "| output | what |\n|---|---|\n"
                + declared("outputs.tf").stream()
                        .map(one -> "| `%s` | %s |\n".formatted(one.name(), one.description()))
                        .collect(Collectors.joining());
    }

    private String shapes() {
        String shapes = declared("variables.tf").stream()
                .flatMap(one -> one.attribute("type").filter(type -> type.contains("\n")).stream()
                        .map(type -> "  " + one.name() + " = " + type + "\n"))
                .collect(Collectors.joining("\n"))
                .replaceAll("(?m)^  ", "");
        return shapes.isEmpty() ? "" : "\n### Shapes\n\n```text\n" + shapes + "```\n";
    }

    private List<Declared> declared(String file) {
        return BLOCK.matcher(read(file))
                .results()
                .map(block -> new Declared(block.group(1), block.group(2)))
                .toList();
    }

    private String read(String file) {
        try {
            return Files.readString(module.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
