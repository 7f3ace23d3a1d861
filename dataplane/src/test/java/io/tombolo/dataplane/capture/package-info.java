/** Tests of what decides about captured connections. */
@NullMarked
package io.tombolo.dataplane.capture;

import org.jspecify.annotations.NullMarked;
