/** Tests of how bytes are held back and written. */
@NullMarked
package io.tombolo.dataplane.flow;

import org.jspecify.annotations.NullMarked;
