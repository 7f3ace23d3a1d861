package io.tombolo.controller.kube;

import io.tombolo.controller.store.StoredResource;
import java.util.List;

/** What became of policies and routes. Any thread; does not block. */
public interface DeclaredNews {
    /** Of a policy: once. Of a route: at each of its parents, in their order. Of what has no status: nothing. */
    List<List<Condition>> conditions(StoredResource kept);
}
