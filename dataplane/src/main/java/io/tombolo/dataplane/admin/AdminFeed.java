package io.tombolo.dataplane.admin;

/** Lines that go out as they come, until either side ends it. On the connection's loop; must not block. */
public interface AdminFeed extends AutoCloseable {
    /** What there is to send now, each line with its line feed; empty = nothing. Not asked while the other side is slow. */
    String take();

    @Override
    void close();
}
