/**
 * Commands about how traffic is divided over clusters: what it is, what it was, what it would be, and orders to change it.
 * <p><b>Start reading at</b> {@link io.tombolo.cli.failover.FailoverCommand}.
 */
@NullMarked
package io.tombolo.cli.failover;

import org.jspecify.annotations.NullMarked;
