package io.tombolo.controller.kube;

import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.model.fault.TomboloException;

/** What an object means. Pure. */
sealed interface DeclaredReading {
    record Valid(ParsedResource wanted) implements DeclaredReading {}

    /** @param why field, fact and remedy */
    record Invalid(String why) implements DeclaredReading {}

    /** For others only, such as a route of a Gateway. */
    record NotOurs() implements DeclaredReading {}

    static DeclaredReading of(DeclaredKind kind, DeclaredObject object) {
        if (object.isForOthers(kind)) {
            return new NotOurs();
        }
        if (object.name().isEmpty()) {
            return new Invalid("metadata.name: is not 1 to 63 lower-case letters, digits and '-': give it such a name");
        }
        try {
            return new Valid(
                    ResourceReader.declared(object.document(kind, object.name().get())));
        } catch (TomboloException refused) {
            String field = refused.where().replaceFirst("^document 1( \\([^)]*\\))?\\.?", "");
            return new Invalid(
                    refused.fault().code() + " " + field + ": " + refused.what() + "; to mend it, " + refused.fix());
        }
    }
}
