package io.tombolo.controller.boot;

import io.tombolo.controller.publish.CatalogWriter;
import io.tombolo.controller.publish.MembersWriter;
import io.tombolo.controller.publish.Signing;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.wire.log.SignedEnvelope;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The federation log of one member.
 * @param heard   takes signed members records that came another way than by Kafka
 * @param members set on authorities
 */
record MemberLog(
        CatalogWriter writer,
        Signing signing,
        CatalogFeed feed,
        Consumer<SignedEnvelope> heard,
        Optional<MembersWriter> members)
        implements AutoCloseable {
    @Override
    public void close() {
        members.ifPresent(MembersWriter::close);
        writer.close();
        feed.close();
    }
}
