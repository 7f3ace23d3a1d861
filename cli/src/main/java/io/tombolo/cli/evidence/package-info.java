/**
 * What a check has to go by: records of what was looked at, in which everything is known or is not, with the reason. No judgement,
 * no I/O. <b>Start reading at</b> {@link io.tombolo.cli.evidence.Evidence}. <b>Threads:</b> any; everything is immutable.
 */
@NullMarked
package io.tombolo.cli.evidence;

import org.jspecify.annotations.NullMarked;
