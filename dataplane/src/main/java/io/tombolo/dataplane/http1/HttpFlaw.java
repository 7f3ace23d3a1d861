package io.tombolo.dataplane.http1;

/** Why a message was refused. After any of these the connection cannot be trusted to be in step and is closed. */
public enum HttpFlaw {
    BARE_LF(400, "a line ends in LF without CR"),
    BARE_CR(400, "CR without LF"),
    CONTROL_BYTE(400, "a control byte in the head"),
    BAD_REQUEST_LINE(400, "the request line is not 'METHOD SP target SP HTTP/1.x'"),
    BAD_TARGET(400, "the request target is not allowed here"),
    BAD_STATUS_LINE(400, "the status line is not 'HTTP/1.x SP nnn SP text'"),
    UNKNOWN_VERSION(505, "the version is neither HTTP/1.1 nor HTTP/1.0"),
    OBS_FOLD(400, "a header line begins with white space"),
    BAD_FIELD_NAME(
            400, "a header name is empty, has white space before its colon, or has a character that is not allowed"),
    SEVERAL_HOSTS(400, "more than one Host"),
    NO_HOST(400, "HTTP/1.1 without Host"),
    BAD_HOST(400, "Host is not a name or address with an optional port"),
    SEVERAL_LENGTHS(400, "more than one Content-Length"),
    BAD_LENGTH(400, "Content-Length is not a decimal number below 10^18"),
    LENGTH_AND_ENCODING(400, "Content-Length together with Transfer-Encoding"),
    UNKNOWN_ENCODING(400, "Transfer-Encoding is not exactly 'chunked'"),
    ENCODING_IN_1_0(400, "Transfer-Encoding in HTTP/1.0"),
    BODY_NOT_ALLOWED(400, "a body where the method allows none"),
    BAD_TRAILER(400, "a trailer that says where a message ends or whom it is for"),
    BAD_CHUNK(400, "a chunk's size line or end is malformed"),
    TOO_MANY_FIELDS(431, "more header lines than allowed"),
    HEAD_TOO_LARGE(431, "the head is larger than allowed"),
    TRAILERS_TOO_LARGE(431, "the trailers are larger than allowed"),
    HEAD_TOO_SLOW(408, "the head did not arrive in time"),
    BODY_TOO_SLOW(408, "the body stopped arriving"),
    UNASKED(400, "bytes that nobody asked for");

    private final int status;
    private final String text;

    HttpFlaw(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The status that a client gets. */
    public int status() {
        return status;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
