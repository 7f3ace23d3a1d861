package io.tombolo.controller.boot;

import java.util.Optional;

/** Which address a listener takes so that others reach it where this controller says that it is. Pure. */
final class Reach {
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";

    private Reach() {}

    /**
     * Where to listen for those who were told {@code advertisedHost}.
     * @param chosen what the operator set; it wins
     * @return the advertised address if only this machine reaches it, else every address
     */
    static String listenHost(Optional<String> chosen, String advertisedHost) {
        return chosen.orElseGet(() -> {
            if (advertisedHost.equals("localhost")) {
                return THIS_MACHINE;
            }
            return isLoopback(advertisedHost) ? advertisedHost : EVERYWHERE;
        });
    }

    /** Whether only this machine, or this pod, reaches what listens there. */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("::1");
    }

    /** Where programs of this machine reach what listens on {@code listenHost}. */
    static String hereHost(String listenHost) {
        boolean everywhere = listenHost.equals(EVERYWHERE) || listenHost.equals("::");
        return everywhere ? THIS_MACHINE : listenHost;
    }
}
