/**
 * What a controller on Kubernetes costs: requests to the API server, memory, and the time until it is right again.
 * <p><b>In:</b> an API server that may be written to, a real or an imitated one, and the programs of the product. <b>Out:</b> a table. <b>Start reading at</b>
 * {@link io.tombolo.benchmarks.kube.KubernetesBench}. <b>May use:</b> {@code place}, {@code figure}, {@code cli}, fabric8.
 */
@NullMarked
package io.tombolo.benchmarks.kube;

import org.jspecify.annotations.NullMarked;
