package io.tombolo.controller.boot;

import io.tombolo.controller.replica.Places;
import io.tombolo.controller.replica.ReplicaSettings;
import io.tombolo.model.catalog.HostPort;
import java.util.HashMap;
import java.util.Map;

/** Where other replicas find this one. Pure. */
final class ReplicaPlaces {
    private ReplicaPlaces() {}

    /** @param injectionPort 0: it gives no sidecars */
    static Map<String, String> of(Rooms rooms, int injectionPort, int apiPort) {
        Settings settings = rooms.settings();
        String host = settings.replica().map(ReplicaSettings::host).orElse(settings.advertisedHost());
        Map<String, String> places = new HashMap<>();
        places.put(Places.CA_PIN, rooms.ca().pin().toString());
        places.put(Places.PROXIES, at(host, rooms.proxiesAddress().port()));
        places.put(Places.ENROLMENT, at(host, rooms.enrolmentAddress().port()));
        if (injectionPort != 0) {
            places.put(Places.INJECTION, at(host, injectionPort));
        }
        if (!Reach.isLoopback(settings.api().host())) {
            places.put(Places.API, at(host, apiPort));
        }
        return places;
    }

    private static String at(String host, int port) {
        return new HostPort(host, port).toString();
    }
}
