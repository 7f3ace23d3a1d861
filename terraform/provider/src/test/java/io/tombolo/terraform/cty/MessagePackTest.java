package io.tombolo.terraform.cty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tombolo.terraform.cty.CtyType.ListOf;
import io.tombolo.terraform.cty.CtyType.MapOf;
import io.tombolo.terraform.cty.CtyType.ObjectOf;
import io.tombolo.terraform.cty.CtyType.Primitive;
import io.tombolo.terraform.cty.CtyType.SetOf;
import io.tombolo.terraform.cty.CtyType.TupleOf;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes as go-cty's own encoder makes them; MessagePack's specification for the forms that others may use. */
class MessagePackTest {
    private static final CtyType OBJECT = new ObjectOf(Map.of("b", Primitive.NUMBER, "a", Primitive.STRING));

    static Stream<Arguments> vectors() {
        return Stream.of(
                row(Primitive.STRING, CtyValue.NULL, "c0"),
                row(Primitive.STRING, CtyValue.UNKNOWN, "d40000"),
                row(Primitive.STRING, CtyValue.of("hi"), "a26869"),
                row(Primitive.STRING, CtyValue.of("é"), "a2c3a9"),
                row(Primitive.STRING, CtyValue.of("x".repeat(32)), "d920" + "78".repeat(32)),
                row(Primitive.STRING, CtyValue.of("x".repeat(256)), "da0100" + "78".repeat(256)),
                row(Primitive.STRING, CtyValue.of("x".repeat(70_000)), "db00011170" + "78".repeat(70_000)),
                row(Primitive.BOOL, new CtyValue.Bool(true), "c3"),
                row(Primitive.BOOL, new CtyValue.Bool(false), "c2"),
                row(Primitive.NUMBER, new CtyValue.Num(0), "00"),
                row(Primitive.NUMBER, new CtyValue.Num(127), "7f"),
                row(Primitive.NUMBER, new CtyValue.Num(-32), "e0"),
                row(Primitive.NUMBER, new CtyValue.Num(128), "d30000000000000080"),
                row(Primitive.NUMBER, new CtyValue.Num(Long.MIN_VALUE), "d38000000000000000"),
                row(Primitive.NUMBER, number("0.5"), "cb3fe0000000000000"),
                row(Primitive.NUMBER, number("0.1"), "a3302e31"),
                row(Primitive.NUMBER, number("18446744073709551616"), "b43138343436373434303733373039353531363136"),
                row(new ListOf(Primitive.STRING), CtyValue.of(List.of()), "90"),
                row(new SetOf(Primitive.STRING), CtyValue.of(List.of("a", "b")), "92a161a162"),
                row(new ListOf(Primitive.STRING), items(CtyValue.of("a"), CtyValue.UNKNOWN), "92a161d40000"),
                row(new MapOf(Primitive.STRING), CtyValue.of(Map.of("b", "2", "a", "1")), "82a161a131a162a132"),
                row(OBJECT, fields(Map.of("a", CtyValue.of("x"), "b", CtyValue.NULL)), "82a161a178a162c0"),
                row(
                        new TupleOf(List.of(Primitive.STRING, Primitive.BOOL)),
                        items(CtyValue.of("a"), new CtyValue.Bool(true)),
                        "92a161c3"),
                row(
                        Primitive.DYNAMIC,
                        new CtyValue.Typed(Primitive.STRING, CtyValue.of("hi")),
                        "92c40822737472696e6722a26869"));
    }

    private static Arguments row(CtyType type, CtyValue value, String bytes) {
        return Arguments.of(type, value, bytes);
    }

    private static CtyValue number(String text) {
        return new CtyValue.Num(new BigDecimal(text));
    }

    private static CtyValue items(CtyValue... values) {
        return new CtyValue.Items(List.of(values));
    }

    private static CtyValue fields(Map<String, CtyValue> values) {
        return new CtyValue.Fields(values);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aValueHasTheBytesThatTerraformWrites(CtyType type, CtyValue value, String bytes) {
        assertThat(HexFormat.of().formatHex(MessagePack.write(type, value))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void andTheBytesAreReadAsThatValue(CtyType type, CtyValue value, String bytes) {
        assertThat(MessagePack.read(type, HexFormat.of().parseHex(bytes))).isEqualTo(value);
    }

    @Test
    void whateverIsKnownOfAnUnknownValueItIsUnknown() {
        // Given extensions of each form, the third as Terraform refines: not null, with the prefix "eu"
        for (String bytes :
                List.of("d40000", "d5000000", "c7070c8201c202a26575", "c8000100ff", "d8" + "00".repeat(17))) {
            assertThat(read(Primitive.STRING, bytes)).as(bytes).isEqualTo(CtyValue.UNKNOWN);
        }
        assertThat(read(OBJECT, "82a161d40000a162d40000"))
                .isEqualTo(fields(Map.of("a", CtyValue.UNKNOWN, "b", CtyValue.UNKNOWN)));
    }

    @Test
    void numbersMayComeInEveryFormThatMessagePackHas() {
        Map<String, String> numbers = Map.of(
                "cc80",
                "128",
                "cdffff",
                "65535",
                "ceffffffff",
                "4294967295",
                "cfffffffffffffffff",
                "18446744073709551615",
                "d080",
                "-128",
                "d18000",
                "-32768",
                "d280000000",
                "-2147483648",
                "ca3f000000",
                "0.5");
        numbers.forEach((bytes, number) ->
                assertThat(read(Primitive.NUMBER, bytes)).as(bytes).isEqualTo(number(number)));
    }

    @Test
    void numbersThatAreWorthTheSameAreTheSame() {
        assertThat(number("1.50")).isEqualTo(number("1.5")).hasSameHashCodeAs(number("1.5"));
        assertThat(number("100")).isEqualTo(new CtyValue.Num(100));
        assertThat(number("0.00")).isEqualTo(new CtyValue.Num(0));
    }

    @Test
    void whatIsNoValueOfTheTypeIsRefusedInWords() {
        for (String bytes : List.of(
                "",
                "a5",
                "01",
                "a26869ff",
                "dbffffffff",
                "92",
                "c1",
                "d9",
                "cb7ff0000000000000",
                "c4ff",
                "ddffffffff")) {
            assertThatExceptionOfType(MalformedValue.class)
                    .as(bytes)
                    .isThrownBy(() -> read(new ListOf(Primitive.NUMBER), bytes));
        }
        assertThatExceptionOfType(MalformedValue.class)
                .isThrownBy(() -> read(OBJECT, "81a163c0"))
                .withMessageContaining("'c'");
        assertThatExceptionOfType(MalformedValue.class)
                .isThrownBy(() -> read(Primitive.NUMBER, "aa31653939393939393939"))
                .withMessageContaining("digits");
    }

    @Test
    void whateverBytesComeTheyAreAValueOrRefused() {
        var random = new Random(20_261_127);
        CtyType type = new ObjectOf(
                Map.of("a", new ListOf(Primitive.DYNAMIC), "b", new MapOf(Primitive.NUMBER), "c", new SetOf(OBJECT)));
        byte[] good = MessagePack.write(
                type,
                fields(Map.of(
                        "a", items(new CtyValue.Typed(Primitive.BOOL, new CtyValue.Bool(true))),
                        "b", fields(Map.of("x", number("0.1"))),
                        "c", items(fields(Map.of("a", CtyValue.of("t"), "b", number("7")))))));
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                CtyValue value = MessagePack.read(type, bytes);
                assertThat(MessagePack.read(type, MessagePack.write(type, value)))
                        .isEqualTo(value);
                read++;
            } catch (MalformedValue refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isPositive();
    }

    private static CtyValue read(CtyType type, String hex) {
        return MessagePack.read(type, HexFormat.of().parseHex(hex));
    }
}
