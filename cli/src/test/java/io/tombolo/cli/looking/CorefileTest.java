package io.tombolo.cli.looking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorefileTest {
    private static final String USUAL = """
            .:53 {
                errors
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   pods insecure
                }
                forward . /etc/resolv.conf {
                   max_concurrent 1000
                }
            }
            """;

    private static Optional<List<String>> leads(String text) {
        return new Corefile(text).leads("clusterset.local");
    }

    @Test
    void theCorefileThatAClusterComesWithSaysNothingOfTheZone() {
        assertThat(leads(USUAL)).isEmpty();
        assertThat(leads(USUAL + "# clusterset.local:53 { forward . 10.96.0.53 }\n"))
                .isEmpty();
        assertThat(leads(USUAL.replace("cluster.local", "cluster.local clusterset.local")))
                .isEmpty();
        assertThat(leads("xclusterset.local {\n forward . 10.96.0.53\n}\n")).isEmpty();
        assertThat(leads("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clusterset.local:53 {\n    errors\n    cache 5\n    forward . 10.96.0.53\n}\n",
                "clusterset.local {\n  forward . 10.96.0.53:53 # the mesh\n}\n",
                "dns://ClusterSet.local.:53 {\n  forward . dns://10.96.0.53 {\n    prefer_udp\n  }\n}\n",
                "example.org, clusterset.local:53 {\n  forward clusterset.local 10.96.0.53\n}\n",
            })
    void aStanzaOfTheZoneIsReadHoweverItIsWritten(String stanza) {
        assertThat(leads(USUAL + stanza)).contains(List.of("10.96.0.53"));
        assertThat(leads(stanza + USUAL)).contains(List.of("10.96.0.53"));
    }

    @Test
    void whereElseItLeadsIsSaidToo() {
        assertThat(leads("clusterset.local {\n forward . [fd00::53]:53 10.0.0.1\n}\n"))
                .contains(List.of("fd00::53", "10.0.0.1"));
        assertThat(leads("clusterset.local {\n forward . fd00::53\n}\n")).contains(List.of("fd00::53"));
        assertThat(leads("clusterset.local {\n errors\n}\n")).contains(List.of());
    }

    @Test
    void whatIsBrokenIsReadWithoutHarm() {
        assertThat(leads("}}}}\nclusterset.local {\nforward\nforward .\nforward . [\n"))
                .contains(List.of(""));
    }
}
