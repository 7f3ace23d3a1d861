package io.tombolo.dataplane.program;

import io.tombolo.dataplane.enrol.Identity;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a program says when it serves: to programs as {@code ready.json}, to people as one line.
 * @param ports the real ports by their key in {@code ready.json}, in the order in which they are shown
 */
public record Announcement(String program, Identity identity, Map<String, Integer> ports) {
    public Announcement {
        ports = new LinkedHashMap<>(ports);
    }

    String json() {
        var text = new StringBuilder("{\"program\":\"" + program + "\",\"pid\":"
                + ProcessHandle.current().pid() + ",\"instance\":\""
                + identity.instance().value() + "\"");
        ports.forEach(
                (key, port) -> text.append(",\"").append(key).append("\":").append(port.intValue()));
        return text.append('}').toString();
    }

    /** {@code gateway ready instance=… cluster=… port=15443 admin=15020}. */
    public String line() {
        var text = new StringBuilder(
                program + " ready instance=" + identity.instance().value() + " cluster=" + identity.cluster());
        ports.forEach((key, port) -> text.append(' ')
                .append(key.replaceFirst("Port$", ""))
                .append('=')
                .append(port.intValue()));
        return text.toString();
    }
}
