/** Event loops. */
@NullMarked
package io.tombolo.dataplane.loop;

import org.jspecify.annotations.NullMarked;
