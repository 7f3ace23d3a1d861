package io.tombolo.model.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeHeaderTest {
    @Test
    void itPrintsAndReadsBackAndIgnoresUnknownKeys() {
        var refused = new OutcomeHeader(Blame.POLICY, "TB-2015", false);
        assertThat(refused.text()).isEqualTo("v=1;b=policy;c=TB-2015;r=0");
        assertThat(OutcomeHeader.parse(refused.text())).contains(refused);
        assertThat(OutcomeHeader.parse("v=1;x=9;b=app;r=1")).contains(new OutcomeHeader(Blame.APP, "", true));
    }

    @Test
    void whatIsIncompleteOrOfAnotherVersionIsNotUnderstood() {
        for (String text : List.of("", "v=2;b=app;r=1", "b=app;r=0", "v=1;r=0", "v=1;b=app;r=2", "v=1;b=app")) {
            assertThat(OutcomeHeader.parse(text)).as(text).isEmpty();
        }
    }
}
