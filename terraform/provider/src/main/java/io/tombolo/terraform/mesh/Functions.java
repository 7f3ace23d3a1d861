package io.tombolo.terraform.mesh;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.ProviderFunction;
import io.tombolo.terraform.resource.ProviderFunction.Parameter;
import io.tombolo.terraform.schema.Check;
import io.tombolo.terraform.schema.Checks;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Names as the mesh writes them. */
final class Functions {
    private static final CtyType TEXT = CtyType.Primitive.STRING;

    private Functions() {}

    static List<ProviderFunction> all() {
        return List.of(spiffeId(), parseSpiffeId(), clustersetHostname(), serviceSni());
    }

    private static ProviderFunction spiffeId() {
        return new ProviderFunction(
                "spiffe_id",
                "The SPIFFE id of a workload",
                "`spiffe://<trust domain>/ns/<namespace>/sa/<account>`.",
                List.of(
                        text("trust_domain", "The cluster's, as `tombolo_clusters` has it."),
                        text("namespace", "The workload's.", Checks.label()),
                        text("account", "The workload's.", Checks.label())),
                TEXT,
                given -> named(
                        0,
                        () -> CtyValue.of(
                                new SpiffeId(new TrustDomain(string(given, 0)), string(given, 1), string(given, 2))
                                        .toString())));
    }

    private static ProviderFunction parseSpiffeId() {
        return new ProviderFunction(
                "parse_spiffe_id",
                "The parts of a workload's SPIFFE id",
                "An object with `trust_domain`, `namespace` and `account`.",
                List.of(text("id", "Such as `spiffe://east.demo/ns/shop/sa/checkout`.")),
                new CtyType.ObjectOf(Map.of("trust_domain", TEXT, "namespace", TEXT, "account", TEXT)),
                given -> named(0, () -> {
                    SpiffeId id = SpiffeId.require(string(given, 0));
                    return CtyValue.of(Map.of(
                            "trust_domain", id.trustDomain().name(),
                            "namespace", id.namespace(),
                            "account", id.account()));
                }));
    }

    private static ProviderFunction clustersetHostname() {
        return new ProviderFunction(
                "clusterset_hostname",
                "The name by which a service is called from every member",
                "`<service>.<namespace>.svc.clusterset.local`.",
                List.of(
                        text("service", "Its name.", Checks.label()),
                        text("namespace", "Its namespace.", Checks.label())),
                TEXT,
                given -> CtyValue.of(new ServiceName(string(given, 1), string(given, 0)).clustersetName()));
    }

    private static ProviderFunction serviceSni() {
        return new ProviderFunction(
                "service_sni",
                "The server name of a service port of one cluster",
                "What gateways route by: `<port>.<service>.<namespace>.<cluster>.<federation>.tombolo`.",
                List.of(
                        new Parameter(
                                "port", CtyType.Primitive.NUMBER, "1 to 65535.", List.of(Checks.between(1, 65_535))),
                        text("service", "Its name.", Checks.label()),
                        text("namespace", "Its namespace.", Checks.label()),
                        text("cluster", "The member that has it.", Checks.label()),
                        text("federation", "The federation's name.")),
                TEXT,
                given -> named(
                        4,
                        () -> CtyValue.of(Sni.Service.any(
                                        new ServicePort(
                                                new ServiceName(string(given, 2), string(given, 1)), number(given, 0)),
                                        new ClusterId(string(given, 3)),
                                        new FederationName(string(given, 4)))
                                .toString())));
    }

    private static Parameter text(String name, String description, Check... checks) {
        return new Parameter(name, TEXT, description, List.of(checks));
    }

    private static String string(List<CtyValue> given, int index) {
        return given.get(index) instanceof CtyValue.Text(String text) ? text : "";
    }

    private static int number(List<CtyValue> given, int index) {
        return given.get(index) instanceof CtyValue.Num(BigDecimal number) ? number.intValueExact() : 0;
    }

    /** What the mesh refuses is the fault of one argument. */
    private static CtyValue named(int argument, Supplier<CtyValue> logic) {
        try {
            return logic.get();
        } catch (TomboloException bad) {
            throw new ProviderFunction.BadArgument(argument, bad.where() + " " + bad.what() + "; " + bad.fix() + ".");
        }
    }
}
