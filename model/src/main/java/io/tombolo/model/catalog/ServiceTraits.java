package io.tombolo.model.catalog;

import io.tombolo.model.setting.Setting;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a service says of itself beside the ports that calls go to, as the MCS API merges it.
 * @param affinitySeconds how long a client stays with its instance, 1 to 86400; empty = not said
 * @param internalTraffic how far calls may go
 * @param distribution    which instances are preferred; empty = no wish
 * @param otherPorts      ports that no call goes to; no number of one transport and no non-empty name twice
 */
public record ServiceTraits(
        OptionalInt affinitySeconds,
        InternalTraffic internalTraffic,
        Optional<Distribution> distribution,
        List<OtherPort> otherPorts) {
    private static final int LONGEST_AFFINITY = 86_400;

    /** Of a service that says nothing. */
    public static final ServiceTraits NONE =
            new ServiceTraits(OptionalInt.empty(), InternalTraffic.CLUSTER, Optional.empty(), List.of());

    /** {@code internalTrafficPolicy} of KEP-2086. */
    public enum InternalTraffic {
        CLUSTER("Cluster"),
        /** Not beyond the caller's node; here: not beyond the caller's cluster. */
        LOCAL("Local");

        private final String text;

        InternalTraffic(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** What a text means; what only newer versions know restricts nothing. */
        public static InternalTraffic of(String text) {
            return text.equals(LOCAL.text) ? LOCAL : CLUSTER;
        }
    }

    /** {@code trafficDistribution} of KEP-4444 and KEP-3015. */
    public enum Distribution {
        PREFER_CLOSE("PreferClose"),
        PREFER_SAME_ZONE("PreferSameZone"),
        PREFER_SAME_NODE("PreferSameNode");

        private final String text;

        Distribution(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** What a text means; what only newer versions know is no wish. */
        public static Optional<Distribution> of(String text) {
            return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
        }
    }

    public ServiceTraits {
        otherPorts = List.copyOf(otherPorts);
        affinitySeconds.ifPresent(seconds -> Setting.check(
                seconds >= 1 && seconds <= LONGEST_AFFINITY, "affinity", seconds, "1 to " + LONGEST_AFFINITY + " s"));
        Setting.check(otherPorts.size() <= OtherPort.MOST, "other ports", otherPorts.size(), "up to " + OtherPort.MOST);
        Setting.check(areDistinct(otherPorts), "other ports", otherPorts, "each port and name once");
    }

    private static boolean areDistinct(List<OtherPort> ports) {
        var numbers = new HashSet<String>();
        var names = new HashSet<String>();
        return ports.stream()
                .allMatch(port -> numbers.add(port.port() + "/" + port.transport())
                        && (port.name().isEmpty() || names.add(port.name())));
    }
}
