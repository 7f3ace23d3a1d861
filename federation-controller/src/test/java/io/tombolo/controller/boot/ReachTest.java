package io.tombolo.controller.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReachTest {
    @Test
    void whatIsAdvertisedToOtherMachinesIsReachedFromThem() {
        assertThat(Reach.listenHost(Optional.empty(), "east.example.org")).isEqualTo("0.0.0.0");
        assertThat(Reach.listenHost(Optional.empty(), "10.0.0.7")).isEqualTo("0.0.0.0");
    }

    @Test
    void whatIsOfThisMachineAloneStaysOnIt() {
        assertThat(Reach.listenHost(Optional.empty(), "127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(Reach.listenHost(Optional.empty(), "localhost")).isEqualTo("127.0.0.1");
        assertThat(Reach.listenHost(Optional.empty(), "127.0.1.1")).isEqualTo("127.0.1.1");
        assertThat(Reach.listenHost(Optional.empty(), "::1")).isEqualTo("::1");
    }

    @Test
    void whatTheOperatorChoseWins() {
        assertThat(Reach.listenHost(Optional.of("10.0.0.7"), "east.example.org"))
                .isEqualTo("10.0.0.7");
    }

    @Test
    void programsOfThisMachineUseAnAddressThatIsListenedOn() {
        assertThat(Reach.hereHost("0.0.0.0")).isEqualTo("127.0.0.1");
        assertThat(Reach.hereHost("127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(Reach.hereHost("10.0.0.7")).isEqualTo("10.0.0.7");
    }
}
