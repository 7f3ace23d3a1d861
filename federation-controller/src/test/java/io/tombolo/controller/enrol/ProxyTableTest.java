package io.tombolo.controller.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.InstanceId;
import org.junit.jupiter.api.Test;

class ProxyTableTest {
    @Test
    void whoHungUpItselfIsRememberedButNotWithoutEnd() {
        var table = new ProxyTable();
        // When more proxies end than are remembered
        for (int i = 0; i <= ProxyTable.MOST_LEFT; i++) {
            table.left(InstanceId.of(i));
        }
        // Then the first is as one of which nobody knows
        assertThat(table.hasLeft(InstanceId.of(0))).isFalse();
        assertThat(table.hasLeft(InstanceId.of(1))).isTrue();
        assertThat(table.hasLeft(InstanceId.of(ProxyTable.MOST_LEFT))).isTrue();
        assertThat(table.hasLeft(InstanceId.of(-1))).isFalse();
    }
}
