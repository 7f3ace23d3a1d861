/**
 * Gives gateways and sidecars their identity: tokens in, registrations and SVIDs out, renewal by the node key.
 * <p><b>In:</b> gRPC {@code tombolo.enrol.v1.Enrol}. <b>Out:</b> {@link io.tombolo.controller.enrol.Registration}. <b>Start
 * reading at</b> {@link io.tombolo.controller.enrol.EnrolService}. <b>May use:</b> {@code tokens}, {@code trust}, {@code
 * identity}, gRPC. <b>Threads:</b> virtual ones: changes are fsynced.
 */
@NullMarked
package io.tombolo.controller.enrol;

import org.jspecify.annotations.NullMarked;
