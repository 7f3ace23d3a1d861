/**
 * Terraform with our provider against real clusters: the command itself, as users have it.
 */
@NullMarked
package io.tombolo.it.terraform;

import org.jspecify.annotations.NullMarked;
