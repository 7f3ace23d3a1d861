/** What gateway and sidecar have in common as programs. */
@NullMarked
package io.tombolo.dataplane.program;

import org.jspecify.annotations.NullMarked;
