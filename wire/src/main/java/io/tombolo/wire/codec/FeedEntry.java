package io.tombolo.wire.codec;

import com.google.protobuf.ByteString;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.ImportNames;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.catalog.ServedService;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.WorkloadEndpoint;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Urgencies;
import io.tombolo.model.traffic.TrafficPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One entry of a proxy's state, by kind, in the order in which kinds are applied. */
public sealed interface FeedEntry {
    /** Its place in the state; unique, begins with the kind's word. */
    String key();

    record Own(OwnCluster value) implements FeedEntry {
        @Override
        public String key() {
            return "own";
        }
    }

    record Member(MemberEntry value) implements FeedEntry {
        @Override
        public String key() {
            return "member/" + value.cluster();
        }
    }

    /**
     * Roots of a trust domain; {@code trust-bundle} reads them.
     * @param jwks a SPIFFE bundle
     */
    record Bundle(TrustDomain trustDomain, long sequence, ByteString jwks, ClusterId cluster) implements FeedEntry {
        @Override
        public String key() {
            return "bundle/" + trustDomain;
        }
    }

    /**
     * One id, or one serial number of a trust domain, that is not accepted any more.
     * @param id     empty = the serial counts
     * @param serial big-endian; empty = the id counts
     */
    record Revocation(String name, Optional<SpiffeId> id, ByteString serial, TrustDomain trustDomain)
            implements FeedEntry {
        @Override
        public String key() {
            return "revocation/" + name;
        }
    }

    /**
     * How far the members can be trusted.
     * @param newsAt   by the controller's wall clock: when they were last known to be the newest
     * @param maxBlind after it without news: local only; 1 min to 30 d
     */
    record News(Instant newsAt, Duration maxBlind) implements FeedEntry {
        @Override
        public String key() {
            return "news";
        }
    }

    /** Which addresses of other clusters' gateways are dialled. */
    record Dialing(AddressRules rules) implements FeedEntry {
        @Override
        public String key() {
            return "dialing";
        }
    }

    record Served(ServedService value) implements FeedEntry {
        @Override
        public String key() {
            return "served/" + value.service();
        }
    }

    record Gateways(ClusterGateways value) implements FeedEntry {
        @Override
        public String key() {
            return "gateways/" + value.cluster();
        }
    }

    record Fresh(OriginFreshness value) implements FeedEntry {
        @Override
        public String key() {
            return "freshness/" + value.cluster();
        }
    }

    record Imported(ImportedService value) implements FeedEntry {
        @Override
        public String key() {
            return "imported/" + value.service();
        }
    }

    record Local(LocalInstance value) implements FeedEntry {
        @Override
        public String key() {
            return "local/" + value.service() + "/" + value.instance();
        }
    }

    /** A workload without a sidecar; for gateways. */
    record Endpoint(WorkloadEndpoint value) implements FeedEntry {
        @Override
        public String key() {
            return "endpoint/" + value.service() + "/" + value.instance();
        }
    }

    /** Rules for calls of imported services. */
    record Route(HttpRoute value) implements FeedEntry {
        @Override
        public String key() {
            return "route/" + value.kind().text() + "/" + value.name();
        }
    }

    /** Who may do what with services that are served here. */
    record Authorization(AuthorizationPolicy value) implements FeedEntry {
        @Override
        public String key() {
            return "authorization/" + value.name();
        }
    }

    /** How calls of a service are spread, limited, tried again and disturbed: the one policy of it that counts. */
    record Traffic(TrafficPolicy value) implements FeedEntry {
        @Override
        public String key() {
            return "traffic/" + value.service();
        }
    }

    /** Names of services that may be called, without what is needed to call them. */
    record Names(ImportNames value) implements FeedEntry {
        @Override
        public String key() {
            return key(value.bucket());
        }

        static String key(int bucket) {
            return String.format("names/%02x", bucket);
        }
    }

    /**
     * How the controller divides the traffic for a service over clusters.
     * @param shedPermille    0 to 1000 that nobody has the capacity for
     * @param demandPerSecond what the whole cluster asks for; empty = not known
     * @param urgencies       what that is made up of; empty = not known
     */
    record Shares(
            ServiceName service,
            List<Share> shares,
            Instant decidedAt,
            int shedPermille,
            OptionalLong demandPerSecond,
            Optional<Urgencies> urgencies)
            implements FeedEntry {
        public Shares {
            shares = List.copyOf(shares);
        }

        @Override
        public String key() {
            return "shares/" + service;
        }
    }

    /** @param permille 0 to 1000 of the service's traffic */
    record Share(ClusterId cluster, int permille, String reason) {}

    /** How calls of a service are divided over clusters: the one policy that counts for it, and its name. */
    record Failover(ServiceName service, ServiceName policy, FailoverPolicy value) implements FeedEntry {
        @Override
        public String key() {
            return "failover/" + service;
        }
    }

    /** An operator's word that traffic is to leave a cluster. */
    record Evacuation(EvacuationOrder value) implements FeedEntry {
        @Override
        public String key() {
            return "evacuation/" + value.cluster();
        }
    }

    /** What a cluster says of itself. */
    record Labels(ClusterId cluster, Map<String, String> labels) implements FeedEntry {
        public Labels {
            labels = Map.copyOf(labels);
        }

        @Override
        public String key() {
            return "labels/" + cluster;
        }
    }

    /** At which addresses this cluster's network knows a service. */
    record Addresses(ServiceAddresses value) implements FeedEntry {
        @Override
        public String key() {
            return "addresses/" + value.service();
        }
    }
}
