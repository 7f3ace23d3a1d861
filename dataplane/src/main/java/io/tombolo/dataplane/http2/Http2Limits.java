package io.tombolo.dataplane.http2;

import io.tombolo.model.setting.Setting;

/**
 * What one HTTP/2 connection may ask of us.
 * @param maxStreams            open at once, of those that the other side opens; 1 to 10000
 * @param streamWindowBytes     of one message's body that are on the way or not passed on yet; 16 KiB to 16 MiB
 * @param connectionWindowBytes the same for all of a connection; at least the stream's, to 64 MiB
 * @param maxResets             streams that the other side takes back, or makes us reset, in 30 s; 10 to 100000
 * @param maxIdleFrames         frames a second, on average over four, that move nothing: SETTINGS, PING, PRIORITY, windows
 *     opened by less than a KiB; 10 to 100000
 * @param maxQueuedFrames       answers to such frames, and resets, that the other side makes us write and does not take; 100 to
 *     100000
 * @param maxEmptyFrames        of a body, in a row, that hold nothing; 1 to 1000
 * @param maxSmallContinuations CONTINUATION frames of one header list that hold hardly anything; 1 to 1000
 */
public record Http2Limits(
        int maxStreams,
        int streamWindowBytes,
        int connectionWindowBytes,
        int maxResets,
        int maxIdleFrames,
        int maxQueuedFrames,
        int maxEmptyFrames,
        int maxSmallContinuations) {
    private static final int LARGEST_STREAM_WINDOW = 16 * 1_048_576;
    private static final int LARGEST_CONNECTION_WINDOW = 64 * 1_048_576;

    /** 256 streams, 128 KiB, 512 KiB, 400 resets, 500 frames; 1000 that wait, 16 empty ones, 16 small ones. */
    public static final Http2Limits DEFAULT = new Http2Limits(256, 128 * 1_024, 512 * 1_024, 400, 500, 1_000, 16, 16);

    public Http2Limits {
        Setting.check(maxStreams >= 1 && maxStreams <= 10_000, "http2.max-streams", maxStreams, "1 to 10000");
        Setting.check(
                streamWindowBytes >= 16_384 && streamWindowBytes <= LARGEST_STREAM_WINDOW,
                "http2.stream-window-bytes",
                streamWindowBytes,
                "16384 to " + LARGEST_STREAM_WINDOW);
        Setting.check(
                connectionWindowBytes >= Math.max(65_535, streamWindowBytes)
                        && connectionWindowBytes <= LARGEST_CONNECTION_WINDOW,
                "http2.connection-window-bytes",
                connectionWindowBytes,
                "65535 or http2.stream-window-bytes, whichever is more, to " + LARGEST_CONNECTION_WINDOW);
        Setting.check(maxResets >= 10 && maxResets <= 100_000, "http2.max-resets", maxResets, "10 to 100000");
        Setting.check(
                maxIdleFrames >= 10 && maxIdleFrames <= 100_000,
                "http2.max-idle-frames",
                maxIdleFrames,
                "10 to 100000");
        Setting.check(
                maxQueuedFrames >= 100 && maxQueuedFrames <= 100_000,
                "http2.max-queued-frames",
                maxQueuedFrames,
                "100 to 100000");
        Setting.check(
                maxEmptyFrames >= 1 && maxEmptyFrames <= 1_000, "http2.max-empty-frames", maxEmptyFrames, "1 to 1000");
        Setting.check(
                maxSmallContinuations >= 1 && maxSmallContinuations <= 1_000,
                "http2.max-small-continuations",
                maxSmallContinuations,
                "1 to 1000");
    }
}
