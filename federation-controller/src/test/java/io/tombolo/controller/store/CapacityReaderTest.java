package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.name.ClusterId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityReaderTest {
    private static Optional<Spec.Capacity> read(String spec) {
        String yaml = "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: checkout, namespace: shop}\n"
                + "spec: {" + spec + "}\n";
        return ((Spec.Export) ResourceReader.read(yaml).getFirst().spec()).capacity();
    }

    @Test
    void whatAnInstanceTakesAndWhomItIsGrantedToIsRead() {
        assertThat(read("")).isEmpty();
        assertThat(read("capacity: {perInstance: 200}")).contains(new Spec.Capacity(200, CapacityGrants.NONE));
        assertThat(
                        read(
                                "capacity: {perInstance: 1000000, grants: [{cluster: east, percent: 60}, {cluster: south, percent: 100}]}"))
                .contains(new Spec.Capacity(
                        1_000_000, new CapacityGrants(Map.of(new ClusterId("east"), 60, new ClusterId("south"), 100))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | spec.capacity: has no value",
                "{} | spec.capacity: has no value",
                "{perInstances: 1} | spec.capacity.perInstances: unknown field",
                "{grants: [{cluster: a, percent: 1}]} | spec.capacity.perInstance: is not a whole number",
                "{perInstance: 0} | spec.capacity: perInstance = 0",
                "{perInstance: 1000001} | spec.capacity: perInstance = 1000001",
                "{perInstance: 1, grants: []} | spec.capacity.grants: has no value",
                "{perInstance: 1, grants: [{cluster: a}]} | spec.capacity.grants[0].percent",
                "{perInstance: 1, grants: [{percent: 1}]} | spec.capacity.grants[0].cluster: is missing",
                "{perInstance: 1, grants: [{cluster: a, percent: 101}]} | spec.capacity: capacity.grants a = 101",
                "{perInstance: 1, grants: [{cluster: a, percent: 1}, {cluster: a, percent: 2}]} | grants[1].cluster: names a again",
            })
    void whatIsWrongIsRefusedByName(String capacity, String said) {
        assertThatThrownBy(() -> read("capacity: " + capacity))
                .hasMessageContaining("TB-1004")
                .hasMessageContaining(said);
    }
}
