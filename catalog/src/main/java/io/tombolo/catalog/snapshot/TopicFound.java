package io.tombolo.catalog.snapshot;

/**
 * A topic as the broker describes it now.
 * @param topicId     Kafka's id as text
 * @param firstOffset first one that is there, or may come
 * @param endOffset   one more than the last that was committed
 */
public record TopicFound(String topicId, long firstOffset, long endOffset) {}
