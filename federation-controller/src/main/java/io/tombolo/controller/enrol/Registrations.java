package io.tombolo.controller.enrol;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All proxies that are registered. Reading takes no lock; changes are fsynced when they return. */
public final class Registrations {
    /** Most proxies of one cluster. */
    public static final int MAX_PROXIES = 20_000;

    /** How long a proxy that sleeps is remembered: an expired SVID can be renewed that long. */
    public static final Duration REMEMBERED = Duration.ofDays(30);

    /** The same of a pod, which can register again as long as it lives. */
    public static final Duration POD_REMEMBERED = Duration.ofDays(2);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The role is kept without it. */
    private static final TrustDomain ANY = new TrustDomain("any");

    record Form(
            String node,
            @Nullable String namespace,
            @Nullable String account,
            String instance,
            long seenAtMs,
            @Nullable String pod) {
        static Form of(Registration registration) {
            Optional<SpiffeId> named = registration.role() instanceof ProxyRole.Gateway
                    ? Optional.empty()
                    : Optional.of(registration.role().idIn(ANY));
            return new Form(
                    HexFormat.of().formatHex(registration.node().raw()),
                    named.map(SpiffeId::namespace).orElse(null),
                    named.map(SpiffeId::account).orElse(null),
                    registration.instance().value(),
                    registration.seenAt().toEpochMilli(),
                    registration.pod().orElse(null));
        }

        Registration toRegistration() {
            ProxyRole role =
                    namespace == null || account == null ? new ProxyRole.Gateway() : ProxyRole.of(namespace, account);
            return new Registration(
                    new Ed25519PublicKey(HexFormat.of().parseHex(node)),
                    role,
                    new InstanceId(instance),
                    Instant.ofEpochMilli(seenAtMs),
                    Optional.ofNullable(pod));
        }
    }

    record Ledger(List<Form> proxies) {}

    private final JsonState<Ledger> file;
    private final Map<Ed25519PublicKey, Registration> byNode = new ConcurrentHashMap<>();

    public Registrations(StateDirectory directory) {
        this.file = new JsonState<>(directory.file("registrations.state"), "REGN", Ledger.class);
        file.read()
                .ifPresent(ledger -> ledger.proxies().stream()
                        .map(Form::toRegistration)
                        .forEach(registration -> byNode.put(registration.node(), registration)));
    }

    /** The registration of a node key; made if it is new. A key that was registered keeps its role. */
    public synchronized Registration register(Ed25519PublicKey node, ProxyRole role, Instant now) {
        return register(node, role, Optional.empty(), now);
    }

    /**
     * The same for a pod, which has one node key as long as it lives: its token is good for as often as whoever holds it likes,
     * and a second key is therefore nobody that is known.
     */
    synchronized Registration registerPod(Ed25519PublicKey node, Pods.Pod pod, Instant now) {
        boolean another = byNode.values().stream()
                .filter(known -> known.pod().equals(Optional.of(pod.uid())))
                .anyMatch(known -> !known.node().equals(node) && !known.isForgotten(now));
        if (another) {
            throw new TomboloException(
                    Fault.NODE_KEY_REFUSED,
                    "pod " + pod.uid(),
                    "has registered with another key already",
                    "keep its state directory as long as the pod lives, in an emptyDir; if nothing lost it, somebody has its"
                            + " service account's token: delete the pod");
        }
        return register(node, pod.role(), Optional.of(pod.uid()), now);
    }

    private Registration register(Ed25519PublicKey node, ProxyRole role, Optional<String> pod, Instant now) {
        byNode.values().removeIf(old -> old.isForgotten(now));
        Registration known = byNode.get(node);
        if (known != null && !(known.role().equals(role) && known.pod().equals(pod))) {
            throw new TomboloException(
                    Fault.NODE_KEY_REFUSED,
                    "node key " + node,
                    "is registered as something else",
                    "give the proxy an empty state directory");
        }
        if (known == null && byNode.size() >= MAX_PROXIES) {
            throw new TomboloException(
                    Fault.CONFLICT, "registrations", MAX_PROXIES + " proxies are registered", "remove some");
        }
        return store(
                known == null
                        ? new Registration(node, role, InstanceId.of(RANDOM.nextLong()), now, pod)
                        : known.seen(now));
    }

    /** A renewal; the proxy is remembered from now on again. */
    public synchronized Registration renewed(Ed25519PublicKey node, Instant now) {
        Registration known = find(node)
                .filter(r -> !r.isForgotten(now))
                .orElseThrow(() -> new TomboloException(
                        Fault.NODE_KEY_REFUSED,
                        "node key " + node,
                        "is not registered, or slept for more than " + REMEMBERED.toDays() + " days (a pod: "
                                + POD_REMEMBERED.toDays() + ")",
                        "register again with a new token"));
        return store(known.seen(now));
    }

    public Optional<Registration> find(Ed25519PublicKey node) {
        return Optional.ofNullable(byNode.get(node));
    }

    public Optional<Registration> find(InstanceId instance) {
        return byNode.values().stream()
                .filter(r -> r.instance().equals(instance))
                .findFirst();
    }

    public List<Registration> all() {
        return List.copyOf(byNode.values());
    }

    private Registration store(Registration registration) {
        @Nullable Registration before = byNode.put(registration.node(), registration);
        try {
            file.write(new Ledger(byNode.values().stream().map(Form::of).toList()));
            return registration;
        } catch (TomboloException failed) {
            if (before == null) {
                byNode.remove(registration.node());
            } else {
                byNode.put(registration.node(), before);
            }
            throw failed;
        }
    }
}
