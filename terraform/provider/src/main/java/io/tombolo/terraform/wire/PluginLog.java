package io.tombolo.terraform.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;

/** Lines on stderr as Terraform's log understands them; nothing of what is managed is in them. */
final class PluginLog {
    private PluginLog() {}

    static void error(String what, Throwable why) {
        var trace = new StringWriter();
        why.printStackTrace(new PrintWriter(trace));
        line("error", what + ": " + trace);
    }

    static void info(String what) {
        line("info", what);
    }

    private static void line(String level, String what) {
        String text = new String(JsonStringEncoder.getInstance().quoteAsString(what));
        System.err.println("{\"@level\":\"" + level + "\",\"@module\":\"tombolo\",\"@timestamp\":\"" + Instant.now()
                + "\",\"@message\":\"" + text + "\"}");
    }
}
