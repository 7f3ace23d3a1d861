package io.tombolo.dataplane.trace;

import io.tombolo.dataplane.accesslog.Access;

/** An exchange that is recorded. One loop's, until its end. */
public final class Traced {
    private final SpanSender sender;
    private final TraceParent own;
    private final String parentId;
    private final String state;

    Traced(SpanSender sender, TraceParent own, String parentId, String state) {
        this.sender = sender;
        this.own = own;
        this.parentId = parentId;
        this.state = state;
    }

    /** It is over. Never waits. */
    public void ended(Access access) {
        sender.add(new Span(own, parentId, state, access));
    }
}
