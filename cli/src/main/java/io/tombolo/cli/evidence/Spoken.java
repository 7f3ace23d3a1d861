package io.tombolo.cli.evidence;

/**
 * How commands have to be written here, so that they can be run as they are printed.
 * @param options     of {@code tombolo}, each with a blank before; empty = the current context
 * @param kubeContext of kubectl; empty = the current one
 */
public record Spoken(String options, String kubeContext) {
    /** A command of ours. @param words such as {@code clusters} */
    public String tombolo(String words) {
        return "tombolo " + words + options;
    }

    /** The same where another cluster's controller is known by its name. */
    public static String tomboloAt(String cluster, String words) {
        return "tombolo " + words + " --context " + cluster;
    }

    public String kubectl(String words) {
        return "kubectl " + (kubeContext.isEmpty() ? "" : "--context=" + kubeContext + " ") + words;
    }

    /** What the chart is brought up to date with. @param values such as {@code --set cluster=west} */
    public String helm(String values) {
        return "helm upgrade tombolo deploy/helm/tombolo --namespace tombolo-system --reuse-values"
                + (kubeContext.isEmpty() ? "" : " --kube-context " + kubeContext)
                + (values.isEmpty() ? "" : " " + values);
    }
}
