package io.tombolo.model.authorization;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request as the application would see it (RFC 3986 §6.2.2), if every application sees the same. It is none of
 * ours to guess whether {@code //}, {@code /../}, {@code %2f}, a backslash or {@code ;x} leads elsewhere: then it cannot be
 * told.
 */
final class PlainPath {
    /** Behind a percent sign: what means something else, or something more, to whoever decodes once more. */
    private static final String NOT_PLAIN = "/\\%;?#";

    private PlainPath() {}

    /** Decoded, without query and final slash, so that the root is empty text; null = it cannot be told. */
    static @Nullable String of(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        if (path.isEmpty() || path.charAt(0) != '/') {
            return null; // a whole server, or an absolute URI
        }
        String decoded = isBare(path) ? path : decoded(path);
        if (decoded == null || !hasPlainParts(decoded)) {
            return null;
        }
        return decoded.endsWith("/") ? decoded.substring(0, decoded.length() - 1) : decoded;
    }

    private static boolean isBare(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '%' || c == '\\' || c == ';' || c == '#') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String decoded(String path) {
        var bytes = ByteBuffer.allocate(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int value = c == '%' ? escaped(path, i) : bare(c);
            if (value < 0) {
                return null;
            }
            bytes.put((byte) value);
            i += c == '%' ? 2 : 0;
        }
        return utf8(bytes.flip());
    }

    private static int bare(char c) {
        return c > ' ' && c < 0x7f && c != '\\' && c != ';' && c != '#' ? c : -1;
    }

    /** The byte behind a percent sign; negative if there is none that leaves the path what it is. */
    private static int escaped(String path, int at) {
        if (at + 2 >= path.length()) {
            return -1;
        }
        int high = digit(path.charAt(at + 1));
        int low = digit(path.charAt(at + 2));
        int value = high < 0 || low < 0 ? -1 : high * 16 + low;
        return value < ' ' || value == 0x7f || NOT_PLAIN.indexOf(value) >= 0 ? -1 : value;
    }

    /** ASCII only: other digits of Unicode are none here. */
    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Strict: an overlong form of a slash is no character. */
    private static @Nullable String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    /** No empty part but the last one, and none that ends in a dot or blank, which some file systems leave out. */
    private static boolean hasPlainParts(String path) {
        char before = path.charAt(0);
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/' && (before == '/' || before == '.' || before == ' ')) {
                return false;
            }
            before = c;
        }
        return before != '.' && before != ' ';
    }
}
