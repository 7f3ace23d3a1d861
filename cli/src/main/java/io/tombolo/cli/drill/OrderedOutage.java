package io.tombolo.cli.drill;

import io.tombolo.cli.api.ApiClient;

/** The controller takes the cluster for dead. The cluster itself goes on. */
record OrderedOutage(ApiClient api, String cluster) implements Outage {
    @Override
    public void begin(long millis) {
        api.post("/drills", ApiClient.body().put("cluster", cluster).put("forMillis", millis));
    }

    @Override
    public void end() {
        api.delete("/drills");
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
    public boolean isTold() {
        return true;
    }
}
