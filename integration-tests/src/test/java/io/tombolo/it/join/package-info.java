/** Clusters that join, are refused, are interrupted: real controllers, a real broker, and somebody who means no good. */
@NullMarked
package io.tombolo.it.join;

import org.jspecify.annotations.NullMarked;
