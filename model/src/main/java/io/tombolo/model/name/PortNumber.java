package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.stream.IntStream;

/** The range of TCP ports. */
public final class PortNumber {
    private static final int LOWEST_QUIET = 20_000;
    private static final int QUIET = 12_000;

    private PortNumber() {}

    /**
     * Checks that {@code port} is 1 to 65535.
     * @param where what has the port, for the message
     */
    public static int check(String where, int port) {
        if (port < 1 || port > 65_535) {
            throw new TomboloException(Fault.BAD_NAME, where, "port " + port + " does not exist", "use 1 to 65535");
        }
        return port;
    }

    /**
     * All ports from 20000 to 31999, once each. They are for who is told a port before it listens, or listens on it again
     * after a restart: systems give others to outgoing connections (Linux those from 32768 on), which have them by chance.
     * @param begin any number; who begins elsewhere gets others first
     */
    public static IntStream quiet(int begin) {
        int first = Math.floorMod(begin, QUIET);
        return IntStream.range(first, first + QUIET).map(number -> LOWEST_QUIET + number % QUIET);
    }

    /** The port that {@code text} spells: 1 to 5 digits, no sign, no leading zero; -1 if it is none. */
    public static int parse(String text) {
        int length = text.length();
        if (length == 0 || length > 5 || text.charAt(0) == '0') {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return port > 65_535 ? -1 : port;
    }
}
