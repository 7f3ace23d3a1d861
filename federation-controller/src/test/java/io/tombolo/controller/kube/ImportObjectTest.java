package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportObjectTest {
    private static List<String> named(String... names) {
        List<ImportObject.Port> ports = IntStream.range(0, names.length)
                .mapToObj(i -> new ImportObject.Port(names[i], "TCP", "", 80 + i))
                .toList();
        return ImportObject.Port.named(ports).stream()
                .map(ImportObject.Port::name)
                .toList();
    }

    /** The API server refuses a Service of which two ports have one name. */
    @Test
    void namesThatAreMadeUpAreNobodyElses() {
        assertThat(named("port-81", "", "web")).containsExactly("port-81", "port-81-2", "web");
        assertThat(named("", "port-80", "port-80-2")).containsExactly("port-80-3", "port-80", "port-80-2");
        assertThat(named("web", "web", "port-81")).containsExactly("web", "port-81-2", "port-81");
        assertThat(named("")).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fd00::1%1", "fe80::1%eth0", "10.0.0.1%1", "example.org"})
    void whatIsNoAddressForKubernetesIsNotRead(String text) {
        assertThat(IpText.read(text)).isEmpty();
    }
}
