package io.tombolo.it.actors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** The provider as the build packs it, in a mirror from which Terraform installs it. */
public final class PackagedProvider {
    private static final String SOURCE = "registry.terraform.io/tombolo/tombolo";

    private PackagedProvider() {}

    private static Path target() {
        return Path.of(System.getProperty("tombolo.home", ".."), "terraform/provider/target");
    }

    /** Unless this build packed it, the test is skipped, and says so. */
    public static void isHere() {
        Assumptions.assumeTrue(
                Files.isDirectory(mirror()),
                "skipped: the provider is not packed; run `./mvnw -pl terraform/provider -am package`");
    }

    /** With the package as one file. */
    public static Path mirror() {
        return target().resolve("mirror");
    }

    /** With the package's files. */
    public static Path unpacked(Path directory) throws IOException {
        Path tree;
        try (var trees = Files.list(target().resolve("package"))) {
            tree = trees.filter(one -> !one.endsWith("any")).findFirst().orElseThrow();
        }
        Path version = Files.createDirectories(directory.resolve(SOURCE).resolve("0.1.0"));
        Files.createSymbolicLink(
                version.resolve(tree.getFileName().toString()),
                tree.toAbsolutePath().toRealPath());
        return directory;
    }

    /** Settings of a Terraform that installs from a mirror and from nowhere else. */
    public static Map<String, String> installedFrom(Path mirror, Path directory) throws IOException {
        Path configuration = Files.writeString(
                directory.resolve("terraform.rc"),
                "disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = \""
                        + mirror.toAbsolutePath().normalize() + "\"\n  }\n}\n");
        return new TreeMap<>(Map.of("TF_CLI_CONFIG_FILE", configuration.toString(), "TF_IN_AUTOMATION", "1"));
    }
}
