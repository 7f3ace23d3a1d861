package io.tombolo.catalog.snapshot;

/**
 * Where reading of one topic goes on.
 * @param topic      name
 * @param topicId    Kafka's id as text; another one means that the topic was made anew
 * @param nextOffset first offset that was not applied
 */
public record TopicPosition(String topic, String topicId, long nextOffset) {}
