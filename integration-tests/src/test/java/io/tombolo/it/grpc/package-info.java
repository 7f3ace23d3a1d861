/** Calls of gRPC from cluster to cluster. */
@NullMarked
package io.tombolo.it.grpc;

import org.jspecify.annotations.NullMarked;
