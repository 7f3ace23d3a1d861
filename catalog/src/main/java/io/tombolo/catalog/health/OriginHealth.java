package io.tombolo.catalog.health;

import io.tombolo.catalog.members.Verified;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The health that one cluster published. Immutable.
 * @param position of the last batch: (epoch, term, counter)
 * @param paths    its own gateways' view of others, by peer gateway
 */
public record OriginHealth(
        Position position, Map<ServiceName, ServiceHealth> services, Map<InstanceId, PathHealth> paths) {
    /** Nothing said: everything is unknown. */
    public static final OriginHealth UNKNOWN = new OriginHealth(Position.BEFORE_ALL, Map.of(), Map.of());

    /** Most services and most paths of one origin; {@code catalog.health.max-entries}. */
    public static final int MAX_ENTRIES = 20_000;

    public OriginHealth {
        services = Map.copyOf(services);
        paths = Map.copyOf(paths);
    }

    /** Takes a batch that is newer than the last one; else OLD_RECORD. */
    public Applied<OriginHealth> apply(Verified verified) {
        return Applied.orRefused(this, () -> {
            SignedRecord record = verified.record();
            if (!(record.payload() instanceof Payload.Health batch)
                    || batch.counter() != record.position().seq()) {
                throw Refusal.of(Fault.MALFORMED_RECORD, "record " + record, "its counter is not its seq");
            }
            if (record.position().equals(position)) {
                return Applied.known(this);
            }
            if (!record.position().isAfter(position)) {
                throw Refusal.of(Fault.OLD_RECORD, "record " + record, "batch " + position + " came before");
            }
            // A change says nothing about what another epoch said.
            boolean alone = batch.full() || record.position().epoch() != position.epoch();
            return Applied.changed((alone ? UNKNOWN : this).with(record, batch));
        });
    }

    public Optional<ServiceHealth> of(ServiceName service) {
        return Optional.ofNullable(services.get(service));
    }

    /** What it says of the path to one gateway of one peer. */
    public Optional<PathHealth> path(ClusterId peer, InstanceId gateway) {
        return Optional.ofNullable(paths.get(gateway))
                .filter(path -> path.cluster().equals(peer));
    }

    private OriginHealth with(SignedRecord record, Payload.Health batch) {
        Map<ServiceName, ServiceHealth> nextServices = new TreeMap<>(services);
        batch.services().forEach(health -> nextServices.put(health.service(), health));
        Map<InstanceId, PathHealth> nextPaths = new TreeMap<>(paths);
        batch.paths().forEach(path -> nextPaths.put(path.gateway(), path));
        if (nextServices.size() > MAX_ENTRIES || nextPaths.size() > MAX_ENTRIES) {
            throw Refusal.of(Fault.RECORD_TOO_LARGE, "record " + record, "its origin has " + MAX_ENTRIES + " entries");
        }
        return new OriginHealth(record.position(), nextServices, nextPaths);
    }
}
