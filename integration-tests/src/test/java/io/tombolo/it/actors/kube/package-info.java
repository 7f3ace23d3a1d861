/** Those who are on Kubernetes. */
@NullMarked
package io.tombolo.it.actors.kube;

import org.jspecify.annotations.NullMarked;
