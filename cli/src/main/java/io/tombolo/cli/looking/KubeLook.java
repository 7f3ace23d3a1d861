package io.tombolo.cli.looking;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.evidence.Definition;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.KubeFacts;
import io.tombolo.cli.evidence.Node;
import io.tombolo.cli.evidence.Right;
import io.tombolo.cli.evidence.Space;
import io.tombolo.cli.evidence.WantedKind;
import io.tombolo.cli.forward.Asked;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks at what an API server says, by kubectl with its user's rights. Blocks; changes nothing. */
public final class KubeLook {
    private static final Pattern DATE = Pattern.compile("Date: ([A-Z][a-z]{2}, [0-9A-Za-z: ]{20} GMT)");
    private static final String CONTROLLER = "system:serviceaccount:tombolo-system:controller";

    private final Asked kubectl;
    private final Objects objects;
    private final InstantSource clock;

    public KubeLook(Asked kubectl, InstantSource clock) {
        this.kubectl = kubectl;
        this.objects = new Objects(kubectl);
        this.clock = clock;
    }

    /** @param before what has to be there before an installation, and no more */
    public KubeFacts facts(boolean before) {
        Fact<String> version = Fact.of(this::version);
        Fact<List<Definition>> kinds = asking(version, this::kinds);
        Fact<List<Space>> spaces = asking(version, this::spaces);
        List<Right> rights = before ? Rights.ofInstaller() : Rights.ofController();
        return new KubeFacts(
                version,
                asking(version, this::ahead),
                kinds,
                asking(
                        version,
                        () -> Rights.answered(rights, objects.review(Rights.review(rights), before ? "" : CONTROLLER))),
                asking(version, () -> Hooks.of(objects)),
                spaces,
                asking(version, this::defaultClasses),
                asking(version, this::nodes),
                before
                        ? Optional.empty()
                        : Optional.of(new InstalledLook(objects, clock.instant()).facts(kinds, spaces)));
    }

    /** Who does not say its version is not asked any more. */
    private static <T> Fact<T> asking(Fact<String> version, Supplier<T> reading) {
        return version.then(_ -> reading.get());
    }

    private String version() {
        return Objects.parsed(kubectl.ask("", "version", "-o", "json").output())
                .at("/serverVersion/gitVersion")
                .asText();
    }

    /** By the header of an answer, which kubectl shows to who asks how it asked. */
    private Duration ahead() {
        String told = kubectl.ask("", "get", "--raw", "/version", "-v=8").errors();
        Matcher date = DATE.matcher(told);
        if (!date.find()) {
            throw new TomboloException(
                    Fault.NOT_LOOKED_AT,
                    "clock of the API server",
                    "kubectl does not show when it answered",
                    "timedatectl status");
        }
        Instant there = ZonedDateTime.parse(date.group(1), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        return Duration.between(clock.instant(), there);
    }

    private List<Definition> kinds() {
        String names = WantedKind.ALL.stream().map(WantedKind::name).collect(Collectors.joining(" "));
        return objects.get("crd " + names).stream().map(KubeLook::kind).toList();
    }

    private static Definition kind(JsonNode crd) {
        String name = crd.at("/metadata/name").asText();
        return new Definition(
                name,
                crd.at("/spec/versions")
                        .valueStream()
                        .filter(version -> version.path("served").asBoolean())
                        .map(version -> version.path("name").asText())
                        .collect(Collectors.toSet()),
                crd.at("/status/conditions")
                        .valueStream()
                        .anyMatch(said -> said.path("type").asText().equals("Established")
                                && said.path("status").asText().equals("True")),
                Shipped.definition(name)
                        .map(ours -> ours.at("/spec/versions/0/schema").equals(crd.at("/spec/versions/0/schema")))
                        .orElse(true));
    }

    private List<Space> spaces() {
        return objects.get("namespaces").stream()
                .map(namespace -> new Space(
                        namespace.at("/metadata/name").asText(),
                        namespace.at("/status/phase").asText().equals("Terminating"),
                        namespace
                                .at("/metadata/labels/tombolo.io~1inject")
                                .asText()
                                .equals("enabled")))
                .toList();
    }

    private List<String> defaultClasses() {
        return objects.get("storageclasses").stream()
                .filter(one -> one.at("/metadata/annotations/storageclass.kubernetes.io~1is-default-class")
                        .asText()
                        .equals("true"))
                .map(one -> one.at("/metadata/name").asText())
                .toList();
    }

    private List<Node> nodes() {
        return objects.get("nodes").stream()
                .map(node -> new Node(
                        node.at("/metadata/name").asText(),
                        node.at("/status/nodeInfo/operatingSystem").asText(),
                        node.at("/status/nodeInfo/architecture").asText()))
                .toList();
    }
}
