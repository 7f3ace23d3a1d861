package io.tombolo.dataplane.accesslog;

import io.tombolo.model.setting.Setting;
import java.nio.file.Path;

/**
 * Whether and where accesses are logged.
 * @param to    {@code off}, {@code stderr}, or an absolute path
 * @param query whether paths are written with their query, which may hold secrets
 * @param queue entries that may wait to be written, 64 to 1048576; what is more is dropped and counted
 * @param maxRefused entries a second of heads that were refused as malformed, 1 to 10000; what is more is dropped and counted
 */
public record AccessLogSettings(String to, boolean query, int queue, int maxRefused) {
    public static final AccessLogSettings OFF = new AccessLogSettings("off", false, 8_192, 100);

    private static final String STDERR = "stderr";

    public AccessLogSettings {
        Setting.check(
                to.equals("off") || to.equals(STDERR) || to.startsWith("/"),
                "access-log.to",
                to,
                "off, stderr, or the absolute path of a file");
        Setting.check(queue >= 64 && queue <= 1_048_576, "access-log.queue", queue, "64 to 1048576");
        Setting.check(maxRefused >= 1 && maxRefused <= 10_000, "access-log.max-refused", maxRefused, "1 to 10000");
    }

    boolean isOff() {
        return to.equals("off");
    }

    boolean isStderr() {
        return to.equals(STDERR);
    }

    Path file() {
        return Path.of(to);
    }
}
