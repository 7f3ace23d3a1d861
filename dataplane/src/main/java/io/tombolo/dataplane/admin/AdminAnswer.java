package io.tombolo.dataplane.admin;

/**
 * What a page says.
 * @param status HTTP status
 * @param type   media type
 * @param body   UTF-8
 */
public record AdminAnswer(int status, String type, String body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    public static AdminAnswer text(int status, String body) {
        return new AdminAnswer(status, TEXT, body + "\n");
    }

    public static AdminAnswer json(String body) {
        return new AdminAnswer(200, "application/json", body + "\n");
    }

    /** The text format of Prometheus. */
    public static AdminAnswer metrics(String body) {
        return new AdminAnswer(200, "text/plain; version=0.0.4; charset=utf-8", body);
    }
}
