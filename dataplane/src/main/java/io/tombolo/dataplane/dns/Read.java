package io.tombolo.dataplane.dns;

/** What was made of a message. */
sealed interface Read {
    /** A question that can be looked at. */
    record Asked(Query query) implements Read {}

    /**
     * Something that is answered with a header and no more.
     * @param opcode said back to the client, 0 to 15
     */
    record Bad(int id, int opcode, boolean recursion, Rcode rcode) implements Read {}

    /** No query: who answers an answer talks in circles. */
    record Ignored() implements Read {}
}
