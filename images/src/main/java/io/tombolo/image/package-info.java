/** Makes the container image of all programs out of what was built, without a container engine. */
@NullMarked
package io.tombolo.image;

import org.jspecify.annotations.NullMarked;
