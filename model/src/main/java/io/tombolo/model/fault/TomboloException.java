package io.tombolo.model.fault;

import org.jspecify.annotations.Nullable;

/**
 * A fault that reaches a user. The message reads {@code TB-1001 BAD_NAME where: what. How to fix.} and holds no secret.
 * Cheap enough for the data path: it has a stack trace only when it has a cause.
 */
public class TomboloException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String where;
    private final String what;
    private final String fix;

    /**
     * A fault found here.
     * @param where the thing it is about, such as {@code cluster 'West'}
     * @param what  the fact
     * @param fix   what the user can do
     */
    public TomboloException(Fault fault, String where, String what, String fix) {
        this(fault, where, what, fix, null);
    }

    /** A fault that another one caused. */
    public TomboloException(Fault fault, String where, String what, String fix, @Nullable Throwable cause) {
        super(text(fault, where, what, fix), cause, false, cause != null);
        this.fault = fault;
        this.where = where;
        this.what = what;
        this.fix = fix;
    }

    /** The same fault, seen from one room further out. */
    public TomboloException in(String outerWhere) {
        return new TomboloException(fault, outerWhere + ": " + where, what, fix, getCause());
    }

    public Fault fault() {
        return fault;
    }

    public String where() {
        return where;
    }

    public String what() {
        return what;
    }

    public String fix() {
        return fix;
    }

    private static String text(Fault fault, String where, String what, String fix) {
        return fault.code() + " " + fault.name() + " " + where + ": " + what + ". " + sentence(fix);
    }

    private static String sentence(String fix) {
        return fix.isEmpty() ? "" : Character.toUpperCase(fix.charAt(0)) + fix.substring(1) + ".";
    }
}
