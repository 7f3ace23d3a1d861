package io.tombolo.wire.codec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Fields 1000 to 1999: who does not know one must not act on the message. */
public final class CriticalFields {
    private static final int FIRST = 1_000;
    private static final int LAST = 1_999;

    private CriticalFields() {}

    /** The first critical field that this version does not know, in the message or anything nested in it. */
    public static OptionalInt firstUnknown(Message message) {
        for (int number : message.getUnknownFields().asMap().keySet()) {
            if (number >= FIRST && number <= LAST) {
                return OptionalInt.of(number);
            }
        }
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            OptionalInt nested = firstUnknown(field.getKey(), field.getValue());
            if (nested.isPresent()) {
                return nested;
            }
        }
        return OptionalInt.empty();
    }

    /** @throws TomboloException {@link Fault#UNKNOWN_CRITICAL_FIELD} naming the field's number */
    public static void refuseUnknown(String where, Message message) {
        firstUnknown(message).ifPresent(number -> {
            throw new TomboloException(
                    Fault.UNKNOWN_CRITICAL_FIELD,
                    where,
                    "it carries critical field " + number,
                    "update this side: the sender's version is newer");
        });
    }

    private static OptionalInt firstUnknown(FieldDescriptor field, Object value) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return OptionalInt.empty();
        }
        List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
        return values.stream()
                .map(each -> firstUnknown((Message) each))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }
}
