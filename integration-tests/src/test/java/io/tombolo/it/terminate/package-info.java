/** Exports whose gateways end the callers' TLS, with real programs. */
@NullMarked
package io.tombolo.it.terminate;

import org.jspecify.annotations.NullMarked;
