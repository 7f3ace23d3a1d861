package io.tombolo.injection;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.regex.Pattern;

/**
 * What is the same for all sidecars of a cluster.
 *
 * @param image         of the programs
 * @param pullPolicy    {@code Always}, {@code IfNotPresent} or {@code Never}
 * @param controller    host:port at which sidecars reach the cluster's controller
 * @param caPin         SHA-256 of the key of its CA, 64 hexadecimal digits
 * @param clusterDns    address of the cluster's own DNS
 * @param clusterDomain of services that are no mesh's, such as {@code cluster.local}
 */
public record SidecarTemplate(
        String image, String pullPolicy, String controller, String caPin, String clusterDns, String clusterDomain) {
    private static final Pattern PIN = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+");
    private static final Pattern WORD = Pattern.compile("[!-~]+");
    private static final Pattern POLICY = Pattern.compile("Always|IfNotPresent|Never");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    public SidecarTemplate {
        require(WORD, "image", image, "name the image, such as registry.example.org/tombolo:1");
        require(POLICY, "pull policy", pullPolicy, "use Always, IfNotPresent or Never");
        require(WORD, "controller", controller, "use host:port, as the ConfigMap tombolo-mesh says it");
        require(PIN, "CA pin", caPin, "use the 64 hexadecimal digits of `tombolo context env`");
        require(ADDRESS, "cluster DNS", clusterDns, "use the address of the service kube-dns in kube-system");
        require(DOMAIN, "cluster domain", clusterDomain, "use a domain such as cluster.local");
    }

    private static void require(Pattern pattern, String what, String value, String fix) {
        if (!pattern.matcher(value).matches()) {
            throw new TomboloException(Fault.BAD_SETTING, what + " '" + value + "'", "is none", fix);
        }
    }
}
