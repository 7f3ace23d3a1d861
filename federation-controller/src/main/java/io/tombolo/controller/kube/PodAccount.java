package io.tombolo.controller.kube;

/**
 * Whose token it is.
 * @param namespace of the pod and its service account
 * @param account   the service account
 * @param uid       of the pod
 */
public record PodAccount(String namespace, String account, String uid) {}
