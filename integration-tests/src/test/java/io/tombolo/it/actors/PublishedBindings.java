package io.tombolo.it.actors;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.tombolo.terraform.proto.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What a provider's published bindings for JavaScript (npm, {@code @cdktf/provider-*}) say of its resources, and of the provider
 * itself: names and types of attributes, which are blocks, and which must be given. Whether others are computed is not told apart.
 */
public final class PublishedBindings {
    private static final int PATIENCE_SECONDS = 120;
    /** Number of {@code block_types} in a block; our own provider has none, and its protocol leaves the field out. */
    private static final int BLOCK_TYPES = 3;

    private static final Pattern TYPE = Pattern.compile("tfResourceType = \"(\\w+)\"");
    private static final Pattern STRUCT =
            Pattern.compile("(?ms)^function (\\w+)ToHclTerraform\\(struct\\) \\{(.*?)^\\}");
    private static final Pattern READ = Pattern.compile("(?ms)^class (\\w+)OutputReference extends (.*?)^\\}");
    private static final Pattern TOP = Pattern.compile("(?ms)^    synthesizeHclAttributes\\(\\) \\{(.*?)^    \\}");
    private static final Pattern ENTRY =
            Pattern.compile("(?m)^\\s+(\\w+): \\{\\s*value: (.*),\\s*isBlock: (true|false),"
                    + "\\s*type: \"(\\w+)\",\\s*storageClassType: \"(\\w+)\",");
    private static final Pattern USES = Pattern.compile("(?:^|[^.\\w]|structs\\d*_\\d+\\.)(\\w+)ToHclTerraform");
    private static final Pattern REQUIRED =
            Pattern.compile("// (\\w+) - computed: false, optional: false, required: true");
    private static final Pattern COMPUTED = Pattern.compile(
            "// (\\w+) - computed: true, optional: false, required: false\\s+get \\w+\\(\\) \\{\\s+return this\\.(\\w+)");
    private static final Pattern COMPUTED_LIST =
            Pattern.compile("// (\\w+) - computed: true, optional: false, required: false\\s+this\\.\\w+ = new");

    private final Map<String, String> structs = new HashMap<>();
    /** What can be read of a structure, by the structure's name in lower case. */
    private final Map<String, String> read = new HashMap<>();

    private final boolean blocks;

    private PublishedBindings(boolean blocks) {
        this.blocks = blocks;
    }

    /** Schemas of resources by type, and of {@code provider} by its name, from a package that npm gets; skips the test, with the reason, where it cannot. */
    public static Map<String, Schema> of(String npmPackage, List<String> resources, Path dir)
            throws IOException, InterruptedException {
        return read(npmPackage, resources, dir, true);
    }

    /** The same of a provider that has attributes where others have blocks, which bindings do not tell; what is in them is not told either. */
    public static Map<String, Schema> withoutBlocks(String npmPackage, List<String> resources, Path dir)
            throws IOException, InterruptedException {
        return read(npmPackage, resources, dir, false);
    }

    private static Map<String, Schema> read(String npmPackage, List<String> resources, Path dir, boolean blocks)
            throws IOException, InterruptedException {
        Terminal.assumeInstalled("npm", "tar");
        Assumptions.assumeTrue(
                run(dir, List.of("npm", "pack", npmPackage, "--silent")), "skipped: npm does not get " + npmPackage);
        try (Stream<Path> files = Files.list(dir)) {
            Path archive = files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow();
            var tar = new ArrayList<>(List.of("tar", "-xzf", archive.toString()));
            resources.forEach(resource -> tar.add("package/lib/" + resource));
            if (!run(dir, tar)) {
                throw new AssertionError(npmPackage + " lacks one of " + resources);
            }
        }
        var schemas = new HashMap<String, Schema>();
        for (String resource : resources) {
            String source = source(dir.resolve("package/lib").resolve(resource));
            schemas.put(one(TYPE, source), new PublishedBindings(blocks).schema(source));
        }
        return schemas;
    }

    private static boolean run(Path dir, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("output.log").toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    /** Large resources have their structures in files of their own. */
    private static String source(Path resource) throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.walk(resource)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }

    private static String one(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find()) {
            throw new AssertionError("nothing like " + pattern);
        }
        return matcher.group(1);
    }

    private Schema schema(String source) {
        STRUCT.matcher(source).results().forEach(found -> structs.put(found.group(1), found.group(2)));
        READ.matcher(source)
                .results()
                .forEach(found -> read.put(found.group(1).toLowerCase(Locale.ROOT), found.group(2)));
        String resource = source.substring(source.indexOf("extends cdktf.Terraform"));
        Set<String> required = new HashSet<>();
        REQUIRED.matcher(resource).results().forEach(found -> required.add(found.group(1)));
        Schema.Block.Builder block = block(one(TOP, source), required);
        addComputed(block, resource);
        return Schema.newBuilder().setBlock(block).build();
    }

    private static void addComputed(Schema.Block.Builder block, String source) {
        Set<String> known = new HashSet<>();
        block.getAttributesList().forEach(attribute -> known.add(attribute.getName()));
        COMPUTED.matcher(source)
                .results()
                .filter(found -> known.add(found.group(1)))
                .forEach(found -> block.addAttributes(computed(found.group(1), computedType(found.group(2)))));
        COMPUTED_LIST
                .matcher(source)
                .results()
                .filter(found -> known.add(found.group(1)))
                .forEach(found -> block.addAttributes(computed(found.group(1), "\"dynamic\"")));
    }

    private static Schema.Attribute computed(String name, String type) {
        return Schema.Attribute.newBuilder()
                .setName(name)
                .setType(ByteString.copyFromUtf8(type))
                .setComputed(true)
                .build();
    }

    private static String computedType(String getter) {
        return switch (getter) {
            case "getStringAttribute" -> "\"string\"";
            case "getNumberAttribute" -> "\"number\"";
            case "getBooleanAttribute" -> "\"bool\"";
            case "getListAttribute" -> "[\"list\",\"string\"]";
            default -> "\"dynamic\"";
        };
    }

    private Schema.Block.Builder block(String entries, Set<String> required) {
        var block = Schema.Block.newBuilder();
        var nested = UnknownFieldSet.Field.newBuilder();
        for (Matcher entry = ENTRY.matcher(entries); entry.find(); ) {
            if (blocks && entry.group(3).equals("true")) {
                nested.addLengthDelimited(nested(entry));
            } else {
                block.addAttributes(attribute(entry, required));
            }
        }
        ByteString unknown = UnknownFieldSet.newBuilder()
                .addField(BLOCK_TYPES, nested.build())
                .build()
                .toByteString();
        return parsed(block.build().toByteString().concat(unknown)).toBuilder();
    }

    // What the provider's own messages do not know, they keep.
    private static Schema.Block parsed(ByteString bytes) {
        try {
            return Schema.Block.parseFrom(bytes);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("it was just written", impossible);
        }
    }

    private ByteString nested(Matcher entry) {
        Matcher uses = USES.matcher(entry.group(2));
        String struct = Optional.of(uses)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElse("");
        Schema.Block.Builder inner = block(structs.getOrDefault(struct, ""), Set.of());
        addComputed(inner, read.getOrDefault(struct.toLowerCase(Locale.ROOT), ""));
        long nesting = entry.group(4).equals("struct") ? 1 : entry.group(4).equals("list") ? 2 : 3;
        return UnknownFieldSet.newBuilder()
                .addField(1, bytes(ByteString.copyFrom(entry.group(1), StandardCharsets.UTF_8)))
                .addField(2, bytes(inner.build().toByteString()))
                .addField(
                        3, UnknownFieldSet.Field.newBuilder().addVarint(nesting).build())
                .build()
                .toByteString();
    }

    private static UnknownFieldSet.Field bytes(ByteString value) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
    }

    private static Schema.Attribute attribute(Matcher entry, Set<String> required) {
        String name = entry.group(1);
        boolean writeOnly = name.endsWith("_wo");
        boolean must = required.contains(name);
        return Schema.Attribute.newBuilder()
                .setName(name)
                .setType(ByteString.copyFromUtf8(type(entry.group(4), entry.group(5))))
                .setRequired(must)
                .setOptional(!must)
                .setComputed(!must && !writeOnly)
                .setWriteOnly(writeOnly)
                .build();
    }

    private static String type(String collection, String stored) {
        String element = stored.startsWith("string")
                ? "\"string\""
                : stored.startsWith("number")
                        ? "\"number\""
                        : stored.startsWith("boolean") ? "\"bool\"" : "\"dynamic\"";
        boolean plain = !element.equals("\"dynamic\"");
        return switch (collection) {
            case "list", "set", "map" -> plain ? "[\"" + collection + "\"," + element + "]" : "\"dynamic\"";
            default -> element;
        };
    }
}
