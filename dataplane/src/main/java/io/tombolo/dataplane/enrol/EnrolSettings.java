package io.tombolo.dataplane.enrol;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.setting.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to get an identity.
 * @param stateDirectory exists, owned by this user
 * @param tokenFile      0600; needed at the first start only
 * @param pod            of a pod, instead; then {@code controllers} are needed
 * @param controllers    asked first; empty = those that the token or the last answer names
 * @param callTimeout    limit for one call to one address; 100 ms to 60 s
 */
public record EnrolSettings(
        Path stateDirectory,
        Optional<Path> tokenFile,
        Optional<PodToken> pod,
        List<HostPort> controllers,
        Duration callTimeout) {
    /** Time for one call when nothing else is said: a machine that starts many programs at once answers late. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    public EnrolSettings {
        controllers = List.copyOf(controllers);
        boolean inRange =
                callTimeout.compareTo(Duration.ofMillis(100)) >= 0 && callTimeout.compareTo(Duration.ofMinutes(1)) <= 0;
        Setting.check(inRange, "enrol.call-timeout", callTimeout, "100ms to 60s");
        Setting.check(
                pod.isEmpty() || tokenFile.isEmpty(),
                "token-file",
                tokenFile,
                "none where kubernetes.token-file says who this is");
        Setting.check(
                pod.isEmpty() || !controllers.isEmpty(),
                "controller",
                controllers,
                "host:port of a controller where kubernetes.token-file is set");
    }

    /** Of no pod. */
    public EnrolSettings(
            Path stateDirectory, Optional<Path> tokenFile, List<HostPort> controllers, Duration callTimeout) {
        this(stateDirectory, tokenFile, Optional.empty(), controllers, callTimeout);
    }
}
