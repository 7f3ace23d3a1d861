/**
 * Moves bytes from one socket to another inside the kernel, without a copy of them in this process.
 * <p><b>In:</b> two connected native channels of one loop, and how much at most. <b>Out:</b> how much went on, and what is left
 * in between, as a buffer. <b>Start reading at</b> {@link io.tombolo.dataplane.splice.Splicing}. Reading and writing, ends and
 * errors stay Netty's: whenever a call here says that it cannot go on, for whatever reason, Netty's next read or write learns
 * why.
 * <p><b>May use:</b> Netty, {@code java.lang.foreign}. <b>Source:</b> splice(2), pipe(2), fcntl(2) of Linux. <b>Threads:</b>
 * making is for any thread, moving for loops; nothing blocks.
 */
@NullMarked
package io.tombolo.dataplane.splice;

import org.jspecify.annotations.NullMarked;
