package io.tombolo.controller.api;

import java.util.List;

/** What this controller depends on beside the federation, as its status says it. */
@FunctionalInterface
public interface Surroundings {
    /** What does not go well now, with its code and what to do; empty if all is well. Safe on all threads. */
    List<String> warnings();
}
