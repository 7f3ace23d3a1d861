package io.tombolo.cli.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.api.ApiClient;
import java.time.Duration;

/** Asks a controller for a workload's token. */
final class WorkloadToken {
    private WorkloadToken() {}

    static JsonNode create(ApiClient api, String namespace, String account, Duration ttl) {
        return api.post(
                "/workload-tokens",
                ApiClient.body()
                        .put("namespace", namespace)
                        .put("account", account)
                        .put("ttlSeconds", ttl.toSeconds()));
    }
}
