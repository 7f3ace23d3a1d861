package io.tombolo.controller.store;

import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceTraits.Distribution;
import io.tombolo.model.catalog.ServiceTraits.InternalTraffic;
import io.tombolo.model.fault.TomboloException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what an export says of itself beside its ports. */
final class TraitsReader {
    private TraitsReader() {}

    static ServiceTraits traits(Fields spec) {
        OptionalInt seconds = spec.has("sessionAffinitySeconds")
                ? OptionalInt.of(spec.requiredInt("sessionAffinitySeconds"))
                : OptionalInt.empty();
        return FailoverReader.in(
                spec.path(),
                () -> new ServiceTraits(
                        seconds,
                        internalTraffic(spec),
                        distribution(spec),
                        spec.list("otherPorts", TraitsReader::port)));
    }

    private static InternalTraffic internalTraffic(Fields spec) {
        String text = spec.text("internalTrafficPolicy", InternalTraffic.CLUSTER.text());
        InternalTraffic meant = InternalTraffic.of(text);
        if (!meant.text().equals(text)) {
            throw unknown(spec, "internalTrafficPolicy", text, "Cluster or Local");
        }
        return meant;
    }

    private static Optional<Distribution> distribution(Fields spec) {
        String text = spec.text("trafficDistribution", "");
        Optional<Distribution> meant = Distribution.of(text);
        if (meant.isEmpty() && !text.isEmpty()) {
            String known =
                    Arrays.stream(Distribution.values()).map(Distribution::text).collect(Collectors.joining(" or "));
            throw unknown(spec, "trafficDistribution", text, known);
        }
        return meant;
    }

    private static OtherPort port(Fields.Item item) {
        Fields port = item.object(Set.of("port", "name", "protocol"));
        String text = port.requiredText("protocol");
        OtherPort.Transport transport = Arrays.stream(OtherPort.Transport.values())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .orElseThrow(() -> unknown(port, "protocol", text, "UDP or SCTP; TCP is for spec.ports"));
        return FailoverReader.in(
                item.path(), () -> new OtherPort(port.requiredInt("port"), port.text("name", ""), transport));
    }

    private static TomboloException unknown(Fields spec, String field, String text, String known) {
        return Fields.bad(spec.path() + "." + field, "'" + text + "' is not known", "write " + known);
    }
}
