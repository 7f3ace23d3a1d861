/** What the backbone must hold against members and strangers, shown on a real broker. */
@NullMarked
package io.tombolo.it.backbone;

import org.jspecify.annotations.NullMarked;
