package io.tombolo.controller.backbone;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;

/**
 * What Kafka's administrator makes by hand for one member, as commands and as a check. The check asks Kafka in the name of
 * the members themselves, with certificates made for it alone, for the authority that checks holds their CA. Blocks.
 * @param others the other admitted members: they must be able to read the new one
 */
public record HandMade(AdminAccess access, BackboneMember member, Collection<BackboneMember> others) {
    private static final Duration LIFE_OF_A_CHECK = Duration.ofMinutes(10);
    private static final int MOST_NAMED = 3;
    private static final int LOOKS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    public HandMade {
        others = List.copyOf(others);
    }

    /** The commands, as a POSIX shell script; each can be run again. */
    public String script() {
        var acls = new LinkedHashSet<AclBinding>(ownAcls());
        acls.addAll(rules().toRead(member.cluster(), others));
        return ManualAcls.text(plans(), access.replication(), acls, List.of(member.principal()));
    }

    /**
     * What is not there yet.
     * @return for people; empty when all is well
     * @throws TomboloException BACKBONE_UNREACHABLE, BACKBONE_DENIED; BACKBONE_MISCONFIGURED naming a topic that has other
     *     settings than it must have, or if the connection file names no CA
     */
    public List<String> missing() {
        List<String> missing = missingNow();
        // What an administrator has just made reaches the brokers one after the other.
        for (int again = 1; again < LOOKS && !missing.isEmpty(); again++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            missing = missingNow();
        }
        return missing;
    }

    private List<String> missingNow() {
        var missing = new ArrayList<String>();
        checkAs(member, check -> missing.addAll(check.missing(ownAcls())));
        for (BackboneMember other : others) {
            checkAs(
                    other,
                    check -> check.missing(rules().toRead(member.cluster(), List.of(other))).stream()
                            .map(what -> what + " for " + other.principal())
                            .forEach(missing::add));
        }
        if (missing.isEmpty()) {
            authorities()
                    .forEach(authority ->
                            checkAs(authority, check -> check.topics().verify(plans())));
        }
        return missing;
    }

    /** @throws TomboloException as {@link #missing}; BACKBONE_MISCONFIGURED with the commands if anything is missing */
    public void require() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new TomboloException(
                    Fault.BACKBONE_MISCONFIGURED,
                    access.connection() + ": what " + member.principal() + " needs",
                    summary(missing),
                    "Let Kafka's administrator run these commands, then repeat:\n\n" + script());
        }
    }

    /**
     * After everything was made: that the brokers believe the members' CA, and take its certificates for the principals that
     * were given rights. Found out now, because a member could only say that it is denied everything.
     * @throws TomboloException as {@link #missing}; BACKBONE_MISCONFIGURED if they know the certificate by another name
     */
    public void requireKnown() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new TomboloException(
                    Fault.BACKBONE_MISCONFIGURED,
                    access.connection() + ": certificate with the common name " + member.principal(),
                    "the brokers do not take it for User:" + member.principal() + "; " + summary(missing),
                    "set ssl.principal.mapping.rules on the brokers as docs/install.md shows");
        }
    }

    /** {@code 5 things are missing: topic x; …}. */
    public static String summary(List<String> missing) {
        String named = String.join("; ", missing.subList(0, Math.min(MOST_NAMED, missing.size())));
        String more = missing.size() > MOST_NAMED ? "; and " + (missing.size() - MOST_NAMED) + " more" : "";
        return "missing: " + named + more;
    }

    private void checkAs(BackboneMember who, java.util.function.Consumer<GrantCheck> look) {
        BackboneConnection connection = access.connection().as(() -> passing(who));
        try (var check = new GrantCheck(connection)) {
            look.accept(check);
        }
    }

    private CertifiedKey passing(BackboneMember who) {
        BackboneAuthority ca = access.authority()
                .orElseThrow(() -> new TomboloException(
                        Fault.BACKBONE_MISCONFIGURED,
                        "backbone connection",
                        "names no ca-file, so no client certificates can be issued",
                        "add ca-file and ca-key-file"));
        P256Key key = P256Key.generate();
        return new CertifiedKey(
                ca.issueClient(key.publicKey(), who.principal().name(), Instant.now(), LIFE_OF_A_CHECK),
                key.privateKey());
    }

    private List<BackboneMember> authorities() {
        var all = new ArrayList<>(others);
        all.add(member);
        return all.stream().filter(BackboneMember::authority).limit(1).toList();
    }

    private Set<AclBinding> ownAcls() {
        return rules().byHand(member, clusters());
    }

    private Set<ClusterId> clusters() {
        Set<ClusterId> clusters = others.stream().map(BackboneMember::cluster).collect(Collectors.toSet());
        clusters.add(member.cluster());
        return clusters;
    }

    /** The shared topics are made with the first member. */
    private List<TopicPlan> plans() {
        return others.isEmpty() ? names().all(clusters()) : names().of(member.cluster());
    }

    private BackboneTopics names() {
        return new BackboneTopics(member.principal().federation());
    }

    private BackboneAcls rules() {
        return new BackboneAcls(names());
    }
}
