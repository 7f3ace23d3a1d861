/** How proxies go away. */
@NullMarked
package io.tombolo.dataplane.drain;

import org.jspecify.annotations.NullMarked;
