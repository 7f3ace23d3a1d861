/**
 * Looks: at what a controller says, at what an API server says, and who answers at a gateway's address. Out goes
 * {@link io.tombolo.cli.evidence evidence}, in which what could not be looked at is unknown, with the reason. Blocks; changes
 * nothing. <b>May not</b> judge.
 */
@NullMarked
package io.tombolo.cli.looking;

import org.jspecify.annotations.NullMarked;
