/**
 * Types and values of Terraform's language (go-cty), and their forms on the wire and in state files.
 *
 * <p><b>In:</b> bytes of a {@code DynamicValue} with the type that the schema says, or JSON of a state file. <b>Out:</b>
 * {@link io.tombolo.terraform.cty.CtyValue}. <b>Start reading at</b> {@link io.tombolo.terraform.cty.MessagePack}.
 *
 * <p><b>May use:</b> the JDK and Jackson. <b>Threads:</b> any; everything here is immutable.
 */
@NullMarked
package io.tombolo.terraform.cty;

import org.jspecify.annotations.NullMarked;
