/** What happens when a controller's disk is full. */
@NullMarked
package io.tombolo.it.disk;

import org.jspecify.annotations.NullMarked;
