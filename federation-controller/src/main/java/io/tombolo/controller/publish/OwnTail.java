package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.MembersLog;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the reader sees of this cluster's own records on the backbone: from it the writer knows whether somebody else writes
 * with its identity.
 * @param caughtUp            everything that was there is read
 * @param lastStartId         start id of the last writer term in the own catalog
 * @param lastTerm            its term; 0 if there is none
 * @param foreignPulseAtNanos monotonic arrival of the latest new pulse of this cluster that this process did not send
 * @param members             the members as read
 */
public record OwnTail(
        boolean caughtUp,
        Optional<ByteString> lastStartId,
        long lastTerm,
        OptionalLong foreignPulseAtNanos,
        MembersLog members) {}
