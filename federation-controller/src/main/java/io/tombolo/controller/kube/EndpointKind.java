package io.tombolo.controller.kube;

/** Of endpoints that can be in one slice: of one family, at one port. */
record EndpointKind(boolean ipv6, int port) implements Comparable<EndpointKind> {
    static EndpointKind of(SliceEndpoint one) {
        return new EndpointKind(one.isIpv6(), one.port());
    }

    @Override
    public int compareTo(EndpointKind other) {
        int families = Boolean.compare(ipv6, other.ipv6);
        return families == 0 ? Integer.compare(port, other.port) : families;
    }
}
