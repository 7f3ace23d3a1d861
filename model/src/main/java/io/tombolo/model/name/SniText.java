package io.tombolo.model.name;

import io.tombolo.model.fault.TomboloException;
import java.util.Arrays;
import java.util.Optional;

/** Reads server names. A stranger's bytes arrive here: bounded work, no exception leaves. */
final class SniText {
    private static final int MAX_LABELS = 7;

    private SniText() {}

    static Optional<Sni> parse(String text) {
        if (text.isEmpty() || text.length() > Sni.MAX_LENGTH) {
            return Optional.empty();
        }
        String[] labels = text.split("\\.", MAX_LABELS + 1);
        if (labels.length < 4 || labels.length > MAX_LABELS || !labels[labels.length - 1].equals(Sni.SUFFIX)) {
            return Optional.empty();
        }
        try {
            return read(labels);
        } catch (TomboloException notAName) {
            return Optional.empty();
        }
    }

    private static Optional<Sni> read(String[] labels) {
        int end = labels.length;
        var federation = new FederationName(labels[end - 2]);
        var cluster = new ClusterId(labels[end - 3]);
        return switch (end) {
            case 4 ->
                labels[0].equals("control") ? Optional.of(new Sni.Control(cluster, federation)) : Optional.empty();
            case 5 ->
                labels[0].equals("probe") && InstanceId.isInstanceId(labels[1])
                        ? Optional.of(new Sni.Probe(new InstanceId(labels[1]), cluster, federation))
                        : Optional.empty();
            case 6 -> service(labels, cluster, federation).map(s -> s);
            default -> instance(labels, cluster, federation);
        };
    }

    private static Optional<Sni.Service> service(String[] labels, ClusterId cluster, FederationName federation) {
        int port = PortNumber.parse(labels[0]);
        if (port < 1) {
            return Optional.empty();
        }
        var service = new ServiceName(labels[2], labels[1]);
        return Optional.of(Sni.Service.any(new ServicePort(service, port), cluster, federation));
    }

    private static Optional<Sni> instance(String[] labels, ClusterId cluster, FederationName federation) {
        String prefix = labels[0];
        boolean exact = prefix.startsWith("x-");
        if (!(exact || prefix.startsWith("i-")) || !InstanceId.isInstanceId(prefix.substring(2))) {
            return Optional.empty();
        }
        var id = new InstanceId(prefix.substring(2));
        return service(Arrays.copyOfRange(labels, 1, labels.length), cluster, federation)
                .map(any -> exact ? any.exactly(id) : any.preferring(id));
    }
}
