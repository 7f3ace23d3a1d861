package io.tombolo.dataplane.capture;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Where a connection was to go before the kernel's rules led it here: {@code SO_ORIGINAL_DST}, which Netty does not ask for.
 * One {@code getsockopt} of the C library; does not block. Any thread, usually the connection's loop.
 */
public final class OriginalDestination {
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int SO_ORIGINAL_DST = 80;
    private static final int LONGEST_ADDRESS = 28;
    private static final int PORT = 2;
    private static final int ADDRESS_4 = 4;
    private static final int ADDRESS_6 = 8;
    private static final ValueLayout.OfShort BIG_ENDIAN =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MethodHandle getsockopt;

    private OriginalDestination(MethodHandle getsockopt) {
        this.getsockopt = getsockopt;
    }

    /**
     * Links the call, which takes some 20 ms: at the start, not on a loop.
     * @param nativeTransport whether connections are the native transport's, so that they have a descriptor to ask
     * @throws TomboloException NO_CAPTURE_HERE on other systems than Linux, or without the native transport
     */
    public static OriginalDestination link(boolean nativeTransport) {
        if (!System.getProperty("os.name", "").equals("Linux") || !nativeTransport) {
            throw new TomboloException(
                    Fault.NO_CAPTURE_HERE,
                    "sidecar.transparent.enabled = true",
                    "needs Linux on x86-64 or ARM64, and its native transport",
                    "use the proxy or local ports, which work everywhere");
        }
        Linker linker = Linker.nativeLinker();
        return new OriginalDestination(linker.downcallHandle(
                linker.defaultLookup().findOrThrow("getsockopt"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS)));
    }

    /**
     * Asks the kernel.
     * @return empty if it knows none, or the connection is gone. One that was not redirected may also have its own address.
     */
    public Optional<InetSocketAddress> of(Channel accepted) {
        if (!(accepted instanceof UnixChannel unix) || !(accepted.localAddress() instanceof InetSocketAddress local)) {
            return Optional.empty();
        }
        boolean four = local.getAddress() instanceof Inet4Address;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(LONGEST_ADDRESS, Long.BYTES);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, LONGEST_ADDRESS);
            int result = (int) getsockopt.invokeExact(
                    unix.fd().intValue(), four ? SOL_IP : SOL_IPV6, SO_ORIGINAL_DST, address, length);
            return result == 0 ? Optional.of(read(address, four)) : Optional.empty();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four or sixteen bytes are an address", impossible);
        } catch (Throwable ofTheLinker) {
            throw new IllegalStateException("getsockopt cannot be called", ofTheLinker);
        }
    }

    /** A {@code sockaddr_in} or {@code sockaddr_in6}. An IPv6 scope is not read: link-local addresses are not redirected. */
    private static InetSocketAddress read(MemorySegment address, boolean four) throws UnknownHostException {
        int port = Short.toUnsignedInt(address.get(BIG_ENDIAN, PORT));
        var host = new byte[four ? 4 : 16];
        MemorySegment.copy(address, ValueLayout.JAVA_BYTE, four ? ADDRESS_4 : ADDRESS_6, host, 0, host.length);
        return new InetSocketAddress(InetAddress.getByAddress(host), port);
    }
}
