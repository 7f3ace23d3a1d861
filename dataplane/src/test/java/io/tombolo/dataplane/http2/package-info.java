/** Tests of what HTTP/2 adds to Netty's. */
@NullMarked
package io.tombolo.dataplane.http2;

import org.jspecify.annotations.NullMarked;
