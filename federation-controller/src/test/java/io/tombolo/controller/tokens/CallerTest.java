package io.tombolo.controller.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.identity.StateDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerTest {
    private final Caller viewer = new Caller("vera", AccessRole.VIEWER, "");
    private final Caller owner = new Caller("olga", AccessRole.OWNER, "shop");
    private final Caller operator = new Caller("otto", AccessRole.OPERATOR, "");

    @TempDir
    Path directory;

    @Test
    void operatorsMayDoEverything() {
        assertThatCode(() -> operator.mustOperate("x")).doesNotThrowAnyException();
        assertThatCode(() -> operator.mustOwn("shop", "x")).doesNotThrowAnyException();
    }

    @Test
    void ownersMayChangeTheirNamespaceOnly() {
        assertThatCode(() -> owner.mustOwn("shop", "x")).doesNotThrowAnyException();
        assertThatThrownBy(() -> owner.mustOwn("bank", "apply")).hasMessageStartingWith("TB-6002 FORBIDDEN apply");
        assertThatThrownBy(() -> owner.mustOperate("evict")).hasMessageContaining("'olga' is owner of shop");
    }

    @Test
    void viewersChangeNothing() {
        assertThatThrownBy(() -> viewer.mustOwn("shop", "x")).hasMessageStartingWith("TB-6002");
        assertThatThrownBy(() -> viewer.mustOperate("x")).hasMessageStartingWith("TB-6002");
    }

    @Test
    void aCredentialIsKnownByItsHashOverARestartAndGoneWhenDeleted() {
        try (var state = StateDirectory.take(directory)) {
            var tokens = new AccessTokens(state);
            String token = tokens.create("olga", AccessRole.OWNER, "shop");
            var reopened = new AccessTokens(state);
            assertThat(reopened.authenticate(token)).contains(owner);
            assertThat(reopened.authenticate(token + "x")).isEmpty();
            reopened.remove("olga");
            assertThat(reopened.authenticate(token)).isEmpty();
        }
    }
}
