/**
 * A cluster on Kubernetes: what users declare there becomes resources of this cluster, and each object's status says what became of it.
 * Nothing else knows that Kubernetes exists. What was read stays in the {@code store}, so that everything goes on while the API server
 * is away; an API server that cannot be asked is not one that has nothing.
 * <p><b>In:</b> objects of the MCS API (KEP-1645, mcs-api v0.5.0), of Gateway API (GAMMA) and of our own kinds, and Services. <b>Out:</b>
 * resources, ServiceImports with the Services, EndpointSlices and Leases that are made from them, conditions. <b>Start reading
 * at</b> {@link io.tombolo.controller.kube.Kubernetes}. <b>May use:</b> {@code store}, {@code model}, fabric8. <b>Threads:</b> one for
 * each thing that it follows, and those of fabric8's informers.
 */
@NullMarked
package io.tombolo.controller.kube;

import org.jspecify.annotations.NullMarked;
