/**
 * Commands about clusters: founding, tokens, joining, leaving, eviction, status.
 */
@NullMarked
package io.tombolo.cli.federation;

import org.jspecify.annotations.NullMarked;
