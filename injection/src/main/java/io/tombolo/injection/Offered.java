package io.tombolo.injection;

/**
 * The service that a pod's application is to the mesh.
 *
 * @param service     name
 * @param servicePort under which callers know it
 * @param appPort     on which the application listens
 * @param protocol    http, h2c, grpc or tcp
 */
record Offered(String service, int servicePort, int appPort, String protocol) {}
