/** The sidecar's start. */
@NullMarked
package io.tombolo.sidecar.boot;

import org.jspecify.annotations.NullMarked;
