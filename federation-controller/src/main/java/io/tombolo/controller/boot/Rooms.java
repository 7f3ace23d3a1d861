package io.tombolo.controller.boot;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.tokens.AccessTokens;
import io.tombolo.controller.tokens.JoinTokens;
import io.tombolo.controller.tokens.ProxyTokens;
import io.tombolo.controller.trust.ClusterCa;

/** Everything that runs in this process, built before Quarkus starts. */
record Rooms(
        Settings settings,
        StateDirectory state,
        ClusterCa ca,
        AccessTokens accessTokens,
        JoinTokens joinTokens,
        ProxyTokens proxyTokens) {}
