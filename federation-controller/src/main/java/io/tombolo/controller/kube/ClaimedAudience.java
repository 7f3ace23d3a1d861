package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What a token says that it is for (RFC 7519 §4.1.3). Believed by nobody: it keeps those away that are not even meant for us. */
final class ClaimedAudience {
    private static final int LONGEST = 16_384;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ClaimedAudience() {}

    /** Empty for what is no token. */
    static List<String> of(String token) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return List.of();
        }
        try {
            JsonNode said =
                    JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("aud");
            var audiences = new ArrayList<String>();
            if (said.isTextual()) {
                audiences.add(said.asText());
            }
            said.forEach(one -> audiences.add(one.asText()));
            return audiences;
        } catch (IOException | IllegalArgumentException none) {
            return List.of();
        }
    }
}
