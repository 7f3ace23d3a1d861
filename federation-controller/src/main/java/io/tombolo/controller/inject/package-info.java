/**
 * Answers the API server of Kubernetes what is to be put into a pod that is being made: admission webhooks
 * ({@code admission.k8s.io/v1}). In comes a review, out goes a patch, or a refusal in words. Start reading at {@code InjectionServer}.
 * What is put into a pod is decided in module {@code injection}. Blocks, on virtual threads. Knows no client of Kubernetes.
 */
@NullMarked
package io.tombolo.controller.inject;

import org.jspecify.annotations.NullMarked;
