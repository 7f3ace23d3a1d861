package io.tombolo.dataplane.trace;

import io.tombolo.dataplane.accesslog.Access;

/**
 * One exchange that ended, as a part of a trace.
 * @param own      its ids
 * @param parentId of the span that it is a child of; empty = the trace begins with it
 * @param state    of {@code tracestate}; empty = none
 * @param access   what is to be said of it
 */
record Span(TraceParent own, String parentId, String state, Access access) {}
