package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the specs of the kinds that are known. */
final class SpecReader {
    private static final Set<String> EXPORT = Set.of(
            "ports",
            "mode",
            "consumers",
            "serverAccounts",
            "type",
            "labels",
            "annotations",
            "sessionAffinity",
            "sessionAffinitySeconds",
            "internalTrafficPolicy",
            "trafficDistribution",
            "otherPorts",
            "hostnames",
            "capacity");

    private SpecReader() {}

    static Spec.Export export(String path, JsonNode node, ServiceName name) {
        Fields spec = Fields.of(path, node, EXPORT);
        return new Spec.Export(
                ports(spec),
                mode(spec),
                spec.has("consumers") ? spec.list("consumers", SpecReader::consumer) : List.of(Consumer.ANYONE),
                accounts(spec, name),
                type(spec),
                oneOf(spec, "sessionAffinity", "None", "ClientIP"),
                spec.texts("labels"),
                spec.texts("annotations"),
                hostnames(spec),
                CapacityReader.capacity(spec),
                TraitsReader.traits(spec));
    }

    static Spec.Local local(String path, JsonNode node, ServiceName name) {
        Fields spec = Fields.of(path, node, Set.of("ports", "serverAccounts", "endpoints", "hostnames"));
        List<ExportedPort> ports = ports(spec);
        return new Spec.Local(ports, accounts(spec, name), EndpointReader.endpoints(spec, ports), hostnames(spec));
    }

    private static Set<Hostname> hostnames(Fields spec) {
        var names = new TreeSet<>(Comparator.comparing(Hostname::text));
        names.addAll(spec.list("hostnames", item -> in(item.path(), () -> Hostname.further(item.text()))));
        if (names.size() > ServedService.MOST_HOSTNAMES) {
            throw Fields.bad(
                    spec.path() + ".hostnames",
                    "are more than " + ServedService.MOST_HOSTNAMES,
                    "let one service be called by fewer names");
        }
        return names;
    }

    private static List<ExportedPort> ports(Fields spec) {
        List<ExportedPort> ports = spec.list("ports", SpecReader::port);
        var numbers = new HashSet<Integer>();
        if (ports.size() > 64 || !ports.stream().allMatch(port -> numbers.add(port.port()))) {
            throw Fields.bad(spec.path() + ".ports", "names a port twice, or more than 64", "name each port once");
        }
        return ports;
    }

    private static ExportedPort port(Fields.Item item) {
        Fields port = item.object(Set.of("port", "name", "appProtocol"));
        return in(
                item.path(),
                () -> new ExportedPort(
                        port.requiredInt("port"),
                        port.text("name", ""),
                        AppProtocol.parse(port.text("appProtocol", ""))));
    }

    private static ExportMode mode(Fields spec) {
        return oneOf(spec, "mode", "passthrough", "terminate").equals("terminate")
                ? ExportMode.TERMINATE
                : ExportMode.PASSTHROUGH;
    }

    private static ServiceType type(Fields spec) {
        return oneOf(spec, "type", "ClusterSetIP", "Headless").equals("Headless")
                ? ServiceType.HEADLESS
                : ServiceType.CLUSTER_SET_IP;
    }

    private static List<String> accounts(Fields spec, ServiceName name) {
        List<String> accounts =
                spec.list("serverAccounts", item -> in(item.path(), () -> Rfc1123.label("account", item.text())));
        return accounts.isEmpty() ? List.of(name.name()) : accounts;
    }

    private static Consumer consumer(Fields.Item item) {
        Fields consumer = item.object(Set.of("cluster", "namespace", "id"));
        return in(
                item.path(),
                () -> new Consumer(
                        optional(consumer.text("cluster", "")).map(ClusterId::new),
                        optional(consumer.text("namespace", "")).map(ns -> Rfc1123.label("namespace", ns)),
                        optional(consumer.text("id", "")).map(SpiffeId::require)));
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The first is the default. */
    private static String oneOf(Fields spec, String name, String first, String second) {
        String text = spec.text(name, first);
        if (!text.equals(first) && !text.equals(second)) {
            throw Fields.bad(
                    spec.path() + "." + name, "'" + text + "' is not known", "write " + first + " or " + second);
        }
        return text;
    }

    private static <T> T in(String path, java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (TomboloException bad) {
            throw bad.where().startsWith(path) ? bad : bad.in(path);
        }
    }
}
