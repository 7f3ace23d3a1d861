package io.tombolo.dataplane.loop;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Netty's default asks the operating system on the event loop; this one asks on a virtual thread. Addresses cost nothing. */
final class OffLoopResolver extends AddressResolverGroup<InetSocketAddress> {
    static final OffLoopResolver INSTANCE = new OffLoopResolver();

    private OffLoopResolver() {}

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Names(executor).asAddressResolver();
    }

    private static final class Names extends InetNameResolver {
        Names(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) throws UnknownHostException {
            byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
            if (literal != null) {
                promise.setSuccess(InetAddress.getByAddress(host, literal));
            } else {
                Thread.startVirtualThread(() -> ask(host, promise));
            }
        }

        private static void ask(String host, Promise<InetAddress> promise) {
            try {
                promise.trySuccess(InetAddress.getByName(host));
            } catch (UnknownHostException unknown) {
                promise.tryFailure(unknown);
            }
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            promise.setFailure(new UnsupportedOperationException("one address is dialled at a time"));
        }
    }
}
