package io.tombolo.wire.codec;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.wire.log.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pieces that several messages share. */
final class Wire {
    /** Latest instant accepted, in ms: the end of the year 9999. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private Wire() {}

    static TomboloException malformed(String where, String what) {
        return new TomboloException(
                Fault.MALFORMED_RECORD, where, what, "the sender's version may be newer: compare `tombolo version`");
    }

    static Instant instant(String where, long millis) {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw malformed(where, millis + " ms is no time");
        }
        return Instant.ofEpochMilli(millis);
    }

    /** A u32 or u64 that Java holds signed. */
    static int count(String where, int unsigned) {
        if (unsigned < 0) {
            throw malformed(where, Integer.toUnsignedString(unsigned) + " is too large");
        }
        return unsigned;
    }

    static long count(String where, long unsigned) {
        if (unsigned < 0) {
            throw malformed(where, Long.toUnsignedString(unsigned) + " is too large");
        }
        return unsigned;
    }

    static <A, B> List<B> list(String where, List<A> values, int max, Function<A, B> each) {
        if (values.size() > max) {
            throw malformed(where, values.size() + " entries are more than " + max);
        }
        return values.stream().map(each).toList();
    }

    static <T> Optional<T> unlessEmpty(String text, Function<String, T> read) {
        return text.isEmpty() ? Optional.empty() : Optional.of(read.apply(text));
    }

    static SpiffeId id(String uri) {
        return SpiffeId.require(uri);
    }

    static HostPort address(Address address) {
        return new HostPort(address.getHost(), address.getPort());
    }

    static Address address(HostPort address) {
        return Address.newBuilder()
                .setHost(address.host())
                .setPort(address.port())
                .build();
    }
}
