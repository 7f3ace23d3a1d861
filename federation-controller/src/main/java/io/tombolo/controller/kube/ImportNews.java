package io.tombolo.controller.kube;

import java.util.List;
import java.util.Optional;

/** What the federation has. Any thread; does not block. */
public interface ImportNews {
    /**
     * What is exported, as far as it is known.
     * @param complete whether all is known: only then is what is not among them exported by nobody
     */
    record Known(List<SharedService> services, boolean complete) {
        public Known {
            services = List.copyOf(services);
        }

        /** Of a cluster that is no member. */
        public static final Known NOTHING = new Known(List.of(), true);
    }

    /** Empty = nothing is known yet, which is not the same as nothing. */
    Optional<Known> exported();
}
