/** Who called whom. */
@NullMarked
package io.tombolo.dataplane.accesslog;

import org.jspecify.annotations.NullMarked;
