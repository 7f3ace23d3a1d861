package io.tombolo.sidecar.boot;

import io.tombolo.dataplane.accesslog.Tap;
import io.tombolo.dataplane.admin.AdminFeed;

/** What one administrator sees of the traffic. */
record TapFeed(Tap tap) implements AdminFeed {
    @Override
    public String take() {
        return tap.take(System.nanoTime());
    }

    @Override
    public void close() {
        tap.close();
    }
}
