package io.tombolo.trustbundle.svid;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceNameTest {
    private static final InstanceId ID = new InstanceId("abcdefghijk27");
    private static final ClusterId WEST = new ClusterId("west");
    private static final FederationName DEMO = new FederationName("demo");

    @Test
    void everyNameIsReadBackAsItWasWritten() {
        for (InstanceName name : List.of(
                new InstanceName.Workload(ID, WEST, DEMO),
                new InstanceName.Gateway(ID, WEST, DEMO),
                new InstanceName.Controller(WEST, DEMO))) {
            assertThat(InstanceName.parse(name.toString())).contains(name);
        }
    }

    @Test
    void namesAreWrittenAsTheDesignSays() {
        assertThat(new InstanceName.Workload(ID, WEST, DEMO)).hasToString("i-abcdefghijk27.west.demo.tombolo");
        assertThat(new InstanceName.Gateway(ID, WEST, DEMO)).hasToString("probe.abcdefghijk27.west.demo.tombolo");
        assertThat(new InstanceName.Controller(WEST, DEMO)).hasToString("control.west.demo.tombolo");
    }

    @Test
    void everythingElseIsNoName() {
        for (String text : List.of(
                "",
                "i-",
                "i-abcdefghijk27",
                "i-abcdefghijk2.west.demo.tombolo",
                "i-ABCDEFGHIJK27.west.demo.tombolo",
                "x-abcdefghijk27.west.demo.tombolo",
                "i-abcdefghijk27.west.demo.tombolo.",
                "i-abcdefghijk27.west.demo.example",
                "i-abcdefghijk27.80.api.payments.west.demo.tombolo",
                "i-abcdefghijk27.x.west.demo.tombolo",
                "*.west.demo.tombolo",
                "80.api.payments.west.demo.tombolo")) {
            assertThat(InstanceName.parse(text)).as(text).isEmpty();
        }
    }
}
