/** The administrator's port, over real sockets. */
@NullMarked
package io.tombolo.dataplane.admin;

import org.jspecify.annotations.NullMarked;
