package io.tombolo.model.httproute;

/**
 * A regular expression that was compiled, by an engine whose time grows with the length of the text and nothing else. Equal to
 * another one of the same source. Safe on every thread.
 */
public interface Expression {
    /** As the user wrote it. */
    String source();

    /** Whether it is for the whole text. */
    boolean fits(String text);
}
