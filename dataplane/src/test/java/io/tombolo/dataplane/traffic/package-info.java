/** What is counted by both ends, without a network. */
@NullMarked
package io.tombolo.dataplane.traffic;

import org.jspecify.annotations.NullMarked;
