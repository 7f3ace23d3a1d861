package io.tombolo.terraform.cty;

/** Bytes or JSON that are no value of the type that was asked for. */
public final class MalformedValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedValue(String what) {
        super(what);
    }
}
