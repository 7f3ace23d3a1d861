package io.tombolo.benchmarks.peer;

import com.google.protobuf.ByteString;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedDigest;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.enrol.Issued;
import io.tombolo.wire.enrol.Role;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.Update;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A proxy's state directory, as if a controller had enrolled it and gone away. */
final class PaperState {
    /** Where no controller answers: the discard port of this machine. */
    private static final String NOBODY = "127.0.0.1:9";

    private PaperState() {}

    /**
     * Who a proxy is.
     * @param role     what it was enrolled as
     * @param instance its id
     */
    record Holder(PaperCluster cluster, Role role, InstanceId instance, Svid svid) {
        static Holder gateway(PaperCluster cluster) {
            return new Holder(cluster, Role.ROLE_GATEWAY, PaperCluster.GATEWAY, cluster.gateway());
        }

        static Holder workload(PaperCluster cluster) {
            return new Holder(cluster, Role.ROLE_WORKLOAD, PaperCluster.WORKLOAD, cluster.workload());
        }

        static Holder names(PaperCluster cluster) {
            return new Holder(cluster, Role.ROLE_WORKLOAD, PaperCluster.NAMES, cluster.names());
        }

        static Holder caller(PaperCluster cluster) {
            return new Holder(cluster, Role.ROLE_WORKLOAD, PaperCluster.CALLER, cluster.caller());
        }
    }

    static void write(Path directory, Holder holder, List<FeedEntry> feed) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writeIdentity(directory, holder);
        writeFeed(directory, feed);
    }

    private static void writeIdentity(Path directory, Holder holder) {
        Svid svid = holder.svid();
        String pem = Pem.write(svid.privateKey()) + Pem.write(svid.chain());
        SecretFile.write(directory.resolve("svid.pem"), pem.getBytes(StandardCharsets.US_ASCII));
        Issued.Builder issued = Issued.newBuilder()
                .setRenewAtMs(svid.notAfter().minusSeconds(3_600).toEpochMilli())
                .setExpiresAtMs(svid.notAfter().toEpochMilli())
                .setOwnBundle(ByteString.copyFrom(holder.cluster().bundle().toJwks()))
                .setSpiffeId(svid.id().toString())
                .setInstance(holder.instance().value())
                .setRole(holder.role())
                .setCluster(holder.cluster().id().value())
                .setFederationName(PaperCluster.FEDERATION.value())
                .setFederationId(ByteString.copyFrom(PaperCluster.FEDERATION_ID.bytes()))
                .addControllerAddresses(NOBODY);
        Der.bytes(svid.chain()).forEach(der -> issued.addSvidChain(ByteString.copyFrom(der)));
        new StateFile(directory.resolve("enrolment"), new FileKind("ENRL", 1))
                .write(issued.build().toByteArray());
    }

    private static void writeFeed(Path directory, List<FeedEntry> feed) {
        List<Entry> entries = feed.stream().map(FeedCodec::toWire).toList();
        Update update = Update.newBuilder()
                .setVersion(1)
                .addAllChanged(entries)
                .setDigest(ByteString.copyFrom(FeedDigest.of(entries)))
                .build();
        new StateFile(directory.resolve("feed"), new FileKind("FEED", 1)).write(update.toByteArray());
    }
}
