/**
 * What attributes there are, what they mean, and what is wrong with a value, said without asking anybody.
 *
 * <p><b>In:</b> declarations of {@code mesh}. <b>Out:</b> {@link io.tombolo.terraform.schema.Problem}s with the place in the
 * configuration, and the types that the wire needs. <b>Start reading at</b> {@link io.tombolo.terraform.schema.Schema}.
 *
 * <p><b>May use:</b> {@code cty}, and what {@code model} says of names. <b>May not use:</b> gRPC, HTTP. <b>Threads:</b> any; everything here is immutable.
 */
@NullMarked
package io.tombolo.terraform.schema;

import org.jspecify.annotations.NullMarked;
