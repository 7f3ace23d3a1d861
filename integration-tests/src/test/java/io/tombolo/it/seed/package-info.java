/** What broke other meshes, as their users reported it, tried on this one. */
@NullMarked
package io.tombolo.it.seed;

import org.jspecify.annotations.NullMarked;
