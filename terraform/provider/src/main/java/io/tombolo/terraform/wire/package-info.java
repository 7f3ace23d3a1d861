/**
 * Terraform's plugin protocol, version 6: the handshake on stdout, mutual TLS on loopback, the calls, and a good end.
 *
 * <p><b>In:</b> a {@link io.tombolo.terraform.resource.Provider}. <b>Out:</b> a server that Terraform starts and stops.
 * <b>Start reading at</b> {@link io.tombolo.terraform.wire.PluginServer}. Sources: HashiCorp's go-plugin and {@code tfplugin6}.
 *
 * <p><b>May use:</b> {@code resource}, {@code schema}, {@code cty}, gRPC. <b>Threads:</b> calls run on daemon threads of the
 * platform, at most ten at a time, as Terraform makes no more; stdout belongs to the handshake alone.
 */
@NullMarked
package io.tombolo.terraform.wire;

import org.jspecify.annotations.NullMarked;
