/** What becomes of a trace's headers, without a network. */
@NullMarked
package io.tombolo.dataplane.trace;

import org.jspecify.annotations.NullMarked;
