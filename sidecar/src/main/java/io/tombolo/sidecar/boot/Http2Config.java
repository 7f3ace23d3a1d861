package io.tombolo.sidecar.boot;

import io.smallrye.config.WithDefault;

/** HTTP/2, both directions; limits of heads, and how long things may take, are those of http. */
public interface Http2Config {
    /** Streams that the other side may have open on a connection, 1 to 10000. */
    @WithDefault("256")
    int maxStreams();

    /** Bytes of one body that are on the way or not passed on yet, 16384 to 16777216. */
    @WithDefault("131072")
    int streamWindowBytes();

    /** The same for all of a connection, 65535 or stream-window-bytes, whichever is more, to 67108864. */
    @WithDefault("524288")
    int connectionWindowBytes();

    /** Streams of a connection that the other side resets, or makes us reset, in 30s; 10 to 100000. */
    @WithDefault("400")
    int maxResets();

    /** Frames a second that move nothing, on average over 4s; 10 to 100000. */
    @WithDefault("500")
    int maxIdleFrames();

    /** Answers to such frames, and resets, that the other side makes us write and does not take; 100 to 100000. */
    @WithDefault("1000")
    int maxQueuedFrames();

    /** DATA frames in a row that hold nothing, 1 to 1000. */
    @WithDefault("16")
    int maxEmptyFrames();

    /** CONTINUATION frames of one header list that hold hardly anything, 1 to 1000. */
    @WithDefault("16")
    int maxSmallContinuations();
}
