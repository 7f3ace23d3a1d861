package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceReaderTest {
    private static final String HEAD =
            "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: checkout, namespace: shop}\n";

    @Test
    void anExportWithoutSpecIsForEverybodyByTheAccountOfItsName() {
        Spec.Export export = (Spec.Export) ResourceReader.read(HEAD).getFirst().spec();
        assertThat(export.consumers()).containsExactly(Consumer.ANYONE);
        assertThat(export.serverAccounts()).containsExactly("checkout");
        assertThat(export.ports()).isEmpty();
    }

    @Test
    void severalDocumentsAreReadInOrder() {
        String service = "apiVersion: tombolo.io/v1\nkind: Service\nmetadata: {name: pay}\n";
        assertThat(ResourceReader.read(HEAD + "---\n" + service))
                .extracting(ParsedResource::key)
                .extracting(ResourceKey::toString)
                .containsExactly("ServiceExport shop/checkout", "Service default/pay");
    }

    @Test
    void anEmptyListOfConsumersIsNobody() {
        Spec.Export export = (Spec.Export)
                ResourceReader.read(HEAD + "spec: {consumers: []}").getFirst().spec();
        assertThat(export.consumers()).isEmpty();
    }

    @Test
    void whereTlsEndsIsTheExportersChoice() {
        var passing =
                (Spec.Export) ResourceReader.read(HEAD + "spec: {}").getFirst().spec();
        var ending = (Spec.Export)
                ResourceReader.read(HEAD + "spec: {mode: terminate}").getFirst().spec();
        assertThat(passing.mode()).isEqualTo(ExportMode.PASSTHROUGH);
        assertThat(ending.mode()).isEqualTo(ExportMode.TERMINATE);
    }

    @ParameterizedTest(name = "{0} is refused at {1}")
    @CsvSource(delimiter = '|', textBlock = """
            spec: {prts: []}                            | spec.prts: unknown field
            spec: {ports: [{port: 80, nme: x}]}         | spec.ports[0].nme: unknown field
            spec: {ports: [{port: '80'}]}               | spec.ports[0].port: is not a whole number
            spec: {ports: [{port: 70000}]}              | spec.ports[0]
            spec: {ports: [{port: 80}, {port: 80}]}     | names a port twice
            spec: {ports: [{port: 80, appProtocol: x}]} | appProtocol 'x'
            spec: {labels: blue}                        | spec.labels: is not an object
            spec: {mode: open}                          | spec.mode: 'open' is not known
            spec: {consumers: [{cluster: West}]}        | spec.consumers[0]
            spec: {consumers: [{clusters: west}]}       | spec.consumers[0].clusters: unknown field
            spec: {type: ClusterIP}                     | spec.type
            spec: 7                                     | is not an object
            extra: 1                                    | document 1.extra: unknown field
            spec: {mode: passthrough, mode: terminate}  | Duplicate
            """)
    void mistakesAreRefusedWithTheirPath(String line, String expected) {
        assertThatThrownBy(() -> ResourceReader.read(HEAD + line)).hasMessageContaining(expected);
    }

    @Test
    void unknownKindsAndVersionsAreRefused() {
        assertThatThrownBy(() -> ResourceReader.read(HEAD.replace("ServiceExport", "ServiceExports2")))
                .hasMessageContaining("Known kinds are ServiceExport, Service");
        assertThatThrownBy(() -> ResourceReader.read(HEAD.replace("tombolo.io/v1", "v1")))
                .hasMessageContaining("Write tombolo.io/v1");
    }
}
