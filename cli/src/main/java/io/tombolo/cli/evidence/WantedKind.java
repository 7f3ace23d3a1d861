package io.tombolo.cli.evidence;

import java.util.List;

/**
 * A kind of object that the controller works with.
 * @param name    of its definition
 * @param version that the controller reads and writes
 * @param source  file or address of a definition that fits
 * @param ours    whether this program ships it
 */
public record WantedKind(String name, String version, String source, boolean ours) {
    private static final String MCS =
            "https://raw.githubusercontent.com/kubernetes-sigs/mcs-api/v0.5.0/config/crd/multicluster.x-k8s.io_";
    private static final String ABOUT =
            "https://raw.githubusercontent.com/kubernetes-sigs/about-api/main/config/crd/about.k8s.io_clusterproperties.yaml";
    private static final String GATEWAY_API =
            "https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.0/standard-install.yaml";
    private static final String OURS = "deploy/kubernetes/crds.yaml";

    /** All of them. */
    public static final List<WantedKind> ALL = List.of(
            new WantedKind("serviceexports.multicluster.x-k8s.io", "v1beta1", MCS + "serviceexports.yaml", false),
            new WantedKind("serviceimports.multicluster.x-k8s.io", "v1beta1", MCS + "serviceimports.yaml", false),
            new WantedKind("clusterproperties.about.k8s.io", "v1alpha1", ABOUT, false),
            new WantedKind("httproutes.gateway.networking.k8s.io", "v1", GATEWAY_API, false),
            new WantedKind("grpcroutes.gateway.networking.k8s.io", "v1", GATEWAY_API, false),
            new WantedKind("referencegrants.gateway.networking.k8s.io", "v1beta1", GATEWAY_API, false),
            new WantedKind("authorizationpolicies.tombolo.io", "v1", OURS, true),
            new WantedKind("trafficpolicies.tombolo.io", "v1", OURS, true),
            new WantedKind("failoverpolicies.tombolo.io", "v1", OURS, true));
}
