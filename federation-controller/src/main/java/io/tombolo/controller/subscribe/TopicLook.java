package io.tombolo.controller.subscribe;

import io.tombolo.catalog.snapshot.TopicFound;

/** What the broker answered when it was asked for one topic. */
sealed interface TopicLook {
    /** It is there. */
    record Found(TopicFound topic) implements TopicLook {}

    /** There is none of that name: which says nothing of what its cluster exports. */
    record Missing() implements TopicLook {}

    /** No answer, or a refusal. */
    record Failed(Throwable why) implements TopicLook {}
}
