package io.tombolo.catalog.members;

import com.google.protobuf.ByteString;
import io.tombolo.trustbundle.key.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** One value that stands for the whole list. */
final class MembersHead {
    private MembersHead() {}

    /** @param members sorted by cluster */
    static ByteString of(Iterable<MemberVersion> members) {
        MessageDigest digest = Sha256.digest();
        for (MemberVersion version : members) {
            byte[] cluster = version.member().cluster().value().getBytes(StandardCharsets.US_ASCII);
            digest.update(ByteBuffer.allocate(Short.BYTES + cluster.length + Long.BYTES)
                    .putShort((short) cluster.length)
                    .put(cluster)
                    .putLong(version.member().version())
                    .flip());
            digest.update(version.hash().asReadOnlyByteBuffer());
        }
        return ByteString.copyFrom(digest.digest());
    }
}
