package io.tombolo.trustbundle.x509;

import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** What a leaf shall say. */
record LeafPlan(PublicKey publicKey, X500Name subject, GeneralNames names, List<KeyPurposeId> purposes) {}
