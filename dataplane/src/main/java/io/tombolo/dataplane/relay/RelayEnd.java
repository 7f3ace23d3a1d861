package io.tombolo.dataplane.relay;

/**
 * How a relay ended.
 * @param bytesFromClient handed to the upstream side
 * @param bytesToClient   handed to the client's side
 */
public record RelayEnd(Reason reason, long bytesFromClient, long bytesToClient) {
    /** Why it ended. */
    public enum Reason {
        /** Both sides said that they were done. */
        COMPLETE,
        /** The client's connection broke. */
        CLIENT_BROKE,
        /** The upstream connection broke. */
        UPSTREAM_BROKE,
        /** No byte in either direction for too long. */
        IDLE,
        /** This process closed it: drain, eviction, or the end of its life. */
        CUT
    }
}
