package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How urgent a request says it is (RFC 9218 §4.1 and §5). The field goes on as it is: it is the application's. */
final class SaidUrgency {
    private static final String NAME = "priority";

    /** A member of a dictionary (RFC 8941 §3.2), whatever stands around it; what is no urgency is as if nothing was said. */
    private static final Pattern FORM = Pattern.compile("(?:^|,)[ \\t]*u=([0-7])[ \\t]*(?=[,;]|$)");

    private SaidUrgency() {}

    /** @param usual of who says none */
    static int of(HttpHeaders headers, int usual) {
        String said = headers.get(NAME);
        if (said == null) {
            return usual;
        }
        Matcher found = FORM.matcher(said);
        int urgency = usual;
        while (found.find()) { // of several the last counts
            urgency = found.group(1).charAt(0) - '0';
        }
        return urgency;
    }
}
