package io.tombolo.controller.boot;

import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.tokens.AccessTokens;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Shows the rooms to the API. */
public final class Beans {
    @Produces
    @Singleton
    AccessTokens accessTokens() {
        return ControllerProgram.rooms().accessTokens();
    }

    @Produces
    @Singleton
    ClusterSettings cluster() {
        return ControllerProgram.rooms().settings().cluster();
    }
}
