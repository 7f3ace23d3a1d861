/**
 * The names of the mesh: clusters, federations, services, instances, SPIFFE ids, and the SNI that carries them.
 * <p><b>In:</b> text from users, certificates and the wire. <b>Out:</b> values that are valid when they exist.
 * <b>Start reading at</b> {@link io.tombolo.model.name.ServiceName} and {@link io.tombolo.model.name.Sni}.
 * <p><b>May use:</b> the JDK and {@code model.fault}. <b>May not use:</b> anything else. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.model.name;

import org.jspecify.annotations.NullMarked;
