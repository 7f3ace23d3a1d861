package io.tombolo.controller.boot;

import io.tombolo.controller.publish.CatalogWriter;
import io.tombolo.controller.publish.MembersWriter;
import io.tombolo.controller.subscribe.CatalogFeed;
import java.util.Optional;

/**
 * The federation log of one member.
 * @param members set on authorities
 */
record MemberLog(CatalogWriter writer, CatalogFeed feed, Optional<MembersWriter> members) implements AutoCloseable {
    @Override
    public void close() {
        members.ifPresent(MembersWriter::close);
        writer.close();
        feed.close();
    }
}
