package io.tombolo.model.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortNumberTest {
    @Test
    void quietPortsComeOnceEachFromAnyBeginning() {
        for (int begin : new int[] {0, 11_999, 12_000, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(PortNumber.quiet(begin).boxed())
                    .as("from %d", begin)
                    .hasSize(12_000)
                    .doesNotHaveDuplicates()
                    .allMatch(port -> port >= 20_000 && port < 32_000);
        }
        assertThat(PortNumber.quiet(5).findFirst()).hasValue(20_005);
    }
}
