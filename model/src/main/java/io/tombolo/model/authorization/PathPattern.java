package io.tombolo.model.authorization;

import java.util.Set;

/**
 * One path, or one with all below it, by whole parts: {@code /a/*} is for {@code /a} and {@code /a/b}, not for {@code /ab}. A
 * final slash means nothing.
 * @param path  plain, without a final slash: {@code ""} is the root
 * @param below whether what is below it is meant too
 */
public record PathPattern(String path, boolean below) {
    public PathPattern {
        PolicySyntax.path(path);
    }

    /** Reads {@code /a}, {@code /a/*}, {@code /*}. */
    public static PathPattern parse(String text) {
        boolean below = text.endsWith("/*");
        String path = below ? text.substring(0, text.length() - 2) : text;
        if (!below && !path.startsWith("/")) {
            throw PolicySyntax.badPath(text);
        }
        return new PathPattern(path.endsWith("/") && !below ? path.substring(0, path.length() - 1) : path, below);
    }

    static boolean anyFits(Set<PathPattern> patterns, String plain) {
        for (PathPattern pattern : patterns) {
            if (pattern.fits(plain)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(String plain) {
        return plain.startsWith(path)
                && (plain.length() == path.length() || (below && plain.charAt(path.length()) == '/'));
    }

    /** As it is written. */
    @Override
    public String toString() {
        return below ? path + "/*" : path.isEmpty() ? "/" : path;
    }
}
