package io.tombolo.cli.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadsTest {
    @TempDir
    private Path dir;

    @Test
    void liveChangesNothing() {
        assertThat(Loads.of(List.of()).isEmpty()).isTrue();
        assertThat(Loads.of(List.of("live")).isEmpty()).isTrue();
    }

    @Test
    void servicesMayBeNamedOneByOneAndTheLaterCounts() {
        var loads = Loads.of(List.of("checkout.shop=900", "live", "cart=1.5", "checkout.shop=800"));
        assertThat(loads.perSecond()).isEqualTo(Map.of("shop/checkout", 800.0, "default/cart", 1.5));
    }

    @Test
    void aFileMayBeYamlOrJson() throws IOException {
        String yaml = file("load.yaml", """
                # the evening
                checkout.shop: 900
                cart.shop: 12.5
                """);
        String json = file("load.json", """
                {"checkout.shop": 900, "cart.shop": 12.5}""");
        var wanted = Map.of("shop/checkout", 900.0, "shop/cart", 12.5);
        assertThat(Loads.of(List.of(yaml)).perSecond()).isEqualTo(wanted);
        assertThat(Loads.of(List.of(json)).perSecond()).isEqualTo(wanted);
    }

    @Test
    void everyMistakeOfAFileIsNamedWithItsLineAndNothingOfItIsTaken() throws IOException {
        String bad = file("load.yaml", """
                checkout.shop: 900
                cart.shop: many
                Basket_.shop: 3
                stock.shop: -1
                orders.shop: {perSecond: 7}
                users.shop: .nan
                """);
        assertThatThrownBy(() -> Loads.of(List.of(bad)))
                .hasMessageContaining("TB-1004")
                .hasMessageContaining("load.yaml, line 2: cart.shop: 'many'")
                .hasMessageContaining("load.yaml, line 3: ")
                .hasMessageContaining("load.yaml, line 4: stock.shop: '-1'")
                .hasMessageContaining("load.yaml, line 5: orders.shop: is no number")
                .hasMessageContaining("load.yaml, line 6: users.shop: '.nan'")
                .hasMessageNotContaining("line 1:");
    }

    @Test
    void whatIsNoMapOrNamesAServiceTwiceIsRefused() throws IOException {
        assertThatThrownBy(() -> Loads.of(List.of(file("list.yaml", "- checkout.shop"))))
                .hasMessageContaining("list.yaml: is no map");
        assertThatThrownBy(() -> Loads.of(List.of(file("twice.yaml", "a.shop: 1\na.shop: 2\n"))))
                .hasMessageContaining("twice.yaml, line 2")
                .hasMessageContaining("a.shop");
        assertThatThrownBy(() -> Loads.of(List.of(file("two.yaml", "a.shop: 1\n---\nb.shop: 2\n"))))
                .hasMessageContaining("more than one document");
        assertThatThrownBy(() -> Loads.of(List.of(dir.resolve("none.yaml").toString())))
                .hasMessageContaining("TB-1005");
    }

    @Test
    void aServiceThatCannotBeCalledIsNamedWithItsLine() throws IOException {
        var loads = Loads.of(List.of(file("load.yaml", "checkout.shop: 1\nchekcout.shop: 2\n"), "basket=3"));
        assertThatThrownBy(() -> loads.mustBeOf(Set.of("shop/checkout")))
                .hasMessageContaining("load.yaml, line 2: shop/chekcout")
                .hasMessageContaining("--load basket=3: default/basket");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }
}
