package io.tombolo.model.httproute;

import java.util.List;

/**
 * What becomes of a message's headers: first {@code remove}, then {@code set}, then {@code add}.
 * @param set    replaces every value of that name
 * @param remove names in lower case
 */
public record HeaderChange(List<NameValue> set, List<NameValue> add, List<String> remove) {
    /** Leaves them as they are. */
    public static final HeaderChange NONE = new HeaderChange(List.of(), List.of(), List.of());

    /** Of each kind. */
    public static final int MOST = 16;

    public HeaderChange {
        set = List.copyOf(set);
        add = List.copyOf(add);
        remove = remove.stream().map(RouteSyntax::changeable).toList();
        if (set.size() > MOST || add.size() > MOST || remove.size() > MOST) {
            throw RouteSyntax.bad("header change", "", "change at most " + MOST + " headers each way");
        }
    }

    public boolean isNone() {
        return set.isEmpty() && add.isEmpty() && remove.isEmpty();
    }
}
