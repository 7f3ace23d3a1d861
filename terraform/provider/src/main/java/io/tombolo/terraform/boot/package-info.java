/**
 * The program: Terraform's provider {@code tombolo/tombolo}, which Terraform starts for a moment, several times in each command, so
 * that what it loads is little. <b>Start reading at</b> {@link io.tombolo.terraform.boot.Main}.
 *
 * <p><b>May use:</b> {@code wire}, {@code mesh}.
 */
@NullMarked
package io.tombolo.terraform.boot;

import org.jspecify.annotations.NullMarked;
