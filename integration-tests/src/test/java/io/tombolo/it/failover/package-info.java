/**
 * Where calls go, second by second, while clusters fail in every way: killed, stopped, unreachable, slow, wrong, flapping, back.
 * <p><b>Start reading at</b> {@link io.tombolo.it.failover.FailoverIT}; what it asserts is read from a
 * {@link io.tombolo.it.failover.Curve}.
 */
@NullMarked
package io.tombolo.it.failover;

import org.jspecify.annotations.NullMarked;
