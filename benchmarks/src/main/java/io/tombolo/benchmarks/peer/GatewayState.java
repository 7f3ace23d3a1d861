package io.tombolo.benchmarks.peer;

import com.google.protobuf.ByteString;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.InstanceName;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A gateway's state directory, as if a controller had enrolled it and gone away. */
final class GatewayState {
    /** Where no controller answers: the discard port of this machine. */
    private static final String NOBODY = "127.0.0.1:9";

    private GatewayState() {}

    static void write(Path directory, PaperCluster cluster, int backendPort) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writeIdentity(directory, cluster);
        writeFeed(directory, cluster, backendPort);
    }

    private static void writeIdentity(Path directory, PaperCluster cluster) {
        var name = new InstanceName.Gateway(PaperCluster.GATEWAY, PaperCluster.ID, PaperCluster.FEDERATION);
        Svid svid = cluster.issue(SpiffeId.gateway(cluster.trustDomain()), Optional.of(name.toString()));
        String pem = Pem.write(svid.privateKey()) + Pem.write(svid.chain());
        SecretFile.write(directory.resolve("svid.pem"), pem.getBytes(StandardCharsets.US_ASCII));
        Issued.Builder issued = Issued.newBuilder()
                .setRenewAtMs(svid.notAfter().minusSeconds(3_600).toEpochMilli())
                .setExpiresAtMs(svid.notAfter().toEpochMilli())
                .setOwnBundle(ByteString.copyFrom(cluster.bundle().toJwks()))
                .setSpiffeId(svid.id().toString())
                .setInstance(PaperCluster.GATEWAY.value())
                .setRole(Role.ROLE_GATEWAY)
                .setCluster(PaperCluster.ID.value())
                .setFederationName(PaperCluster.FEDERATION.value())
                .setFederationId(ByteString.copyFrom(PaperCluster.FEDERATION_ID.bytes()))
                .addControllerAddresses(NOBODY);
        Der.bytes(svid.chain()).forEach(der -> issued.addSvidChain(ByteString.copyFrom(der)));
        new StateFile(directory.resolve("enrolment"), new FileKind("ENRL", 1))
                .write(issued.build().toByteArray());
    }

    private static void writeFeed(Path directory, PaperCluster cluster, int backendPort) {
        List<Entry> entries = Stream.of(
                        own(cluster), member(cluster), bundle(cluster), served(cluster), local(cluster, backendPort))
                .map(FeedCodec::toWire)
                .toList();
        Update update = Update.newBuilder()
                .setVersion(1)
                .addAllChanged(entries)
                .setDigest(ByteString.copyFrom(FeedDigest.of(entries)))
                .build();
        new StateFile(directory.resolve("feed"), new FileKind("FEED", 1)).write(update.toByteArray());
    }

    private static FeedEntry own(PaperCluster cluster) {
        return new FeedEntry.Own(new OwnCluster(
                PaperCluster.ID,
                PaperCluster.FEDERATION,
                PaperCluster.FEDERATION_ID,
                cluster.trustDomain(),
                new Locality("eu", "a"),
                Optional.empty()));
    }

    private static FeedEntry member(PaperCluster cluster) {
        return new FeedEntry.Member(new io.tombolo.model.catalog.MemberEntry(
                PaperCluster.ID, 1, MemberState.ADMITTED, cluster.trustDomain(), 1));
    }

    private static FeedEntry bundle(PaperCluster cluster) {
        return new FeedEntry.Bundle(
                cluster.trustDomain(), 1, ByteString.copyFrom(cluster.bundle().toJwks()), PaperCluster.ID);
    }

    private static FeedEntry served(PaperCluster cluster) {
        return new FeedEntry.Served(new ServedService(
                PaperCluster.SERVICE,
                List.of(new ExportedPort(PaperCluster.SERVICE_PORT, "https", AppProtocol.TCP)),
                true,
                ExportMode.PASSTHROUGH,
                List.of(),
                Set.of(cluster.workloadId())));
    }

    private static FeedEntry local(PaperCluster cluster, int backendPort) {
        return new FeedEntry.Local(new LocalInstance(
                PaperCluster.SERVICE,
                PaperCluster.WORKLOAD,
                List.of(new HostPort("127.0.0.1", backendPort)),
                InstanceState.READY,
                1,
                "a",
                Set.of(PaperCluster.SERVICE_PORT),
                cluster.workloadId()));
    }
}
