package io.tombolo.dataplane.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.dataplane.http2.Http2Limits;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.upstream.HttpSettings;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.outcome.OutcomeHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One exchange on a channel whose time stands still until a test moves it. */
class HttpExchangeTest {
    private static final String PUT = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n";

    private final Endless hop = new Endless();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    HttpExchangeTest() {
        channel.freezeTime();
        var http = HttpSettings.of(HttpLimits.DEFAULT, Http2Limits.DEFAULT, new Metrics());
        ClientSide.on(channel, http, RequestRule.NONE, () -> hop, new Unheard());
    }

    private static final class Unheard implements Complaints {
        @Override
        public void fault(Fault why) {}

        @Override
        public void headRefused(int status) {}

        @Override
        public void idled() {}
    }

    private ByteBuf receives(String bytes) {
        ByteBuf buffer = Unpooled.copiedBuffer(bytes, US_ASCII);
        channel.writeInbound(buffer);
        return buffer;
    }

    private void passes(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private String answered() {
        var text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(US_ASCII));
            part.release();
        }
        return text.toString();
    }

    @Test
    void aClientThatLeavesWhileItsCallIsDialledLeavesNoBodyBehind() {
        // Given
        ByteBuf bytes = receives(PUT + "body");
        // When
        channel.close();
        // Then
        assertThat(bytes.refCnt()).isZero();
        assertThat(hop.ends).isEqualTo(1);
    }

    @Test
    void theLimitBeginsWhenTheWholeRequestIsThere() {
        // Given
        receives(PUT + "bo");
        passes(Duration.ofSeconds(3));
        receives("dy");
        // When
        passes(Duration.ofMillis(999));
        // Then
        assertThat(answered()).isEmpty();
        // When
        passes(Duration.ofMillis(1));
        // Then
        assertThat(answered()).startsWith("HTTP/1.1 504 ").contains("TB-2018", "no answer within 1000 ms");
        assertThat(hop.broken).containsExactly(Fault.REQUEST_TIMEOUT);
        assertThat(hop.connects).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void nothingIsTimedOutAfterTheClientLeft() {
        // Given
        receives(PUT + "body");
        // When
        channel.close();
        passes(Duration.ofSeconds(2));
        // Then
        assertThat(hop.broken).isEmpty();
    }

    /** A walk that never finds anybody. */
    private static final class Endless implements Hop {
        private final List<Fault> broken = new ArrayList<>();
        private int connects;
        private int ends;

        @Override
        public void connect(HttpExchange exchange) {
            connects++;
        }

        @Override
        public Optional<OutcomeHeader> judge(HttpResponse head) {
            return Optional.empty();
        }

        @Override
        public void passing(HttpResponse head) {
            throw new AssertionError("there is no answer");
        }

        @Override
        public void passingTrailers(HttpHeaders trailers) {
            throw new AssertionError("there is no answer");
        }

        @Override
        public Optional<Duration> attemptWithin() {
            return Optional.empty();
        }

        @Override
        public Duration backoff() {
            return Duration.ZERO;
        }

        @Override
        public boolean isAsGoodAsNone(int status) {
            throw new AssertionError("there is no answer");
        }

        @Override
        public void passedOver(Optional<OutcomeHeader> said) {
            throw new AssertionError("there is no answer");
        }

        @Override
        public void notProcessed() {
            throw new AssertionError("nobody was asked");
        }

        @Override
        public void broke(Fault fault, boolean answerBegun) {
            broken.add(fault);
        }

        @Override
        public boolean canAskAnother(OutcomeHeader outcome) {
            return false;
        }

        @Override
        public boolean hasOtherWay() {
            return false;
        }

        @Override
        public void release(boolean requestComplete) {
            // there was no connection
        }

        @Override
        public void ended(ExchangeEnd end) {
            ends++;
        }

        @Override
        public void refusing(Fault fault, HttpHeaders headers) {
            // nothing to say
        }

        @Override
        public Optional<Duration> answerWithin() {
            return Optional.of(Duration.ofSeconds(1));
        }

        @Override
        public RelayMeter.Running tunnel() {
            throw new AssertionError("there is no answer");
        }

        @Override
        public RelayLimits tunnelLimits() {
            return RelayLimits.of(Duration.ofHours(1), Duration.ofSeconds(10), new Metrics());
        }

        @Override
        public RetryRule retries() {
            return RetryRule.DEFAULT;
        }
    }
}
