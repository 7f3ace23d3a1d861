package io.tombolo.benchmarks.turns;

/**
 * What one window of time showed.
 * @param requests      answered in it
 * @param seconds       its length
 * @param proxyMicros   CPU time of the proxy
 * @param clientMicros  CPU time of the load client's JVM
 * @param backendMicros CPU time of the backend
 */
public record Reading(long requests, double seconds, long proxyMicros, long clientMicros, long backendMicros) {
    /** What happened between {@code before} and this. */
    public Reading minus(Reading before) {
        return new Reading(
                requests - before.requests,
                seconds - before.seconds,
                proxyMicros - before.proxyMicros,
                clientMicros - before.clientMicros,
                backendMicros - before.backendMicros);
    }

    /** CPU µs of the proxy for one request: the figure that goals speak about. */
    public double cost() {
        return (double) proxyMicros / requests;
    }

    double clientCost() {
        return (double) clientMicros / requests;
    }

    double backendCost() {
        return (double) backendMicros / requests;
    }

    public double perSecond() {
        return requests / seconds;
    }

    /** Share of one core that the proxy was busy; well below 100 it was not the bottleneck, and batches were small. */
    double busyPercent() {
        return proxyMicros / seconds / 10_000;
    }
}
