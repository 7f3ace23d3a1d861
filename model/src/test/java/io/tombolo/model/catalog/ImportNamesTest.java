package io.tombolo.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.name.ServiceName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportNamesTest {
    private static final int BUCKET = ImportNames.bucket(new ServiceName("shop", "checkout"));

    @Test
    void everyNameIsFoundInItsBucketAndNoOther() {
        // Given
        var names = new ArrayList<ServiceName>();
        for (int i = 0; i < 3_000; i++) {
            names.add(new ServiceName("ns" + i % 7, "s" + i));
        }
        // When
        List<ImportNames> buckets = ImportNames.of(names);
        // Then
        assertThat(buckets).hasSize(ImportNames.BUCKETS);
        for (ServiceName name : names) {
            assertThat(buckets.stream().filter(some -> some.contains(name)))
                    .singleElement()
                    .satisfies(some -> assertThat(some.bucket()).isEqualTo(ImportNames.bucket(name)));
        }
        for (int i = 3_000; i < 6_000; i++) {
            var other = new ServiceName("ns" + i % 7, "s" + i);
            assertThat(buckets).noneMatch(some -> some.contains(other));
        }
        assertThat(buckets).anyMatch(some -> some.hasNamespace("ns3")).noneMatch(some -> some.hasNamespace("ns"));
    }

    @Test
    void theSameNamesGiveTheSameTextInAnyOrder() {
        var a = new ServiceName("shop", "a");
        var b = new ServiceName("shop", "b");
        assertThat(ImportNames.of(List.of(a, b, a))).isEqualTo(ImportNames.of(List.of(b, a)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shop/checkout", "shop/checkout\nshop/checkout\n", "shop/other\n", "shop\n", "\n", "a/b/c\n"
            })
    void whatIsNoSortedListOfNamesIsRefused(String lines) {
        assertThatThrownBy(() -> new ImportNames(BUCKET, lines)).hasMessageContaining("TB-");
    }
}
