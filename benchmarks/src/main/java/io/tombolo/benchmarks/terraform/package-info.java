/**
 * What the Terraform provider costs the command that uses it, beside the provider of AWS where its binary is in a mirror.
 * <p><b>In:</b> the packed provider, {@code terraform} on PATH, a running demo. <b>Out:</b> a table. <b>Start reading at</b>
 * {@link io.tombolo.benchmarks.terraform.TerraformBench}. <b>Threads:</b> blocking; one at a time.
 */
@NullMarked
package io.tombolo.benchmarks.terraform;

import org.jspecify.annotations.NullMarked;
