package io.tombolo.model.authorization;

import java.util.List;
import java.util.Optional;

/** What a header must be like. Of headers that the mesh writes or takes out itself there is none. */
public sealed interface HeaderMatch {
    /** In lower case. */
    String name();

    /**
     * Whether it fits.
     * @param doubtful what counts where something cannot be told
     */
    default boolean fits(Question asked, boolean doubtful) {
        AskedHttp http = asked.http();
        return http == null ? doubtful : fits(http.headers(name()), doubtful);
    }

    boolean fits(List<String> said, boolean doubtful);

    /** It is there with that value. Several of that name: whether one of them is it, an application decides, not we. */
    record Exact(String name, String value) implements HeaderMatch {
        public Exact {
            name = PolicySyntax.header(name);
            PolicySyntax.headerValue(value);
        }

        @Override
        public boolean fits(List<String> said, boolean doubtful) {
            return doubtful
                    ? said.stream().anyMatch(this::isOneOf)
                    : said.size() == 1 && said.getFirst().equals(value);
        }

        private boolean isOneOf(String line) {
            if (line.equals(value)) {
                return true;
            }
            for (String part : line.split(",", -1)) {
                if (part.strip().equals(value)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** It is there, or it is not. */
    record Present(String name, boolean wanted) implements HeaderMatch {
        public Present {
            name = PolicySyntax.header(name);
        }

        @Override
        public boolean fits(List<String> said, boolean doubtful) {
            return said.isEmpty() != wanted;
        }
    }

    /** @param value empty = {@code present} counts */
    static HeaderMatch of(String name, Optional<String> value, boolean present) {
        return value.isPresent() ? new Exact(name, value.get()) : new Present(name, present);
    }
}
