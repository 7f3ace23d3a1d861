package io.tombolo.cli.drill;

import io.tombolo.cli.api.ApiClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The controller takes the cluster for dead. The cluster itself goes on. */
final class OrderedOutage implements Outage {
    private final ApiClient api;
    private final String cluster;
    private volatile String since = "";

    OrderedOutage(ApiClient api, String cluster) {
        this.api = api;
        this.cluster = cluster;
    }

    @Override
    public void begin(long millis) {
        since = api.post("/drills", ApiClient.body().put("cluster", cluster).put("forMillis", millis))
                .path("since")
                .asText();
    }

    /** Only this one: meanwhile somebody may have begun another. */
    @Override
    public void end() {
        api.delete("/drills?since=" + URLEncoder.encode(since, StandardCharsets.UTF_8));
    }

    @Override
    public String kind() {
        return "order";
    }

    @Override
    public String said() {
        return "the controller of " + api.context().cluster() + " takes " + cluster + " for dead. " + cluster
                + " itself goes on, and what is under way there ends well";
    }

    @Override
    public String saidOfItsEnd() {
        return "the controller counts " + cluster + " again: its hold begins";
    }

    @Override
    public boolean isTold() {
        return true;
    }
}
