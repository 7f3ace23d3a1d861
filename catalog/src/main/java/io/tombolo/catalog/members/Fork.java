package io.tombolo.catalog.members;

import com.google.protobuf.ByteString;
import io.tombolo.model.name.ClusterId;

/**
 * Two authorities, or one that is not itself any more, signed different records of one version.
 * @param kept    hash of the record that counts: an eviction if there is one, else the lower hash, so that all agree
 * @param dropped hash of the other one
 */
public record Fork(ClusterId cluster, long version, ByteString kept, ByteString dropped) {}
