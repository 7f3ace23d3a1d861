package io.tombolo.model.authorization;

import java.util.List;
import java.util.Optional;

/**
 * When a policy's action is taken: one of {@code from}, one of {@code to} and all of {@code when} must fit.
 * @param from empty = everybody
 * @param to   empty = everything
 * @param when empty = whatever the headers are
 */
public record AuthorizationRule(List<CallerMatch> from, List<RequestMatch> to, List<HeaderMatch> when) {
    /** Of each of the three lists. */
    public static final int MOST_PARTS = 16;

    public AuthorizationRule {
        from = List.copyOf(from);
        to = List.copyOf(to);
        when = List.copyOf(when);
        if (from.size() > MOST_PARTS || to.size() > MOST_PARTS || when.size() > MOST_PARTS) {
            throw PolicySyntax.bad("rule", "", "write at most " + MOST_PARTS + " parts of each kind");
        }
    }

    /** Whether it looks at what only HTTP has. */
    public boolean needsHttp() {
        return !when.isEmpty() || to.stream().anyMatch(RequestMatch::needsHttp);
    }

    /** The rule as it is for one port, which it need not look at any more; empty = it cannot fit there. */
    Optional<AuthorizationRule> at(int port) {
        if (to.isEmpty()) {
            return Optional.of(this);
        }
        List<RequestMatch> here =
                to.stream().filter(part -> part.ports().fits(port)).toList();
        if (here.isEmpty()) {
            return Optional.empty();
        }
        boolean everything = here.stream().anyMatch(part -> !part.needsHttp());
        return Optional.of(new AuthorizationRule(from, everything ? List.of() : here, when));
    }

    /**
     * Whether it fits. Without allocation but for a path that is not written plainly.
     * @param doubtful what counts where something cannot be told
     */
    boolean fits(Question asked, boolean doubtful) {
        return fitsCaller(asked) && fitsRequest(asked, doubtful) && fitsHeaders(asked, doubtful);
    }

    private boolean fitsCaller(Question asked) {
        for (int i = 0; i < from.size(); i++) {
            if (from.get(i).fits(asked.caller(), asked.cluster())) {
                return true;
            }
        }
        return from.isEmpty();
    }

    private boolean fitsRequest(Question asked, boolean doubtful) {
        for (int i = 0; i < to.size(); i++) {
            if (to.get(i).fits(asked, doubtful)) {
                return true;
            }
        }
        return to.isEmpty();
    }

    private boolean fitsHeaders(Question asked, boolean doubtful) {
        for (int i = 0; i < when.size(); i++) {
            if (!when.get(i).fits(asked, doubtful)) {
                return false;
            }
        }
        return true;
    }
}
