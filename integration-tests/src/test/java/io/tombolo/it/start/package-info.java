/** How the programs start. */
@NullMarked
package io.tombolo.it.start;

import org.jspecify.annotations.NullMarked;
