/** Who is believed, over processes: evicted clusters, stolen identities, servers that are not who they should be. */
@NullMarked
package io.tombolo.it.trust;

import org.jspecify.annotations.NullMarked;
