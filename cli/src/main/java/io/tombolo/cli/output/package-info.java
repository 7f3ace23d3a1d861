/**
 * What the user sees: tables, JSON, YAML, ticks, faults and exit codes.
 */
@NullMarked
package io.tombolo.cli.output;

import org.jspecify.annotations.NullMarked;
