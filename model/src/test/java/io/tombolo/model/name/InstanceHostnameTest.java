package io.tombolo.model.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstanceHostnameTest {
    private static InstanceHostname named(String label) {
        return new InstanceHostname(label);
    }

    @Test
    void oneLabelIsAHostname() {
        for (String label : List.of("mysql-0", "0", "a".repeat(63), "i3k7vq2mzta4", "elasticsearch-0", "10-0-0-7")) {
            assertThat(InstanceHostname.ofText(label)).contains(named(label));
        }
    }

    @Test
    void whatIsNoLabelOrCouldBeAnInstancesIdIsNone() {
        for (String text : List.of(
                "",
                "-",
                "Mysql-0",
                "mysql-0.west",
                "_tcp",
                "mysql_0",
                "mysql-0-",
                "a".repeat(64),
                "m\u00fcller",
                InstanceId.of(7).value(),
                "elasticsearch")) {
            assertThat(InstanceHostname.ofText(text)).as(text).isEmpty();
            assertThatThrownBy(() -> named(text)).as(text).isInstanceOf(TomboloException.class);
        }
    }

    @Test
    void whatTwoSayIsNobodys() {
        // Given
        List<InstanceHostname> said = Stream.of("mysql-0", "mysql-1", "mysql-0", "mysql-2", "mysql-0")
                .map(InstanceHostname::new)
                .toList();
        // Then
        assertThat(InstanceHostname.unshared(said.stream()))
                .containsExactlyInAnyOrder(named("mysql-1"), named("mysql-2"));
        assertThat(InstanceHostname.shared(said.stream())).containsExactly(named("mysql-0"));
    }
}
