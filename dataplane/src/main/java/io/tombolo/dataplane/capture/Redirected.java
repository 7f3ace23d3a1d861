package io.tombolo.dataplane.capture;

import io.tombolo.dataplane.loop.OwnListeners;
import io.tombolo.model.capture.CaptureRules;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.CalleePort;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What becomes of a connection that came to the transparent port. */
public sealed interface Redirected {
    /** It goes to a service, or to one instance of it. */
    record ToService(CalleePort callee) implements Redirected {}

    /** It goes where it was to go, byte for byte. */
    record Away(InetSocketAddress destination) implements Redirected {}

    /** It ends here. */
    record Refused(TomboloException why) implements Redirected {}

    /**
     * Decides.
     * @param original  where it was to go; empty = not said
     * @param accepted  the listener's end of it
     * @param ownDial   whether this program itself made it
     * @param listeners of this program
     */
    static Redirected decide(
            Optional<InetSocketAddress> original,
            InetSocketAddress accepted,
            boolean ownDial,
            OwnListeners listeners,
            VirtualAddresses services) {
        if (original.isEmpty() || original.get().equals(accepted)) {
            return refused(
                    Fault.NOT_REDIRECTED,
                    "the transparent port",
                    "was connected to directly",
                    "it serves what `tombolo sidecar capture install` leads to it; programs use the proxy or a local port");
        }
        InetSocketAddress to = original.get();
        if (ownDial) {
            return new Refused(ledBack(to));
        }
        Optional<Callee> callee = services.at(to.getAddress());
        if (callee.isPresent()) {
            return new ToService(callee.get().at(to.getPort()));
        }
        if (listeners.has(to)) {
            return refused(
                    Fault.RELAY_LOOP,
                    "destination " + text(to),
                    "is this sidecar's own listener",
                    "programs use it without being redirected");
        }
        return CaptureRules.VIRTUAL.contains(to.getAddress())
                ? refused(
                        Fault.NO_SUCH_SERVICE,
                        "address " + to.getAddress().getHostAddress(),
                        "is no service's, or not any more",
                        "ask for the service's name again, and do not keep addresses longer than their TTL")
                : new Away(to);
    }

    /** What is said of a connection that this program itself made. */
    static TomboloException ledBack(InetSocketAddress to) {
        return new TomboloException(
                Fault.RELAY_LOOP,
                "destination " + text(to),
                "is one that this sidecar itself dialled: the rules lead its own connections back to it",
                "run it in the group or cgroup that `tombolo sidecar capture install` was told");
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static Refused refused(Fault fault, String where, String what, String fix) {
        return new Refused(new TomboloException(fault, where, what, fix));
    }
}
