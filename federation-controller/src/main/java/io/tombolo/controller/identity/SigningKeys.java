package io.tombolo.controller.identity;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record-signing keys of one epoch, one file each, numbered; a further file names the one that signs. While a change of
 * keys goes on there is a second one: a later one that is to sign next, or an earlier one that is to go. So these files alone
 * say how far a change has come, whenever it was interrupted.
 */
public final class SigningKeys {
    private static final String FIRST = "record-signing";
    private static final String NOW = "record-signing.now";
    private static final Pattern NAME = Pattern.compile(FIRST + "(?:-([1-9][0-9]{0,8}))?");

    private final KeyFiles files;

    SigningKeys(KeyFiles files) {
        this.files = files;
    }

    /** The key that signs; the first one is made when it is first asked for, later ones never. */
    public Ed25519Key present() {
        return number() == 0
                ? files.ed25519(FIRST)
                : files.findEd25519(name(number())).orElseThrow(this::lost);
    }

    /** The key that is to sign next, if a change of keys has begun. */
    public Optional<Ed25519Key> next() {
        return files.findEd25519(name(number() + 1));
    }

    /** The key that signed before and is not done with yet. */
    public Optional<Ed25519Key> former() {
        return number() == 0 ? Optional.empty() : files.findEd25519(name(number() - 1));
    }

    /** Whether a change of keys has begun and is not done with. */
    public boolean changing() {
        return next().isPresent() || former().isPresent();
    }

    /** Makes the key that is to sign next, if there is none; on disk when this returns. */
    public Ed25519Key makeNext() {
        return files.ed25519(name(number() + 1));
    }

    /** From now on the next key signs, in this process and in those to come. */
    public void useNext() {
        files.keep(NOW, name(number() + 1) + "\n");
    }

    /** Deletes the key that signed before. */
    public void dropFormer() {
        files.drop(name(number() - 1));
    }

    /** How people and logs name a key: as records do, in hexadecimal digits. */
    public static String id(Ed25519PublicKey key) {
        return HexFormat.of().formatHex(key.keyId());
    }

    private int number() {
        Optional<String> named = files.text(NOW).map(String::strip);
        if (named.isEmpty()) {
            return 0;
        }
        Matcher name = NAME.matcher(named.get());
        if (!name.matches() || name.group(1) == null) {
            throw lost();
        }
        return Integer.parseInt(name.group(1));
    }

    private static String name(int number) {
        return number == 0 ? FIRST : FIRST + "-" + number;
    }

    private TomboloException lost() {
        return new TomboloException(
                Fault.FILE_DAMAGED,
                "record-signing keys",
                NOW + " names no key that is there",
                "restore a backup of the state directory, or let an authority evict this cluster and join again");
    }
}
