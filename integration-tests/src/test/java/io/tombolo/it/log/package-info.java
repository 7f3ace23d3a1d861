/** The federation log over a real broker: one writer and one reader per member, as the controller runs them. */
@NullMarked
package io.tombolo.it.log;

import org.jspecify.annotations.NullMarked;
