/**
 * What is to be said of what was looked at. In comes {@link io.tombolo.cli.evidence.Evidence}, out goes a
 * {@link io.tombolo.cli.judging.Verdict}: one judge for each subject, all of them pure. What is not known is reported here once,
 * for all of them. No I/O, no clock.
 */
@NullMarked
package io.tombolo.cli.judging;

import org.jspecify.annotations.NullMarked;
