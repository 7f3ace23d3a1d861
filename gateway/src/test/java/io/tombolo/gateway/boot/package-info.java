/** Tests of the program {@code gateway} that need no process. */
@NullMarked
package io.tombolo.gateway.boot;

import org.jspecify.annotations.NullMarked;
