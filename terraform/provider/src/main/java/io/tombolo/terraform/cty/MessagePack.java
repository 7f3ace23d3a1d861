package io.tombolo.terraform.cty;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes values in MessagePack as go-cty does: objects with all of their attributes in order of name, unknown values as an
 * extension, numbers as integer or double where that is exact and else as decimal text, dynamic ones as type and value.
 */
public final class MessagePack {
    private static final byte[] UNKNOWN = {(byte) 0xd4, 0, 0};
    private static final int SMALLEST_FIX = -32;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private MessagePack() {}

    /** @throws MalformedValue if {@code value} is none of {@code type} */
    public static byte[] write(CtyType type, CtyValue value) {
        var pack = new MessagePack();
        pack.put(type, value);
        return pack.out.toByteArray();
    }

    /** @throws MalformedValue if the bytes are no value of {@code type}, or more than one */
    public static CtyValue read(CtyType type, byte[] bytes) {
        return MessageReader.read(type, bytes);
    }

    private void put(CtyType type, CtyValue value) {
        switch (value) {
            case CtyValue.Null _ -> out.write(0xc0);
            case CtyValue.Unknown _ -> out.writeBytes(UNKNOWN);
            case CtyValue.Typed(CtyType own, CtyValue inner)
            when type == CtyType.Primitive.DYNAMIC -> {
                out.write(0x92);
                binary(TypeJson.write(own).getBytes(StandardCharsets.UTF_8));
                put(own, inner);
            }
            case CtyValue.Text(String text) when type == CtyType.Primitive.STRING -> text(text);
            case CtyValue.Num(BigDecimal number) when type == CtyType.Primitive.NUMBER -> number(number);
            case CtyValue.Bool(boolean truth) when type == CtyType.Primitive.BOOL -> out.write(truth ? 0xc3 : 0xc2);
            case CtyValue.Items(List<CtyValue> values) -> items(type, values);
            case CtyValue.Fields(SortedMap<String, CtyValue> values) -> fields(type, values);
            case CtyValue.Typed _, CtyValue.Text _, CtyValue.Num _, CtyValue.Bool _ -> throw mismatch(type, value);
        }
    }

    private void items(CtyType type, List<CtyValue> values) {
        List<CtyType> types = switch (type) {
            case CtyType.ListOf(CtyType element) -> java.util.Collections.nCopies(values.size(), element);
            case CtyType.SetOf(CtyType element) -> java.util.Collections.nCopies(values.size(), element);
            case CtyType.TupleOf(var elements) when elements.size() == values.size() -> elements;
            default -> throw mismatch(type, new CtyValue.Items(values));
        };
        head(values.size(), 0x90, 15, Optional.empty(), 0xdc);
        for (int i = 0; i < values.size(); i++) {
            put(types.get(i), values.get(i));
        }
    }

    private void fields(CtyType type, SortedMap<String, CtyValue> values) {
        Map<String, CtyType> types = switch (type) {
            case CtyType.ObjectOf(var attributes) when attributes.keySet().containsAll(values.keySet()) -> attributes;
            case CtyType.MapOf(CtyType element) -> each(values, element);
            default -> throw mismatch(type, new CtyValue.Fields(values));
        };
        head(types.size(), 0x80, 15, Optional.empty(), 0xde);
        types.forEach((name, part) -> {
            text(name);
            put(part, values.getOrDefault(name, CtyValue.NULL));
        });
    }

    private static SortedMap<String, CtyType> each(SortedMap<String, CtyValue> values, CtyType element) {
        SortedMap<String, CtyType> types = new TreeMap<>();
        values.keySet().forEach(name -> types.put(name, element));
        return types;
    }

    private void number(BigDecimal number) {
        Optional<BigInteger> whole = whole(number);
        if (whole.isPresent() && whole.get().bitLength() < Long.SIZE) {
            integer(whole.get().longValue());
        } else if (whole.isEmpty() && new BigDecimal(number.doubleValue()).compareTo(number) == 0) {
            out.write(0xcb);
            out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                    .putDouble(number.doubleValue())
                    .array());
        } else {
            text(number.toPlainString());
        }
    }

    private static Optional<BigInteger> whole(BigDecimal number) {
        return number.scale() <= 0 ? Optional.of(number.toBigInteger()) : Optional.empty();
    }

    private void integer(long number) {
        if (number >= SMALLEST_FIX && number <= Byte.MAX_VALUE) {
            out.write((int) number);
        } else {
            out.write(0xd3);
            out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head(bytes.length, 0xa0, 31, Optional.of(0xd9), 0xda);
        out.writeBytes(bytes);
    }

    private void binary(byte[] bytes) {
        head(bytes.length, 0, -1, Optional.of(0xc4), 0xc5);
        out.writeBytes(bytes);
    }

    /** A length: within the head's own byte up to {@code most}, else in one, two or four bytes after it. */
    private void head(int length, int fix, int most, Optional<Integer> byteLong, int shortLong) {
        if (length <= most) {
            out.write(fix | length);
        } else if (byteLong.isPresent() && length <= 0xff) {
            out.write(byteLong.get());
            out.write(length);
        } else if (length <= 0xffff) {
            out.write(shortLong);
            out.write(length >> Byte.SIZE);
            out.write(length);
        } else {
            out.write(shortLong + 1);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        }
    }

    private static MalformedValue mismatch(CtyType type, CtyValue value) {
        return new MalformedValue(value.getClass().getSimpleName() + " where " + TypeJson.write(type) + " belongs");
    }
}
