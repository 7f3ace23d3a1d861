/** Scenarios over whole federations of real processes. */
@NullMarked
package io.tombolo.it.mesh;

import org.jspecify.annotations.NullMarked;
