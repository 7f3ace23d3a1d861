package io.tombolo.dataplane.dns;

import io.tombolo.model.setting.Setting;

/**
 * How much a port for DNS takes at once.
 * @param maxStreams   open at once, 4 to 10000; of one address a quarter of them
 * @param maxQuestions that wait for an answer, 1 to 100000
 */
public record DnsLimits(int maxStreams, int maxQuestions) {
    /** 64 streams, 256 questions. */
    public static final DnsLimits DEFAULT = new DnsLimits(64, 256);

    public DnsLimits {
        Setting.check(maxStreams >= 4 && maxStreams <= 10_000, "dns.max-streams", maxStreams, "4 to 10000");
        Setting.check(maxQuestions >= 1 && maxQuestions <= 100_000, "dns.max-questions", maxQuestions, "1 to 100000");
    }

    /** One client must not keep all others out. */
    int maxStreamsOfOne() {
        return maxStreams / 4;
    }
}
