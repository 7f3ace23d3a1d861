package io.tombolo.dataplane.accept;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Who a source is for counting: an IPv4 /24 or an IPv6 /64, since one subscriber usually has as much.
 * @param bits the prefix's bits; both families in one key space
 */
record SourcePrefix(boolean isV6, long bits) {
    static SourcePrefix of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? new SourcePrefix(true, ByteBuffer.wrap(bytes).getLong())
                : new SourcePrefix(false, ByteBuffer.wrap(bytes).getInt() >>> 8);
    }
}
