/**
 * What every test may lean on. Test scope only; no program contains it.
 * <p><b>Start reading at</b> {@link io.tombolo.testing.LeakWatch}. <b>May use:</b> JUnit, Netty; none of the other modules.
 */
@NullMarked
package io.tombolo.testing;

import org.jspecify.annotations.NullMarked;
