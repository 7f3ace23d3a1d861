package io.tombolo.trustbundle.svid;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subject alternative names of a certificate, as they are written. The JDK's own getter folds equal names into one and
 * hides an extension that it cannot read; both would weaken "exactly one URI".
 * @param uris     every uniformResourceIdentifier, in order
 * @param dnsNames every dNSName, in order
 */
public record SubjectNames(List<String> uris, List<String> dnsNames) {
    private static final String OID = "2.5.29.17";
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int DNS_NAME = 0x82;
    private static final int URI = 0x86;

    public SubjectNames {
        uris = List.copyOf(uris);
        dnsNames = List.copyOf(dnsNames);
    }

    /**
     * Reads the extension; no extension is no names.
     * @throws TomboloException {@link Fault#BAD_CERTIFICATE} if it is malformed
     */
    public static SubjectNames of(X509Certificate certificate) {
        byte @Nullable [] extension = certificate.getExtensionValue(OID);
        if (extension == null) {
            return new SubjectNames(List.of(), List.of());
        }
        ByteBuffer names = only(only(ByteBuffer.wrap(extension), OCTET_STRING), SEQUENCE);
        var uris = new ArrayList<String>();
        var dnsNames = new ArrayList<String>();
        while (names.hasRemaining()) {
            int tag = names.get() & 0xff;
            ByteBuffer content = content(names);
            if (tag == URI) {
                uris.add(ascii(content));
            } else if (tag == DNS_NAME) {
                dnsNames.add(ascii(content));
            }
        }
        return new SubjectNames(uris, dnsNames);
    }

    /** The content of the one element of {@code tag} that {@code in} consists of. */
    private static ByteBuffer only(ByteBuffer in, int tag) {
        if (!in.hasRemaining() || (in.get() & 0xff) != tag) {
            throw malformed();
        }
        ByteBuffer content = content(in);
        if (in.hasRemaining()) {
            throw malformed();
        }
        return content;
    }

    private static ByteBuffer content(ByteBuffer in) {
        int length = length(in);
        if (length > in.remaining()) {
            throw malformed();
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }

    /** DER lengths of up to 65,535; a certificate is smaller. */
    private static int length(ByteBuffer in) {
        int first = octet(in);
        if (first < 0x80) {
            return first;
        }
        if (first == 0x81) {
            return octet(in);
        }
        if (first == 0x82) {
            return octet(in) << 8 | octet(in);
        }
        throw malformed();
    }

    private static int octet(ByteBuffer in) {
        if (!in.hasRemaining()) {
            throw malformed();
        }
        return in.get() & 0xff;
    }

    private static String ascii(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        for (byte b : bytes) {
            if (b <= 0x20 || b == 0x7f) {
                throw malformed();
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static TomboloException malformed() {
        return new TomboloException(
                Fault.BAD_CERTIFICATE,
                "certificate",
                "its subject alternative names are malformed",
                "have its CA issue a new one");
    }
}
