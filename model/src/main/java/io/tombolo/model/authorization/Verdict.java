package io.tombolo.model.authorization;

import io.tombolo.model.name.ServiceName;
import java.util.List;

/** What was decided, and by what. */
public sealed interface Verdict {
    boolean allows();

    /** One sentence for the owner of the service; never for the caller. */
    String because();

    /** No level has an Allow policy, and no Deny fits: whoever is a consumer may. */
    record Unrestricted() implements Verdict {
        static final Unrestricted INSTANCE = new Unrestricted();

        @Override
        public boolean allows() {
            return true;
        }

        @Override
        public String because() {
            return "no policy restricts it";
        }
    }

    /** @param rule counted from 1 */
    record Allowed(ServiceName policy, Level level, int rule) implements Verdict {
        @Override
        public boolean allows() {
            return true;
        }

        @Override
        public String because() {
            return "allowed by rule " + rule + " of " + policy + " (" + level.text() + ")";
        }
    }

    /** @param rule counted from 1 */
    record Denied(ServiceName policy, Level level, int rule) implements Verdict {
        @Override
        public boolean allows() {
            return false;
        }

        @Override
        public String because() {
            return "denied by rule " + rule + " of " + policy + " (" + level.text() + ")";
        }
    }

    /** The most specific level with Allow policies has none that fits. */
    record NotAllowed(Level level, List<ServiceName> policies) implements Verdict {
        public NotAllowed {
            policies = List.copyOf(policies);
        }

        @Override
        public boolean allows() {
            return false;
        }

        @Override
        public String because() {
            return "no rule of the Allow policies " + policies + " (" + level.text() + ") fits";
        }
    }
}
