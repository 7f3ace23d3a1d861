package io.tombolo.dataplane.enrol;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.setting.Setting;
import io.tombolo.trustbundle.key.KeyPin;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How a pod proves who it is, instead of by a workload token.
 * @param file  the projected token of its service account, for the audience {@code tombolo-controller}; Kubernetes renews it
 * @param caPin of the CA of its cluster's controller: the token is shown to nobody else
 */
public record PodToken(Path file, KeyPin caPin) {
    /**
     * What settings say: both, or neither.
     * @throws TomboloException BAD_SETTING
     */
    public static Optional<PodToken> of(Optional<Path> file, Optional<String> caPin) {
        Setting.check(
                file.isPresent() == caPin.isPresent(),
                "kubernetes.ca-pin",
                caPin.orElse(""),
                "a pin where kubernetes.token-file is set, and only there");
        caPin.ifPresent(pin -> Setting.check(
                pin.matches("[0-9a-f]{64}"),
                "kubernetes.ca-pin",
                pin,
                "64 lower-case hexadecimal digits, as `tombolo context env` prints them"));
        return file.map(path -> new PodToken(path, KeyPin.ofBytes(HexFormat.of().parseHex(caPin.orElseThrow()))));
    }
}
