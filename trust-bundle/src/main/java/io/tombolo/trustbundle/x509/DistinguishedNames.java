package io.tombolo.trustbundle.x509;

import io.tombolo.trustbundle.key.KeyPin;
import java.security.PublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Subjects and issuers. They decide nothing, except the common name of a backbone certificate, which is Kafka's principal. */
final class DistinguishedNames {
    private static final String ORGANISATION = "Tombolo";
    private static final int MAX_COMMON_NAME = 64;
    private static final int KEY_DIGITS = 32;

    private DistinguishedNames() {}

    /** A CA's name; holds part of its key's pin, so that an old and a new CA of one cluster are told apart. */
    static X500Name authority(String name, PublicKey key) {
        return new X500NameBuilder()
                .addRDN(BCStyle.O, ORGANISATION)
                .addRDN(BCStyle.CN, name.substring(0, Math.min(name.length(), MAX_COMMON_NAME)))
                .addRDN(BCStyle.SERIALNUMBER, KeyPin.of(key).toString().substring(0, KEY_DIGITS))
                .build();
    }

    /** What every SVID has: who it is for stands in its URI name. */
    static X500Name workload() {
        return new X500NameBuilder().addRDN(BCStyle.O, ORGANISATION).build();
    }

    /** Nothing but a common name, which may be longer than the 64 characters of RFC 5280's upper bounds. */
    static X500Name principal(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }
}
