package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceTraits.Distribution;
import io.tombolo.model.catalog.ServiceTraits.InternalTraffic;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraitsReaderTest {
    private static ServiceTraits read(String spec) {
        String yaml = "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: checkout, namespace: shop}\n"
                + "spec: {" + spec + "}\n";
        return ((Spec.Export) ResourceReader.read(yaml).getFirst().spec()).traits();
    }

    @Test
    void whatAnExportSaysBesideItsPortsIsRead() {
        assertThat(read("")).isEqualTo(ServiceTraits.NONE);
        assertThat(read(
                        "sessionAffinitySeconds: 600, internalTrafficPolicy: Local, trafficDistribution: PreferSameZone,"
                                + " otherPorts: [{port: 53, name: dns, protocol: UDP}]"))
                .isEqualTo(new ServiceTraits(
                        OptionalInt.of(600),
                        InternalTraffic.LOCAL,
                        Optional.of(Distribution.PREFER_SAME_ZONE),
                        List.of(new OtherPort(53, "dns", OtherPort.Transport.UDP))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sessionAffinitySeconds: 0 | affinity = 0",
                "sessionAffinitySeconds: 86401 | affinity = 86401",
                "sessionAffinitySeconds: long | spec.sessionAffinitySeconds: is not a whole number",
                "internalTrafficPolicy: Global | spec.internalTrafficPolicy: 'Global' is not known",
                "trafficDistribution: Close | spec.trafficDistribution: 'Close' is not known",
                "otherPorts: [{port: 53, protocol: TCP}] | spec.otherPorts[0].protocol: 'TCP' is not known",
                "otherPorts: [{port: 53}] | spec.otherPorts[0].protocol: is missing",
                "otherPorts: [{port: 0, protocol: UDP}] | spec.otherPorts[0]",
                "otherPorts: [{port: 5, protocol: UDP, carried: yes}] | spec.otherPorts[0].carried: unknown field",
            })
    void whatIsWrongIsRefusedByName(String spec, String said) {
        assertThatThrownBy(() -> read(spec)).hasMessageContaining("TB-100").hasMessageContaining(said);
    }
}
