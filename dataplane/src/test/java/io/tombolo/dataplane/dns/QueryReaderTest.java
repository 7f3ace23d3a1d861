package io.tombolo.dataplane.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueryReaderTest {
    private static final int SEEDS = Boolean.getBoolean("tombolo.deep") ? 1_000_000 : 50_000;
    private static final String NAME = "checkout.shop.svc.clusterset.local";

    private static Read.Bad bad(byte[] message) {
        return (Read.Bad) QueryReader.read(message);
    }

    @Test
    void aQuestionIsReadInLowerCaseAndKeptAsItWasAsked() {
        // When
        var asked =
                (Read.Asked) QueryReader.read(Questions.withEdns("CheckOut.Shop.svc.clusterset.local", Questions.A, 0));
        // Then
        assertThat(asked.query().name()).isEqualTo(NAME);
        assertThat(new String(asked.query().question())).contains("CheckOut");
        assertThat(asked.query().edns()).contains(new Query.Edns(0, true));
    }

    @Test
    void theRootIsAnEmptyName() {
        assertThat(((Read.Asked) QueryReader.read(Questions.plain("", Questions.A)))
                        .query()
                        .name())
                .isEmpty();
    }

    @Test
    void aDotInsideALabelIsNoDotBetweenLabels() {
        // Given
        byte[] message = Questions.plain("checkout-shop.svc.clusterset.local", Questions.A);
        message[12 + 1 + "checkout".length()] = '.';
        // Then
        assertThat(((Read.Asked) QueryReader.read(message)).query().name())
                .isEqualTo("checkout?shop.svc.clusterset.local");
    }

    @Test
    void answersAndScrapsAreIgnored() {
        assertThat(QueryReader.read(Questions.of(0x8180, NAME, Questions.A, 1, new byte[0])))
                .isInstanceOf(Read.Ignored.class);
        assertThat(QueryReader.read(new byte[11])).isInstanceOf(Read.Ignored.class);
        assertThat(QueryReader.read(new byte[0])).isInstanceOf(Read.Ignored.class);
    }

    @Test
    void whatIsNoPlainQuestionIsSaidToBeMalformed() {
        byte[] question = Questions.plain(NAME, Questions.A);
        for (int cut = 12; cut < question.length; cut++) {
            assertThat(bad(Arrays.copyOf(question, cut)).rcode()).isEqualTo(Rcode.FORMERR);
        }
        assertThat(bad(Arrays.copyOf(question, question.length + 1)).rcode()).isEqualTo(Rcode.FORMERR);
        for (int count : new int[] {5, 7, 9, 11}) { // more than one question, answers, authorities, records unheard of
            byte[] other = question.clone();
            other[count] = 2;
            assertThat(bad(other).rcode()).isEqualTo(Rcode.FORMERR);
        }
        byte[] compressed = question.clone();
        compressed[12] = (byte) 0xc0;
        assertThat(bad(compressed).rcode()).isEqualTo(Rcode.FORMERR);
        byte[] truncated = Questions.of(0x0300, NAME, Questions.A, 1, new byte[0]);
        assertThat(bad(truncated).rcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aNameIsAtMost255BytesLong() {
        String longest = "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61);
        assertThat(QueryReader.read(Questions.plain(longest, Questions.A))).isInstanceOf(Read.Asked.class);
        assertThat(bad(Questions.plain(longest + "d", Questions.A)).rcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void otherOperationsAreNotImplemented() {
        // When
        Read.Bad update = bad(Questions.of(5 << 11, NAME, Questions.A, 1, new byte[0]));
        // Then
        assertThat(update).isEqualTo(new Read.Bad(Questions.ID, 5, false, Rcode.NOTIMP));
    }

    /** The law: whatever comes, there is at most one answer, it is well formed, short, and has the question's id. */
    @Test
    void whateverComesIsReadWithoutHarmAndAnsweredWithinTheRules() {
        InetAddress address = InetAddress.ofLiteral("127.64.0.9");
        byte[][] models = {
            Questions.plain(NAME, Questions.A),
            Questions.withEdns(NAME, Questions.AAAA, 0),
            Questions.plain(
                    "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61), Questions.SOA)
        };
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            byte[] message = mutated(models[random.nextInt(models.length)], random);
            byte[] reply = switch (QueryReader.read(message)) {
                case Read.Ignored noQuery -> new byte[0];
                case Read.Bad bad -> ReplyWriter.write(bad);
                case Read.Asked(Query query) -> ReplyWriter.write(query, reply(random, address), seed, 512);
            };
            if (reply.length > 0) {
                assertThat(Questions.read(reply, message).id())
                        .as("seed %s", seed)
                        .isEqualTo((message[0] & 0xff) << 8 | message[1] & 0xff);
            }
        }
    }

    private static Reply reply(SplittableRandom random, InetAddress address) {
        return switch (random.nextInt(7)) {
            case 0 -> new Reply.Found(List.of(new Reply.Answer.Address(address)));
            case 1 -> new Reply.Nothing(true);
            case 2 -> new Reply.Nothing(false);
            case 3 -> new Reply.Found(List.of(new Reply.Answer.Text("1.0.0")));
            case 4 -> new Reply.Found(Collections.nCopies(random.nextInt(1, 17), new Reply.Answer.Address(address)));
            case 5 ->
                new Reply.Found(Collections.nCopies(
                        random.nextInt(1, 17),
                        new Reply.Answer.Server(random.nextInt(1, 65_536), NAME, List.of(address, address))));
            default -> new Reply.Failure(Rcode.BADVERS);
        };
    }

    private static byte[] mutated(byte[] model, SplittableRandom random) {
        byte[] message =
                Arrays.copyOf(model, random.nextInt(4) == 0 ? random.nextInt(model.length + 20) : model.length);
        for (int i = random.nextInt(6); i > 0 && message.length > 0; i--) {
            message[random.nextInt(message.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4));
        }
        return message;
    }
}
