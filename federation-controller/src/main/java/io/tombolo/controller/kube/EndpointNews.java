package io.tombolo.controller.kube;

import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where services of the federation are. Any thread; does not block. */
public interface EndpointNews {
    /**
     * What is known.
     * @param exports what is exported by whom
     * @param own     this cluster; empty while it is no member
     * @param origins of all members that said something, this one included
     * @param local   the instances of this cluster
     */
    record Known(
            ImportNews.Known exports,
            Optional<ClusterId> own,
            Map<ClusterId, OriginFacts> origins,
            Map<ServiceName, List<LocalInstance>> local) {
        public Known {
            origins = Map.copyOf(origins);
            local = Map.copyOf(local);
        }

        /** Of a cluster that is no member. */
        public static final Known NOTHING = new Known(ImportNews.Known.NOTHING, Optional.empty(), Map.of(), Map.of());
    }

    /** Empty = nothing is known yet, which is not the same as nothing. */
    Optional<Known> endpoints();
}
