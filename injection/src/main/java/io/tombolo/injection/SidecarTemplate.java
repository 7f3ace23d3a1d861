package io.tombolo.injection;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is the same for all sidecars of a cluster.
 *
 * @param image         of the programs
 * @param pullPolicy    {@code Always}, {@code IfNotPresent} or {@code Never}
 * @param pullSecrets   names of Secrets, in each pod's own namespace, by which that image is pulled
 * @param controller    host:port at which sidecars reach the cluster's controller
 * @param caPin         SHA-256 of the key of its CA, 64 hexadecimal digits
 * @param clusterDns    address of the cluster's own DNS
 * @param clusterDomain of services that are no mesh's, such as {@code cluster.local}
 */
public record SidecarTemplate(
        String image,
        String pullPolicy,
        List<String> pullSecrets,
        String controller,
        String caPin,
        String clusterDns,
        String clusterDomain) {
    /** Hexadecimal digits of a pin. */
    public static final int PIN_LENGTH = 64;

    private static final Pattern PIN = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+");
    private static final Pattern WORD = Pattern.compile("[!-~]+");
    private static final Pattern POLICY = Pattern.compile("Always|IfNotPresent|Never");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    public SidecarTemplate {
        pullSecrets = List.copyOf(pullSecrets);
        pullSecrets.forEach(secret -> require(DOMAIN, "pull secret", secret, "use the name of a Secret"));
        require(WORD, "image", image, "name the image, such as registry.example.org/tombolo:1");
        require(POLICY, "pull policy", pullPolicy, "use Always, IfNotPresent or Never");
        require(WORD, "controller", controller, "use host:port, as the ConfigMap tombolo-mesh says it");
        require(PIN, "CA pin", caPin, "use the 64 hexadecimal digits of `tombolo context env`");
        require(ADDRESS, "cluster DNS", clusterDns, "use the address of the service kube-dns in kube-system");
        if (isLoopback(clusterDns)) {
            throw new TomboloException(
                    Fault.BAD_SETTING,
                    "cluster DNS " + clusterDns,
                    "is this machine's alone",
                    "use the address of the service kube-dns in kube-system");
        }
        require(DOMAIN, "cluster domain", clusterDomain, "use a domain such as cluster.local");
    }

    /** The same for a controller that is known now. */
    public SidecarTemplate of(String knownController, String knownPin) {
        return new SidecarTemplate(
                image, pullPolicy, pullSecrets, knownController, knownPin, clusterDns, clusterDomain);
    }

    /** An address of one machine alone is nobody's DNS in a pod. */
    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }

    private static void require(Pattern pattern, String what, String value, String fix) {
        if (!pattern.matcher(value).matches()) {
            throw new TomboloException(Fault.BAD_SETTING, what + " '" + value + "'", "is none", fix);
        }
    }
}
