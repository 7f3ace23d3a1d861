package io.tombolo.controller.kube;

import java.util.List;

/** One thing that is followed on the API server, until it is closed. */
interface Following extends AutoCloseable {
    /** Who looks, and hears what goes wrong. */
    ApiFollower follower();

    /** Begins to watch. */
    default void start() {
        follower().start();
    }

    /** What the API server does not do. */
    default List<String> warnings() {
        return follower().warnings();
    }

    @Override
    default void close() {
        follower().close();
    }
}
