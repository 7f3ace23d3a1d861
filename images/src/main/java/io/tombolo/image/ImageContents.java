package io.tombolo.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is in the image: a Java runtime, the libraries of each program, and what is ours, in layers of their own: they change ever
 * more often, and images of some of the programs share them. The same contents make the same layers.
 *
 * @param installation directory laid out as a checkout that was built
 * @param runtime      directory of the Java runtime
 * @param programs     beside the command line
 * @param rehearsed    whether programs worked there for a moment, so that there is what their JVMs learned
 */
record ImageContents(Path installation, Path runtime, List<PackedProgram> programs, boolean rehearsed) {
    /** Where everything is in the image, laid out as in a checkout. */
    static final String HOME = "/opt/tombolo";

    private static final List<String> LAUNCHER = List.of("tombolo", "bin");
    private static final String COMMAND_LINE = "cli/target/app";

    /**
     * Files have no time: it would make each build's layers different. The beginning of time is refused by some tools. A JVM uses what
     * it learned of a jar of the same time only: {@code deploy/image.sh} rehearses with this one.
     */
    private static final Instant NO_TIME = Instant.ofEpochSecond(1);

    /** @throws IOException if a part is missing or cannot be read */
    List<FileEntriesLayer> layers() throws IOException {
        FileEntriesLayer.Builder ours = FileEntriesLayer.builder().setName("tombolo");
        for (String part : LAUNCHER) {
            for (Path file : files(installation.resolve(part))) {
                add(ours, file, place(file));
            }
        }
        FileEntriesLayer.Builder java = FileEntriesLayer.builder().setName("runtime");
        for (Path file : files(runtime)) {
            add(java, file, HOME + "/runtime/" + runtime.relativize(file));
        }
        var layers = new ArrayList<>(List.of(java.build()));
        for (String program : places()) {
            layers.add(libraries(program, ours));
        }
        layers.add(ours.build());
        if (rehearsed) {
            for (String program : places()) {
                layers.add(learned(program));
            }
        }
        return layers;
    }

    /** What a program's JVM learned in the rehearsal: it fits this runtime, these libraries, and their times. */
    private FileEntriesLayer learned(String program) {
        Path cache = installation.resolve(program).resolveSibling("program.aot");
        FileEntriesLayer.Builder learned =
                FileEntriesLayer.builder().setName("learned: " + program.substring(0, program.indexOf('/')));
        add(learned, cache, place(cache));
        return learned.build();
    }

    private List<String> places() {
        return Stream.concat(
                        Stream.of(COMMAND_LINE),
                        programs.stream().distinct().sorted().map(PackedProgram::place))
                .toList();
    }

    /** The libraries of a program; the rest of it goes to what is ours. */
    private FileEntriesLayer libraries(String program, FileEntriesLayer.Builder ours) throws IOException {
        FileEntriesLayer.Builder libraries = FileEntriesLayer.builder().setName(program);
        for (Path file : files(installation.resolve(program))) {
            add(isOurs(file) ? ours : libraries, file, place(file));
        }
        return libraries.build();
    }

    private String place(Path file) {
        return HOME + "/" + installation.relativize(file);
    }

    private static List<Path> files(Path part) throws IOException {
        try (Stream<Path> files = Files.walk(part)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private boolean isOurs(Path file) {
        return !installation.relativize(file).toString().contains("/lib/")
                || file.getFileName().toString().contains("tombolo");
    }

    /** Nobody but root may write, everybody may read: the programs run as somebody else. */
    private static void add(FileEntriesLayer.Builder layer, Path file, String place) {
        FilePermissions mode = FilePermissions.fromPosixFilePermissions(
                PosixFilePermissions.fromString(Files.isExecutable(file) ? "r-xr-xr-x" : "r--r--r--"));
        layer.addEntry(file, AbsoluteUnixPath.get(place), mode, NO_TIME);
    }
}
