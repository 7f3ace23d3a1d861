package io.tombolo.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.NotYetConnectedException;
import org.junit.jupiter.api.Test;

class UnconnectedTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(Unconnected.INSTANCE);

    @Test
    void whatIsReadBeforeTheConnectionIsThereClosesTheChannelAndDisturbsNobody() {
        // When
        channel.pipeline().fireExceptionCaught(new NotYetConnectedException());
        // Then
        assertThatCode(channel::checkException).doesNotThrowAnyException();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aChannelThatIsClosedAgainIsLeftAsWell() {
        // Given
        channel.finishAndReleaseAll();
        // When, Then
        assertThatCode(() -> Unconnected.leave(channel)).doesNotThrowAnyException();
    }

    @Test
    void afterwardsExceptionsAreTheHandlers() {
        // Given
        Unconnected.leave(channel);
        // When
        channel.pipeline().fireExceptionCaught(new NotYetConnectedException());
        // Then
        assertThatThrownBy(channel::checkException).isInstanceOf(NotYetConnectedException.class);
        channel.finishAndReleaseAll();
    }
}
