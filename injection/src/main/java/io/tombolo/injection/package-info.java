/**
 * Puts a sidecar into a pod of Kubernetes. In comes a pod, or the template of one, as a tree of JSON, and what is known of its
 * services; out goes the same tree with what a sidecar needs. Start reading at {@code Injection}. Pure: nobody is asked, nothing is
 * written; on any thread.
 */
@NullMarked
package io.tombolo.injection;

import org.jspecify.annotations.NullMarked;
