/** The controller's API as a stranger, a viewer and an owner find it. */
@NullMarked
package io.tombolo.it.api;

import org.jspecify.annotations.NullMarked;
