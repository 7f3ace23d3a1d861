/**
 * The life of an object that Terraform manages: checked, planned, applied, read, imported; and of what it only reads, opens or
 * computes. Nothing here knows what the objects are.
 *
 * <p><b>In:</b> configurations, plans and states as values. <b>Out:</b> plans, states and problems that keep Terraform's rules:
 * what is configured is planned as it is, what is planned is what comes out, no difference after an apply. <b>Start reading
 * at</b> {@link io.tombolo.terraform.resource.Provider}.
 *
 * <p><b>May use:</b> {@code schema}, {@code cty}. <b>May not use:</b> gRPC, HTTP. <b>Threads:</b> resources are called by up to
 * ten threads at a time, and may block.
 */
@NullMarked
package io.tombolo.terraform.resource;

import org.jspecify.annotations.NullMarked;
