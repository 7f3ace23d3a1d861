package io.tombolo.terraform.cty;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads MessagePack by the type that it should be. Every extension is an unknown value, with whatever Terraform already knows
 * of it (a prefix, bounds), which is not needed here. Nothing is allocated for a length that is not there.
 */
final class MessageReader {
    private static final int DEEPEST = 64;
    private static final int FIX_TEXT = 31;
    private static final int FIX_PARTS = 15;

    private final ByteBuffer in;

    private MessageReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    static CtyValue read(CtyType type, byte[] bytes) {
        try {
            var reader = new MessageReader(bytes);
            CtyValue value = reader.value(type, 0);
            if (reader.in.hasRemaining()) {
                throw new MalformedValue(reader.in.remaining() + " bytes after the value");
            }
            return value;
        } catch (BufferUnderflowException tooShort) {
            throw new MalformedValue("ends too early");
        }
    }

    private CtyValue value(CtyType type, int depth) {
        if (depth > DEEPEST) {
            throw new MalformedValue("nested more than " + DEEPEST + " deep");
        }
        int head = peek();
        if (head == 0xc0) {
            in.get();
            return CtyValue.NULL;
        }
        if (head >= 0xc7 && head <= 0xc9 || head >= 0xd4 && head <= 0xd8) {
            skipExtension();
            return CtyValue.UNKNOWN;
        }
        return switch (type) {
            case CtyType.Primitive primitive -> primitive(primitive, depth);
            case CtyType.ListOf(CtyType element) -> items(element, depth);
            case CtyType.SetOf(CtyType element) -> items(element, depth);
            case CtyType.TupleOf(List<CtyType> elements) -> tuple(elements, depth);
            case CtyType.MapOf(CtyType element) -> map(element, depth);
            case CtyType.ObjectOf(SortedMap<String, CtyType> attributes) -> object(attributes, depth);
        };
    }

    private int peek() {
        if (!in.hasRemaining()) {
            throw new BufferUnderflowException();
        }
        return in.get(in.position()) & 0xff;
    }

    private CtyValue primitive(CtyType.Primitive type, int depth) {
        return switch (type) {
            case STRING -> CtyValue.of(text());
            case NUMBER -> new CtyValue.Num(number());
            case BOOL -> bool();
            case DYNAMIC -> dynamic(depth);
        };
    }

    private CtyValue dynamic(int depth) {
        if (length(0x90, FIX_PARTS, 0xdc) != 2) {
            throw new MalformedValue("a dynamic value is its type and its value");
        }
        CtyType type = TypeJson.read(bytes(length(-1, -1, 0xc4)));
        return new CtyValue.Typed(type, value(type, depth + 1));
    }

    private CtyValue bool() {
        int head = in.get() & 0xff;
        if (head != 0xc2 && head != 0xc3) {
            throw wrong(head);
        }
        return new CtyValue.Bool(head == 0xc3);
    }

    private CtyValue items(CtyType element, int depth) {
        int count = count(0x90, 0xdc);
        var values = new ArrayList<CtyValue>();
        for (int i = 0; i < count; i++) {
            values.add(value(element, depth + 1));
        }
        return new CtyValue.Items(values);
    }

    private CtyValue tuple(List<CtyType> elements, int depth) {
        if (count(0x90, 0xdc) != elements.size()) {
            throw new MalformedValue("a tuple has " + elements.size() + " elements");
        }
        return new CtyValue.Items(
                elements.stream().map(element -> value(element, depth + 1)).toList());
    }

    private CtyValue map(CtyType element, int depth) {
        int count = count(0x80, 0xde);
        SortedMap<String, CtyValue> values = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            values.put(text(), value(element, depth + 1));
        }
        return new CtyValue.Fields(values);
    }

    private CtyValue object(SortedMap<String, CtyType> attributes, int depth) {
        int count = count(0x80, 0xde);
        SortedMap<String, CtyValue> values = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = text();
            CtyType type = attributes.get(name);
            if (type == null) {
                throw new MalformedValue("unknown attribute '" + name + "'");
            }
            values.put(name, value(type, depth + 1));
        }
        return new CtyValue.Fields(values);
    }

    private BigDecimal number() {
        int head = peek();
        if (head >= 0xa0 && head <= 0xbf || head >= 0xd9 && head <= 0xdb) {
            return decimal(text());
        }
        in.get();
        if (head < 0x80 || head >= 0xe0) {
            return BigDecimal.valueOf((byte) head);
        }
        return switch (head) {
            case 0xca -> new BigDecimal(finite(in.getFloat()));
            case 0xcb -> new BigDecimal(finite(in.getDouble()));
            case 0xcc -> BigDecimal.valueOf(in.get() & 0xffL);
            case 0xcd -> BigDecimal.valueOf(in.getShort() & 0xffffL);
            case 0xce -> BigDecimal.valueOf(in.getInt() & 0xffff_ffffL);
            case 0xcf -> new BigDecimal(new BigInteger(1, bytes(Long.BYTES)));
            case 0xd0 -> BigDecimal.valueOf(in.get());
            case 0xd1 -> BigDecimal.valueOf(in.getShort());
            case 0xd2 -> BigDecimal.valueOf(in.getInt());
            case 0xd3 -> BigDecimal.valueOf(in.getLong());
            default -> throw wrong(head);
        };
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new MalformedValue(number + " is no number");
        }
        return number;
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notOne) {
            throw new MalformedValue("'" + text + "' is no number");
        }
    }

    private String text() {
        return new String(bytes(length(0xa0, FIX_TEXT, 0xd9)), StandardCharsets.UTF_8);
    }

    /** Of a collection: at least one byte each must follow. */
    private int count(int fix, int shortLong) {
        int count = length(fix, FIX_PARTS, shortLong);
        if (count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return count;
    }

    /** @param first the head whose length has the fewest bytes; 0xdc and 0xde begin with two, the others with one */
    private int length(int fix, int most, int first) {
        int head = in.get() & 0xff;
        if (fix >= 0 && (head & ~most) == fix) {
            return head & most;
        }
        int step = head - first + (first == 0xdc || first == 0xde ? 1 : 0);
        if (head < first || step > 2) {
            throw wrong(head);
        }
        return switch (step) {
            case 0 -> in.get() & 0xff;
            case 1 -> in.getShort() & 0xffff;
            default -> longLength();
        };
    }

    private int longLength() {
        int length = in.getInt();
        if (length < 0) {
            throw new BufferUnderflowException(); // two gigabytes do not follow
        }
        return length;
    }

    private byte[] bytes(int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void skipExtension() {
        int head = in.get() & 0xff;
        int length = head >= 0xd4 ? 1 << (head - 0xd4) : -1;
        if (length < 0) {
            length = switch (head) {
                case 0xc7 -> in.get() & 0xff;
                case 0xc8 -> in.getShort() & 0xffff;
                default -> longLength();
            };
        }
        var _ = bytes(length + 1);
    }

    private static MalformedValue wrong(int head) {
        return new MalformedValue("unexpected head 0x" + Integer.toHexString(head));
    }
}
