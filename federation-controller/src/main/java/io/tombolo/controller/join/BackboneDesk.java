package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.Payload;
import io.tombolo.controller.backbone.AdminAccess;
import io.tombolo.controller.backbone.BackboneAdmin;
import io.tombolo.controller.backbone.BackboneCredentials;
import io.tombolo.controller.backbone.BackboneMember;
import io.tombolo.controller.backbone.BackbonePrincipal;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.controller.backbone.ConnectionFile;
import io.tombolo.controller.backbone.HandMade;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.Backbone;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an authority does at Kafka for members: principals, ACLs, topics, credentials. Blocks for Kafka's answers. */
final class BackboneDesk {
    private final FederationName federation;
    private final AuthorityFile.Form access;

    BackboneDesk(FederationName federation, AuthorityFile.Form access) {
        this.federation = federation;
        this.access = access;
    }

    /** Makes the shared topics and the founder's. */
    void found(ClusterId founder, long epoch) {
        var member = new BackboneMember(principal(founder, epoch), true);
        var needed = new HandMade(kafka(), member, List.of());
        if (access.manualAcls()) {
            needed.require();
        } else {
            try (BackboneAdmin admin = admin()) {
                admin.ensureFounded(member);
            }
            needed.requireKnown();
        }
    }

    /** What Kafka's administrator must make for a member; empty where this authority makes it itself. */
    Optional<HandMade> byHand(ClusterId cluster, long epoch, MembersLog members) {
        return access.manualAcls()
                ? Optional.of(new HandMade(
                        kafka(), new BackboneMember(principal(cluster, epoch), false), others(cluster, members)))
                : Optional.empty();
    }

    /** What Kafka's administrator must run when a member's epoch is over; empty where this authority does it itself. */
    Optional<String> evictionByHand(ClusterId cluster, long epoch, MembersLog members) {
        return access.manualAcls()
                ? Optional.of(BackboneAdmin.evictionText(
                        new BackboneMember(
                                principal(cluster, epoch), members.authorities().contains(cluster)),
                        Stream.concat(members.admitted().stream().map(Payload.Member::cluster), Stream.of(cluster))
                                .distinct()
                                .toList()))
                : Optional.empty();
    }

    /** Makes topics and ACLs of a member, and lets the others read it. */
    void admit(ClusterId cluster, long epoch, MembersLog members) {
        if (!access.manualAcls()) {
            try (BackboneAdmin admin = admin()) {
                admin.admit(new BackboneMember(principal(cluster, epoch), false), others(cluster, members));
            }
        }
    }

    private List<BackboneMember> others(ClusterId cluster, MembersLog members) {
        return members.admitted().stream()
                .filter(member -> !member.cluster().equals(cluster))
                .map(member -> member(member, members))
                .toList();
    }

    /** Takes everything from a principal whose epoch is over. */
    void evict(ClusterId cluster, long epoch) {
        if (!access.manualAcls()) {
            try (BackboneAdmin admin = admin()) {
                admin.evict(principal(cluster, epoch));
            }
        }
    }

    /** Address and a fresh client certificate. */
    Backbone credential(ClusterId cluster, long epoch, CertificateRequest request, Instant now) {
        AdminAccess kafka = kafka();
        var credentials = new BackboneCredentials(kafka.authority()
                .orElseThrow(() -> new TomboloException(
                        Fault.BACKBONE_MISCONFIGURED,
                        "file " + access.backboneFile(),
                        "names no ca-file, so no client certificates can be issued",
                        "add ca-file and ca-key-file")));
        List<X509Certificate> chain = credentials.issue(principal(cluster, epoch), request, now);
        return Backbone.newBuilder()
                .addAllBootstrapServers(kafka.connection().bootstrapServers())
                .addAllServerRoots(bytes(kafka.connection().serverRoots()))
                .addAllClientChain(bytes(chain))
                .setExpiresAtMs(chain.getFirst().getNotAfter().getTime())
                .build();
    }

    /** Whether Kafka answers this authority, with the shared topics as they must be; for `--dry-run`. */
    void check() {
        if (!access.manualAcls()) {
            try (BackboneAdmin admin = admin()) {
                admin.verify(new BackboneTopics(federation), List.of());
            }
        }
    }

    private static BackboneMember member(Payload.Member member, MembersLog members, FederationName federation) {
        return new BackboneMember(
                new BackbonePrincipal(federation, member.cluster(), member.epoch()),
                members.authorities().contains(member.cluster()));
    }

    private BackboneMember member(Payload.Member member, MembersLog members) {
        return member(member, members, federation);
    }

    private BackbonePrincipal principal(ClusterId cluster, long epoch) {
        return new BackbonePrincipal(federation, cluster, epoch);
    }

    private AdminAccess kafka() {
        return ConnectionFile.read(Path.of(access.backboneFile()));
    }

    private BackboneAdmin admin() {
        AdminAccess kafka = kafka();
        return new BackboneAdmin(kafka.connection(), kafka.replication());
    }

    private static List<ByteString> bytes(List<X509Certificate> chain) {
        return Der.bytes(chain).stream().map(ByteString::copyFrom).toList();
    }
}
