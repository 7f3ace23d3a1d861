package io.tombolo.cli.federation;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.output.Output;

/** Commands for the administrator of a Kafka that the federation may not administer itself. */
final class ByHand {
    private ByHand() {}

    /** Shows the {@code manualAcls} of an answer, if it has any; a script finds them in the answer itself. */
    static void show(JsonNode answer, Output output, String why) {
        String commands = answer.path("manualAcls").asText("");
        if (!commands.isEmpty()) {
            output.say("");
            output.say("%s", why);
            output.say("");
            output.text(commands);
        }
    }
}
