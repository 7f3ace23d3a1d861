package io.tombolo.controller.boot;

import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.publish.FederationWriter;
import io.tombolo.controller.publish.MembersWriter;
import io.tombolo.controller.publish.Publication;
import io.tombolo.controller.publish.PulseEcho;
import io.tombolo.controller.publish.WriterSettings;
import io.tombolo.controller.subscribe.LogReader;
import io.tombolo.wire.join.RedeemResponse;
import io.tombolo.wire.log.SignedEnvelope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Starts reader and writer of one member's log. */
final class MemberLogStart {
    private final Rooms rooms;
    private final Membership own;
    private final MemberKeys keys;

    MemberLogStart(Rooms rooms, Membership own, MemberKeys keys) {
        this.rooms = rooms;
        this.own = own;
        this.keys = keys;
    }

    /** @param admitted what the authority answered: the members to begin with */
    MemberLog start(BackboneConnection connection, RedeemResponse admitted) {
        Clock clock = Clock.systemUTC();
        Path directory = rooms.state().directory("log");
        boolean freshEpoch = !Files.exists(directory.resolve("outbox-" + own.epoch()));
        MembersLog members = members(admitted);
        var echo = new PulseEcho();
        LogReader reader = new LogReader(
                own.cluster(),
                own.federation(),
                members,
                directory,
                connection,
                echo,
                rooms.settings().freshness(),
                rooms.settings().dialing(),
                clock);
        var writer = new FederationWriter(
                new WriterSettings(
                        own.federation(),
                        directory,
                        rooms.settings().replica().isPresent(),
                        freshEpoch,
                        rooms.settings().freshness()),
                new RecordSigner(own.federationId(), own.cluster(), own.epoch(), keys.recordSigning()),
                connection,
                () -> reader.current().members(),
                reader::ownTail,
                echo,
                clock);
        reader.start();
        writer.start();
        Optional<MembersWriter> authority =
                own.authority() ? Optional.of(new HeardAtOnce(writer, reader)) : Optional.empty();
        return new MemberLog(writer, writer, reader, record -> reader.handIn(RecordReader.reopen(record)), authority);
    }

    private MembersLog members(RedeemResponse admitted) {
        MembersLog log = MembersLog.of(own.federationId());
        for (SignedEnvelope record : admitted.getMembersList()) {
            log = log.apply(RecordReader.reopen(record)).state();
        }
        return log;
    }

    /** What this authority signs counts here at once, with Kafka down too: an eviction is not to wait. */
    private record HeardAtOnce(MembersWriter writer, LogReader reader) implements MembersWriter {
        @Override
        public Publication publish(SignedEnvelope record) {
            reader.handIn(RecordReader.reopen(record));
            return writer.publish(record);
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
