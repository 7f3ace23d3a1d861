/** What the documents show, typed as it stands. */
@NullMarked
package io.tombolo.it.docs;

import org.jspecify.annotations.NullMarked;
