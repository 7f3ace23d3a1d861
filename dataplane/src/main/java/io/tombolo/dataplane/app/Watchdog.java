package io.tombolo.dataplane.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a program whose sidecar is gone without a word, as by {@code kill -9}: a shell of a few hundred kilobytes that reads
 * from a pipe which only the sidecar holds. The pipe's end without {@code done} means that the sidecar died; then the program is
 * asked to end and, if it does not within some seconds, made to. Works on every POSIX system; {@link DeathSignal} is faster
 * where it exists, but asks only once.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** Signals of a terminal reach it too, and are not its business. First comes the program's number, then {@code done}. */
    private static final String SCRIPT = "trap '' HUP INT QUIT TERM; read -r pid || exit 0; read -r word; "
            + "[ \"$word\" = done ] && exit 0; kill -TERM \"$pid\" || exit 0; i=0; "
            + "while [ $i -lt \"$1\" ]; do sleep 1; kill -0 \"$pid\" || exit 0; i=$((i+1)); done; kill -KILL \"$pid\"";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    /**
     * Starts the shell, before the program, so that there is no time in between.
     * @param graceSeconds between asking it to end and making it
     * @return empty, after a warning, where there is no shell
     */
    static Optional<Watchdog> start(int graceSeconds) {
        var command = List.of("/bin/sh", "-c", SCRIPT, "tombolo-watchdog", Integer.toString(graceSeconds));
        try {
            return Optional.of(new Watchdog(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()));
        } catch (IOException noShell) {
            LOG.atWarn()
                    .addKeyValue("why", noShell.getMessage())
                    .log("no /bin/sh: should this sidecar be killed by force, its program may stay");
            return Optional.empty();
        }
    }

    /** Begins to watch over the program of that number. */
    void over(long pid) {
        say(pid + "\n");
    }

    /** The program ended by itself: nothing is to be done. Its number may soon be another process'. */
    @Override
    public void close() {
        say("done\n");
        try {
            shell.getOutputStream().close();
        } catch (IOException gone) {
            LOG.atDebug().setCause(gone).log("the watchdog is gone already");
        }
    }

    private void say(String line) {
        try {
            shell.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            shell.getOutputStream().flush();
        } catch (IOException gone) {
            LOG.atDebug().setCause(gone).log("the watchdog is gone already");
        }
    }

    /** What happens when this process dies. For tests. */
    void letGo() throws IOException {
        shell.getOutputStream().close();
    }

    /** Whether the shell has ended by then. For tests. */
    boolean hasEndedWithin(long seconds) throws InterruptedException {
        return shell.waitFor(seconds, TimeUnit.SECONDS);
    }
}
