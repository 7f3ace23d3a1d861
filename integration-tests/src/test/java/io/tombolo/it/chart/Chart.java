package io.tombolo.it.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The chart in {@code deploy/helm}, as Helm renders it. */
record Chart(Path directory) {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /** @param objects in the order of the text */
    record Rendered(String text, List<HasMetadata> objects) {
        /** The only one of this kind and name. */
        <T extends HasMetadata> T the(Class<T> kind, String name) {
            return objects.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .filter(object -> object.getMetadata().getName().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        /** What runs. */
        List<PodSpec> pods() {
            var pods = new ArrayList<PodSpec>();
            for (HasMetadata object : objects) {
                switch (object) {
                    case Deployment one -> pods.add(one.getSpec().getTemplate().getSpec());
                    case StatefulSet one -> pods.add(one.getSpec().getTemplate().getSpec());
                    default -> {}
                }
            }
            return pods;
        }
    }

    /** @throws IllegalStateException with Helm's words if it refuses the values */
    Rendered rendered(Path scratch, String values) throws Exception {
        return rendered(scratch, "tombolo-system", values);
    }

    Rendered rendered(Path scratch, String namespace, String values) throws Exception {
        Path file = Files.writeString(scratch.resolve("values.yaml"), values);
        String text = new Helm(directory)
                .template()
                .withName("tombolo")
                .withNamespace(namespace)
                .withValuesFile(file)
                .call();
        return new Rendered(text, objects(text));
    }

    /** The objects of manifests; of kinds that Kubernetes itself does not have, without types. */
    static List<HasMetadata> objects(String manifests) {
        return Stream.of(manifests.split("(?m)^---$"))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(document -> SERIALIZATION.unmarshal(document, HasMetadata.class))
                .toList();
    }

    LintResult linted() {
        return new Helm(directory).lint().strict().call();
    }
}
