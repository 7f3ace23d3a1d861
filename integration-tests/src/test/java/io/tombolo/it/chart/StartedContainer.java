package io.tombolo.it.chart;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A container of a pod as a process of this machine: the image's files, this machine's C library and shell below them, and what is
 * mounted, in a root and a mount namespace of its own; with this machine's network.
 */
final class StartedContainer {
    /** Puts the root together and enters it: $1 the root, then directories to mount as {@code from=to}, {@code --}, and the command. */
    private static final String ENTER = """
            set -e
            root=$1; shift
            mount -t tmpfs none "$root"
            mkdir -p "$root/opt" "$root/etc" "$root/tmp" "$root/dev" "$root/proc" "$root/var"
            for part in usr bin sbin lib lib32 lib64 libx32; do
                if [ -h "/$part" ]; then ln -s "$(readlink "/$part")" "$root/$part"
                elif [ -d "/$part" ]; then mkdir "$root/$part"; mount --rbind "/$part" "$root/$part"; fi
            done
            for part in dev proc; do mount --rbind "/$part" "$root/$part"; done
            while [ "$1" != -- ]; do
                mkdir -p "$root${1#*=}"
                mount --bind "${1%%=*}" "$root${1#*=}"
                shift
            done
            shift
            exec chroot "$root" "$@"
            """;

    private final UnpackedImage image;
    private final Path directory;
    private final Container container;
    private final Map<String, Path> mounted = new TreeMap<>(); // a directory comes before what is mounted in it
    private final Map<String, String> environment = new HashMap<>();

    /** @param directory of this container's own */
    StartedContainer(UnpackedImage image, Path directory, Container container) throws IOException {
        this.image = image;
        this.directory = Files.createDirectories(directory);
        this.container = container;
        mounted.put("/opt", image.root().resolve("opt"));
    }

    /** What a volume of the pod is here. */
    StartedContainer volume(String name, Path here) throws IOException {
        Files.createDirectories(here);
        container.getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(name))
                .forEach(mount -> mounted.put(mount.getMountPath(), here));
        return this;
    }

    /** What Kubernetes mounts and sets by itself. */
    StartedContainer and(String path, Path here) {
        mounted.put(path, here);
        return this;
    }

    StartedContainer with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The line that starts it. */
    List<String> line() throws IOException {
        return line(container.getArgs());
    }

    /** The line that starts another command in it, as {@code kubectl exec} does. */
    List<String> line(List<String> arguments) throws IOException {
        var line =
                new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", ENTER, "enter"));
        line.add(Files.createDirectories(directory.resolve("root")).toString());
        mounted.forEach((path, here) -> line.add(here + "=" + path));
        line.addAll(List.of("--", "/usr/bin/env", "-i", "HOME=/"));
        line.addAll(image.environment());
        container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .map(variable -> variable.getName() + "=" + variable.getValue())
                .forEach(line::add);
        environment.forEach((name, value) -> line.add(name + "=" + value));
        image.entrypoint().forEach(line::add);
        arguments.stream().map(this::expanded).forEach(line::add);
        return line;
    }

    /** As Kubernetes expands {@code $(NAME)}. */
    private String expanded(String argument) {
        String expanded = argument;
        for (EnvVar variable : container.getEnv()) {
            String value = environment.getOrDefault(variable.getName(), variable.getValue());
            if (value != null) {
                expanded = expanded.replace("$(" + variable.getName() + ")", value);
            }
        }
        return expanded;
    }

    /** Writes what a ConfigMap has, as files. */
    static Path files(Path directory, Map<String, String> data) throws IOException {
        Files.createDirectories(directory);
        for (var file : data.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        return directory;
    }
}
