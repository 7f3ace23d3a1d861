package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.fault.Fault;

/**
 * The API said no, or nothing at all.
 * @see #isUnreachable()
 */
final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int UNTRUSTED = -1;
    private static final String CHECK_WHO_ANSWERS =
            "check that `endpoint` is the API of a controller, and whether a proxy between here and there answers instead";

    private final int status;
    private final String code;
    private final String where;
    private final String what;
    private final String fix;

    private ApiProblem(int status, String code, String where, String what, String fix) {
        super(code + " " + where + ": " + what);
        this.status = status;
        this.code = code;
        this.where = where;
        this.what = what;
        this.fix = fix;
    }

    /** What the API answered. */
    static ApiProblem of(int status, JsonNode body) {
        return new ApiProblem(
                status,
                body.path("code").asText("HTTP " + status),
                body.path("where").asText("request"),
                body.path("what").asText("the API answered with status " + status),
                body.path("fix").asText(CHECK_WHO_ANSWERS));
    }

    /** Nobody answered. */
    static ApiProblem unreachable(Connection connection, String why) {
        return new ApiProblem(
                0,
                "API_UNREACHABLE",
                connection.endpoint().toString(),
                why,
                "check `endpoint`, that the controller runs, and that its port is open from here");
    }

    /** Somebody answered who does not show that it is the controller; it was told nothing. */
    static ApiProblem untrusted(Connection connection) {
        return new ApiProblem(
                UNTRUSTED,
                "API_UNTRUSTED",
                connection.endpoint().toString(),
                "who answers there does not prove by its certificate that it is the controller",
                "check `endpoint`, and that `ca_certificate` or `ca_pin` is that of this cluster");
    }

    /** Somebody answered with something else than a controller would. */
    static ApiProblem strange(Connection connection, String request, String expected) {
        return new ApiProblem(
                0,
                "API_UNEXPECTED",
                connection.endpoint().toString(),
                "the answer to " + request + " is not " + expected,
                CHECK_WHO_ANSWERS);
    }

    /** No controller answered: nobody, or something on the way to it. */
    boolean isUnreachable() {
        return status != UNTRUSTED && !code.startsWith("TB-");
    }

    /** The controller says that there is no such thing; what others say with the same status is not believed. */
    boolean isNotFound() {
        return is(Fault.NOT_FOUND);
    }

    boolean is(Fault fault) {
        return code.equals(fault.code());
    }

    /** In the controller's words; a document and a key before a field path are left out. */
    String where() {
        return where;
    }

    /** For people: where, what, how to fix. */
    String detail() {
        return where + ": " + what + ".\n\nTo mend it: " + fix + ".\n\n(" + code + ")";
    }
}
