package io.tombolo.dataplane.http1;

/** Carries a flaw from where it is seen to the handler; never leaves this room, has no stack trace. */
final class FlawException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpFlaw flaw;

    FlawException(HttpFlaw flaw) {
        super(flaw.text(), null, false, false);
        this.flaw = flaw;
    }

    HttpFlaw flaw() {
        return flaw;
    }
}
