package io.tombolo.cli.forward;

/** Who is asked what an API server says. */
public interface Asked {
    /**
     * What came back; nobody else sees it.
     * @param output what was asked for
     * @param errors what else was said
     */
    record Said(String output, String errors) {}

    /**
     * Asks once; blocks.
     * @param input what is given to it
     * @param words of its command line, without secrets
     * @throws io.tombolo.model.fault.TomboloException if there is no answer
     */
    Said ask(String input, String... words);
}
