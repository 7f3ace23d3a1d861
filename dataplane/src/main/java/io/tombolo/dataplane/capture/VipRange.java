package io.tombolo.dataplane.capture;

import io.tombolo.model.capture.CaptureRules;
import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.InstanceId;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The addresses that one sidecar gives to services and to single instances, a part of {@code 127.64.0.0/10}. Pure: the same sidecar has the same range,
 * and the same callee the same first choice in it.
 * @param range IPv4 within {@link CaptureRules#VIRTUAL}, /16 to /28
 */
public record VipRange(AddressRange range) {
    /** As many as 4,096 sidecars of one machine can have apart, with 1,022 addresses each. */
    private static final int USUAL_BITS = 22;

    private static final int RANGES = 1 << USUAL_BITS - 10;
    private static final int WIDEST = 16;
    private static final int NARROWEST = 28;

    public VipRange {
        boolean within = CaptureRules.VIRTUAL.contains(range.network())
                && range.prefixBits() >= WIDEST
                && range.prefixBits() <= NARROWEST
                && (first(range) & size(range) - 1) == 0;
        if (!within) {
            throw new TomboloException(
                    Fault.BAD_SETTING,
                    "vip.range = " + range,
                    "is no part of " + CaptureRules.VIRTUAL,
                    "write a range from /16 to /28 within it, such as 127.64.8.0/22");
        }
    }

    /** The range of a sidecar that is told none. Two of one machine may draw the same: then ports that both need say so. */
    public static VipRange of(InstanceId instance) {
        int place = Math.floorMod(hash(instance.value()), RANGES) << Integer.SIZE - USUAL_BITS;
        return new VipRange(new AddressRange(address(first(CaptureRules.VIRTUAL) + place), USUAL_BITS));
    }

    /** How many addresses it has to give. */
    int usable() {
        return size(range) - 2;
    }

    /** All its addresses but the first and the last, beginning with the one that is {@code callee}'s if it is free. */
    public Stream<Inet4Address> candidates(Callee callee) {
        int usable = usable();
        int begin = Math.floorMod(hash(callee.toString()), usable);
        return IntStream.range(0, usable).mapToObj(i -> address(first(range) + 1 + (begin + i) % usable));
    }

    private static int size(AddressRange range) {
        return 1 << Integer.SIZE - range.prefixBits();
    }

    private static int first(AddressRange range) {
        byte[] network = range.network().getAddress();
        return network.length == Integer.BYTES ? ByteBuffer.wrap(network).getInt() : 0;
    }

    private static Inet4Address address(int bits) {
        try {
            byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(bits).array();
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }

    private static int hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(digest).getInt();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
