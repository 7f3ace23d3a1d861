package io.tombolo.cli.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an API server says, of what has to be there before an installation.
 * @param version        of the API server, such as {@code v1.34.3}
 * @param ahead          by how much its clock is ahead of this machine's
 * @param kinds          that are installed, of those that are needed
 * @param rights         of this user before an installation, of the controller's account afterwards
 * @param defaultClasses of storage
 * @param installed      empty before an installation
 */
public record KubeFacts(
        Fact<String> version,
        Fact<Duration> ahead,
        Fact<List<Definition>> kinds,
        Fact<List<Right>> rights,
        Fact<List<Hook>> hooks,
        Fact<List<Space>> spaces,
        Fact<List<String>> defaultClasses,
        Fact<List<Node>> nodes,
        Optional<Installed> installed) {
    /** Everything that was looked at. */
    public Stream<Fact<?>> all() {
        return Stream.concat(
                Stream.of(version, ahead, kinds, rights, hooks, spaces, defaultClasses, nodes),
                installed.stream().flatMap(Installed::all));
    }
}
