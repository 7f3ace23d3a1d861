/**
 * How a cluster enters and leaves a federation: founding, joining with a token, admitting others, leaving, evicting;
 * and how the keys that sign its records change, see {@link io.tombolo.controller.join.KeyRotation}.
 * <p><b>In:</b> the API's wishes, and gRPC {@code tombolo.join.v1.Enrolment} on :15012. <b>Out:</b> a
 * {@link io.tombolo.controller.identity.Membership} and members records. <b>Start reading at</b> {@link
 * io.tombolo.controller.join.Federation}. <b>May use:</b> {@code identity}, {@code tokens}, {@code trust}, {@code backbone},
 * {@code publish}, {@code subscribe}, gRPC. <b>Threads:</b> virtual ones: everything here waits for disks and Kafka.
 */
@NullMarked
package io.tombolo.controller.join;

import org.jspecify.annotations.NullMarked;
