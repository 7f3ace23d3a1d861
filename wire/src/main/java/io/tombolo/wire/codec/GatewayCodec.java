package io.tombolo.wire.codec;

import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.wire.log.Gateway;

/** Gateway instances. */
public final class GatewayCodec {
    private static final int DEFAULT_WEIGHT = 100;

    private GatewayCodec() {}

    /**
     * Reads a gateway.
     * @throws io.tombolo.model.fault.TomboloException if any part of it is out of range
     */
    public static GatewayInstance toModel(Gateway wire) {
        var instance = new InstanceId(wire.getInstance());
        return new GatewayInstance(
                instance,
                Wire.list(
                        "gateway " + instance + ": addresses",
                        wire.getAddressesList(),
                        GatewayInstance.MAX_ADDRESSES,
                        Wire::address),
                weight(wire.getWeight()),
                wire.getDraining(),
                zone(wire.getZone()));
    }

    public static Gateway toWire(GatewayInstance gateway) {
        return Gateway.newBuilder()
                .setInstance(gateway.instance().value())
                .addAllAddresses(gateway.addresses().stream().map(Wire::address).toList())
                .setWeight(gateway.weight())
                .setDraining(gateway.draining())
                .setZone(gateway.zone())
                .build();
    }

    static int weight(int weight) {
        return weight == 0 ? DEFAULT_WEIGHT : weight;
    }

    static String zone(String zone) {
        return new Locality("", zone).zone();
    }
}
