/** Routes of HTTP requests, applied as users apply them and met by a workload. */
@NullMarked
package io.tombolo.it.route;

import org.jspecify.annotations.NullMarked;
