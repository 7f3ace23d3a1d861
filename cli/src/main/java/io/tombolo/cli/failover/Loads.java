package io.tombolo.cli.failover;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tombolo.cli.service.ResourceFile;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Requests per second that are asked for instead of the live ones, as {@code --load} says them: {@code live}, {@code SERVICE=900},
 * or a file with a map. A file is taken whole or not at all.
 */
final class Loads {
    private static final String LIVE = "live";
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.eE+-]*");
    private static final double MOST = 1e9;
    private static final int MOST_SERVICES = 10_000;

    /** @param where it was said, for whoever has to mend it */
    private record Said(String where, double perSecond) {}

    private final Map<ServiceName, Said> said = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private Loads() {}

    /**
     * Reads all that was given; of two for one service the later counts.
     * @throws TomboloException BAD_RESOURCE with everything that is wrong, or FILE_UNREADABLE
     */
    static Loads of(List<String> given) {
        var loads = new Loads();
        for (String each : given) {
            int equals = each.indexOf('=');
            if (equals >= 0) {
                loads.add("--load " + each, each.substring(0, equals), each.substring(equals + 1));
            } else if (!each.equals(LIVE)) {
                loads.addAll(each, ResourceFile.read(each));
            }
        }
        loads.refuseProblems();
        return loads;
    }

    private void addAll(String file, String text) {
        try (JsonParser parser = new YAMLFactory()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                problems.add(file + ": is no map; write lines such as `checkout.shop: 900`");
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String where = file + ", line " + parser.currentLocation().getLineNr();
                String service = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue()) {
                    add(where, service, parser.getText());
                } else {
                    problems.add(where + ": " + service + ": is no number of requests per second");
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                problems.add(file + ": has more than one document; write one map");
            }
        } catch (JsonProcessingException malformed) {
            JsonLocation at = malformed.getLocation();
            problems.add(file + (at == null ? "" : ", line " + at.getLineNr()) + ": " + malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("text was read", impossible);
        }
    }

    private void add(String where, String service, String number) {
        try {
            double perSecond = NUMBER.matcher(number).matches() ? Double.parseDouble(number) : Double.NaN;
            var name = ServiceName.parse(service, "default");
            if (!(perSecond >= 0 && perSecond <= MOST)) {
                problems.add(
                        where + ": " + service + ": " + "'" + number + "' is not 0 to 1000000000 requests per second");
            } else if (said.size() >= MOST_SERVICES) {
                problems.add(where + ": " + service + ": is one more than " + MOST_SERVICES + " services");
            } else {
                said.put(name, new Said(where, perSecond));
            }
        } catch (NumberFormatException notANumber) {
            problems.add(where + ": " + service + ": '" + number + "' is not 0 to 1000000000 requests per second");
        } catch (TomboloException notAName) {
            problems.add(where + ": " + notAName.getMessage());
        }
    }

    /**
     * Refuses what nobody can call.
     * @param callable namespace/name of all services that can be called
     * @throws TomboloException BAD_RESOURCE with all that are unknown
     */
    void mustBeOf(Set<String> callable) {
        said.forEach((service, load) -> {
            if (!callable.contains(service.toString())) {
                problems.add(load.where() + ": " + service + ": can not be called from this cluster");
            }
        });
        refuseProblems();
    }

    private void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE,
                    "--load",
                    "is not taken:\n  " + String.join("\n  ", problems.subList(0, Math.min(20, problems.size()))),
                    "`tombolo services` lists the services; a file is a map such as `checkout.shop: 900`");
        }
    }

    boolean isEmpty() {
        return said.isEmpty();
    }

    /** By namespace/name. */
    Map<String, Double> perSecond() {
        return said.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString(),
                        entry -> entry.getValue().perSecond()));
    }
}
