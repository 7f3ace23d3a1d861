package io.tombolo.controller.tokens;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Credentials for the API: random bearer tokens of 256 bits, of which a SHA-256 is kept. The operator's first one lies in a
 * file of the state directory. Authenticating touches no disk and may run on an event loop.
 */
public final class AccessTokens {
    /** Begins every token, so that scanners find leaked ones. */
    public static final String PREFIX = "tma1_";

    /** Most credentials. */
    public static final int MAX_TOKENS = 1_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** One credential. */
    public record Entry(String name, AccessRole role, String namespace, String sha256) {
        Caller caller() {
            return new Caller(name, role, namespace);
        }
    }

    record Ledger(List<Entry> entries) {}

    private final JsonState<Ledger> file;
    private final Path operatorFile;
    private volatile List<Entry> entries;

    /** Opens them, making the operator's if its file is missing. */
    public AccessTokens(StateDirectory directory) {
        this(directory, Optional.empty());
    }

    /** @param replica this process as one of several: each has a file, and a credential, of its own */
    public AccessTokens(StateDirectory directory, Optional<String> replica) {
        String operator = replica.map(name -> "operator-" + name).orElse("operator");
        this.file = new JsonState<>(directory.file("access-tokens.state"), "ATOK", Ledger.class);
        this.operatorFile = directory.file("operator.token");
        this.entries = file.read().map(Ledger::entries).map(List::copyOf).orElse(List.of());
        if (!Files.exists(operatorFile)) {
            remove(operator);
            String token = create(operator, AccessRole.OPERATOR, "");
            SecretFile.write(operatorFile, token.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The file with the operator's token, 0600. */
    public Path operatorFile() {
        return operatorFile;
    }

    /**
     * Makes one.
     * @return the token, which nobody sees again
     * @throws TomboloException CONFLICT if the name is taken
     */
    public synchronized String create(String name, AccessRole role, String namespace) {
        boolean taken = entries.stream().anyMatch(e -> e.name().equals(name));
        if (taken || entries.size() >= MAX_TOKENS) {
            throw new TomboloException(
                    Fault.CONFLICT,
                    "API credential '" + name + "'",
                    "exists already, or too many do",
                    "delete it first");
        }
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var next = new ArrayList<>(entries);
        next.add(new Entry(name, role, namespace, hash(token)));
        store(next);
        return token;
    }

    /** Makes the credential of that name worthless. */
    public synchronized boolean remove(String name) {
        var next = new ArrayList<>(entries);
        boolean removed = next.removeIf(e -> e.name().equals(name));
        if (removed) {
            store(next);
        }
        return removed;
    }

    public List<Entry> list() {
        return entries;
    }

    /** Who holds {@code token}; looks at all entries, so that time tells nothing. */
    public Optional<Caller> authenticate(String token) {
        byte[] hash = hash(token).getBytes(StandardCharsets.US_ASCII);
        Optional<Caller> found = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(hash, entry.sha256().getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(entry.caller());
            }
        }
        return found;
    }

    private void store(List<Entry> next) {
        file.write(new Ledger(List.copyOf(next)));
        entries = List.copyOf(next);
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(Sha256.of(token.getBytes(StandardCharsets.US_ASCII)));
    }
}
