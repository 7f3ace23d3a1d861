/** Tests of what is said about names, and of how questions are read. */
@NullMarked
package io.tombolo.dataplane.dns;

import org.jspecify.annotations.NullMarked;
