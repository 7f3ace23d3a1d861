package io.tombolo.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The modules whose code runs in production, and what each may import of the others. */
enum Module {
    MODEL("model", "model"),
    WIRE("wire", "wire", "model"),
    TRUST_BUNDLE("trust-bundle", "trustbundle", "model"),
    INJECTION("injection", "injection", "model"),
    CATALOG("catalog", "catalog", "model", "wire", "trustbundle"),
    DATAPLANE("dataplane", "dataplane", "model", "wire", "trustbundle"),
    GATEWAY("gateway", "gateway", "model", "wire", "trustbundle", "dataplane"),
    SIDECAR("sidecar", "sidecar", "model", "wire", "trustbundle", "dataplane"),
    CONTROLLER("federation-controller", "controller", "model", "injection", "wire", "trustbundle", "catalog"),
    KAFKA("kafka", "kafka", "model", "trustbundle"),
    CLI("cli", "cli", "model", "injection", "wire", "trustbundle"),
    TERRAFORM("terraform/provider", "terraform", "model", "trustbundle");

    private static final String BASE = "io.tombolo.";

    private final String directory;
    private final String packageName;
    private final Set<String> mayImport;

    Module(String directory, String packageName, String... mayImport) {
        this.directory = directory;
        this.packageName = packageName;
        this.mayImport = Set.of(mayImport);
    }

    /**
     * The module that a package belongs to.
     *
     * @param packageName full name
     * @return empty for packages of others
     */
    static Optional<Module> of(String packageName) {
        return Arrays.stream(values())
                .filter(module -> (packageName + ".").startsWith(module.basePackage() + "."))
                .findFirst();
    }

    /**
     * Whether code of this module may import a package of the project.
     *
     * @param packageName full name, below {@code io.tombolo}
     * @return false also for a package of no module
     */
    boolean mayImport(String packageName) {
        return of(packageName)
                .filter(other -> other == this || mayImport.contains(other.packageName))
                .isPresent();
    }

    String basePackage() {
        return BASE + packageName;
    }

    Path sources() {
        return home().resolve(directory).resolve("src/main/java");
    }

    /** Where messages are described from which code is generated. */
    private Path messages() {
        return home().resolve(directory).resolve("src/main/proto");
    }

    Path classes() {
        return home().resolve(directory).resolve("target/classes");
    }

    /**
     * Modules that have code; in the beginning not all of them do.
     *
     * @return in the order of this list
     */
    static List<Module> withCode() {
        return Arrays.stream(values())
                .filter(module -> Files.isDirectory(module.sources()) || Files.isDirectory(module.messages()))
                .toList();
    }

    static Path home() {
        return Path.of(System.getProperty("tombolo.home", ".."));
    }
}
