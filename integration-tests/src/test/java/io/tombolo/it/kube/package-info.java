/** Clusters on Kubernetes and clusters that are not, in one federation. */
@NullMarked
package io.tombolo.it.kube;

import org.jspecify.annotations.NullMarked;
