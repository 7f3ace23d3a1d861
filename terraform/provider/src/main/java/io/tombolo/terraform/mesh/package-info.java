/**
 * What the provider {@code tombolo} offers: a cluster's API as resources, data sources, ephemeral resources and functions.
 *
 * <p><b>In:</b> the configuration of the provider. <b>Out:</b> {@link io.tombolo.terraform.resource.Provider}. <b>Start reading
 * at</b> {@link io.tombolo.terraform.mesh.Tombolo}. What is declared in {@code Kinds} is all there is to say of a resource of the
 * controller: names, types, checks, words.
 *
 * <p><b>May use:</b> {@code resource}, {@code schema}, {@code cty}, Jackson, HTTP of the JDK. <b>May not use:</b> gRPC.
 * <b>Threads:</b> any; requests block.
 */
@NullMarked
package io.tombolo.terraform.mesh;

import org.jspecify.annotations.NullMarked;
