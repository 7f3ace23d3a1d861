/** Authorization policies, applied as users apply them and met by workloads of two clusters. */
@NullMarked
package io.tombolo.it.authorization;

import org.jspecify.annotations.NullMarked;
