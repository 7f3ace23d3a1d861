/**
 * The way to a controller that runs in a pod: by {@code kubectl}, with the rights that its user has there. In comes the name of a
 * context of kubectl, out goes a context of ours that is good for one command. Blocks.
 */
@NullMarked
package io.tombolo.cli.forward;

import org.jspecify.annotations.NullMarked;
