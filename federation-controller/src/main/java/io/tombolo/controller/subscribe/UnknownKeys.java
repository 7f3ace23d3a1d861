package io.tombolo.controller.subscribe;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.name.ClusterId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that members do not have as far as the members were read: new ones, and those of a member that joined again. Between two
 * topics Kafka keeps no order: the first record by such a key may come before the members record that names it, and must not be
 * lost for that. A key is waited for once: a member signs with it only after the log has it, so whoever reads the members to the
 * end that they have then knows it.
 * Confined to the reader's thread.
 */
final class UnknownKeys {
    /** Keys of one member that are waited for; what more of them sign is refused at once. */
    static final int MOST_OF_ONE_MEMBER = 64;

    /** A key that a record names. */
    record Key(ClusterId origin, ByteString id) {}

    private final Map<ClusterId, Set<ByteString>> settled = new HashMap<>();

    /** The key of a record that was refused, if the members may name it without this reader knowing. */
    Optional<Key> toWaitFor(MembersLog members, SignedRecord record) {
        var key = new Key(record.origin(), record.keyId());
        Set<ByteString> known = settled.getOrDefault(key.origin(), Set.of());
        long epoch = record.position().epoch();
        boolean present = members.member(key.origin())
                .filter(member ->
                        epoch > member.epoch() || epoch == member.epoch() && member.state() == MemberState.ADMITTED)
                .isPresent();
        boolean unknown = !members.admitted(key.origin(), epoch, key.id());
        boolean open = !known.contains(key.id()) && known.size() < MOST_OF_ONE_MEMBER;
        return Optional.of(key).filter(_ -> present && unknown && open);
    }

    /** The members were read to an end that was asked for after the key was seen: what they do not name now, nobody has. */
    void settle(Key key) {
        settled.computeIfAbsent(key.origin(), _ -> new HashSet<>()).add(key.id());
    }
}
