package io.tombolo.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the image and writes it into a file or pushes it to a registry. */
@Command(
        name = "image.sh",
        description = "Makes the container image of all programs.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ImageCommand implements Callable<Integer> {
    /** Whoever the programs run as: nobody of the machine. */
    static final String USER = "10001:10001";

    @Option(names = "--installation", required = true, hidden = true)
    private Path installation = Path.of("");

    @Option(names = "--runtime", required = true, hidden = true)
    private Path runtime = Path.of("");

    @Option(
            names = "--base",
            required = true,
            paramLabel = "IMAGE",
            description = {
                "What it stands on: an image with glibc and a shell, such as debian:stable-slim, by its digest;",
                "or 'scratch', for a file whose layers somebody puts on something of their own."
            })
    private String base = "";

    @Option(
            names = "--programs",
            split = ",",
            defaultValue = "kafka,controller,gateway,sidecar",
            description = {
                "Which, beside the command line (default: all). 'gateway,sidecar' makes an image for proxies,",
                "half of the size."
            })
    private List<PackedProgram> programs = new ArrayList<>();

    @Option(
            names = "--name",
            defaultValue = "tombolo:latest",
            paramLabel = "NAME",
            description = "With a file: the image's name in it (default: ${DEFAULT-VALUE}).")
    private String name = "";

    @Option(
            names = "--without-rehearsal",
            description = {
                "Do not let the programs work for a moment first. The image is smaller by a quarter, and",
                "programs take three times as long to start."
            })
    private boolean withoutRehearsal;

    /** Of the Java runtime; the base is taken for the same. */
    @Option(names = "--architecture", required = true, hidden = true)
    private String architecture = "";

    @Parameters(
            paramLabel = "TO",
            description = {
                "A file, such as ./tombolo.tar, for `docker load`, `ctr images import`, `crane push`;",
                "or registry://NAME, with the credentials of `docker login`."
            })
    private String to = "";

    /** @param arguments see {@code deploy/image.sh --help} */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ImageCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        JibContainerBuilder image = onBase().setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(architecture, "linux")))
                .setCreationTime(Instant.EPOCH)
                .setUser(USER)
                .setEnvironment(Map.of(
                        "PATH", ImageContents.HOME + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "TOMBOLO_JAVA_HOME", ImageContents.HOME + "/runtime",
                        "TOMBOLO_NO_BUILD", "1"))
                .setEntrypoint(List.of(ImageContents.HOME + "/tombolo"));
        for (FileEntriesLayer layer : new ImageContents(
                        installation.toRealPath(), runtime.toRealPath(), programs, !withoutRehearsal)
                .layers()) {
            image.addFileEntriesLayer(layer);
        }
        JibContainer made = image.containerize(target().setToolName("tombolo"));
        System.out.println(made.getDigest());
        return 0;
    }

    private JibContainerBuilder onBase() throws InvalidImageReferenceException {
        return base.equals("scratch") ? Jib.fromScratch() : Jib.from(registry(base));
    }

    private Containerizer target() throws InvalidImageReferenceException {
        String registry = "registry://";
        return to.startsWith(registry)
                ? Containerizer.to(registry(to.substring(registry.length())))
                : Containerizer.to(TarImage.at(Path.of(to)).named(name));
    }

    private static RegistryImage registry(String name) throws InvalidImageReferenceException {
        ImageReference reference = ImageReference.parse(name);
        return RegistryImage.named(reference)
                .addCredentialRetriever(
                        CredentialRetrieverFactory.forImage(reference, _ -> {}).dockerConfig());
    }
}
