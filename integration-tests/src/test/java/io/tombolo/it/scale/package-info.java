/**
 * What grows with the mesh, and what must not.
 * <p><b>Start reading at</b> {@code InterestIT}. <b>May use:</b> {@code it.actors}.
 */
@NullMarked
package io.tombolo.it.scale;

import org.jspecify.annotations.NullMarked;
