package io.tombolo.catalog.snapshot;

import java.util.Optional;

/** Where reading of a topic begins. */
public sealed interface ReadingStart {
    /** First offset to be read. */
    long offset();

    /** Where reading ended, or the beginning if there was none. */
    record GoOn(long offset) implements ReadingStart {}

    /**
     * At the beginning, though the topic was read before: the offset that was kept says nothing of what is there now. What
     * was verified stays in use until newer records replace it, so that a topic that lost its records empties no route.
     */
    record Again(long offset, Why why) implements ReadingStart {}

    /** Why a kept offset does not count. */
    enum Why {
        MADE_ANEW("it was deleted and made anew"),
        OFFSET_GONE("it does not reach to where reading had come"),
        UNKNOWN_TOPIC("it is not known which topic was read before"),
        OLD_SNAPSHOT("the snapshot is older than 7 days");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /**
     * Decides. Pure.
     * @param kept     where reading ended, by this process or by the one that wrote the snapshot
     * @param outdated whether {@code kept} is from a snapshot older than 7 days: withdrawals may have been collected since
     */
    static ReadingStart of(Optional<TopicPosition> kept, TopicFound found, boolean outdated) {
        return kept.<ReadingStart>map(position -> whyNot(position, found, outdated)
                        .<ReadingStart>map(why -> new Again(found.firstOffset(), why))
                        .orElseGet(() -> new GoOn(position.nextOffset())))
                .orElseGet(() -> new GoOn(found.firstOffset()));
    }

    private static Optional<Why> whyNot(TopicPosition kept, TopicFound found, boolean outdated) {
        if (kept.topicId().isEmpty()) {
            return Optional.of(Why.UNKNOWN_TOPIC);
        }
        if (!kept.topicId().equals(found.topicId())) {
            return Optional.of(Why.MADE_ANEW);
        }
        if (kept.nextOffset() > found.endOffset() || kept.nextOffset() < found.firstOffset()) {
            return Optional.of(Why.OFFSET_GONE);
        }
        return outdated ? Optional.of(Why.OLD_SNAPSHOT) : Optional.empty();
    }
}
