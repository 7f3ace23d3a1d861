package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointReaderTest {
    private static final String HEAD = """
            apiVersion: tombolo.io/v1
            kind: Service
            metadata: {name: ledger, namespace: shop}
            """;

    private static Spec.Local read(String spec) {
        return (Spec.Local) ResourceReader.read(HEAD + spec).getFirst().spec();
    }

    @Test
    void portsAreTheSameThereUnlessSaidOtherwise() {
        // When
        Spec.Local spec = read("spec: {ports: [{port: 80}, {port: 5432}], endpoints: [{address: 10.0.0.7},"
                + " {address: db.internal, ports: [{port: 5432, target: 15432}], weight: 5, zone: a}]}");
        // Then
        assertThat(spec.endpoints())
                .containsExactly(
                        new Spec.Endpoint("10.0.0.7", Map.of(80, 80, 5_432, 5_432), 100, ""),
                        new Spec.Endpoint("db.internal", Map.of(5_432, 15_432), 5, "a"));
    }

    @ParameterizedTest(name = "{0} is refused: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            endpoints: [{address: 10.0.0.7}]                                             | spec.ports: is missing
            ports: [{port: 80}], endpoints: [{}]                                         | endpoints[0].address: is missing
            ports: [{port: 80}], endpoints: [{adress: 10.0.0.7}]                         | endpoints[0].adress: unknown field
            ports: [{port: 80}], endpoints: [{address: 224.0.0.1}]                       | is multicast
            ports: [{port: 80}], endpoints: [{address: 169.254.169.254}]                 | is link-local
            ports: [{port: 80}], endpoints: [{address: 0.0.0.0}]                         | not the address of one machine
            ports: [{port: 80}], endpoints: [{address: 0177.0.0.1}]                      | not written as four numbers
            ports: [{port: 80}], endpoints: [{address: 'a b'}]                           | TB-1001
            ports: [{port: 80}], endpoints: [{address: a, ports: [{port: 81}]}]          | no port of the service
            ports: [{port: 80}], endpoints: [{address: a, ports: [{port: 80, target: 0}]}] | TB-1001
            ports: [{port: 80}], endpoints: [{address: a}, {address: a}]                 | names an address twice
            ports: [{port: 80}], endpoints: [{address: a, weight: 0}]                    | endpoints[0].weight
            """)
    void mistakesAreRefusedWithTheirPath(String spec, String expected) {
        assertThatThrownBy(() -> read("spec: {" + spec + "}")).hasMessageContaining(expected);
    }
}
