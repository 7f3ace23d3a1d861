/** Bytes both ways. */
@NullMarked
package io.tombolo.dataplane.relay;

import org.jspecify.annotations.NullMarked;
