package io.tombolo.wire.codec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Fields 1000 to 1999: who does not know one must not act on the message. */
public final class CriticalFields {
    private static final int FIRST = 1_000;
    private static final int LAST = 1_999;

    private CriticalFields() {}

    /** The first critical field that this version does not know, in the message or anything nested in it. */
    public static OptionalInt firstUnknown(Message message) {
        return firstUnknown(message, number -> number >= FIRST && number <= LAST);
    }

    private static OptionalInt firstUnknown(Message message, IntPredicate critical) {
        for (int number : message.getUnknownFields().asMap().keySet()) {
            if (critical.test(number)) {
                return OptionalInt.of(number);
            }
        }
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            OptionalInt nested = firstUnknown(field.getKey(), field.getValue(), critical);
            if (nested.isPresent()) {
                return nested;
            }
        }
        return OptionalInt.empty();
    }

    /** @throws TomboloException {@link Fault#UNKNOWN_CRITICAL_FIELD} naming the field's number */
    public static void refuseUnknown(String where, Message message) {
        refuse(where, firstUnknown(message));
    }

    /** The same for a message of which every field is critical: what is left out of it would make it mean more. */
    static void refuseAnyUnknown(String where, Message message) {
        refuse(where, firstUnknown(message, _ -> true));
    }

    private static void refuse(String where, OptionalInt unknown) {
        unknown.ifPresent(number -> {
            throw new TomboloException(
                    Fault.UNKNOWN_CRITICAL_FIELD,
                    where,
                    "it carries critical field " + number,
                    "update this side: the sender's version is newer");
        });
    }

    private static OptionalInt firstUnknown(FieldDescriptor field, Object value, IntPredicate critical) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return OptionalInt.empty();
        }
        List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
        return values.stream()
                .map(each -> firstUnknown((Message) each, critical))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }
}
