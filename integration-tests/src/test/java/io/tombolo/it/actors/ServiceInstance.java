package io.tombolo.it.actors;

/** An application and the sidecar in front of it. */
public record ServiceInstance(EchoApp app, ProxyProcess sidecar) {
    /** Both die at once. */
    public void kill() {
        sidecar.kill();
        app.close();
    }
}
