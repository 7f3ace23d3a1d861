package io.tombolo.cli.judging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What programs get from a real shell that is given a line; none of them runs. */
final class Shell {
    private static final String INSTEAD = "p() { for w in \"$@\"; do printf '%s\\000' \"$w\"; done; }\n";

    private Shell() {}

    /** @throws AssertionError if the line ends with anything but success */
    static List<String> words(String line) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-euc", INSTEAD + "p " + line)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (shell.waitFor() != 0) {
                throw new AssertionError(line + ": " + said);
            }
            return List.of(said.split("\0"));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
