/**
 * Files that survive a crash: one value replaced as a whole ({@link io.tombolo.wire.file.StateFile}) and a list that only
 * grows ({@link io.tombolo.wire.file.Journal}). Both begin with the magic {@code TMBO}, a 4-character kind and a u16 format
 * version, belong to their owner alone (0600), and are durable when a call returns. A file that does not verify is set
 * aside under a name that says so, never deleted. Whoever keeps a copy of a directory hears of each change ({@link
 * io.tombolo.wire.file.Mirror}).
 * <p><b>May use:</b> {@code model.fault} and the JDK. <b>Threads:</b> every call blocks on the disk; one thread per file.
 */
@NullMarked
package io.tombolo.wire.file;

import org.jspecify.annotations.NullMarked;
