package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ClientIPConfig;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.SessionAffinityConfig;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.injection.SpokenProtocol;
import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What an export and the Service of its name say together: a resource as it could have been written by hand. Pure. */
sealed interface ExportReading {
    /** @param leftOut ports that are not exported, and why; for people */
    record Valid(ParsedResource wanted, List<String> leftOut) implements ExportReading {}

    /** Nothing is exported. */
    record Invalid(String reason, String message) implements ExportReading {}

    /** It could be exported, and is not, because this cluster could not keep it. */
    record NotKept(List<String> leftOut, String why) implements ExportReading {}

    /** Of an object that no Service can be meant by. */
    Invalid NO_NAME = new Invalid(
            "NoService",
            "metadata.name is no name of a Service, which is 1 to 63 lower-case letters, digits and '-': make an export of the"
                    + " name that the Service has");

    static ExportReading of(ExportObject export, Optional<Service> service) {
        if (export.name().isEmpty()) {
            return NO_NAME;
        }
        ServiceName name = export.name().get();
        if (service.isEmpty()) {
            return new Invalid(
                    "NoService",
                    "there is no Service " + name
                            + ": create it, or delete this export; nothing is exported until then");
        }
        if ("ExternalName".equals(service.get().getSpec().getType())) {
            return new Invalid(
                    "InvalidServiceType",
                    "spec.type of Service " + name
                            + " is ExternalName, which leads out of the cluster: export a Service with endpoints of its own");
        }
        try {
            return read(name, export, service.get());
        } catch (TomboloException refused) {
            return new Invalid("InvalidServiceType", "it cannot be exported: " + refused.getMessage());
        }
    }

    private static Valid read(ServiceName name, ExportObject export, Service service) {
        var leftOut = new ArrayList<String>();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("apiVersion", "tombolo.io/v1").put("kind", "ServiceExport");
        document.putObject("metadata").put("namespace", name.namespace()).put("name", name.name());
        ObjectNode spec = document.putObject("spec");
        ArrayNode ports = spec.putArray("ports");
        ArrayNode others = spec.putArray("otherPorts");
        for (ServicePort port : service.getSpec().getPorts()) {
            if (isTcp(port)) {
                add(ports, port);
            } else if (others.size() == OtherPort.MOST) {
                leftOut.add("port " + port.getPort() + " is " + port.getProtocol() + ", and no more than "
                        + OtherPort.MOST + " of those are listed");
            } else {
                others.addObject()
                        .put("port", port.getPort())
                        .put("name", named(port))
                        .put("protocol", port.getProtocol());
                leftOut.add("port " + port.getPort() + " is " + port.getProtocol()
                        + ", and only TCP is carried: imports list it, and no call goes there");
            }
        }
        spec.put("type", "None".equals(service.getSpec().getClusterIP()) ? "Headless" : "ClusterSetIP");
        spec.put("sessionAffinity", "ClientIP".equals(service.getSpec().getSessionAffinity()) ? "ClientIP" : "None");
        traits(spec, service.getSpec());
        if (!export.serverAccounts().isEmpty()) {
            ArrayNode accounts = spec.putArray("serverAccounts");
            export.serverAccounts().forEach(accounts::add);
        }
        ObjectNode labels = spec.putObject("labels");
        export.labels().forEach(labels::put);
        ObjectNode annotations = spec.putObject("annotations");
        export.annotations().forEach(annotations::put);
        return new Valid(ResourceReader.read(document.toString()).getFirst(), leftOut);
    }

    private static void add(ArrayNode ports, ServicePort port) {
        ports.addObject()
                .put("port", port.getPort())
                .put("name", named(port))
                .put(
                        "appProtocol",
                        SpokenProtocol.of(
                                Optional.ofNullable(port.getAppProtocol()), Optional.ofNullable(port.getName())));
    }

    private static void traits(ObjectNode spec, ServiceSpec said) {
        Optional.ofNullable(said.getSessionAffinityConfig())
                .map(SessionAffinityConfig::getClientIP)
                .map(ClientIPConfig::getTimeoutSeconds)
                .ifPresent(seconds -> spec.put("sessionAffinitySeconds", seconds));
        spec.put(
                "internalTrafficPolicy",
                ServiceTraits.InternalTraffic.of(Objects.requireNonNullElse(said.getInternalTrafficPolicy(), ""))
                        .text());
        Optional.ofNullable(said.getTrafficDistribution())
                .flatMap(ServiceTraits.Distribution::of)
                .ifPresent(wish -> spec.put("trafficDistribution", wish.text()));
    }

    private static String named(ServicePort port) {
        return Objects.requireNonNullElse(port.getName(), "");
    }

    private static boolean isTcp(ServicePort port) {
        return port.getProtocol() == null || port.getProtocol().equals("TCP");
    }
}
