package io.tombolo.dataplane.http1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Decides whether a complete head means exactly one thing, and where its body ends. Pure; the bytes stay as they are.
 * Its lines were walked by {@link LineScan}: they end in CR LF and hold no control byte but the tab.
 */
final class HeadCheck {
    private static final int VERSION_LENGTH = "HTTP/1.1".length();
    private static final int LONGEST_METHOD = 32;

    private HeadCheck() {}

    /**
     * Checks a request's head.
     * @param end one behind its empty line
     * @throws FlawException naming the first rule that it breaks
     */
    static Framing request(ByteBuf head, int end, int maxFields) {
        int start = head.readerIndex();
        int lineEnd = FieldCheck.lineEnd(head, start, end);
        String line = text(head, start, lineEnd);
        int methodEnd = line.indexOf(' ');
        int targetEnd = line.lastIndexOf(' ');
        if (methodEnd < 1 || methodEnd > LONGEST_METHOD || line.indexOf(' ', methodEnd + 1) != targetEnd) {
            throw new FlawException(HttpFlaw.BAD_REQUEST_LINE);
        }
        String method = line.substring(0, methodEnd);
        if (!Syntax.isToken(method)) {
            throw new FlawException(HttpFlaw.BAD_REQUEST_LINE);
        }
        int minor = version(line.substring(targetEnd + 1));
        TargetCheck.check(method, line.substring(methodEnd + 1, targetEnd));
        var fields = new FieldCheck();
        fields.readAll(head, lineEnd + 2, end, maxFields);
        if (minor == 1 && !fields.hasHost()) {
            throw new FlawException(HttpFlaw.NO_HOST);
        }
        Framing framing = fields.framing(minor, Framing.NONE);
        if (framing != Framing.NONE && (method.equals("CONNECT") || method.equals("TRACE"))) {
            throw new FlawException(HttpFlaw.BODY_NOT_ALLOWED);
        }
        return framing;
    }

    /**
     * Checks a response's head.
     * @param method of the request that it answers
     */
    static Framing response(ByteBuf head, int end, int maxFields, String method) {
        int start = head.readerIndex();
        int lineEnd = FieldCheck.lineEnd(head, start, end);
        String line = text(head, start, lineEnd);
        int minor = line.length() < VERSION_LENGTH ? badStatusLine() : version(line.substring(0, VERSION_LENGTH));
        int status = status(line);
        var fields = new FieldCheck();
        fields.readAll(head, lineEnd + 2, end, maxFields);
        Framing framing = fields.framing(minor, Framing.UNTIL_CLOSE);
        return hasNoBody(status, method) ? Framing.NONE : framing;
    }

    /** Whether a response of that status to that method never has a body, whatever its head says. */
    static boolean hasNoBody(int status, String method) {
        return status < 200
                || status == 204
                || status == 304
                || method.equals("HEAD")
                || (method.equals("CONNECT") && status < 300);
    }

    /** Three digits after one space, then nothing or a space and any text. */
    static int status(String line) {
        String rest = line.substring(VERSION_LENGTH);
        boolean wellFormed = rest.length() >= 4
                && rest.charAt(0) == ' '
                && Syntax.isNumber(rest.substring(1, 4))
                && (rest.length() == 4 || rest.charAt(4) == ' ');
        int status = wellFormed ? Integer.parseInt(rest.substring(1, 4)) : badStatusLine();
        return status >= 100 && status <= 599 ? status : badStatusLine();
    }

    private static int version(String text) {
        if (text.equals("HTTP/1.1")) {
            return 1;
        }
        if (text.equals("HTTP/1.0")) {
            return 0;
        }
        boolean another = text.length() == VERSION_LENGTH && text.startsWith("HTTP/");
        throw new FlawException(another ? HttpFlaw.UNKNOWN_VERSION : HttpFlaw.BAD_REQUEST_LINE);
    }

    private static int badStatusLine() {
        throw new FlawException(HttpFlaw.BAD_STATUS_LINE);
    }

    private static String text(ByteBuf head, int from, int to) {
        return head.toString(from, to - from, StandardCharsets.ISO_8859_1);
    }
}
